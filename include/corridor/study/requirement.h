// "shipped within 20%": a check on the comparison that a script can ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/comparison.h"

namespace corridor {

/// A bound on how far the simulated mean may be from a reported figure.
struct Requirement {
    std::string text;     ///< as written
    std::string figure;   ///< id
    std::string reading;  ///< id; empty: one reading that agrees is enough, for readings exclude each other
    double share = 0;     ///< 0.2 for 20 %
};

/// Reads "FIGURE within P%" or "FIGURE/READING within P%", P a number of 0 or more, ids of `scenario`.
Result<Requirement> parse_requirement(std::string_view text, const scenario::Scenario& scenario);

struct RequirementOutcome {
    bool holds = false;
    std::string explanation;  ///< "shipped within 20%: fails (boxes: 9812 simulated, 15900 reported, 38.3 % off)"
};

/// `rows` are those of the scenario the requirement was read for. An undefined value never agrees.
RequirementOutcome check(const Requirement& requirement, const std::vector<ComparisonRow>& rows);

}  // namespace corridor
