// Which assumption moves which result: sensitivity of a scenario's outputs to its ranges.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/reading.h"
#include "corridor/study/sensitivity.h"

namespace corridor {

struct AssumptionPlan {
    std::uint64_t seed = 1;
    std::uint64_t trajectories = 10;  ///< of the screening
    std::uint64_t rows = 256;         ///< behind the indices
    std::size_t inputs = 10;          ///< at most so many have indices of their own, the others one together
    unsigned threads = 1;
};

struct AssumptionResult {
    RunStatus status;
    std::vector<std::string> inputs;       ///< paths of the quantities with a range, in the order of the scenario
    EffectsResult effects;                 ///< (outputs x inputs)
    std::vector<std::size_t> looked_into;  ///< positions of inputs with indices of their own, by their effects
    bool has_others = false;               ///< the last group is all other inputs together
    IndicesResult indices;                 ///< groups: `looked_into`, then the others
    std::uint64_t fingerprint = 0;         ///< of all trajectories of both
};

/// Screens all ranges by elementary effects, then finds the Sobol indices of the largest, of the others together and of
/// chance. A point is the scenario compiled with every range at a quantile of its own; a random history is a
/// replication. `outputs` are as for the comparison; a point where one of them is undefined has no answer. The same to
/// the last bit for any number of threads.
AssumptionResult study_assumptions(const scenario::Scenario& scenario, const std::vector<ReadingTarget>& outputs,
                                   const MeasureCatalog& catalog, const AssumptionPlan& plan,
                                   const StudyWatch& watch = {});

}  // namespace corridor
