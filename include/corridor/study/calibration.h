// Which values within the ranges of a scenario agree with the figures it is calibrated on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/engine/measures.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/comparison.h"
#include "corridor/study/ensemble_smoother.h"
#include "corridor/study/reading.h"
#include "corridor/study/study.h"

namespace corridor {

/// A range before and after. Values are in base units.
struct ParameterBelief {
    scenario::Param param;
    PriorSummary prior;
    PriorSummary posterior;
    double variance_left = 1;  ///< of the normal scores: after over before
    bool is_informed = false;  ///< moved by some figure, and no longer distributed as before
};

/// A reading of a reported figure before and after: what would be reported, the reporting error of the figure included.
struct FigureBelief {
    std::size_t target = 0;  ///< position among the targets
    bool is_fitted = false;  ///< inputs were fitted to it
    PriorSummary prior;      ///< NaN where no member has a value
    PriorSummary posterior;
    double prior_percentile = 0;  ///< of the report among the members before, 0..100; NaN where none has a value
    double posterior_percentile = 0;
    double spread = 0;  ///< of a fitted reading, as in `Smoothed`
};

/// A figure predicted from the others that are calibrated on.
struct LeftOut {
    std::size_t target = 0;
    PriorSummary predicted;
    double percentile = 0;  ///< of the report among the members
};

/// Two parameters that are informed together: correlation of their scores.
struct JointBelief {
    std::size_t first = 0;  ///< positions among the parameters
    std::size_t second = 0;
    double correlation = 0;
};

struct CalibrationPlan {
    SmootherPlan smoother;
    bool leaves_one_out = false;  ///< calibrate on all but each figure in turn; with two figures or more
};

struct CalibrationResult {
    RunStatus status;
    std::uint64_t members = 0;                ///< at the end
    std::uint64_t refused = 0;                ///< that had no answer at some point, and are left out
    std::uint64_t fingerprint = 0;            ///< of all trajectories simulated
    std::vector<ParameterBelief> parameters;  ///< in the order of the scenario
    std::vector<FigureBelief> figures;        ///< in the order of the targets
    std::vector<double> mismatch;             ///< as in `Smoothed`
    std::vector<LeftOut> left_out;
    std::vector<JointBelief> joint;  ///< of informed parameters, the strongest first; those above 0.3
};

/// The targets that inputs are fitted to: of each figure for calibration its only reading, or the one it names.
/// Errors, at the place of the figure: several readings and none named, no reporting error, a figure of 0; a figure
/// that an input was calibrated on already; no figure for calibration at all.
Result<std::vector<std::size_t>> fitted_targets(const scenario::Scenario& scenario,
                                                const std::vector<ReadingTarget>& targets);

/// `fitted` are positions among `targets`, at least one. `catalog` is that of the stated values. The same to the last
/// bit for any number of threads. Fewer than two members at the end: nothing can be said, and all but `members`,
/// `refused` and `fingerprint` is empty.
CalibrationResult calibrate(const scenario::Scenario& scenario, const std::vector<ReadingTarget>& targets,
                            const std::vector<std::size_t>& fitted, const MeasureCatalog& catalog,
                            const CalibrationPlan& plan, const StudyWatch& watch = {});

}  // namespace corridor
