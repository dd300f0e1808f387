// Vehicles: departures, berths, trips.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;
using model::Facility;
using model::Line;

void Replication::schedule_closing(Id<Line> line) {
    const LineState& state = lines_[line.index()];
    const Tick departure = state.times.departure(state.next_departure);
    if (departure != kNever) {
        events_.schedule(departure - model_.lines[line].cut_off, EventKind::closing, line.index());
    }
}

void Replication::on_closing(Id<Line> line) {
    LineState& state = lines_[line.index()];
    const Tick departure = state.times.departure(state.next_departure);
    ++state.next_departure;
    schedule_closing(line);
    const bool is_out = falls_out(line, departure);
    tell([&](Observer& observer) { observer.list_closes(line, departure, now_, is_out); });
    if (is_out) {
        return;
    }
    model_.lines[line].minimum_quarters > 0 ? hold(line, departure) : depart(line, departure);
}

/// Sends a vehicle for a timetabled departure, by the service's policy where none is there.
void Replication::depart(Id<Line> line, Tick departure) {
    std::deque<Tick>& due = lines_[line.index()].due;
    if (!due.empty() && is_closed(line)) {
        return due.push_back(departure);  // after those that wait for the end of the closure
    }
    if (take_vehicle(line, departure)) {
        return;
    }
    if (model_.services[model_.lines[line].service].no_vehicle == scenario::NoVehicle::wait) {
        due.push_back(departure);
    } else if (inside(model_.window, departure)) {
        ++tally_.lines[line].cancelled;
    }
}

/// Numbers are given in the same order in every replication, whatever was simulated before.
std::uint32_t Replication::new_vehicle() {
    std::uint32_t index = 0;
    if (retired_.empty()) {
        index = static_cast<std::uint32_t>(vehicle_count_++);
        if (vehicle_count_ > vehicles_.size()) {
            vehicles_.emplace_back();
        }
    } else {
        index = retired_.back();
        retired_.pop_back();
    }
    static const Vehicle blank;
    vehicles_[index] = blank;  // a copy of empty cargo: its memory is kept
    return index;
}

void Replication::retire(std::uint32_t vehicle) {
    vehicles_[vehicle].line = {};
    vehicles_[vehicle].background = {};
    vehicles_[vehicle].empty_run = nullptr;
    retired_.push_back(vehicle);
}

Id<Facility> Replication::facility_of(const Vehicle& vehicle) const {
    return vehicle.background.valid() ? model_.backgrounds[vehicle.background].facility
                                      : model_.stops[vehicle.stop].facility;
}

/// A timetabled trip is told from others by its time, whatever became of those before it.
void Replication::begin_trip(std::uint32_t index, Id<Line> id, Tick scheduled) {
    constexpr std::uint64_t kMostAlike = 256;
    Vehicle& vehicle = vehicles_[index];
    const model::Line& line = model_.lines[id];
    LineState& state = lines_[id.index()];
    state.alike = scheduled == state.last_scheduled ? state.alike + 1 : 0;
    state.last_scheduled = scheduled;
    vehicle.line = id;
    vehicle.stop = line.first_stop;
    vehicle.trip_began = now_;
    vehicle.scheduled = scheduled;
    vehicle.trip = line.dispatch == Dispatch::timetable
                       ? static_cast<std::uint64_t>(scheduled) * kMostAlike + state.alike % kMostAlike
                       : state.trips;
    events_.order_vehicle(index, id.index(), state.trips);
    ++state.trips;
}

void Replication::start_trip(Id<Line> line, Tick scheduled) {
    const std::uint32_t index = new_vehicle();
    begin_trip(index, line, scheduled);
    lines_[line.index()].called += model_.lines[line].minimum_quarters > 0 ? 1U : 0U;
    tell_of(index, &Observer::called);
    request_berth(index);
}

void Replication::request_berth(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    vehicle.arrived = now_;
    vehicle.entered = -1;
    vehicle.leaves = false;
    vehicle.on_way = false;
    tell_of(index, &Observer::arrives);
    const Id<Facility> facility = facility_of(vehicle);
    FacilityState& state = facilities_[facility.index()];
    const auto& places = model_.facilities[facility].waiting_places;
    FacilityTally& tally = tally_.facilities[facility];
    const bool counts = vehicle.background.valid() && places && inside(model_.window, now_);
    tally.calls += counts ? 1U : 0U;
    if (!has_free_berth(facility)) {
        if (vehicle.background.valid() && places && state.queue.size() >= *places) {
            tally.turned_away += counts ? 1U : 0U;
            return retire(index);
        }
        state.queue.push_back(index);
        return;
    }
    enter(index);
}

