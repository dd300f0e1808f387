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

/// The store of a sweep, with what SQLite and a sweep keep beside it.
std::vector<std::string> files_of_store(const std::string& store);

/// Results do not take the place of what the command reads, nor of any scenario or study, whatever the options say, and
/// no two are one file. The exit code.
int check_targets(const std::vector<OutputTarget>& targets, const std::vector<std::string>& inputs,
                  const Console& console);

}  // namespace corridor::tools
