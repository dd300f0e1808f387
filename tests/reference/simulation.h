// The simulation with an event for each container: one list of events, and what they do. Its parts are in files of
// their own, by subject.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <set>
#include <utility>
#include <vector>

#include "corridor/model/model.h"
#include "event_per_container.h"
#include "journal.h"
#include "lock.h"
#include "records.h"
#include "section.h"

namespace corridor::reference {

using model::Window;

class Simulation {
  public:
    Simulation(const model::Model& model, std::uint64_t seed, std::uint64_t number);

    void run();
    Counts counts() const;

  private:
    const model::Facility& facility(std::size_t f) const { return model_.facilities.items()[f]; }
    const model::Line& line(std::size_t l) const { return model_.lines.items()[l]; }
    const model::Stop& stop(std::size_t s) const { return model_.stops.items()[s]; }
    const model::Leg& leg(std::size_t l) const { return model_.legs.items()[l]; }
    const model::Demand& demand(std::size_t d) const { return model_.demands.items()[d]; }
    const model::Service& service(std::size_t l) const { return model_.services[line(l).service]; }
    std::uint32_t quarters(const Container& c) const { return demand(c.demand).classes[c.box_class].quarters; }
    const model::Background& background(std::size_t b) const { return model_.backgrounds.items()[b]; }
    std::size_t facility_of(const Vehicle& vehicle) const {
        return (vehicle.line == kNone ? background(vehicle.background).facility : stop(vehicle.stop).facility).index();
    }
    bool is_in_turn(std::size_t f) const {
        return facility(f).in_turn || facility(f).shares_cranes || facility(f).in_yard;
    }
    scenario::BoxSize size(const Container& c) const { return demand(c.demand).classes[c.box_class].size; }
    std::size_t alights(const Container& c) const { return leg(c.leg).alight.index(); }
    double tonnes(const Container& c) const { return demand(c.demand).classes[c.box_class].tonnes; }
    const std::vector<Window>& open_hours(std::size_t f) const { return model_.terminals[facility(f).terminal].open; }
    void schedule(Tick time, Kind kind, std::uint64_t rank, std::size_t subject) {
        events_.push({time, kind, rank, subject});
    }
    void schedule_vehicle(Tick time, Kind kind, std::size_t v) { schedule(time, kind, vehicles_[v].rank, v); }
    const model::Terminal& terminal(std::size_t t) const { return model_.terminals.items()[t]; }
    void note(Journal::Step step, const Vehicle& vehicle) {
        if (vehicle.line != kNone) journal_.call(step, vehicle.stop, vehicle.scheduled, now_);
    }

    void dispatch(const Event& event);
    void close();

    // timetable.cpp: departures
    void list_departures(std::size_t l, std::uint64_t seed, std::uint64_t number);
    void await_closing(std::size_t l);
    void on_closing(std::size_t l);
    /// Whether it falls into a closure, and is made at its end or not at all.
    bool falls_into_closure(std::size_t l, Tick departure);
    void make_up(std::size_t l);
    /// By a vehicle of the fleet, if one is there.
    void depart(std::size_t l, Tick departure);

    // demand.cpp: releases
    /// A Poisson process accrues expected consignments at the rate of each segment; the even one meets k + 1/2 of them.
    void list_releases(std::size_t d, Stream stream);
    void await_release(std::size_t d);
    void on_release(std::size_t d);
    /// Who still waits at its origin goes by road.
    void on_giving_up(std::size_t c);
    /// Out of sight, where nobody knows how long that takes.
    void send_by_road(std::size_t c);

    // choice.cpp: which way a container goes
    /// The first leg of a container released now; kNone by road.
    std::size_t choose(std::size_t d);
    std::size_t choose_by_logit(std::size_t d);
    /// When it is there by an itinerary, if all are on time and whoever boards has room.
    std::optional<Tick> arrival(const model::Demand& demand, const model::Itinerary& itinerary) const;
    std::optional<Tick> departure(const model::Leg& leg, Tick ready, std::size_t full) const;
    /// Departures that those will fill who wait for a leg now.
    std::size_t full_departures(const model::Demand& demand, const model::Leg& leg) const;