void Replication::enter(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const Id<Facility> facility = facility_of(vehicle);
    FacilityState& state = facilities_[facility.index()];
    ++state.busy;
    vehicle.entered = now_;
    tell_of(index, &Observer::has_berth);
    if (model_.facilities[facility].berths != model::kUnlimited && inside(model_.window, now_)) {
        tally_.facilities[facility].berth_wait.add(now_ - vehicle.arrived);
        if (vehicle.background.valid() && model_.facilities[facility].tugs) {
            tally_.backgrounds[vehicle.background].berth_wait.add(now_ - vehicle.arrived);
        }
    }
    if (tugs_for(vehicle) > 0) {
        return ask_for_tugs(index);
    }
    const DurationLaw& entry_time = model_.facilities[facility].entry_time;
    const Event entered{now_ + draw(entry_time, state.entry), EventKind::entered, index};
    const bool is_next = entered.time == now_ && vehicle.arrived == now_ && state.queue.empty();
    if (is_next && !events_.has_before(entered)) {
        return on_entered(index);
    }
    events_.schedule(entered.time, entered.kind, entered.entity);
}

void Replication::on_entered(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const Id<Facility> facility = facility_of(vehicle);
    if (tugs_for(vehicle) > 0) {
        free_tugs(index);
        send_tugs(facility);
    }
    if (vehicle.background.valid()) {
        return handle_background(index);
    }
    tell_of(index, &Observer::has_berthed);
    const bool last = model_.stops[vehicle.stop].last;
    if (vehicle.cargo.empty()) {
        return last ? finish_trip(index, now_) : begin_loading(index);
    }
    const Tick handled = discharge(index);
    if (handled == kNever) {
        return load_meanwhile(index);  // the cranes serve in turn, and the last move will say when it ends
    }
    // Nothing can depend on the end of the call of a vehicle that leaves no berth and joins no fleet.
    const model::Line& line = model_.lines[vehicle.line];
    const bool watched = model_.facilities[facility].berths != model::kUnlimited || line.end_pool.valid() ||
                         needs_tugs_to_leave(vehicle);
    if (handled == now_ || (last && !watched)) {
        return last ? finish_trip(index, handled) : begin_loading(index);
    }
    events_.schedule(handled, EventKind::handled, index);
}

void Replication::on_handled(std::uint32_t index) {
    model_.stops[vehicles_[index].stop].last ? finish_trip(index, now_) : begin_loading(index);
}

/// Whoever lands or is released at this instant is ready first, in whatever order the vessels came, and all vehicles
/// are called that it calls.
void Replication::begin_loading(std::uint32_t index) {
    const Event loading{now_, EventKind::loading, index};
    if (events_.has_before(loading) || lines_[vehicles_[index].line.index()].calling) {
        return events_.schedule(loading.time, loading.kind, loading.entity);
    }
    on_loading(index);
}

void Replication::on_loading(std::uint32_t index) {
    if (hold_for_headway(index)) {
        return;
    }
    Vehicle& vehicle = vehicles_[index];
    const Tick loaded = load(index);
    vehicle.loads = loaded == kNever;
    if (!vehicle.loads && vehicle.pending > 0) {
        return;  // nothing to exchange: it goes on with its discharge, and loads after that
    }
    vehicle.loaded = loaded == kNever ? now_ : loaded;
    if (loaded != kNever) {
        events_.schedule(plan_departure(vehicle), EventKind::leaving, index);
    }
    const model::Line& line = model_.lines[vehicle.line];
    if (vehicle.stop == line.first_stop && line.minimum_quarters > 0) {
        on_first_loading(vehicle.line);
    }
}

/// Who leaves too soon after the one before begins to load later, so that who comes meanwhile is on it.
bool Replication::hold_for_headway(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const model::Line& line = model_.lines[vehicle.line];
    if (line.least_headway == 0 || vehicle.stop != line.first_stop) {
        return false;
    }
    const Tick from = lines_[vehicle.line.index()].last_departure + line.least_headway;
    if (from <= now_) {
        return false;
    }
    vehicle.held += from - now_;
    events_.schedule(from, EventKind::loading, index);
    return true;
}

/// When a vehicle that is loaded leaves.
Tick Replication::plan_departure(Vehicle& vehicle) {
    const model::Line& line = model_.lines[vehicle.line];
    if (vehicle.stop != line.first_stop) {
        return vehicle.loaded;
    }
    const Tick departure = std::max(vehicle.loaded, vehicle.scheduled);
    if (line.least_headway == 0) {
        return departure;
    }
    // Two may have loaded at the same time.
    LineState& state = lines_[vehicle.line.index()];
    state.last_departure = std::max(departure, state.last_departure + line.least_headway);
    vehicle.held += state.last_departure - departure;
    return state.last_departure;
}

