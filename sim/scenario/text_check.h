// What has to be refused before a parser sees it.
#pragma once

#include <cstdint>

#include "scenario/findings.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// Whether a text is UTF-8 without control characters; reports the first fault with its place. UTF-16 and binary files
/// are told apart from slips of the hand.
bool check_encoding(const Texts& texts, std::uint32_t text, Findings& findings);

/// Whether a TOML text is nested no deeper than the parser can bear; reports the place where it gets too deep.
bool check_nesting(const Texts& texts, std::uint32_t text, Findings& findings);

/// `content` without the byte order mark that some editors put before UTF-8.
std::string without_byte_order_mark(std::string content);

}  // namespace corridor::scenario
