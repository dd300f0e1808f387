// What a calibration found, as text, JSON, CSV, and as a scenario that may be run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/report/run_report.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/calibration.h"
#include "corridor/study/reading.h"

namespace corridor {

struct CalibrationReport {
    scenario::Scenario scenario;
    std::string command;  ///< that gives this result again
    CalibrationPlan plan;
    std::vector<ReadingTarget> targets;
    CalibrationResult result;
    Diagnostics warnings;
};

/// What of the result calls for caution: members that had no answer, an ensemble that has collapsed or not converged.
Diagnostics calibration_warnings(const CalibrationReport& report);

/// The verdict, then the figures (reported, as first believed, calibrated), the informed parameters, with `everything`
/// all of them, and what each figure would have been predicted as from the others.
std::string calibration_text(const CalibrationReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, seed, members, assimilations, refused, fingerprint, mismatch
/// [], figures [{name, unit, reported, error, use, fitted, prior {median, low90, high90}, prior_percentile, posterior,
/// posterior_percentile, spread}], parameters [{path, unit, prior, posterior, variance_left, informed}],
/// left_out [{name, predicted, percentile}], joint [{first, second, correlation}], warnings.
std::string calibration_json(const CalibrationReport& report);

/// Columns kind (figure, left-out or parameter), name, unit, use, fitted, reported, prior_median, prior_low90,
/// prior_high90, posterior_median, posterior_low90, posterior_high90, prior_percentile, posterior_percentile,
/// variance_left, informed, fingerprint.
std::string calibration_csv(const CalibrationReport& report);

/// A scenario that extends `base` (a path as `extends` takes it): each informed parameter at its posterior median, with
/// a triangular range whose 90 % interval is the posterior's as far as the range before allows, and a source that is
/// calibrated. How parameters vary together is lost: the ranges of a scenario are independent.
/// A parameter within a list cannot be stated by its path; `omitted` says which.
struct CalibratedScenario {
    std::string text;
    std::vector<std::string> omitted;
};
/// How a calibrated scenario begins: what does not is the work of someone else.
inline constexpr std::string_view kCalibratedBegin = "# Written by: corridor calibrate";

CalibratedScenario calibrated_scenario(const CalibrationReport& report, const std::string& base);

}  // namespace corridor
