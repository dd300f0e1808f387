// What can be said of a scenario without running it.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/model/balance.h"
#include "corridor/report/run_report.h"

namespace corridor {

struct CheckReport {
    std::string title;
    std::string hash;
    std::string command;             ///< that gives this result again
    Diagnostics findings;            ///< of reading, compiling, the balance and the reported figures; no errors
    std::vector<model::Load> loads;  ///< in the order of the model
};

/// Loads against capacities, the tightest first, and how many warnings there are; `headlines` cuts a long table short.
std::string check_text(const CheckReport& report, Detail detail);

/// One object: scenario {title, hash}, version, command, findings, balance [{resource, subject, where, offered,
/// capacity, unit, share}].
std::string check_json(const CheckReport& report);

/// Columns resource, subject, where, offered, capacity, unit, share.
std::string check_csv(const CheckReport& report);

}  // namespace corridor
