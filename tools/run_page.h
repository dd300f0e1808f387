// The page of a run, for those who do not want it in a file.
#pragma once

#include <string>

#include "console.h"
#include "loading.h"
#include "options.h"

namespace corridor::tools {

/// Runs as `run` does and makes the page. The exit code; where it is `kBadInput`, `errors` are what is wrong with the
/// scenario, and were shown.
int render_run(const Options& options, const Console& console, Loaded loaded, std::string& html, Diagnostics& errors);

}  // namespace corridor::tools
