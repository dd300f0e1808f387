// One tree over another: `extends`, and values set on the command line.
#pragma once

#include <string>
#include <vector>

#include "scenario/node.h"
#include "scenario/shape.h"

namespace corridor::scenario {

/// A value that a merge replaced whole, with what was said about it.
struct Replaced {
    std::string path;
    Place place;  ///< of the new value
    Node old_value;
};

/// Puts `over` over `base`, key by key as `shape` has them: entities by id; where one of several keys that exclude each
/// other is given, the others go; a value that is given anew takes with it the range and the sources of the old one.
/// Returns the tables that were replaced.
std::vector<Replaced> merge(Node& base, Node over, const Shape& shape);

}  // namespace corridor::scenario
