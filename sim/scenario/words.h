// Words that several key tables share.
#pragma once

#include "scenario/forms.h"

namespace corridor::scenario {

inline ChoiceForm<Mode> mode_words() { return {{"waterway", Mode::waterway}, {"railway", Mode::railway}}; }

/// How a planner calls what handles vehicles of a mode.
inline std::string_view handling_word(Mode mode) { return mode == Mode::waterway ? "barge" : "rail"; }

}  // namespace corridor::scenario
