// What a planner is told about an input: where, what, why, and what was probably meant.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/base/text.h"

namespace corridor {

enum class Severity { error, warning, note };

/// A place in an input file. `line` and `column` (in characters) count from 1; 0 means the file or line as a whole.
/// `file` is the path as the user gave it, or "--set" for a value from the command line.
struct SourcePlace {
    std::string file;
    int line = 0;
    int column = 0;
    bool operator==(const SourcePlace&) const = default;
};

/// One finding. Grammar of `message`: **problem (why)**; `hint` is the suggestion, without a leading capital.
/// The message need not repeat `path`, which is shown before it.
struct Diagnostic {
    Severity severity = Severity::error;
    SourcePlace place;
    std::string path;                  ///< parameter path, "link.luzhou-guoyuan.length"; empty where none applies
    std::string message;               ///< "unknown unit 'parsec' (a length is needed)"
    std::string hint;                  ///< "use km or m"; empty where there is nothing to suggest
    std::vector<SourcePlace> related;  ///< the other place of a conflict ("first set here")
    std::string excerpt;  ///< the source line at `place`, for the caret; filled by the reader, may be empty
    std::vector<std::string> related_excerpts;  ///< the source lines of `related`, same order
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);

/// The first `most` of each severity, and a note on how many more there are.
Diagnostics shortened(const Diagnostics& diagnostics, std::size_t most);

/// Text for a terminal, one block per finding: place, severity, path, problem and suggestion; the line with a caret
/// under `column`; and the same for every related place.
///
///     scenario.toml:12:10: error: link.luzhou-guoyuan.length: unknown unit 'parsec' (a length is needed); use km or m
///        12 | length = "275 parsec"
///           |          ^
///
/// Whatever could steer a terminal is shown escaped (`printable`); a tab shows as four blanks; a line too long for a
/// terminal is cut to what surrounds the caret. No colour.
std::string render(const Diagnostics& diagnostics);

}  // namespace corridor
