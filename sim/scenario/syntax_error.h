// What a TOML parser's complaint means to a planner.
#pragma once

#include <string_view>

#include "scenario/findings.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// A finding for the syntax error that toml++ describes so, at `place`.
Finding explain_syntax(const Texts& texts, Place place, std::string_view description);

}  // namespace corridor::scenario
