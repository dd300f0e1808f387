// What a search for the cheapest change found, as text, JSON and CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/report/run_report.h"
#include "corridor/study/optimise.h"

namespace corridor {

struct OptimiseReport {
    std::string title;
    std::string hash;     ///< of the scenario
    std::string command;  ///< that gives this result again
    OptimisePlan plan;
    std::vector<std::string> units;  ///< of the requirements, then of what is minimised
    Point base;                      ///< the scenario as it stands
    OptimiseResult result;
    std::uint64_t fresh_seed = 0;
    Confirmation confirmation;  ///< empty where no point meets the target
    Diagnostics warnings;
};

/// The answer in a sentence, or the point that came nearest and what it lacks; the requirements on fresh replications
/// beside the scenario as it stands; the points that were asked, the last of them, with `everything` all.
std::string optimise_text(const OptimiseReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, seed, fresh_seed, points, fingerprint, base {}, chosen {values
/// {}, price, certain} or null, confirmation {replications, requirements [{requirement, unit, base, result, change
/// {mean, ci95}, met {share, ci95}}], all_met, minimised} or null, asked [{values {}, price, replications, verdict,
/// certain, means
/// [{mean, ci95}], minimised {mean, ci95} or null, refusal}], warnings.
std::string optimise_json(const OptimiseReport& report);

/// Columns: each varied path with its unit, price, replications, verdict, certain, chosen, and mean and 95 % interval
/// of each requirement and of what is minimised, fingerprint.
std::string optimise_csv(const OptimiseReport& report);

}  // namespace corridor
