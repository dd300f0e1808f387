// What a replication remembers of each entity: vehicles, facilities, stops, lines, demands, terminals, ways.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "box.h"
#include "corridor/model/model.h"
#include "crane_pool.h"
#include "crane_queue.h"
#include "departures.h"
#include "release_stream.h"
#include "tally.h"
#include "waiting_line.h"

namespace corridor::engine {

/// Containers of one priority that boarded together.
struct Boarded {
    std::size_t count = 0;
    std::size_t rolled = 0;  ///< of those, left behind at least once: they come first
};

/// A vehicle on a trip, or a background call (then `background` is valid and `line` is not), or an empty run on whose
/// way something is.
struct Vehicle {
    Id<model::Line> line;
    Id<model::Stop> stop;
    Id<model::Background> background;
    const model::Pool::EmptyRun* empty_run = nullptr;  ///< from pool to pool; then there are neither line nor stop
    std::uint32_t moves = 0;                           ///< of a background call, drawn when it comes
    std::vector<Box> cargo;
    std::size_t boarded_from = 0;  ///< cargo from here on boarded at the present stop
    std::size_t direct = 0;        ///< of those who boarded at the present stop, the last, who came from vehicles
    std::size_t left_behind = 0;   ///< containers ready at the present stop that found no room
    std::size_t held_back = 0;     ///< of those left behind, by room kept for later stops
    std::size_t rolled = 0;        ///< of those who boarded, left behind at least once: they come first
    std::vector<Boarded> by_rank;  ///< where containers of several priorities board, each part of those who boarded
    std::size_t pending = 0;       ///< moves of this call that cranes serve in turn and that have not ended
    std::size_t without_room = 0;  ///< of those, containers that the yard has no room for
    Tick blocked_since = 0;        ///< while there are such
    bool exchanges = false;        ///< it has begun to load before all were discharged
    bool loads = false;            ///< containers for this stop have boarded, and are being loaded
    bool leaves = false;           ///< it waits for tugs to leave its berth, or has them
    bool has_ended = false;        ///< its trip is over: it only has to leave its berth
    bool on_way = false;           ///< to its next stop
    Tick asked_for_tugs = 0;
    std::uint64_t trip = 0;  ///< what tells it from other trips of its line, or empty runs from its pool
    Tick scheduled = 0;      ///< timetabled departure from the first stop
    Tick arrived = 0;        ///< at the present stop
    Tick entered = -1;       ///< when the berth was given; -1 while it has none
    Tick trip_began = 0;
    Tick first_left = -1;       ///< departure from the first stop; -1 before it
    Tick loaded = 0;            ///< when the last container boarded at the present stop
    Tick stay = 0;              ///< of a listed background call
    Tick held = 0;              ///< how long it is held at its first stop, for the least headway
    std::uint32_t element = 0;  ///< of the way of its hop: the next one
    Tick aside_since = -1;      ///< when it began to wait for deeper water; -1 while it does not
    double payload_t = 0.0;     ///< what it may carry from the present stop; of lines with a payload
    Tick extra = 0;             ///< time of its passage of the present link, beyond the running time
    WayWaits waits{};  ///< of its passage of the present link; while it waits for a section, the clock at its beginning
};

struct FacilityState {
    std::uint32_t busy = 0;           ///< berths taken
    std::deque<std::uint32_t> queue;  ///< vehicles waiting for a berth
    CranePoolState cranes;
    Stream entry{0};
    std::unique_ptr<CraneQueue> queue_of_moves;            ///< where cranes serve in turn
    CraneQueue::Start start = CraneQueue::Start::in_time;  ///< of them, where nobody observes
    model::Window seen_open;                               ///< opening hours in which moves were last found
    std::uint64_t fingerprint = 0;                         ///< of their moves
    std::uint32_t free_tugs = 0;
    std::deque<std::uint32_t> waiting_for_tugs;  ///< vehicles at berths
    Stream leaving{0};
};

struct StopState {
    WaitingLine line;                    ///< of rank 0
    std::vector<WaitingLine> behind;     ///< of the ranks after it, where containers of several board or of another one
    std::vector<std::uint32_t> feeders;  ///< demands that release containers for this stop
    std::vector<std::uint32_t> late_feeders;  ///< and those that come through a gate where nobody looks
    std::uint32_t smallest_quarters = 0;      ///< of the containers that may board here
    std::uint32_t largest_quarters = 0;
    std::vector<model::BoxClass> lightest;  ///< of each size that may board here: whoever fits, one of them does
    std::uint32_t first_rank = ~0U;         ///< the lowest of those who board
    bool has_impatient = false;             ///< some of those who board go by road if they wait too long
    Order order = Order::any;               ///< by time where a single demand comes here, straight from its release
};

inline constexpr Tick kLongAgo = -kAfterAll;

/// What every trip looks at stands first.
struct LineState {
    DepartureTimes times;
    std::uint64_t next_departure = 0;
    Tick next_check = kNever;           ///< of the load, in the event list
    std::int64_t missing_quarters = 0;  ///< come first, at least, before a load may be enough that was not
    std::uint64_t trips = 0;            ///< begun
    Tick last_scheduled = -1;           ///< of the trip that began last
    std::uint64_t alike = 0;            ///< trips that began before it with the same time
    Tick last_departure = kLongAgo;     ///< from the first stop, made or planned, where a least headway is kept
    std::uint32_t called = 0;           ///< vehicles on their way to load at the first stop
    bool calling = false;               ///< vehicles are being called at this instant
    std::deque<Tick> due;               ///< departures that wait for a vehicle
    std::deque<Tick> held;              ///< timetabled departures that wait for a load
    std::deque<Tick> suspended;         ///< departures that wait for the end of a closure
    // Where tugs are needed to leave it:
    std::deque<std::uint32_t> casting_off;  ///< vehicles that are ready to, in order
    Tick cast_off = kLongAgo;               ///< when the last one did
};

struct PoolState {
    std::uint32_t available = 0;  ///< vehicles that wait for a departure
    std::uint32_t coming = 0;     ///< in a layover there, or on an empty run to it
    std::uint64_t runs = 0;       ///< empty ones that began there
};

struct DemandState {
    ReleaseStream releases;
    Stream collection{0};
    Stream choice{0};
    Stream road{0};
    Tick by_road = kNever;  ///< expected, with what it costs beside time; kNever where there is none
    Stream moves{0};
    Stream patience{0};
    Stream emptied{0};
    bool lands_in_one_place = false;  ///< all by the same cranes, none by road: those who land come in order of time
};

struct BackgroundState {
    Stream stream{0};
    std::uint64_t next = 0;
    double next_ms = 0.0;
};

/// A container that a terminal handles at an instant of its own.
struct SoloMove {
    /// In the order of one instant. `collect` and `emptied`: it has been delivered before, and leaves the yard of its
    /// destination, or comes into the stock of empties.
    enum class What : std::uint32_t { collect, discharge, emptied, load } what = What::load;
    Tick time = 0;
    std::uint64_t number = 0;  ///< order of arrival, for ties
    Box box;
};

/// The containers that a terminal steps one by one.
struct SoloTerminal {
    std::vector<SoloMove> moves;         ///< heap, earliest first
    std::vector<std::uint32_t> demands;  ///< released here, one by one
    std::vector<std::uint32_t> facilities_in_turn;
    bool has_moves_without_time = false;  ///< in turn: who is done with them may be called at the same instant
    bool may_let_in_late = false;         ///< who is released comes in at the gate, and nobody looks
    bool lets_in_late = false;            ///< in this replication
    bool may_stack_late = false;          ///< yard cranes bring to the stack what stays there, and nothing else
    bool stacks_late = false;             ///< in this replication
    Tick scheduled = kNever;              ///< of its entry in the event list
    bool starts_later = false;            ///< crane moves in turn, when all have asked who do so at this instant
};

/// The empties of one terminal and size beside those at hand, which are counted in the tally.
struct StockState {
    std::int64_t on_the_way = 0;  ///< sent here from other terminals
    std::deque<Box> waiting;      ///< for an empty, first come first served; their legs are of the best itinerary
};

/// A vessel that waits for a lock; `vehicle` is `kNoVehicle` for one that is not modelled further.
struct LockVessel {
    std::uint32_t vehicle = 0;
    Tick arrived = 0;
};

/// Those who wait to enter a section, and those who are in it.
struct SectionState {
    std::deque<std::uint32_t> queue;  ///< of both directions where they alternate
    std::uint32_t inside = 0;
    model::Direction direction = model::Direction::forward;  ///< of those inside
    std::array<Tick, 2> entered{};                           ///< the last entrance, by Direction
    Tick next_look = kNever;
    WayCause cause = WayCause::path;  ///< for which the first of the queue waits
    WayWaits clock{};                 ///< how long the first of the queue has waited for each cause, since the origin
    Tick clock_read = 0;
};

struct Chamber {
    model::Direction side = model::Direction::forward;  ///< that of the vessels that can enter when it is idle
    Tick idle_from = 0;
    bool turns = false;  ///< it is under way to this side, empty
};

struct LockState {
    std::array<std::deque<LockVessel>, 2> queues;  ///< by Direction
    std::vector<Chamber> chambers;
    std::array<Stream, 2> traffic{Stream{0}, Stream{0}};
    std::array<double, 2> next_ms{0.0, 0.0};
    std::array<std::vector<model::VesselSize>, 2> sizes;  ///< of the vessels that may come, by Direction
};

}  // namespace corridor::engine
