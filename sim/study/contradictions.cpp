#include "corridor/study/contradictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace corridor {
namespace {

using scenario::Reading;
using scenario::Reported;
using scenario::Scenario;

// Two figures without a reporting error are still rounded.
constexpr double kRounding = 1e-6;

// A figure under one of its readings: what the sum of the subjects must have been.
struct Claim {
    const Reported& figure;
    const Reading& reading;
    double sum = 0;
    double sd = 0;
};

bool speak_of_the_same(const Claim& a, const Claim& b) {
    const auto as_set = [](const Claim& claim) {
        return std::set<std::string_view>(claim.reading.subjects.begin(), claim.reading.subjects.end());
    };
    return a.figure.id != b.figure.id && a.reading.measure == b.reading.measure && a.figure.start == b.figure.start &&
           a.figure.end == b.figure.end && as_set(a) == as_set(b);
}

bool disagree(const Claim& a, const Claim& b) {
    constexpr double kTwoSided95 = 1.96;
    const double tolerance =
        kTwoSided95 * std::hypot(a.sd, b.sd) + kRounding * std::max(std::abs(a.sum), std::abs(b.sum));
    return std::abs(a.sum - b.sum) > tolerance;
}

std::vector<Claim> claims_of(const Scenario& scenario) {
    const scenario::Values values = scenario::stated_values(scenario.quantities);
    std::vector<Claim> claims;
    for (const Reported& figure : scenario.reported) {
        if (figure.use == scenario::FigureUse::limit) continue;
        for (const Reading& reading : figure.readings) {
            if (reading.factor == 0) continue;
            const double sum = values[figure.value] / reading.factor;
            claims.push_back({.figure = figure, .reading = reading, .sum = sum, .sd = std::abs(sum) * figure.error});
        }
    }
    return claims;
}

Diagnostic warning(const Claim& a, const Claim& b) {
    return {.severity = Severity::warning,
            .place = b.figure.place,
            .path = fmt::format("reported.{}.reading.{}", b.figure.id, b.reading.id),
            .message =
                fmt::format("contradicts reported.{}.reading.{} ({:.6g} and {:.6g} for the same {}, further apart than "
                            "their errors explain)",
                            a.figure.id, a.reading.id, b.sum, a.sum, a.reading.measure),
            .hint = "one of the readings is wrong, or an error is larger than stated",
            .related = {a.figure.place}};
}

}  // namespace

Diagnostics contradictions(const Scenario& scenario) {
    const std::vector<Claim> claims = claims_of(scenario);
    // The readings of a figure are alternatives: two figures contradict each other only where no pair of them agrees.
    using Pair = std::pair<const Reported*, const Reported*>;
    std::map<Pair, Diagnostic> contradicting;
    std::set<Pair> agreeing;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!speak_of_the_same(claims[j], claims[i])) continue;
            const Pair pair{&claims[j].figure, &claims[i].figure};
            if (disagree(claims[j], claims[i])) {
                contradicting.try_emplace(pair, warning(claims[j], claims[i]));
            } else {
                agreeing.insert(pair);
            }
        }
    }
    Diagnostics findings;
    for (auto& [pair, finding] : contradicting) {
        if (!agreeing.contains(pair)) findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace corridor
