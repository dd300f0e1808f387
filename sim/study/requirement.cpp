#include "corridor/study/requirement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"

namespace corridor {
namespace {

using scenario::Reported;
using scenario::Scenario;

constexpr std::string_view kWithin = " within ";

Diagnostics refusal(std::string_view text, std::string problem, std::string hint) {
    return {{.path = fmt::format("--require '{}'", text), .message = std::move(problem), .hint = std::move(hint)}};
}

template <class Entities>
std::string did_you_mean(std::string_view word, const Entities& entities) {
    std::vector<std::string_view> ids;
    for (const auto& entity : entities) ids.push_back(entity.id);
    const std::string_view best = nearest(word, ids);
    if (!best.empty()) return fmt::format("did you mean '{}'?", best);
    return ids.empty() ? "the scenario has none" : fmt::format("there are {}", fmt::join(ids, ", "));
}

std::optional<double> parse_percentage(std::string_view text) {
    Measurement share;
    UnitError ignored;
    const bool is_percentage = text.ends_with('%') && parse_measurement(text, share, ignored);
    return is_percentage && share.value >= 0 ? std::optional{share.value} : std::nullopt;
}

bool agrees(const ComparisonRow& row, double share) {
    return std::abs(row.simulated.mean() - row.reported) <= share * std::abs(row.reported);
}

std::string distance(const ComparisonRow& row) {
    if (row.simulated.samples() == 0) return fmt::format("{}: nothing simulated", row.reading);
    return fmt::format("{}: {:.6g} simulated, {} reported, {:.1f} % off", row.reading, row.simulated.mean(),
                       format_number(row.reported), 100 * std::abs(row.ratio - 1));
}

}  // namespace

Result<Requirement> parse_requirement(std::string_view text, const Scenario& scenario) {
    const std::size_t within = text.rfind(kWithin);
    const auto share =
        within == std::string_view::npos ? std::nullopt : parse_percentage(text.substr(within + kWithin.size()));
    if (!share) return refusal(text, "not a requirement", "write it as in 'shipped within 20%'");

    const std::string_view subject = text.substr(0, within);
    const std::size_t slash = subject.find('/');
    Requirement requirement{
        .text = std::string{text}, .figure = std::string{subject.substr(0, slash)}, .reading = {}, .share = *share};
    const auto figure = std::ranges::find(scenario.reported, requirement.figure, &Reported::id);
    if (figure == scenario.reported.end()) {
        return refusal(text, fmt::format("unknown reported figure '{}'", requirement.figure),
                       did_you_mean(requirement.figure, scenario.reported));
    }
    if (slash == std::string_view::npos) return requirement;

    requirement.reading = subject.substr(slash + 1);
    const auto reading = std::ranges::find(figure->readings, requirement.reading, &scenario::Reading::id);
    if (reading == figure->readings.end()) {
        return refusal(text, fmt::format("'{}' has no reading '{}'", requirement.figure, requirement.reading),
                       did_you_mean(requirement.reading, figure->readings));
    }
    return requirement;
}

RequirementOutcome check(const Requirement& requirement, const std::vector<ComparisonRow>& rows) {
    RequirementOutcome outcome;
    std::vector<std::string> distances;
    for (const ComparisonRow& row : rows) {
        const bool is_meant = requirement.reading.empty() || requirement.reading == row.reading;
        if (row.figure != requirement.figure || !is_meant) continue;
        outcome.holds = outcome.holds || agrees(row, requirement.share);
        distances.push_back(distance(row));
    }
    outcome.explanation =
        fmt::format("{}: {} ({})", requirement.text, outcome.holds ? "holds" : "fails", fmt::join(distances, "; "));
    return outcome;
}

}  // namespace corridor
