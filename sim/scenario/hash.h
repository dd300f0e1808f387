// What identifies a scenario whatever the layout of its files.
#pragma once

#include <string>

#include "scenario/node.h"

namespace corridor::scenario {

/// 16 hex digits over the merged tree. The order of keys, comments, formatting, file names and the split into files
/// change nothing; neither do the seed and the number of replications, which say how often a scenario is run, not what
/// it is.
std::string scenario_hash(const Node& tree);

}  // namespace corridor::scenario
