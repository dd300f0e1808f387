// The table from which costs and emissions can be recomputed by hand, as part of the report of a run.
#pragma once

#include <string>

#include "corridor/report/run_report.h"
#include "report/json_text.h"

namespace corridor::report {

/// Rides and the road by demand, services, terminals: what was carried, what it cost and emitted. Empty where nothing
/// has a price or an emission factor.
std::string audit_section(const RunReport& report, Detail detail);

/// [{subject, COLUMN: mean, ...}], without the columns that a row does not have.
Json audit_json(const RunReport& report);

}  // namespace corridor::report
