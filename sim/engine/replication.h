// One simulated history: the state of a replication and what its events do.
//
// Vehicles, departures and background calls are events. Containers are rows (Box): they are drawn when somebody asks
// for them and move in batches, except where they interact, and a terminal steps them one by one (run-ahead).
#pragma once

#include <atomic>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "audit.h"
#include "corridor/engine/simulator.h"
#include "disruptions.h"
#include "event_list.h"
#include "observer.h"
#include "state.h"
#include "stowage.h"
#include "yard.h"

namespace corridor::engine {

class Replication {
  public:
    explicit Replication(const model::Model& model);

    RunStatus run(std::uint64_t seed, std::uint64_t number, const std::atomic<bool>* stop = nullptr);

    /// Tells `observer`, which must outlive the runs, what happens in those that follow.
    void observe(Observer& observer) { observers_.push_back(&observer); }

    /// Books by month, too, how long cranes, berths and fleets are busy in the runs that follow.
    void count_by_month() { tally_.count_by_month(model_); }

    const Tally& tally() const { return tally_; }
    const Disruptions& disruptions() const { return disruptions_; }
    std::uint64_t fingerprint() const { return fingerprint_; }

  private:
    friend struct Tampering;  // tests corrupt the books through it, to see that the audit notices

    // connections.cpp: who feeds whom, found once
    void connect();
    void connect_impatient();
    void connect_cranes();
    void connect_landings();
    void connect_stacks();
    void connect_gates();
    void connect_demand(Id<model::Demand> id);
    bool sees_its_own_alone(const model::Demand& demand) const;

    // replication.cpp: beginning, event loop, end
    RunStatus simulate(std::uint64_t seed, std::uint64_t number);
    void reset(std::uint64_t seed, std::uint64_t number);
    void reset_facilities(std::uint64_t seed, std::uint64_t number);
    void reset_lines(std::uint64_t seed, std::uint64_t number);
    void schedule_first_events();
    void dispatch(const Event& event);
    void close_books();
    void count_outstanding();
    bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

    // look_ahead.cpp: memory for the events to come
    void look_ahead(const Event& at_hand);
    void prefetch_entity(const Event& event) const;
    void prefetch_stop(const Event& event) const;
    void prefetch_terminal(const Event& event) const;
    void prefetch_demands(const Event& event) const;
    void prefetch_books(const Event& event) const;
    void prefetch_legs(const Event& at_hand) const;
    void prefetch_facility(Id<model::Facility> id, bool uses_cranes) const;
    void prefetch_demand(Id<model::Demand> id) const;
    const Vehicle* vehicle_ahead(std::size_t n) const;
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

    // background_calls.cpp: vehicles that are not modelled further
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
    Tick slowed(const Vehicle& vehicle, Tick running_time) const;
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
    void collect_releases(Id<model::Stop> stop) { collect_releases(stop, now_); }
    void collect_releases(Id<model::Stop> stop, Tick until);
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

    // booking.cpp: moves and boardings
    void count_moves(Id<model::Facility> facility, const Moves& moves, const Box* boxes);
    void count_move(Id<model::Facility> facility, const MoveTimes& move, std::uint64_t quarters);
    void count_berth_time(Id<model::Facility> facility, Tick from, Tick to);
    void count_fleet_time(Id<model::Fleet> fleet, Tick from, Tick to);
    enum class Through { yard, lift };
    void count_boarded(const Box* boxes, std::size_t count, Tick departure, std::size_t rolled, Through through);

    /// Where containers are ready as soon as they come, and none goes from vehicle to vehicle, waiting for departure is
    /// all of their dwell.
    static bool waits_are_dwells(const model::Terminal& terminal) {
        return terminal.transfer_time == 0 && !terminal.transfers_directly;
    }

    /// Calls f(leg, first, count) for each run of containers with the same leg. All have to be of one line: of a line
    /// that has a single leg only the first is looked at.
    template <class Visit>
    void for_each_run(const Box* boxes, std::size_t count, Visit visit) const;

    // choice.cpp: which way a container goes
    static constexpr std::uint32_t kByRoad = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t choose_leg(Id<model::Demand> demand, Tick time);
    std::uint32_t earliest_leg(Id<model::Demand> demand, Tick time) const;
    Tick expected_arrival(const model::Demand& demand, const model::Itinerary& itinerary, Tick time) const;
    std::uint64_t full_departures(const model::Demand& demand, Id<model::Leg> leg) const;
    void send_by_road(Id<model::Demand> demand, const Box& box, ByRoad why, Tick time);

    // solo.cpp: containers one by one
    /// At one instant terminals follow each other, each with the moves in turn that end there and then with who comes.
    enum class Part { ends, comers };
    void reach(std::size_t terminal, Part part) {
        const std::size_t reached = 2 * terminal + static_cast<std::size_t>(part);
        reached_ = reached_at_ == now_ ? std::max(reached_, reached) : reached;
        reached_at_ = now_;
    }
    bool has_reached(Id<model::Terminal> id, Part part) const {
        return reached_at_ == now_ && reached_ >= 2 * std::size_t{id.index()} + static_cast<std::size_t>(part);
    }
    void on_containers(Id<model::Terminal> terminal);
    Tick next_release(const SoloTerminal& terminal) const;
    Tick next_but_releases(Id<model::Terminal> terminal) const;
    Tick next_solo(Id<model::Terminal> terminal) const;
    Tick run_releases(Id<model::Terminal> terminal);
    void release_due(const SoloTerminal& terminal);
    void schedule_solo(Id<model::Terminal> terminal);
    bool step(Id<model::Terminal> terminal, Tick time);
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
    void end_stacking(Id<model::Facility> yard_cranes);
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
    void stack_late(Id<model::Terminal> terminal, const Box* boxes, std::size_t count, const Tick* ends);
    void ask_to_load(CraneRequest request);
    void dismiss_impatient(Id<model::Facility> facility);
    void close_queues();

    // yard.cpp: limited room, and the gate
    void connect_yards();
    void reset_yards();
    bool was_short_of_room();
    const model::Yard* limit_of(Id<model::Terminal> terminal) const;
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
    bool gate_lets_in(Id<model::Terminal> terminal) const;
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
    Tick reached_at_ = -1;           ///< the last instant at which a terminal had its turn, or all have,
    std::size_t reached_ = 0;        ///< and which part of which terminal
    Tick began_at_ = -1;             ///< the last instant at which all moves in turn have had the chance to start
    std::vector<Vehicle> vehicles_;  ///< the first `vehicle_count_` are of this replication
    std::size_t vehicle_count_ = 0;
    std::vector<std::uint32_t> retired_;
    std::vector<FacilityState> facilities_;
    std::vector<StopState> stops_;
    std::vector<LineState> lines_;
    std::vector<PoolState> pools_;
    std::vector<DemandState> demands_;
    std::vector<char> sole_leg_;  ///< by leg: no other leg rides on its line, so whole cargoes have it
    Sorting sorting_;
    std::vector<char> impatient_leg_;  ///< by leg: at its boarding, containers of limited patience wait since release
    std::vector<BackgroundState> backgrounds_;
    std::vector<SoloTerminal> solo_;
    std::vector<StockState> stocks_;  ///< by stock_index; none where no terminal keeps empties
    std::uint64_t next_review_ = 0;
    std::vector<YardState> yards_;        ///< by terminal
    std::vector<char> may_presume_room_;  ///< by terminal: no replication has been short of it yet
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
