// Room in a terminal's yard: who has it, who waits for it, and for how long it was short.
#pragma once

#include <deque>
#include <utility>

#include "box.h"
#include "crane_queue.h"
#include "room_bound.h"
#include "tally.h"

namespace corridor::engine {

/// A container that waits for room to be put down: it is on board of a vehicle, or held by the crane that loaded it for
/// this terminal.
struct Landing {
    Id<model::Facility> facility;  ///< whose cranes bring it
    CraneRequest request;
};

/// A gate is closed in [from, opens) and open in [opens, until).
struct GateHours {
    Tick from = 0;
    Tick opens = 0;
    Tick until = 0;
};

/// A yard with a limit, or the gate before one.
struct YardState {
    std::uint64_t taken_quarters = 0;  ///< room given, to be used or in use
    Tick full_since = 0;               ///< while there is no room for one more TEU
    std::deque<Landing> landing;       ///< in order of request; before those outside
    std::deque<Box> outside;           ///< released, in order
    Tick last_moved = 0;               ///< when room was last given or freed
    mutable GateHours seen_gate;       ///< where it was last looked at
    bool presumes_room = false;        ///< nobody looks for room, and `bound` tells at the end whether there was
    RoomBound bound;

    void clear() {
        RoomBound kept = std::move(bound);
        *this = {};
        bound = std::move(kept);
    }
};

}  // namespace corridor::engine