    // yard.cpp: gate and yard
    Tick gate_opens(std::size_t t, Tick time) const;
    /// First come, first served: who does not fit holds up those behind, or all are turned away.
    void let_in(std::size_t t);
    void enter_yard(std::size_t c, Id<model::Terminal> terminal);
    void land(std::size_t c);
    void deliver(std::size_t c);

    // landing.cpp: on board without room ashore
    void take_room(std::size_t t, std::size_t c);
    /// It has been loaded, or collected.
    void free_room(std::size_t c);
    bool has_room_ashore(std::size_t t, std::size_t c) const;
    /// Containers that are no longer part of its cargo: who boards meanwhile takes their place.
    void discharge(std::size_t v, const std::vector<std::size_t>& containers);
    void give_room(std::size_t t);
    void count_landing(std::size_t t, const Landing& landing);
    void count_blocked(const Vehicle& vehicle);
    void come_to_a_stand(std::size_t v);

    // loads.cpp: departures that wait for a load
    void look_for_loads();
    void look_for_loads_at(Tick time);
    void look_for_load(std::size_t l);
    /// Whether it would send a vehicle if there were a load.
    bool wants_load(std::size_t l) const;
    /// Whether there is one beyond what the vehicles already called will take.
    bool load_is_ready(std::size_t l) const;
    /// When a vehicle goes with whatever there is.
    std::optional<Tick> load_deadline(std::size_t l) const;
    bool has_room_for_anybody(const Vehicle& vehicle) const;
    std::vector<std::size_t> ready_for(std::size_t l) const;

    // trips.cpp: vehicles and their fleets
    bool is_first_stop(const Vehicle& vehicle) const { return vehicle.stop == line(vehicle.line).first_stop.index(); }
    void begin_trip(Vehicle& vehicle, std::size_t l, Tick departure);
    void start_trip(std::size_t l, Tick departure);
    /// It has nothing left to discharge.
    void go_on(std::size_t v);
    void schedule_departure(std::size_t v);
    void on_leaving(std::size_t v);
    void count_departure(const Vehicle& vehicle);
    void on_arrival(std::size_t v);
    void end_trip(std::size_t v);

    // fleets.cpp: vehicles that wait, and empty runs
    bool fetches_vehicles(Id<model::Pool> pool) const;
    /// The line of the departure that has waited longest there for a vehicle.
    std::size_t earliest_due(Id<model::Pool> pool) const;
    std::size_t departures_due(Id<model::Pool> pool) const;
    /// What a vehicle there sets out for: the earliest departure that waits for one, or a load.
    std::optional<std::pair<std::size_t, Tick>> next_departure(Id<model::Pool> pool);
    /// A vehicle of a fleet, after its layover or an empty run.
    void on_ready(std::size_t pool);
    const model::Pool::EmptyRun* nearest_run(Id<model::Pool> to) const;
    /// Whether one more departure there has a vehicle to come.
    bool fetch_vehicle(Id<model::Pool> to);
    void find_departure(Id<model::Pool> from);
    void go_home(Id<model::Pool> from);
    void begin_empty_run(const model::Pool::EmptyRun& run);
    void end_empty_run(Vehicle& vehicle);

    // berths.cpp: berths, and background traffic
    void await_call(std::size_t b);
    void on_call(std::size_t b);
    void ask_for_berth(std::size_t v);
    void give_berths(std::size_t f);
    void take_berth(std::size_t v);
    void leave_berth(std::size_t v);
    void on_berthed(std::size_t v);

    // boarding.cpp: who is taken on board
    void on_loading(std::size_t v);
    /// Those who wait there, ready or not, in the order in which they board.
    std::vector<std::size_t> in_order(std::size_t stop) const;
    bool may_board(const Vehicle& vehicle, const Container& container) const;
    bool has_room(const Vehicle& vehicle, const model::BoxClass& box) const;
    /// Of those who ride on from a stop ahead there may be no more than the room that is not kept for it.
    bool leaves_kept_room(const Vehicle& vehicle, const Container& container) const;
    /// One after the other, the longest first: one of 45 feet on three places of a wagon of its own, but for one of 20.
    static bool stands_on_wagons(const model::Line& line, std::vector<scenario::BoxSize> sizes);

