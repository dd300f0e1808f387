// Options against a do-minimum, as text, JSON and CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/report/run_report.h"
#include "corridor/study/options.h"

namespace corridor {

/// The do-minimum or an option, as it is shown.
struct VariantReport {
    std::string name;
    std::string hash;  ///< of its scenario
    MeasureCatalog measures;
    std::string bottleneck;  ///< what is used most by the static balance: "slots of service.a.forward, 97 %"
};

/// All variants in one year: with all demand times `factor`.
struct HorizonReport {
    std::string name;  ///< "2030"; empty for the demand as it stands
    double factor = 1.0;
    VariantReport base;
    std::vector<VariantReport> options;  ///< as many as `result` has
    OptionsResult result;
};

struct OptionsReport {
    std::string title;
    std::string command;  ///< that gives this result again
    std::uint64_t seed = 0;
    double difference = 0.01;  ///< share of the do-minimum's mean that is to be seen
    std::vector<HorizonReport> horizons;
    Diagnostics warnings;
};

/// For each horizon one table of level of service, volumes, TEU-km, cost, carbon and bottleneck with the paired
/// differences, and one of the replications that it takes to see `difference`; with `everything`, every measure that
/// differs.
std::string options_text(const OptionsReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, seed, difference, horizons [{name, factor, replications, base,
/// options [{name, hash, bottleneck, measures [{name, subject, unit, base, option, difference {mean, ci95, sd},
/// replications_to_see, headline: its title among the rows of `options_text`, or null}]}]}], warnings.
std::string options_json(const OptionsReport& report);

/// Columns horizon, factor, option, measure, subject, unit, base, option_mean, difference, low95, high95, sd,
/// replications_to_see, fingerprint (of the horizon): every measure that both have, and before them, as measure
/// most_used, what each variant uses most.
std::string options_csv(const OptionsReport& report);

}  // namespace corridor
