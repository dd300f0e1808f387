// The prior predictive: what the assumptions, within their ranges, say a reported figure would be.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/simulator.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/reading.h"
#include "corridor/study/study.h"

namespace corridor {

struct PriorPlan {
    std::uint64_t seed = 1;
    std::uint64_t draws = 200;
    unsigned threads = 1;
};

struct PriorResult {
    RunStatus status;                         ///< complete, or that of the first draw that was not
    std::uint64_t draws = 0;                  ///< that were run
    std::uint64_t refused = 0;                ///< draws whose values do not make a model; not in `values`
    std::uint64_t fingerprint = 0;            ///< of the trajectories of all draws, in their order
    Diagnostics first_refusal;                ///< why the first of them does not
    std::vector<std::vector<double>> values;  ///< by target: one value per draw that ran, in their order; may be NaN
};

/// For each draw: every quantity with a range drawn once, the scenario compiled at these values, and one replication
/// run, with the draw's number as that of the replication. The same to the last bit for any number of threads.
///
/// A value is what would be reported: the simulated one, times 1 + error x z with a standard normal z of its own per
/// figure and draw where the figure has a reporting error. `catalog` is that of the stated values.
PriorResult run_prior(const scenario::Scenario& scenario, const std::vector<ReadingTarget>& targets,
                      const MeasureCatalog& catalog, const PriorPlan& plan, const StudyWatch& watch = {});

}  // namespace corridor
