// One simulated history: the state of a replication and what its events do.
//
// Vehicles, departures and background calls are events. Containers are rows (Box): they are drawn when somebody asks
// for them and move in batches, except where they interact, and a terminal steps them one by one (run-ahead).
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit.h"
#include "box.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/model.h"
#include "crane_pool.h"
#include "crane_queue.h"
#include "departures.h"
#include "disruptions.h"
#include "event_list.h"
#include "observer.h"
#include "release_stream.h"
#include "stowage.h"
#include "tally.h"
#include "waiting_line.h"
#include "yard.h"

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
    bool may_let_in_late = false;   ///< who is released comes in at the gate, and nobody looks
    bool lets_in_late = false;      ///< in this replication
    bool has_room_for_all = false;  ///< who has been released and not been let in, until `next_look`
    Tick room_since = 0;            ///< it has
    Tick next_look = kNever;
    Tick scheduled = kNever;    ///< of its entry in the event list
    bool starts_later = false;  ///< crane moves in turn, when all have asked who do so at this instant
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

class Replication {
  public:
    explicit Replication(const model::Model& model);

    RunStatus run(std::uint64_t seed, std::uint64_t number, const std::atomic<bool>* stop = nullptr);

    /// Tells `observer`, which must outlive the runs, what happens in those that follow.
    void observe(Observer& observer) { observers_.push_back(&observer); }

    const Tally& tally() const { return tally_; }
    const Disruptions& disruptions() const { return disruptions_; }
    std::uint64_t fingerprint() const { return fingerprint_; }

  private:
    friend struct Tampering;  // tests corrupt the books through it, to see that the audit notices

    // replication.cpp: beginning, event loop, end
    void connect();
    void connect_impatient();
    void connect_cranes();
    void connect_gates();
    void connect_demand(Id<model::Demand> id);
    bool sees_its_own_alone(const model::Demand& demand) const;
    void reset(std::uint64_t seed, std::uint64_t number);
    void reset_facilities(std::uint64_t seed, std::uint64_t number);
    void reset_lines(std::uint64_t seed, std::uint64_t number);
    void schedule_first_events();
    void dispatch(const Event& event);
    void close_books();
    void count_outstanding();
    bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

    // look_ahead.cpp: memory for the events to come
    void look_ahead(const Event& at_hand) const;
    void prefetch_entity(const Event& event) const;
    void prefetch_surroundings(const Event& event) const;
    void prefetch_details(const Event& event) const;
    void prefetch_facility(Id<model::Facility> id) const;
    void prefetch_terminal(Id<model::Terminal> id) const;
    void prefetch_demand(Id<model::Demand> id) const;
    void prefetch_books(const Event& event) const;
    Id<model::Stop> stop_ahead(const Event& event) const;

    // calls.cpp: vehicles
    void on_closing(Id<model::Line> line);
    void schedule_closing(Id<model::Line> line);
    void depart(Id<model::Line> line, Tick departure);
    void start_trip(Id<model::Line> line, Tick scheduled);
    void begin_trip(std::uint32_t vehicle, Id<model::Line> line, Tick scheduled);
    void request_berth(std::uint32_t vehicle);
    void enter(std::uint32_t vehicle);
    void on_entered(std::uint32_t vehicle);
    void on_handled(std::uint32_t vehicle);
    void begin_loading(std::uint32_t vehicle);
    void on_loading(std::uint32_t vehicle);
    void on_leaving(std::uint32_t vehicle);
    void on_arrival(std::uint32_t vehicle);
    void finish_trip(std::uint32_t vehicle, Tick end);
    void end_call(std::uint32_t vehicle, Tick end);
    void pass_on(std::uint32_t vehicle, Id<model::Line> line);
    void release_berth(std::uint32_t vehicle, Tick time);
    void count_departure(Vehicle& vehicle);
    bool has_room(const Vehicle& vehicle, const Load& load) const;
    Tick plan_departure(Vehicle& vehicle);
    bool hold_for_headway(std::uint32_t vehicle);
    std::uint32_t new_vehicle();
    void retire(std::uint32_t vehicle);
    Id<model::Facility> facility_of(const Vehicle& vehicle) const;
    void on_background_call(Id<model::Background> background);
    void schedule_background(Id<model::Background> background);
    void handle_background(std::uint32_t vehicle);

