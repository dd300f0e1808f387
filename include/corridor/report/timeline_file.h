// The timeline of one replication, written as it is simulated.
#pragma once

#include <atomic>
#include <cstdint>

#include "corridor/engine/timeline.h"
#include "corridor/report/output_folder.h"
#include "corridor/report/timeline_report.h"

namespace corridor {

/// Runs one replication and writes its timeline into `file`, as `timeline_text` has it, without ever holding all of it:
/// events are sorted in memory as long as there are few, else in a file beside it that has no name and goes with the
/// run. What happens to `file` is up to the caller: it is to be committed where the status is complete and the file has
/// no problem. `stop` is looked at while events are written, too.
RunStatus write_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                         TimelineFormat format, OutputStream& file, const std::atomic<bool>* stop = nullptr);

}  // namespace corridor
