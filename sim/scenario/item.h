// A value of the tree on its way to becoming a part of the scenario.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "scenario/node.h"

namespace corridor::scenario {

enum class Origin { written, assumed_default };

struct Item {
    const Node& node;
    std::string path;  ///< "link.luzhou-guoyuan.length"
    Place place;       ///< for messages: of the value, or, for a default, of the table that lacks it
    Origin origin = Origin::written;

    Item at(std::string_view key, const Node& value) const;
    Item at(std::size_t index, const Node& value) const;

    /// The default of a key that the table does not give.
    Item unwritten(std::string_view key, const Node& value) const;

    /// The last part of the path.
    std::string_view key() const;
};

/// The value of a TOML snippet in a key table.
Node parse_constant(std::string_view toml);

}  // namespace corridor::scenario
