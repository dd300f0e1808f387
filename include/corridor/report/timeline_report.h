// The timeline of one replication as a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corridor/engine/timeline.h"
#include "corridor/model/model.h"

namespace corridor {

enum class TimelineFormat {
    csv,         ///< one event a row: time, kind, id, event, terminal, way, vehicle, containers
    json_lines,  ///< the same, one object a line
    trace        ///< Chrome trace events, which timeline viewers (Perfetto, chrome://tracing) show
};

/// By the ending of a file name: .csv, .jsonl or .json; nothing for another.
std::optional<TimelineFormat> timeline_format(std::string_view file);

/// Times are local times in ISO 8601, to the millisecond: 2020-01-01T05:00:00.000. In a trace, microseconds since the
/// beginning of the warm-up, where a vehicle is a row of what it does and a container a row of where it is; and in its
/// `otherData` the fingerprint of a run of this replication alone.
std::string timeline_text(const model::Model& model, const Timeline& timeline, TimelineFormat format);

}  // namespace corridor