    // tugs.cpp: tugs to dock and to leave
    std::uint32_t tugs_for(const Vehicle& vehicle) const;
    bool needs_tugs_to_leave(const Vehicle& vehicle) const;
    void ask_for_tugs(std::uint32_t vehicle);
    bool waits_to_cast_off(std::uint32_t vehicle);
    void cast_off(const Vehicle& vehicle);
    void send_tugs(Id<model::Facility> facility);
    Tick draw_tug_time(const Vehicle& vehicle);
    void begin_with_tugs(std::uint32_t vehicle);
    void free_tugs(std::uint32_t vehicle);
    void on_cleared(std::uint32_t vehicle);

    // fleets.cpp: vehicles that wait for departures, or departures for vehicles
    void on_vehicle_ready(Id<model::Pool> pool);
    bool take_vehicle(Id<model::Line> line, Tick departure);
    bool may_find_vehicle(Id<model::Line> line) const;
    Id<model::Line> next_trip(Id<model::Pool> pool);
    bool may_send(Id<model::Fleet> fleet, std::uint32_t more = 0) const;
    Id<model::Line> earliest_due(Id<model::Pool> pool) const;
    Tick take_due(Id<model::Line> line);
    const model::Pool::EmptyRun* nearest_run(Id<model::Pool> to, Id<model::Pool>& from) const;
    bool fetch_vehicle(Id<model::Pool> to);
    void run_empty(Id<model::Pool> from, const model::Pool::EmptyRun& run);
    void end_empty_run(std::uint32_t vehicle);
    void count_empty_run(const Vehicle& vehicle, Tick end);
    void find_departure(Id<model::Pool> pool);
    void go_home(Id<model::Pool> pool);
    void go_home(const model::Fleet& fleet);
    std::size_t departures_due(Id<model::Pool> pool) const;
    const model::Fleet& fleet_of(Id<model::Pool> pool) const { return model_.fleets[model_.pools[pool].fleet]; }

    // way.cpp: from one stop to the next
    void on_way(std::uint32_t vehicle);
    bool enter_section(std::uint32_t vehicle, const model::WayElement& element);
    bool stands_aside(std::uint32_t vehicle, const model::WayElement& element);
    void begin_passage(std::uint32_t vehicle, const model::WayElement& element);
    Tick draw_extra_time(const Vehicle& vehicle, const model::WayElement& element) const;
    void leave_section(std::uint32_t vehicle, const model::WayElement& element);
    void run_on(std::uint32_t vehicle, const model::WayElement& element, bool is_last);
    void count_passage(std::uint32_t vehicle, const model::WayElement& element);
    void tell_way_wait(std::uint32_t vehicle, WayCause cause, Tick waited);
    void tell_lock(std::uint32_t vehicle, WayStep step, Id<model::Lock> lock, model::Direction direction,
                   Tick time) const;
    void tell_link(std::uint32_t vehicle, WayStep step, const model::WayElement& element) const;

    // sections.cpp
    struct Obstacle {
        WayCause cause = WayCause::path;
        Tick until = kNever;  ///< kNever: until somebody leaves
    };
    void reset_sections();
    void on_section(Id<model::Section> section);
    std::optional<Obstacle> obstacle(Id<model::Section> section, const model::WayElement& element) const;
    std::uint64_t next_path(const model::Link& link, std::uint64_t first) const;
    void enter(std::uint32_t vehicle, Id<model::Section> section, const model::WayElement& element);
    void read_clock(SectionState& section) const;
    const model::WayElement& element_of(const Vehicle& vehicle) const { return way_of(vehicle)[vehicle.element - 1]; }
    const std::vector<model::WayElement>& way_of(const Vehicle& vehicle) const {
        return vehicle.empty_run != nullptr ? vehicle.empty_run->way : model_.stops[vehicle.stop].hop.way;
    }
    const model::Line& line_like(const Vehicle& vehicle) const;

    // depth.cpp: low water
    double payload_from(Id<model::Stop> stop) const;
    Tick next_depth_from(Id<model::Stop> stop) const;
    bool takes_anyone(Id<model::Line> line) const;
    Tick floats_from(const Vehicle& vehicle, Id<model::Link> link) const;
    void count_depth(const Vehicle& vehicle);

