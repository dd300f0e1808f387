// What can be said of a scenario without running it.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/model/balance.h"
#include "corridor/report/run_report.h"
#include "corridor/study/potential.h"

namespace corridor {

/// With errors among the findings, there are neither loads nor potentials; what could not be read has no hash.
struct CheckReport {
    std::string title;
    std::string hash;
    std::string command;             ///< that gives this result again
    Diagnostics findings;            ///< of reading, compiling, the balance and the reported figures
    std::vector<model::Load> loads;  ///< in the order of the model
    std::vector<Potential> potentials;
    std::size_t potentials_omitted = 0;  ///< demands that were not looked at, in a network as large as this
};

/// Loads against capacities, the tightest first, the greatest throughput of each demand, and how many findings there
/// are; `headlines` cuts long tables short.
std::string check_text(const CheckReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, findings [{severity, file, line, column, path, message,
/// hint}], balance [{resource, subject, where, offered, capacity, unit, share}], throughput [{demand, from, to,
/// offered, greatest, unit, cut [{subject, where, capacity}]}], throughput_omitted.
std::string check_json(const CheckReport& report);

/// A row per finding, load and throughput, told apart by the column `kind`: "finding", "balance", "throughput". Columns
/// kind, severity, file, line, column, path, message, hint, resource, subject, where, offered, capacity, unit, share.
std::string check_csv(const CheckReport& report);

}  // namespace corridor
