// One container as the engine carries it: from queue to cargo to queue, never in the event list.
#pragma once

#include <cstdint>
#include <limits>

#include "corridor/base/time.h"

namespace corridor::engine {

inline constexpr Tick kNever = std::numeric_limits<Tick>::max();

inline constexpr std::uint32_t kBoxClassMask = 7;

struct Box {
    Tick released = 0;                ///< when it entered the origin's yard
    Tick ready = 0;                   ///< when it may board its leg
    std::uint32_t leg = 0;            ///< index of its model::Leg
    std::uint32_t box_class : 3 = 0;  ///< index into the classes of its demand: at most three sizes, laden and empty
    std::uint32_t number : 29 = 0;    ///< among those of its demand; only given where somebody observes
};

/// counts[c] += number of `boxes` of class c.
template <class Count>
void add_classes(Count* counts, std::size_t classes, const Box* boxes, std::size_t count) {
    if (classes == 1) {
        counts[0] += static_cast<Count>(count);
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        ++counts[boxes[i].box_class];
    }
}

}  // namespace corridor::engine
