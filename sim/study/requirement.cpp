#include "corridor/study/requirement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
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
std::string meant_or_known(std::string_view word, const Entities& entities) {
    std::vector<std::string_view> ids;
    for (const auto& entity : entities) ids.push_back(entity.id);
    return did_you_mean(nearest(word, ids),
                        ids.empty() ? "the scenario has none" : fmt::format("there are {}", fmt::join(ids, ", ")));
}

// How far off is allowed: a share ("20%") or an amount ("500").
bool parse_bound(std::string_view text, Requirement& requirement) {
    Measurement bound;
    UnitError ignored;
    if (!parse_measurement(text, bound, ignored) || bound.dimension != kNumber || bound.value < 0) return false;
    (text.ends_with('%') ? requirement.share : requirement.amount) = bound.value;
    return true;
}

bool is_undefined(const ComparisonRow& row) { return row.simulated.samples() == 0; }

double distance(const ComparisonRow& row) { return std::abs(row.simulated.mean() - row.reported); }

bool agrees(const ComparisonRow& row, const Requirement& requirement) {
    return distance(row) <= requirement.amount + requirement.share * std::abs(row.reported);
}

std::string explain(const ComparisonRow& row) {
    if (is_undefined(row)) return fmt::format("{}: nothing simulated", row.reading);
    const std::string off = row.reported == 0
                                ? fmt::format("{:.6g} off", distance(row))
                                : fmt::format("{:.1f} % off", 100 * distance(row) / std::abs(row.reported));
    return fmt::format("{}: {:.6g} simulated, {} reported, {}", row.reading, row.simulated.mean(),
                       format_number(row.reported), off);
}

// The rows a requirement is about: the undefined first, then the furthest off.
std::vector<const ComparisonRow*> rows_of(const Requirement& requirement, const std::vector<ComparisonRow>& rows) {
    std::vector<const ComparisonRow*> meant;
    for (const ComparisonRow& row : rows) {
        const bool is_reading = requirement.reading.empty() || requirement.reading == row.reading;
        if (row.figure == requirement.figure && is_reading) meant.push_back(&row);
    }
    const auto relative = [](const ComparisonRow* row) {
        if (is_undefined(*row)) return std::numeric_limits<double>::infinity();
        return row->reported == 0 ? distance(*row) : distance(*row) / std::abs(row->reported);
    };
    std::ranges::stable_sort(meant, std::ranges::greater{}, relative);
    return meant;
}

// "all 8 readings have to agree, 2 do not".
std::string rule_text(std::size_t count, std::size_t failing, const Requirement& requirement) {
    if (count == 0) return "nothing was compared";
    if (!requirement.reading.empty() || count == 1) return "its reading ";
    if (failing == 0) return fmt::format("all {} readings agree: ", count);
    return fmt::format("all {} readings have to agree, {} {} not: ", count, failing, failing == 1 ? "does" : "do");
}

Diagnostics not_a_requirement(std::string_view text) {
    return refusal(text, "not a requirement",
                   "write it as in 'shipped within 20%', 'shipped/READING within 20%' or, in the unit of the figure, "
                   "'shipped within 500'");
}

}  // namespace

Result<Requirement> parse_requirement(std::string_view text, const Scenario& scenario) {
    const std::size_t within = text.rfind(kWithin);
    Requirement requirement;
    if (within == std::string_view::npos || !parse_bound(text.substr(within + kWithin.size()), requirement)) {
        return not_a_requirement(text);
    }
    const std::string_view subject = text.substr(0, within);
    const std::size_t slash = subject.find('/');
    requirement.text = text;
    requirement.figure = subject.substr(0, slash);
    requirement.bound = text.substr(within + 1);
    const auto figure = std::ranges::find(scenario.reported, requirement.figure, &Reported::id);
    if (figure == scenario.reported.end()) {
        return refusal(text, fmt::format("unknown reported figure '{}'", requirement.figure),
                       meant_or_known(requirement.figure, scenario.reported));
    }
    if (requirement.share > 0 && scenario.quantities[figure->value].value == 0) {
        return refusal(text, fmt::format("the reported figure '{}' is 0 (a share of 0 is 0)", figure->id),
                       fmt::format("say how far off in the unit of the figure, as in '{} within 500'", figure->id));
    }
    if (slash == std::string_view::npos) return requirement;

    requirement.reading = subject.substr(slash + 1);
    const auto reading = std::ranges::find(figure->readings, requirement.reading, &scenario::Reading::id);
    if (reading == figure->readings.end()) {
        return refusal(text, fmt::format("'{}' has no reading '{}'", requirement.figure, requirement.reading),
                       meant_or_known(requirement.reading, figure->readings));
    }
    return requirement;
}

RequirementOutcome check(const Requirement& requirement, const std::vector<ComparisonRow>& rows) {
    const std::vector<const ComparisonRow*> meant = rows_of(requirement, rows);
    const auto failing = static_cast<std::size_t>(std::ranges::count_if(
        meant, [&](const ComparisonRow* row) { return is_undefined(*row) || !agrees(*row, requirement); }));
    std::vector<std::string> distances;
    for (const ComparisonRow* row : meant) distances.push_back(explain(*row));

    RequirementOutcome outcome{.holds = !meant.empty() && failing == 0, .explanation = {}};
    outcome.explanation = fmt::format("{}: {} ({}{})", requirement.text, outcome.holds ? "holds" : "fails",
                                      rule_text(meant.size(), failing, requirement), fmt::join(distances, "; "));
    if (!outcome.holds && meant.size() > 1) {
        outcome.explanation +=
            fmt::format("; '{}/READING {}' asks for one reading", requirement.figure, requirement.bound);
    }
    return outcome;
}

}  // namespace corridor
