// Why containers waited, for those who asked.
#pragma once

#include <string>

#include "corridor/report/run_report.h"

namespace corridor::report {

/// Empty where nobody asked.
std::string explain_section(const RunReport& report, Detail detail);

}  // namespace corridor::report
