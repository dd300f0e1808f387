// What theory says, as part of the report of a run.
#pragma once

#include <string>

#include "corridor/report/run_report.h"
#include "report/json_text.h"

namespace corridor::report {

/// Waits by theory beside those simulated, the most loaded first, and the most that can flow; `headlines` cuts long
/// tables short. Empty where theory has nothing to say.
std::string theory_section(const TwinReport& theory, Detail detail);

/// {rows: [...], min_cuts: [...], min_cuts_omitted}; null for what is infinite.
Json theory_json(const TwinReport& theory);

/// "service.a.forward (yibin - luzhou), terminal.b.quay (loading)"
std::string bottleneck_names(const std::vector<model::Bottleneck>& bottlenecks);

}  // namespace corridor::report
