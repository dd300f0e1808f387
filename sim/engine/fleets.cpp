// Vehicles that wait for departures, departures that wait for vehicles, and the empty runs between them.
//
// A fleet waits in pools, one for each place where a line of it begins or ends. A vehicle that has nothing to do is a
// number there; it gets a number of its own when it begins a trip.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;
using model::EmptyRuns;
using model::Line;
using model::Pool;

/// Whether a vehicle of the fleet that waits may be sent, where `more` are about to wait beside those that do: in a
/// disruption so many stay where they wait.
bool Replication::may_send(Id<model::Fleet> id, std::uint32_t more) const {
    const model::Fleet& fleet = model_.fleets[id];
    if (!fleet.is_disrupted) {
        return true;
    }
    const DisruptedServers& disrupted = disruptions_.of(id);
    std::size_t waiting = more;
    for (const Id<Pool> pool : fleet.pools) {
        waiting += pools_[pool.index()].available;
    }
    return !is_within(disrupted.closed, now_) && waiting > disrupted.number_out(now_);
}

/// A layover or an empty run has ended.
void Replication::on_vehicle_ready(Id<Pool> id) {
    const Pool& pool = model_.pools[id];
    --pools_[id.index()].coming;
    const bool may_go = may_send(pool.fleet, 1);
    if (const Id<Line> line = earliest_due(id); may_go && line.valid()) {
        return start_trip(line, take_due(line));
    }
    for (const Id<Line> line : pool.lines) {
        if (may_go && model_.lines[line].dispatch == Dispatch::when_ready && !is_closed(line)) {
            return start_trip(line, now_);
        }
    }
    ++pools_[id.index()].available;
    if (fleet_of(id).is_disrupted && disruptions_.of(pool.fleet).number_out(now_) > 0) {
        return resume(pool.fleet);  // it may stay in place of another one that waits elsewhere
    }
    for (const Id<Line> line : pool.lines) {
        if (model_.lines[line].dispatch == Dispatch::on_demand) {
            call_vehicles(line);
        }
    }
    if (fleet_of(id).repositioning == EmptyRuns::on_demand) {
        find_departure(id);
    } else if (fleet_of(id).repositioning == EmptyRuns::home) {
        go_home(id);
    }
}

/// Begins a trip with a vehicle that is there, or waits for one that is fetched; false where there is none.
bool Replication::take_vehicle(Id<Line> id, Tick departure) {
    const Id<Pool> pool = model_.lines[id].pool;
    if (!pool.valid()) {
        start_trip(id, departure);
        return true;
    }
    if (pools_[pool.index()].available > 0 && may_send(model_.pools[pool].fleet)) {
        --pools_[pool.index()].available;
        start_trip(id, departure);
        return true;
    }
    if (!fetch_vehicle(pool)) {
        return false;
    }
    lines_[id.index()].due.push_back(departure);
    return true;
}

/// Whether `take_vehicle` would find one.
bool Replication::may_find_vehicle(Id<Line> id) const {
    const Id<Pool> pool = model_.lines[id].pool;
    if (!pool.valid()) {
        return true;
    }
    if (!may_send(model_.pools[pool].fleet)) {
        return false;
    }
    if (pools_[pool.index()].available > 0) {
        return true;
    }
    Id<Pool> from;
    return fleet_of(pool).repositioning == EmptyRuns::on_demand && nearest_run(pool, from) != nullptr;
}

/// The line that a vehicle which comes to a pool goes on with at once; invalid where nothing is to be done.
Id<Line> Replication::next_trip(Id<Pool> id) {
    if (!may_send(model_.pools[id].fleet, 1)) {
        return {};
    }
    if (const Id<Line> line = earliest_due(id); line.valid()) {
        return line;
    }
    for (const Id<Line> line : model_.pools[id].lines) {
        const Dispatch dispatch = model_.lines[line].dispatch;
        if (is_closed(line)) {
            continue;
        }
        if (dispatch == Dispatch::when_ready || (dispatch == Dispatch::on_demand && finds_load(line))) {
            return line;
        }
    }
    return {};
}

/// Of the departures that wait there for a vehicle, the one of the earliest time; the lower line among equals.
Id<Line> Replication::earliest_due(Id<Pool> id) const {
    Id<Line> earliest;
    for (const Id<Line> line : model_.pools[id].lines) {
        const std::deque<Tick>& due = lines_[line.index()].due;
        if (due.empty() || is_closed(line)) {
            continue;
        }
        if (!earliest.valid() || due.front() < lines_[earliest.index()].due.front()) {
            earliest = line;
        }
    }
    return earliest;
}

Tick Replication::take_due(Id<Line> line) {
    std::deque<Tick>& due = lines_[line.index()].due;
    const Tick departure = due.front();
    due.pop_front();
    return departure;
}

std::size_t Replication::departures_due(Id<Pool> id) const {
    std::size_t sum = 0;
    for (const Id<Line> line : model_.pools[id].lines) {
        sum += lines_[line.index()].due.size();
    }
    return sum;
}

