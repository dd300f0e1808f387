// What of a time lies in a window.
#pragma once

#include <algorithm>

#include "corridor/base/time.h"
#include "corridor/model/basics.h"

namespace corridor::reference {

inline Tick overlap(const model::Window& window, Tick from, Tick to) {
    return std::max<Tick>(0, std::min(window.to, to) - std::max(window.from, from));
}

inline bool is_inside(const model::Window& window, Tick time) { return time >= window.from && time < window.to; }

}  // namespace corridor::reference
