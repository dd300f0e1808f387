// What reported figures say of a run, in words and as a table.
#pragma once

#include <string>

#include "corridor/report/run_report.h"

namespace corridor::report {

/// For each reported figure which of its readings agree, then what that tests, said once for all figures it is true
/// of; in the order of the scenario. Empty without reported figures, as is the next.
std::string verdict_section(const RunReport& report);

/// A row per reading, in the order of the scenario, and what its columns mean.
std::string comparison_section(const RunReport& report);

}  // namespace corridor::report