/// The shortest run of a vehicle that waits elsewhere, and from where.
const Pool::EmptyRun* Replication::nearest_run(Id<Pool> to, Id<Pool>& from) const {
    const Pool::EmptyRun* nearest = nullptr;
    for (const Id<Pool> other : fleet_of(to).pools) {
        if (pools_[other.index()].available == 0) {
            continue;
        }
        for (const Pool::EmptyRun& run : model_.pools[other].runs) {
            if (run.to == to && (nearest == nullptr || run.time < nearest->time)) {
                nearest = &run;
                from = other;
            }
        }
    }
    return nearest;
}

/// For one more departure that finds no vehicle. None is sent while more are coming than departures wait.
bool Replication::fetch_vehicle(Id<Pool> to) {
    if (fleet_of(to).repositioning != EmptyRuns::on_demand) {
        return false;
    }
    if (pools_[to.index()].coming > departures_due(to)) {
        return true;
    }
    Id<Pool> from;
    const Pool::EmptyRun* const run = may_send(model_.pools[to].fleet) ? nearest_run(to, from) : nullptr;
    if (run == nullptr) {
        return false;
    }
    run_empty(from, *run);
    return true;
}

void Replication::run_empty(Id<Pool> from, const Pool::EmptyRun& run) {
    --pools_[from.index()].available;
    ++pools_[run.to.index()].coming;
    const Id<model::Fleet> fleet = model_.pools[from].fleet;
    FleetTally& tally = tally_.fleets[fleet];
    if (inside(model_.window, now_)) {
        ++tally.empty_runs;
        tally.empty_km += run.km;
    }
    mix(static_cast<std::uint64_t>(now_) ^ (std::uint64_t{run.to.index()} << 48));
    if (run.way.empty()) {
        const Tick time = slowed(fleet, run.time);
        count_fleet_time(fleet, now_, now_ + time);
        tell([&](Observer& observer) {
            observer.begins_empty_run(from, run.to, kNoVehicle, now_);
            observer.ends_empty_run(run.to, kNoVehicle, now_ + time);
        });
        return events_.schedule(now_ + time, EventKind::vehicle_ready, run.to.index());
    }
    const std::uint32_t index = new_vehicle();
    vehicles_[index].empty_run = &run;
    vehicles_[index].trip = pools_[from.index()].runs++;
    events_.order_vehicle(index, model_.lines.size() + model_.backgrounds.size() + from.index(), vehicles_[index].trip);
    vehicles_[index].trip_began = now_;
    tell([&](Observer& observer) { observer.begins_empty_run(from, run.to, index, now_); });
    events_.schedule(now_, EventKind::on_way, index);
}

void Replication::end_empty_run(std::uint32_t index) {
    count_empty_run(vehicles_[index], now_);
    tell([&](Observer& observer) { observer.ends_empty_run(vehicles_[index].empty_run->to, index, now_); });
    events_.schedule(now_, EventKind::vehicle_ready, vehicles_[index].empty_run->to.index());
    retire(index);
}

void Replication::count_empty_run(const Vehicle& vehicle, Tick end) {
    const Id<model::Fleet> fleet = model_.pools[vehicle.empty_run->to].fleet;
    count_fleet_time(fleet, vehicle.trip_began, end);
}

/// One that has vehicles of its type: its own, or on an empty run any of its fleet.
const Line& Replication::line_like(const Vehicle& vehicle) const {
    if (vehicle.line.valid()) {
        return model_.lines[vehicle.line];
    }
    const model::Fleet& fleet = model_.fleets[model_.pools[vehicle.empty_run->to].fleet];
    return model_.lines[model_.services[fleet.services.front()].lines.front()];
}

/// A vehicle that waits goes where a departure has waited longest for one, or else where there is a load.
void Replication::find_departure(Id<Pool> id) {
    const Pool::EmptyRun* best = nullptr;
    Tick earliest = kNever;
    for (const Pool::EmptyRun& run : model_.pools[id].runs) {
        const Id<Line> line = earliest_due(run.to);
        const bool is_short = line.valid() && departures_due(run.to) > pools_[run.to.index()].coming;
        if (is_short && lines_[line.index()].due.front() < earliest) {
            earliest = lines_[line.index()].due.front();
            best = &run;
        }
    }
    if (best != nullptr && pools_[id.index()].available > 0 && may_send(model_.pools[id].fleet)) {
        return run_empty(id, *best);
    }
    for (const Pool::EmptyRun& run : model_.pools[id].runs) {
        for (const Id<Line> line : model_.pools[run.to].lines) {
            if (model_.lines[line].dispatch == Dispatch::on_demand) {
                call_vehicles(line);
            }
        }
    }
}

/// One more vehicle waits than at the beginning: to the nearest place that lacks one.
void Replication::go_home(Id<Pool> id) {
    if (pools_[id.index()].available <= model_.pools[id].at_start || !may_send(model_.pools[id].fleet)) {
        return;
    }
    for (const Pool::EmptyRun& run : model_.pools[id].runs) {
        const PoolState& there = pools_[run.to.index()];
        if (there.available + there.coming < model_.pools[run.to].at_start) {
            return run_empty(id, run);
        }
    }
}

/// Those that had to stay.
void Replication::go_home(const model::Fleet& fleet) {
    if (fleet.repositioning != EmptyRuns::home) {
        return;
    }
    for (const Id<Pool> pool : fleet.pools) {
        const std::uint32_t& available = pools_[pool.index()].available;
        for (std::uint32_t before = available + 1; available < before;) {
            before = available;
            go_home(pool);
        }
    }
}

}  // namespace corridor::engine