    // locks.cpp
    static constexpr std::uint32_t kNoVehicle = std::numeric_limits<std::uint32_t>::max();
    void connect_locks();
    void reset_locks(std::uint64_t seed, std::uint64_t number);
    void schedule_lock_traffic(Id<model::Lock> lock, model::Direction direction);
    void on_lock_traffic(std::uint32_t entity);
    void await_lock(std::uint32_t vehicle, Id<model::Lock> lock, model::Direction direction);
    void on_lockage(Id<model::Lock> lock);
    struct ChamberFill {
        std::size_t vessels = 0;
        bool is_full = false;  ///< no vessel that may come would find room beside them
    };
    ChamberFill chamber_fill(Id<model::Lock> lock, model::Direction direction, std::size_t first) const;
    bool may_start(Id<model::Lock> lock, model::Direction direction, std::size_t first) const;
    std::size_t taken_by_chambers(Id<model::Lock> lock, model::Direction direction) const;
    void lock_through(Id<model::Lock> lock, Chamber& chamber);
    void turn(Id<model::Lock> lock, Chamber& chamber);
    void occupy(Id<model::Lock> lock, Chamber& chamber, model::Direction direction, Tick until);
    void count_waiting_for_locks();

    // disrupted.cpp: berths, tugs, chambers, departures and links that are closed for a while
    bool has_free_berth(Id<model::Facility> facility) const;
    bool is_closed(Id<model::Line> line) const;
    bool falls_out(Id<model::Line> line, Tick departure);
    Tick slowed(Id<model::Line> line, Tick running_time) const;
    Tick slowed(Id<model::Fleet> fleet, Tick running_time) const;
    Tick opens(const model::WayElement& entrance) const;
    Tick slow_passage(const model::WayElement& entrance) const;
    void schedule_restoration(std::size_t number);
    void on_restored(std::uint32_t number);
    void resume(Id<model::Line> line);
    void resume(Id<model::Fleet> fleet);
    void make_suspended(Id<model::Line> line);
    bool can_make_suspended(Id<model::Line> line) const;
    Id<model::Line> earliest_waiting(const model::Fleet& fleet) const;
    void send_waiting(Id<model::Line> line);
    std::uint32_t tugs_out(Id<model::Facility> facility) const;
    bool is_closed(Id<model::Lock> lock) const;
    bool is_out(Id<model::Lock> lock, std::size_t chamber) const;
    Tick slowed(Id<model::Lock> lock, Tick time) const;
    const Windows& gate_hours(Id<model::Terminal> terminal) const;

    /// Empties that are repositioned are no backlog.
    bool takes_census_of(Id<model::Demand> demand) const {
        return model_.takes_census && !model_.demands[demand].repositions;
    }

    // load_calls.cpp: departures that wait for a load
    void on_load_check(Id<model::Line> line);
    void hold(Id<model::Line> line, Tick departure);
    void call_vehicles(Id<model::Line> line);
    bool wants_load(Id<model::Line> line) const;
    bool load_is_ready(Id<model::Line> line) const;
    bool finds_load(Id<model::Line> line);
    void look_for_load(Id<model::Line> line);
    Tick next_load_from(Id<model::Line> line);
    std::int64_t missing_quarters(Id<model::Line> line) const;
    void schedule_load_check(Id<model::Line> line, Tick time);
    Tick load_deadline(Id<model::Line> line) const;
    void on_first_loading(Id<model::Line> line);
    void await(const Box& box);
    void expect_load(Id<model::Line> line, const Box& box);

    // cargo.cpp: containers in batches
    void collect_releases(Id<model::Stop> stop);
    void book_releases(Id<model::Demand> demand, Box* boxes, std::size_t count);
    Load load_on(const Vehicle& vehicle) const;
    Tick discharge(std::uint32_t vehicle);
    Stowage stowage_of(const Vehicle& vehicle, double payload_t) const;
    Stowage stowage_of(const Vehicle& vehicle) const { return stowage_of(vehicle, vehicle.payload_t); }
    void board(Vehicle& vehicle, StopState& stop);
    void board_from(WaitingLine& line, const StopState& stop, Vehicle& vehicle);
    Tick load(std::uint32_t vehicle);
    void settle_discharged(const Box* boxes, std::size_t count, const Tick* ends);
    void hand_over(Box box, Tick end);
    void deliver(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends);
    void await_collection(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends);
    void count_moves(Id<model::Facility> facility, const Moves& moves, const Box* boxes);
    void count_move(Id<model::Facility> facility, const MoveTimes& move, std::uint64_t quarters);
    enum class Through { yard, lift };
    void count_boarded(const Box* boxes, std::size_t count, Tick departure, std::size_t rolled, Through through);

