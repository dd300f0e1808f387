// What the simulation with an event for each container keeps: its events, containers and vehicles, and what it counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <tuple>
#include <utility>
#include <vector>

#include "corridor/base/random.h"
#include "corridor/base/time.h"
#include "corridor/model/service.h"

namespace corridor::reference {

constexpr std::size_t kNone = ~std::size_t{0};

/// In the order of one instant.
enum class Kind {
    restored,
    makes_up,
    road_ends,
    opens,
    goes_on,
    traffic,
    lets_enter,
    arrives,
    has_berthed,
    move_ends,
    collected,
    is_handled,
    is_ready,
    calls,
    lets_in,
    released,
    list_closes,
    looks_for_loads,
    loads,
    starts_in_turn,
    leaves,
    looks_at_lock,
    gives_up
};

struct Event {
    Tick time = 0;
    Kind kind = Kind::restored;
    std::uint64_t rank = 0;  ///< of one kind the lower goes first
    std::size_t subject = 0;

    bool operator>(const Event& other) const {
        return std::tie(time, kind, rank) > std::tie(other.time, other.kind, other.rank);
    }
};

struct Samples {
    std::int64_t count = 0;
    std::int64_t sum = 0;

    void add(Tick duration) {
        ++count;
        sum += duration;
    }
};

struct Container {
    std::size_t demand = 0;
    std::size_t number = 0;  ///< among those of its demand
    std::size_t box_class = 0;
    std::size_t leg = 0;
    Tick released = 0;
    Tick ready = 0;               ///< to board
    Tick entered = 0;             ///< the yard in which it waits
    bool rolled = false;          ///< left behind at this stop
    std::size_t room_at = kNone;  ///< the terminal in whose limited yard it has room
};

constexpr double kGram = 1e-6;  ///< t: sums of decimal weights are not exact

/// A container that asks for a crane, or a move of background traffic.
struct Request {
    enum class What { discharge, into_stack, out_of_stack, load };

    std::size_t container = kNone;
    std::size_t vehicle = 0;
    What what = What::discharge;
    std::size_t facility = 0;
    std::uint32_t rank = 0;
    std::uint64_t number = 0;  ///< in the order of requests
    Tick asked = 0;
    Tick began = -1;
    bool has_ended = false;
};

/// Who waits on board for room in a yard.
struct Landing {
    std::size_t container = 0;
    std::size_t vehicle = 0;
    Tick asked = 0;
};

/// On a trip, or a call of background traffic.
struct Vehicle {
    std::size_t line = kNone;
    std::size_t background = kNone;
    Tick stay = 0;            ///< of background traffic, beside its moves
    std::uint32_t moves = 0;  ///< of background traffic
    std::size_t stop = 0;
    const model::Pool::EmptyRun* empty_run = nullptr;
    std::uint64_t rank = 0;
    std::vector<std::size_t> cargo;
    std::vector<std::size_t> boarded;  ///< of the cargo, at this stop
    std::size_t pending = 0;           ///< moves
    std::size_t without_room = 0;      ///< who wait on board to be discharged
    Tick blocked_since = 0;            ///< by these
    bool has_loaded = false;           ///< at this stop, or is about to
    bool came_to_a_stand = false;      ///< at this stop
    std::uint32_t cranes = 0;          ///< at work on it
    std::size_t left_behind = 0;
    double payload_t = 0.0;  ///< that it may carry from this stop on
    Tick scheduled = 0;
    Tick arrived = 0;
    Tick entered = -1;  ///< its berth; -1 without one
    Tick trip_began = 0;
    Tick first_left = -1;
    bool is_on_trip = true;
    std::size_t element = 0;  ///< of the way to its next stop
    Tick waited = 0;          ///< on the link it is on, for its sections
    std::uint64_t trip = 0;   ///< which extra times go by
    Tick delay = 0;           ///< on that link, as it was when it entered
};

struct Facility {
    std::vector<Request> waiting;   ///< in the order of requests
    std::deque<std::size_t> queue;  ///< vehicles
    std::uint32_t at_work = 0;
    std::uint32_t berthed = 0;
    Stream moves{0};
    Stream entries{0};
    Tick opens_at = -1;       ///< as scheduled
    bool starts_now = false;  ///< in turn, as scheduled for this instant
    // What is counted:
    Samples crane_wait, berth_wait, stay;
    std::int64_t lifts = 0, quarters = 0, busy = 0, queueing = 0, berth_busy = 0, blocked = 0;
};

struct Stop {
    std::vector<std::size_t> waiting;  ///< in the order in which they came
    Samples wait;
    std::int64_t departures = 0, left_behind = 0, boarded = 0, load = 0, rolled = 0;
    double payload_t = 0.0;  ///< that the depth allows, of all departures
    std::int64_t bound_by_depth = 0;
};

struct Line {
    std::vector<Tick> planned;     ///< as far as anybody who chooses looks ahead
    std::vector<Tick> departures;  ///< of these, in the run
    std::size_t next = 0;
    std::deque<Tick> held;    ///< without a load
    std::deque<Tick> due;     ///< without a vehicle
    std::deque<Tick> closed;  ///< until the service is open again
    std::size_t called = 0;   ///< vehicles that are still to load at the first stop
    std::uint64_t trips = 0;
    Tick last_scheduled = -1;
    std::uint64_t alike = 0;  ///< trips before the last one at its timetabled time
    Samples lateness, running;
    std::int64_t run = 0, late = 0, cancelled = 0, outstanding = 0;
};

/// Of a place where vehicles of a fleet wait.
struct Pool {
    std::uint32_t there = 0;
    std::size_t coming = 0;  ///< on empty runs, or in a layover there
    std::uint64_t runs = 0;  ///< begun from there
};

struct Fleet {
    std::int64_t busy = 0;  ///< vehicle-ms on trips and empty runs
    std::int64_t empty_runs = 0;
};

struct Demand {
    std::vector<std::pair<Tick, std::size_t>> releases;  ///< when, and how many
    std::size_t next = 0;
    Stream classes{0};
    Stream patience{0};
    Stream choices{0};
    Stream moves{0};
    Stream road{0};
    std::int64_t by_road = 0, lost = 0;
    Samples door_to_door;
    std::int64_t released = 0, released_in_window = 0, delivered = 0, in_system = 0;
};

struct Terminal {
    std::deque<std::size_t> outside;  ///< released, before the gate
    std::deque<Landing> landing;      ///< in the order in which they asked
    std::uint32_t taken = 0;          ///< of a limited yard
    std::int64_t room = 0;            ///< taken, times ms
    std::int64_t yard = 0;            ///< container-ms
    std::int64_t landing_queue = 0;   ///< container-ms
    Samples dwell, outside_wait, landing_wait;
};

/// Of a background.
struct Calls {
    Stream stream;
    std::size_t next = 0;
    double time = 0.0;
};

/// Of a lock, in one direction.
struct Traffic {
    Stream stream;
    double time = 0.0;
};

}  // namespace corridor::reference