    // disruptions.cpp: what is closed or slower for a while
    void list_disruptions();
    std::array<std::vector<Window>, 2> closures(Id<model::Link> link) const;
    bool is_closed(std::size_t f) const;
    /// Cranes and berths are there again.
    void on_restored(std::size_t f);
    /// Whether a closure of the line holds a departure at that time, or takes it away.
    bool is_line_closed(std::size_t l, Tick time, bool cancels) const;
    Tick opens_again(std::size_t l, Tick time) const;
    Tick slowed_move(std::size_t f, Tick time) const;
    Tick slowed_run(const Vehicle& vehicle, Tick time) const;
    /// Of who enters the link now.
    Tick delay_on(const model::WayElement& element) const;

    // ways.cpp: from stop to stop
    const std::vector<model::WayElement>& way(const Vehicle& vehicle) const;
    /// One that has vehicles of its type: its own, or on an empty run any of its fleet.
    const model::Line& line_like(const Vehicle& vehicle) const;
    void set_out(std::size_t v);
    void go_on_way(std::size_t v);
    /// Of a passage of a link that begins: drawn for the trip, the stop before and the link.
    Tick extra_time(const Vehicle& vehicle, const model::WayElement& element) const;
    void enter(std::size_t v, const model::WayElement& element);
    void ask_to_enter(std::size_t v, const model::WayElement& element);
    /// Whether it waits for more water, and asks again then.
    bool stands_aside(std::size_t v, const model::WayElement& element);
    void leave_section(Vehicle& vehicle, const model::WayElement& element);
    void let_enter(std::size_t section);
    void await_lock(std::size_t v, const model::WayElement& element);
    void begin_lock(std::size_t l, std::uint64_t seed, std::uint64_t number);
    /// `t` is twice the number of the lock, and one more for those who come from below.
    void await_traffic(std::size_t t);
    void on_traffic(std::size_t t);
    void look_at_lock(std::size_t l);

    // depth.cpp: low water
    bool floats(const Vehicle& vehicle, const model::Link& link, Tick time) const;
    /// What it may carry from its stop on; what is on board stays.
    double payload_now(const Vehicle& vehicle) const;
    double weight(const Vehicle& vehicle) const;
    void count_depth(const Vehicle& vehicle);

    // cranes.cpp: moves
    /// The vehicle waits for the move, but for one into the stack.
    void ask_for_crane(std::size_t v, std::size_t c, Request::What what);
    std::size_t facility_for(std::size_t v, Request::What what) const;
    void load_container(std::size_t v, std::size_t c);
    /// A move at it has ended: what it does when that was the last one.
    void on_moved(std::size_t v);
    /// Where moves start in turn, they do when everybody has asked who does at this instant.
    void look_at_cranes(std::size_t f);
    bool may_have_one_more(std::size_t f, std::size_t v) const;
    /// The waiting request whose turn is next; the number of requests where there is none.
    std::size_t next_in_turn(std::size_t f) const;
    void start_moves(std::size_t f);
    Tick move_time(std::size_t f, const Request& request);
    bool is_open(std::size_t f) const;
    void await_opening(std::size_t f);
    /// Nobody waits for unlimited cranes, unless they are limited at one vehicle.
    bool counts_cranes(std::size_t f) const;
    void count_start(std::size_t f, const Request& request);
    void count_busy(std::size_t f, Tick from, Tick to);
    void on_move_end(std::size_t index);
    void move(const Request& request);
    void load(const Request& request);

    const model::Model& model_;
    std::uint64_t seed_;
    std::uint64_t number_;
    Window window_;
    Journal journal_;
    Tick now_ = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    std::vector<Container> containers_;
    std::vector<Vehicle> vehicles_;
    std::vector<Request> under_way_;
    std::uint64_t requests_ = 0;
    std::set<Tick> looks_for_loads_;  ///< as scheduled
    std::vector<Facility> facilities_;
    std::vector<Stop> stops_;
    std::vector<Line> lines_;
    std::vector<Demand> demands_;
    std::vector<Terminal> terminals_;
    std::vector<Calls> calls_;
    std::vector<Lock> locks_;
    std::vector<Section> sections_;
    std::vector<Samples> passages_;  ///< by link and direction
    std::vector<Traffic> traffic_;   ///< by lock and direction
    std::vector<Fleet> fleets_;
    std::vector<Pool> pools_;
};

}  // namespace corridor::reference