void Replication::on_leaving(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    if (needs_tugs_to_leave(vehicle)) {
        if (waits_to_cast_off(index)) {
            return;
        }
        vehicle.leaves = true;
        return ask_for_tugs(index);
    }
    if (!vehicle.background.valid()) {
        count_departure(vehicle);
    }
    end_call(index, now_);
}

/// A vehicle is clear of its berth: it goes on to its next stop, or ends its trip.
void Replication::end_call(std::uint32_t index, Tick end) {
    release_berth(index, end);
    Vehicle& vehicle = vehicles_[index];  // only now: the berth may have gone to a vehicle that called others
    if (vehicle.background.valid()) {
        return retire(index);
    }
    if (!vehicle.has_ended) {
        tell([&](Observer& observer) { observer.leaves(vehicle, index, end); });
        vehicle.exchanges = vehicle.loads = false;
        vehicle.direct = 0;
        vehicle.on_way = true;
        const model::Hop& hop = model_.stops[vehicle.stop].hop;
        if (hop.way.empty()) {
            return events_.schedule(end + slowed(vehicle.line, hop.running_time), EventKind::arrival, index);
        }
        vehicle.element = 0;
        vehicle.waits.fill(0);
        return end > now_ ? events_.schedule(end, EventKind::on_way, index) : on_way(index);
    }
    const model::Line& line = model_.lines[vehicle.line];
    if (const Id<model::Pool> pool = line.end_pool; pool.valid()) {
        count_fleet_time(model_.pools[pool].fleet, vehicle.trip_began, end);
        ++pools_[pool.index()].coming;
        const Tick ready = end + model_.services[line.service].layover;
        events_.schedule(ready, EventKind::vehicle_ready, pool.index());
    }
    retire(index);
}

void Replication::on_arrival(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    if (vehicle.empty_run != nullptr) {
        return end_empty_run(index);
    }
    vehicle.stop = Id<model::Stop>{std::size_t{vehicle.stop.index()} + 1};
    if (model_.stops[vehicle.stop].last && inside(model_.window, now_)) {
        tally_.lines[vehicle.line].running.add(now_ - vehicle.first_left);
    }
    request_berth(index);
}

void Replication::finish_trip(std::uint32_t index, Tick end) {
    Vehicle& vehicle = vehicles_[index];
    const model::Line& line = model_.lines[vehicle.line];
    const Id<model::Pool> pool = line.end_pool;
    const bool may_go_on = pool.valid() && model_.services[line.service].layover == 0;
    const Id<Line> next = may_go_on ? next_trip(pool) : Id<Line>{};
    tell([&](Observer& observer) { observer.ends_trip(vehicle, index, end); });
    if (!next.valid()) {
        vehicle.has_ended = true;
        vehicle.leaves = needs_tugs_to_leave(vehicle);
        return vehicle.leaves ? ask_for_tugs(index) : end_call(index, end);
    }
    count_fleet_time(model_.pools[pool].fleet, vehicle.trip_began, end);
    pass_on(index, next);
}

/// The vehicle begins its next trip in the same call.
void Replication::pass_on(std::uint32_t index, Id<Line> next) {
    Vehicle& vehicle = vehicles_[index];
    LineState& state = lines_[next.index()];
    vehicle.first_left = -1;
    vehicle.held = 0;
    begin_trip(index, next, state.due.empty() ? now_ : take_due(next));
    state.called += model_.lines[next].minimum_quarters > 0 ? 1U : 0U;
    tell_of(index, &Observer::called);
    begin_loading(index);
}

void Replication::release_berth(std::uint32_t index, Tick time) {
    Vehicle& vehicle = vehicles_[index];
    const Id<Facility> facility = facility_of(vehicle);
    FacilityState& state = facilities_[facility.index()];
    FacilityTally& tally = tally_.facilities[facility];
    count_berth_time(facility, vehicle.entered, time);
    if (inside(model_.window, time)) {
        tally.stay.add(time - vehicle.arrived);
        if (vehicle.background.valid() && model_.facilities[facility].tugs) {
            BackgroundTally& calls = tally_.backgrounds[vehicle.background];
            ++calls.ended;
            calls.stay.add(time - vehicle.arrived);
        }
    }
    vehicle.entered = -1;
    --state.busy;
    if (!state.queue.empty() && has_free_berth(facility)) {
        const std::uint32_t next = state.queue.front();
        state.queue.pop_front();
        enter(next);  // schedules its next step: a long queue must not become a deep stack
    }
}

}  // namespace corridor::engine
