// How far a study is, and how it ended: the same for every command.
#pragma once

#include <string_view>

#include "console.h"
#include "corridor/base/time.h"
#include "corridor/engine/simulator.h"
#include "corridor/report/output_folder.h"
#include "corridor/study/study.h"
#include "progress_bar.h"

namespace corridor::tools {

/// Shows progress on the bar, which has to outlive it, until there is an interrupt.
StudyWatch watch_on(ProgressBar& bar);

/// The exit code of a study, with a message where it is not `kFine`. Times count from `origin`; an interrupt says that
/// nothing was `done`.
int end_of(const RunStatus& status, Instant origin, const Console& console, std::string_view done = "printed");

/// The same of result files.
int end_of(const OutputProblem& problem, const Console& console);

}  // namespace corridor::tools
