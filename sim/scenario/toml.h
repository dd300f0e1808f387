// TOML text to a tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenario/findings.h"
#include "scenario/node.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// Parses the text with number `text`, which has passed `check_text`. A syntax error is reported (the parser stops at
/// the first) and nothing returned.
std::optional<Node> parse_toml(const Texts& texts, std::uint32_t text, Findings& findings);

/// The tree of a text without findings; nothing where it does not parse. All places are in text 0.
std::optional<Node> parse_quietly(std::string_view content);

/// TOML text of a tree without faults: `parse_quietly` makes the same of it, but for the places.
std::string write_toml(const Node& tree);

/// The value of a TOML snippet ("[1, 2]", "\"12 h\""), placed at `place`; nothing where it is not TOML.
std::optional<Node> parse_toml_value(std::string_view snippet, Place place);

}  // namespace corridor::scenario
