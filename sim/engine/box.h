// One container as the engine carries it: from queue to cargo to queue, never in the event list.
#pragma once

#include <cstdint>
#include <limits>

#include "corridor/base/time.h"

namespace corridor::engine {

inline constexpr Tick kNever = std::numeric_limits<Tick>::max();

struct Box {
    Tick released = 0;            ///< when it entered the origin's yard
    Tick ready = 0;               ///< when it may board its leg
    std::uint32_t leg = 0;        ///< index of its model::Leg
    std::uint32_t box_class = 0;  ///< index into the classes of its demand
};

}  // namespace corridor::engine
