// What a scenario was read from: kept with it, so that what is found later can point at a line too.
#pragma once

#include <optional>
#include <string_view>

#include "scenario/node.h"
#include "scenario/texts.h"

namespace corridor::scenario {

struct SourceText {
    Texts texts;
    Node tree;  ///< of the merged scenario

    /// The place of the value, or of what of its path there is, given two parts of the path at least:
    /// "service.a.forward" is at "service.a". Nothing for a path that begins otherwise.
    std::optional<Place> place_of(std::string_view path) const;

    /// The text that messages call `name`.
    std::optional<std::uint32_t> find(std::string_view name) const;
};

}  // namespace corridor::scenario
