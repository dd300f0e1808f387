// The simulation with an event for each container: one list of events, and what they do. Its parts are in files of
// their own, by subject.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
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
    bool is_in_turn(std::size_t f) const { return facility(f).in_turn || facility(f).shares_cranes; }
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

    // demand.cpp: releases
    /// A Poisson process accrues expected consignments at the rate of each segment; the even one meets k + 1/2 of them.
    void list_releases(std::size_t d, Stream stream);
    void await_release(std::size_t d);
    void on_release(std::size_t d);
    /// Who still waits at its origin goes by road, out of sight.
    void on_giving_up(std::size_t c);

    // yard.cpp: gate and yard
    Tick gate_opens(std::size_t t, Tick time) const;
    /// First come, first served: who does not fit holds up those behind, or all are turned away.
    void let_in(std::size_t t);
    void enter_yard(std::size_t c, Id<model::Terminal> terminal);
    void land(std::size_t c);

    // trips.cpp: vehicles and their fleets
    void begin_trip(Vehicle& vehicle, std::size_t l, Tick departure);
    void start_trip(std::size_t l, Tick departure);
    /// It has nothing left to discharge.
    void go_on(std::size_t v);
    void schedule_departure(std::size_t v);
    void on_leaving(std::size_t v);
    void count_departure(const Vehicle& vehicle);
    void on_arrival(std::size_t v);
    /// The line of the earliest departure that waits there for a vehicle.
    std::size_t earliest_due(Id<model::Pool> pool) const;
    Tick take_due(std::size_t l);
    void end_trip(std::size_t v);
    /// A vehicle of a fleet, after its layover.
    void on_ready(std::size_t pool);

    // berths.cpp: berths, and background traffic
    void await_call(std::size_t b);
    void on_call(std::size_t b);
    void ask_for_berth(std::size_t v);
    void take_berth(std::size_t v);
    void leave_berth(std::size_t v);
    void on_berthed(std::size_t v);

    // boarding.cpp: who is taken on board
    void on_loading(std::size_t v);
    bool may_board(const Vehicle& vehicle, const Container& container) const;
    /// Of those who ride on from a stop ahead there may be no more than the room that is not kept for it.
    bool leaves_kept_room(const Vehicle& vehicle, const Container& container) const;
    /// One after the other, the longest first: one of 45 feet on three places of a wagon of its own, but for one of 20.
    static bool stands_on_wagons(const model::Line& line, std::vector<scenario::BoxSize> sizes);

    // ways.cpp: from stop to stop
    void set_out(std::size_t v);
    void go_on_way(std::size_t v);
    void leave_section(Vehicle& vehicle, const model::WayElement& element);
    void let_enter(std::size_t section);
    void await_lock(std::size_t v, const model::WayElement& element);
    void begin_lock(std::size_t l, std::uint64_t seed, std::uint64_t number);
    /// `t` is twice the number of the lock, and one more for those who come from below.
    void await_traffic(std::size_t t);
    void on_traffic(std::size_t t);
    void look_at_lock(std::size_t l);

    // cranes.cpp: moves
    void ask_for_cranes(std::size_t v, const std::vector<std::size_t>& containers, bool loads);
    /// Where moves start in turn, they do when everybody has asked who does at this instant.
    void look_at_cranes(std::size_t f);
    bool may_have_one_more(std::size_t f, const Vehicle& vehicle) const;
    /// The waiting request whose turn is next; the number of requests where there is none.
    std::size_t next_in_turn(std::size_t f) const;
    void start_moves(std::size_t f);
    bool is_open(std::size_t f) const;
    void await_opening(std::size_t f);
    /// Nobody waits for unlimited cranes, unless they are limited at one vehicle.
    bool counts_cranes(std::size_t f) const;
    void count_start(std::size_t f, const Request& request);
    void count_busy(std::size_t f, Tick from, Tick to);
    void on_move_end(std::size_t index);
    void move(const Request& request, std::size_t f);

    const model::Model& model_;
    Window window_;
    Journal journal_;
    Tick now_ = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    std::vector<Container> containers_;
    std::vector<Vehicle> vehicles_;
    std::vector<Request> under_way_;
    std::uint64_t requests_ = 0;
    std::vector<Facility> facilities_;
    std::vector<Stop> stops_;
    std::vector<Line> lines_;
    std::vector<Demand> demands_;
    std::vector<Terminal> terminals_;
    std::vector<Calls> calls_;
    std::vector<Lock> locks_;
    std::vector<Section> sections_;
    std::vector<Samples> passages_;     ///< by link and direction
    std::vector<Traffic> traffic_;      ///< by lock and direction
    std::vector<std::int64_t> fleets_;  ///< vehicle-ms on trips
    std::vector<std::uint32_t> vehicles_there_;
};

}  // namespace corridor::reference
