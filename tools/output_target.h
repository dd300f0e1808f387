// What the files that a command is to write may not be.
#pragma once

#include <string>
#include <vector>

#include "console.h"

namespace corridor::tools {

/// A file of results, and the option that asks for it.
struct OutputTarget {
    std::string option;  ///< "--report"
    std::string file;
};

/// Results take no scenario's or study's place, whatever the options say, and no two are one file. The exit code.
int check_targets(const std::vector<OutputTarget>& targets, const Console& console);

}  // namespace corridor::tools
