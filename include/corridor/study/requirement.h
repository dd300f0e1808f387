// "shipped within 20%": a check on the comparison that a script can ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/comparison.h"

namespace corridor {

/// A bound on how far the simulated mean may be from a reported figure: a share of it, or an amount in its unit.
struct Requirement {
    std::string text;     ///< as written
    std::string figure;   ///< id
    std::string reading;  ///< id; empty: every reading of the figure has to agree
    std::string bound;    ///< "within 20%"
    double share = 0;     ///< 0.2 for 20 %
    double amount = 0;
};

/// Reads "FIGURE within P%", "FIGURE/READING within P%" or either with "within AMOUNT", P and AMOUNT numbers of 0 or
/// more, ids of `scenario`. A share of a figure that is 0 is refused.
Result<Requirement> parse_requirement(std::string_view text, const scenario::Scenario& scenario);

struct RequirementOutcome {
    bool holds = false;
    std::string explanation;  ///< "shipped within 20%: fails (its reading boxes: 9812 simulated, ...)"
};

/// `rows` are those of the scenario the requirement was read for. An undefined value never agrees, and a figure without
/// rows does not hold.
RequirementOutcome check(const Requirement& requirement, const std::vector<ComparisonRow>& rows);

}  // namespace corridor
