// What a run found, as text, JSON and CSV.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/measures.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/comparison.h"
#include "corridor/study/estimate.h"
#include "corridor/study/prior.h"
#include "corridor/study/reading.h"
#include "corridor/study/study.h"
#include "corridor/study/twin.h"

namespace corridor {

/// The whole result of a run. Holds nothing that depends on threads or clocks, so its JSON is the same bytes
/// everywhere.
struct RunReport {
    std::string title;
    std::string hash;     ///< of the scenario
    std::string command;  ///< that gives this result again
    std::uint64_t seed = 0;
    std::uint64_t replications = 0;
    std::uint64_t fingerprint = 0;             ///< of the trajectories of the replications
    std::map<std::string, std::string> names;  ///< "service.a": its name, of entities that have one beside their id
    MeasureCatalog measures;
    std::vector<Estimate> estimates;  ///< in the order of `measures`
    std::vector<ComparisonRow> comparison;
    std::uint64_t prior_draws = 0;        ///< behind the prior predictive; 0 without comparison
    std::uint64_t prior_refused = 0;      ///< of those, draws whose values make no model
    std::uint64_t prior_fingerprint = 0;  ///< of the trajectories of the draws
    TwinReport theory;
    Diagnostics warnings;
};

/// What a run report is made of.
struct RunParts {
    const scenario::Scenario& scenario;
    const model::Model& model;  ///< at the stated values, as `study`
    const MeasureCatalog& catalog;
    const std::vector<ReadingTarget>& targets;
    const StudyPlan& plan;
    const StudyResult& study;
    const PriorResult& prior;
    const Diagnostics& findings;  ///< of reading and compiling
    std::string command;
};

/// The whole result, with theory, comparison, and all there is to be warned of.
RunReport run_report(const RunParts& parts);

/// Names of terminals, links, services and demands by subject, where they differ from the id.
std::map<std::string, std::string> display_names(const scenario::Scenario& scenario);

enum class Detail { headlines, everything };

/// The verdict of the comparison and the warnings, then tables: the comparison, services, deliveries, terminals and
/// theory; with `everything`, every measure too and no table cut short.
std::string run_text(const RunReport& report, Detail detail);

/// The same without services, deliveries and terminals.
std::string comparison_text(const RunReport& report);

/// One object: scenario {title, hash}, version, command, seed, replications, fingerprint (of the
/// trajectories of the replications: 16 hexadecimal digits, equal wherever the same was simulated), names, measures,
/// comparison, prior_draws, prior_refused, prior_fingerprint, theory, audit (where anything has a price or an emission
/// factor), warnings.
std::string run_json(const RunReport& report);

/// Columns name, subject, unit, mean, low95, high95, sd, samples, fingerprint (as in JSON; the last of all tables).
std::string measures_csv(const RunReport& report);

/// Columns id, name, reading, reading_name, unit, reported, use, simulated_mean, simulated_low95, simulated_high95,
/// prior_median, prior_low90, prior_high90, naive, ratio, percentile, capacity_bound_share, source, conclusion,
/// prior_fingerprint, fingerprint.
std::string comparison_csv(const RunReport& report);

/// Columns measure, subject, unit, load, theory, method, standing, simulated, low95, high95, agreement, fingerprint.
std::string theory_csv(const RunReport& report);

/// Columns subject and, with their units, what rides, services and terminals carried, cost and emitted, as far as the
/// scenario has prices or emission factors, then fingerprint; no rows without.
std::string audit_csv(const RunReport& report);

/// "service.a: never leaves within the run; check its departures": a diagnostic in one line, without its place.
std::string one_line(const Diagnostic& diagnostic);

}  // namespace corridor