    /// Where containers are ready as soon as they come, and none goes from vehicle to vehicle, waiting for departure is
    /// all of their dwell.
    static bool waits_are_dwells(const model::Terminal& terminal) {
        return terminal.transfer_time == 0 && !terminal.transfers_directly;
    }

    /// Calls f(leg, first, count) for each run of containers with the same leg.
    template <class Visit>
    void for_each_run(const Box* boxes, std::size_t count, Visit visit) const;

    // choice.cpp: which way a container goes
    static constexpr std::uint32_t kByRoad = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t choose_leg(Id<model::Demand> demand, Tick time);
    std::uint32_t earliest_leg(Id<model::Demand> demand, Tick time) const;
    Tick expected_arrival(const model::Demand& demand, const model::Itinerary& itinerary, Tick time) const;
    std::uint64_t full_departures(const model::Demand& demand, const model::Leg& leg) const;
    void send_by_road(Id<model::Demand> demand, const Box& box, ByRoad why, Tick time);

    // solo.cpp: containers one by one
    void on_containers(Id<model::Terminal> terminal);
    Tick next_release(const SoloTerminal& terminal) const;
    Tick next_but_releases(Id<model::Terminal> terminal) const;
    Tick next_solo(Id<model::Terminal> terminal) const;
    Tick run_releases(Id<model::Terminal> terminal);
    void release_due(const SoloTerminal& terminal);
    void schedule_solo(Id<model::Terminal> terminal);
    void step(Id<model::Terminal> terminal, Tick time);
    void start_in_turn(const SoloTerminal& terminal);
    void on_starting(Id<model::Terminal> terminal);
    void release_one_by_one(Id<model::Demand> demand, Tick time);
    void look_at_queues(const model::Demand& demand);
    void set_out(Id<model::Demand> demand, Box box);
    void add_solo(Id<model::Terminal> terminal, SoloMove::What what, Tick time, const Box& box);
    void load_solo(const Box& box, Tick deadline = kNever);
    void depart_solo(const Box& box, Tick departure);
    void discharge_solo(const Box& box);

    // turns.cpp: moves in turn
    CraneQueue* queue_of(Id<model::Facility> facility) const {
        return facilities_[facility.index()].queue_of_moves.get();
    }
    void ask_crane(Id<model::Facility> facility, CraneRequest request);
    void ask_cranes(std::uint32_t vehicle, CraneRequest::By by, const Box* boxes, std::size_t count);
    void add_moves(Id<model::Facility> facility, CraneRequest& request, const Box* boxes, std::size_t count);
    void take_back_plan(Id<model::Facility> facility);
    bool is_awaited_ashore(const model::Leg& leg) const;
    void end_moves(Id<model::Facility> facility);
    void end_unawaited(Id<model::Facility> facility, Tick before);
    void end_move(Id<model::Facility> facility, const CraneRequest& request);
    void end_move_of_vehicle(std::uint32_t vehicle, const CraneRequest& request);
    void start_moves(Id<model::Facility> facility);
    void count_started(Id<model::Facility> facility, Tick before);
    bool is_whole(Id<model::Facility> facility, const PlannedMove* moves, std::size_t count);
    void count_row(Id<model::Facility> facility, const PlannedMove* moves, std::size_t count);
    void count_clipped_row(Id<model::Facility> facility, const PlannedMove* moves, std::size_t count);
    void count_background(Id<model::Facility> facility, std::uint32_t vehicle, Tick end);
    void put_away(const CraneRequest& request);
    void ask_to_load(CraneRequest request);
    void dismiss_impatient(Id<model::Facility> facility);
    void close_queues();

