// Values set on the command line.
#pragma once

#include <vector>

#include "corridor/scenario/reader.h"
#include "scenario/findings.h"
#include "scenario/loader.h"
#include "scenario/node.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// Puts each override over `tree`, as an overlay would. Reports what is no assignment, and ids that are not there;
/// notes ranges that are gone because their value is fixed.
void apply_overrides(Node& tree, const std::vector<Override>& overrides, Loader& loader, Texts& texts,
                     Findings& findings);

}  // namespace corridor::scenario
