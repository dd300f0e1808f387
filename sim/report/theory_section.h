// What theory says, as part of the report of a run.
#pragma once

#include <string>

#include "corridor/report/run_report.h"
#include "report/json_text.h"

namespace corridor::report {

/// What is asked of the resources beside what was used, waits by theory beside those simulated, the most loaded first,
/// and the most that can flow; `headlines` cuts long tables short, and leaves out what nothing is asked of. Empty where
/// there is nothing to say.
std::string theory_section(const TwinReport& theory, Detail detail);

/// The most that can flow, in a table of at most `most_rows`; empty without cuts.
std::string cuts_table(const std::vector<CutRow>& cuts, std::size_t omitted, std::size_t most_rows);

/// [{from, to, unit, demand, most, cut: [{subject, where}]}]
Json cuts_json(const std::vector<CutRow>& cuts);

/// {resource, subject, where, offered, capacity, unit, share}
Json load_json(const model::Load& load);

/// {loads: [...], rows: [...], min_cuts: [...], min_cuts_omitted}; null for what is infinite.
Json theory_json(const TwinReport& theory);

/// "service.a.forward (yibin - luzhou), terminal.b.quay (loading)"
std::string bottleneck_names(const std::vector<model::Bottleneck>& bottlenecks);

}  // namespace corridor::report
