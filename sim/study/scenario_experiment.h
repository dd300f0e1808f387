// A scenario as something that can be asked at a point of its ranges.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/reading.h"
#include "corridor/study/sensitivity.h"
#include "corridor/study/study.h"

namespace corridor::study {

/// Compiles the scenario with every range at a quantile of its own, and runs one replication. No answer where the
/// values make no model; an output that is undefined is NaN.
class ScenarioExperiment {
  public:
    /// `catalog` is that of the stated values. What is given outlives the experiment.
    ScenarioExperiment(const scenario::Scenario& scenario, const std::vector<ReadingTarget>& outputs,
                       const MeasureCatalog& catalog, std::uint64_t seed, const std::atomic<bool>* stop);

    Answer operator()(const std::vector<double>& point, std::uint64_t chance) const;

  private:
    std::vector<MeasureSum> sums_in(const MeasureCatalog& catalog) const;

    const scenario::Scenario& scenario_;
    const std::vector<ReadingTarget>& outputs_;
    const MeasureCatalog& catalog_;
    std::vector<MeasureSum> sums_;  // by output
    std::uint64_t seed_;
    const std::atomic<bool>* stop_;
};

}  // namespace corridor::study