    // yard.cpp: limited room, and the gate
    bool has_room(Id<model::Terminal> terminal, const Box& box) const;
    bool has_ample_room(Id<model::Terminal> terminal, const Box& box) const;
    bool has_to_fit(const Box& box) const;
    bool watches_room(Id<model::Terminal> terminal) const;
    bool is_full(Id<model::Terminal> terminal) const;
    void look_for_room(Id<model::Terminal> terminal);
    void change_room(Id<model::Terminal> terminal, const Box& box, int step, Tick time);
    void keep_room(Id<model::Terminal> terminal, const Box& box);
    void change_rooms(Id<model::Terminal> terminal, const Box* boxes, int step, const Tick* times, std::size_t count);
    void free_room(Id<model::Terminal> terminal, const Box& box);
    void give_room(Id<model::Terminal> terminal);
    void bring(const Landing& landing);
    void ask_to_land(Id<model::Facility> facility, CraneRequest request, const Box* boxes, std::size_t count);
    void leave_crane(Id<model::Facility> facility, const CraneRequest& request);
    bool is_gate_open(Id<model::Terminal> terminal) const;
    Tick gate_open_from(Id<model::Terminal> terminal, Tick time) const;
    void come_to_gate(const Box& box);
    void admit(Id<model::Terminal> terminal);
    void count_outside(Id<model::Terminal> terminal, Tick since, Tick until);
    void let_in(Id<model::Terminal> terminal, Box box);
    void turn_away(Id<model::Terminal> terminal, const Box& box);
    void load_meanwhile(std::uint32_t vehicle);
    void count_waiting_for_room();

    // gate.cpp: containers that are let in when somebody looks
    void let_in_late(Id<model::Terminal> terminal, Tick until);
    void release_together(Id<model::Demand> demand, Tick until);
    void let_in_together(Id<model::Terminal> terminal, Tick until);
    void book_entrances(Id<model::Terminal> terminal, const Box* boxes, const Tick* times, std::size_t count);
    void look_ahead_at_gate(Id<model::Terminal> terminal);
    void look_at_gate(Id<model::Terminal> terminal);

    // direct.cpp: from vessel to train in one lift
    bool takes_over(std::uint32_t vehicle, Stowage& stowage, CraneRequest& request);
    std::size_t take_over(std::uint32_t vehicle);

    // patience.cpp: containers that go by road
    Tick deadline_of(const Box& box);
    void impose_patience(Box* boxes, std::size_t count);
    void dismiss_impatient(StopState& stop, Tick now);
    WaitingLine& line_of(const Box& box);

    // empties.cpp: stocks of empty containers
    void ask_empty(Id<model::Demand> demand, Box box);
    void take_empty(Id<model::Demand> demand, Box box);
    void return_empties(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends);
    void add_empty(const Box& box);
    void on_review();
    void reposition(std::size_t size);
    std::vector<std::int64_t> planned_moves(const std::vector<std::int64_t>& surplus,
                                            const std::vector<std::int64_t>& deficit) const;
    void send_empties(Id<model::Demand> way, std::size_t size, std::int64_t count);
    std::int64_t expected_to_be_taken(Id<model::Terminal> terminal, std::size_t size) const;
    StockLevel& empties_of(Id<model::Terminal> terminal, std::size_t size) {
        return tally_.empties[stock_index(terminal, size)];
    }
    StockState& stock_of(Id<model::Terminal> terminal, std::size_t size) {
        return stocks_[stock_index(terminal, size)];
    }

    // accruals.cpp: what costs and emissions are counted by
    void share_run(const Vehicle& vehicle, const Load& load);
    void charge_storage(const model::Leg& leg, const Box* boxes, std::size_t count, Tick departure);
    void charge_collection(const model::Leg& leg, const Box& box, Tick dwell);

    // telling.cpp: what observers hear
    bool is_observed() const { return !observers_.empty(); }
    template <class Tell>
    void tell(Tell what) const {
        for (Observer* const observer : observers_) {
            what(*observer);
        }
    }
    /// Of a vehicle of a service; background calls are not told.
    template <class Member>
    void tell_of(std::uint32_t vehicle, Member what) const {
        for (Observer* const observer : observers_) {
            if (vehicles_[vehicle].line.valid()) {
                (observer->*what)(vehicles_[vehicle], vehicle, now_);
            }
        }
    }
    void tell_releases(Id<model::Demand> demand, Box* boxes, std::size_t count);
    void tell_moves(ContainerMove::What what, std::uint32_t vehicle, Id<model::Facility> facility, const Box* boxes);
    void tell_started(Id<model::Facility> facility, const PlannedMove* moves, std::size_t count) const;
    void tell_deliveries(const Box* boxes, std::size_t count, const Tick* ends) const;
    void tell_left_for_depth(const Vehicle& vehicle, const StopState& stop) const;
    void tell_way_so_far(std::uint32_t vehicle);
    void tell_who_is_left();
    void tell_who_wants_room() const;
    void tell_requests_left(Id<model::Facility> facility) const;

