// Options against a do-minimum: paired differences under common random numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/study/estimate.h"
#include "corridor/study/study.h"

namespace corridor {

/// A corridor that takes part in a comparison. Both outlive the comparison.
struct Variant {
    const model::Model* model = nullptr;
    const MeasureCatalog* catalog = nullptr;  ///< of this model
};

/// A measure that the do-minimum and an option both have, replication by replication.
struct PairedMeasure {
    std::size_t in_base = 0;    ///< position in the catalogue of the do-minimum
    std::size_t in_option = 0;  ///< and in that of the option
    Estimate difference;        ///< option minus do-minimum
};

struct OptionOutcome {
    std::vector<Estimate> measures;    ///< in the order of the option's catalogue
    std::vector<PairedMeasure> pairs;  ///< in the order of the do-minimum's catalogue
};

struct OptionsResult {
    RunStatus status;                ///< complete, or that of the first replication that was not
    std::uint64_t replications = 0;  ///< that are in the estimates
    std::uint64_t fingerprint = 0;   ///< hash of all trajectories of all variants
    std::vector<Estimate> base;      ///< in the order of the do-minimum's catalogue
    std::vector<OptionOutcome> options;
};

/// Replication r of every variant draws the same random numbers: streams go by the names of what they are for, so that
/// what an option leaves alone happens as it did. `plan.precision` is not looked at. The same to the last bit for any
/// number of threads.
OptionsResult compare_options(const Variant& base, const std::vector<Variant>& options, const StudyPlan& plan,
                              const StudyWatch& watch = {});

/// Replications after which the interval of a paired difference excludes 0 in four of five studies, where the true
/// difference is `difference` and single differences spread by `sd`: the sample size of a two-sided paired t test at 5
/// % with a power of 80 %. At least 2; nothing where `difference` is 0 or either is not finite.
std::optional<std::uint64_t> replications_to_see(double difference, double sd);

/// By how much common random numbers shrink the variance of a difference: that of independent runs over that of paired
/// ones. Nothing where nothing varies.
std::optional<double> variance_factor(const Estimate& base, const Estimate& option, const Estimate& difference);

}  // namespace corridor
