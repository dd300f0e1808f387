// Which assumption moves which result, as text, JSON and CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/report/run_report.h"
#include "corridor/study/assumption_study.h"

namespace corridor {

/// An output as it is named: "railed/outbound-teu", in "TEU".
struct OutputName {
    std::string name;
    std::string unit;
    bool is_headline = true;  ///< has a table of its own on screen
};

struct SensitivityReport {
    std::string title;
    std::string hash;     ///< of the scenario
    std::string command;  ///< that gives this result again
    std::uint64_t seed = 0;
    std::vector<OutputName> outputs;
    AssumptionResult result;
    Diagnostics warnings;
};

/// A sentence on each output, then the tables of the headlines, with `everything` of all: for each input the
/// first-order and total index with their intervals, and the effect of its whole range.
std::string sensitivity_text(const SensitivityReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, seed, rows, trajectories, fingerprint, outputs [{name, unit,
/// mean, sd, inputs [{input, first {value, ci95}, total {value, ci95}, effect {mean_absolute, mean, sd}}]}], warnings.
/// Inputs without an index of their own have null there; the last two are "all others together" and "chance alone".
std::string sensitivity_json(const SensitivityReport& report);

/// Columns output, unit, input, first, first_low95, first_high95, total, total_low95, total_high95,
/// effect_mean_absolute, effect_mean, effect_sd, fingerprint.
std::string sensitivity_csv(const SensitivityReport& report);

}  // namespace corridor