    // audit.cpp
    RunStatus audit() const;
    std::vector<EmptiesBook> books_of_empties() const;
    Finding audit_empties() const;
    Finding audit_fleets() const;
    Finding audit_berths() const;
    void breach(std::string reason);
    void hold(const Finding& finding);

    const model::Leg& leg_of(const Box& box) const { return model_.legs.items()[box.leg]; }
    const model::BoxClass& class_of(const Box& box) const {
        return model_.demands[leg_of(box).demand].classes[box.box_class];
    }
    /// Quarter TEU of containers of one demand.
    static std::uint64_t quarters_of(const model::Demand& demand, const Box* boxes, std::size_t count) {
        if (demand.classes.size() == 1) {
            return std::uint64_t{demand.classes.front().quarters} * count;
        }
        std::uint64_t quarters = 0;
        for (std::size_t i = 0; i < count; ++i) {
            quarters += demand.classes[boxes[i].box_class].quarters;
        }
        return quarters;
    }
    static std::uint64_t mixed(std::uint64_t fingerprint, std::uint64_t value) {
        fingerprint = (fingerprint ^ value) * 0x9E3779B97F4A7C15ULL;
        return fingerprint ^ (fingerprint >> 29);
    }
    void mix(std::uint64_t value) { fingerprint_ = mixed(fingerprint_, value); }

    const model::Model& model_;
    std::uint64_t seed_ = 0;
    std::uint64_t number_ = 0;  ///< of the replication
    Tally tally_;
    bool is_large_ = false;  ///< its state does not fit into the processor's caches
    EventList events_;
    Disruptions disruptions_;
    Tick now_ = 0;
    Tick ends_came_at_ = -1;         ///< the last instant at which all moves in turn have had the chance to end
    Tick began_at_ = -1;             ///< the last instant at which all moves in turn have had the chance to start
    std::vector<Vehicle> vehicles_;  ///< the first `vehicle_count_` are of this replication
    std::size_t vehicle_count_ = 0;
    std::vector<std::uint32_t> retired_;
    std::vector<FacilityState> facilities_;
    std::vector<StopState> stops_;
    std::vector<LineState> lines_;
    std::vector<PoolState> pools_;
    std::vector<DemandState> demands_;
    std::vector<char> sole_leg_;       ///< by leg: no other leg rides on its line, so whole cargoes have it
    std::vector<char> impatient_leg_;  ///< by leg: at its boarding, containers of limited patience wait since release
    std::vector<BackgroundState> backgrounds_;
    std::vector<SoloTerminal> solo_;
    std::vector<StockState> stocks_;  ///< by stock_index; none where no terminal keeps empties
    std::uint64_t next_review_ = 0;
    std::vector<YardState> yards_;  ///< by terminal
    std::vector<LockState> locks_;
    std::vector<SectionState> sections_;
    std::vector<std::array<std::uint64_t, 2>> next_paths_;  ///< by link and Direction: the first that nobody has taken
    std::uint64_t solo_moves_ = 0;
    Moves moves_;                ///< of the batch at hand
    std::vector<Tick> waits_;    ///< likewise
    std::vector<Box> boxes_;     ///< of the batch at hand
    std::vector<Box> stepped_;   ///< released one by one at the instant at hand
    std::vector<Box> arrivals_;  ///< before the gate at hand
    std::uint64_t fingerprint_ = 0;
    std::vector<Observer*> observers_;
    const std::atomic<bool>* stop_ = nullptr;
    RunStatus status_;
};

template <class Visit>
void Replication::for_each_run(const Box* boxes, std::size_t count, Visit visit) const {
    if (count > 0 && sole_leg_[boxes->leg] != 0) {
        visit(leg_of(*boxes), std::size_t{0}, count);
        return;
    }
    for (std::size_t first = 0, end = 0; first < count; first = end) {
        const std::uint32_t leg = boxes[first].leg;
        for (end = first + 1; end < count && boxes[end].leg == leg;) {
            ++end;
        }
        visit(model_.legs.items()[leg], first, end - first);
    }
}

}  // namespace corridor::engine
