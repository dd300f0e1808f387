// Berths, tugs, locks, departures and links while they are disrupted: who finds them closed waits until they are
// restored.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;
using model::EmptyRuns;
using model::Facility;
using model::Line;
using model::Pool;

namespace {

/// When a link is open next, from `time` on.
Tick next_open(const Windows& open, Tick time) {
    const auto window = first_after(open, time);
    return window == open.end() ? kNever : std::max(window->from, time);
}

}  // namespace

/// Whoever is at a berth stays there, closed or not.
bool Replication::has_free_berth(Id<Facility> id) const {
    const Facility& facility = model_.facilities[id];
    const std::uint32_t busy = facilities_[id.index()].busy;
    if (!facility.berths_disrupted) {
        return facility.berths == model::kUnlimited || busy < facility.berths;
    }
    const DisruptedFacility& disrupted = disruptions_.at(id);
    if (is_within(disrupted.cranes.closed, now_)) {
        return false;
    }
    const auto out = static_cast<std::uint32_t>(disrupted.berths_out.at(now_, 0.0));
    return facility.berths == model::kUnlimited || busy + out < facility.berths;
}

/// Tugs that are not sent at this instant: all of them, where the tugs do no work.
std::uint32_t Replication::tugs_out(Id<Facility> id) const {
    const model::Tugs& tugs = *model_.facilities[id].tugs;
    if (!tugs.is_disrupted) {
        return 0;
    }
    const DisruptedServers& disrupted = disruptions_.tugs_of(id);
    return is_within(disrupted.closed, now_) ? tugs.count : static_cast<std::uint32_t>(disrupted.number_out(now_));
}

bool Replication::is_closed(Id<model::Lock> id) const {
    return model_.locks[id].is_disrupted && is_within(disruptions_.of(id).closed, now_);
}

/// Whether a chamber starts nothing at this instant: the last ones are out, of each direction where they are one-way.
bool Replication::is_out(Id<model::Lock> id, std::size_t chamber) const {
    const model::Lock& lock = model_.locks[id];
    return lock.is_disrupted && chamber % lock.chambers + disruptions_.of(id).number_out(now_) >= lock.chambers;
}

Tick Replication::slowed(Id<model::Lock> id, Tick time) const {
    return model_.locks[id].is_disrupted ? disruptions_.of(id).slowed(now_, time) : time;
}

/// Sorted and disjoint; empty: always open.
const Windows& Replication::gate_hours(Id<model::Terminal> id) const {
    const model::Terminal& terminal = model_.terminals[id];
    return terminal.gate_disrupted ? disruptions_.gate_of(id).open : terminal.gate_open;
}

/// Whether no vehicle is sent on the line at this instant.
bool Replication::is_closed(Id<Line> id) const {
    if (!model_.lines[id].is_disrupted) {
        return false;
    }
    const DisruptedLine& disrupted = disruptions_.of(id);
    return is_within(disrupted.held, now_) || is_within(disrupted.cancelled, now_);
}

/// Deals with a departure whose time lies in a closure; false where it lies in none.
bool Replication::falls_out(Id<Line> id, Tick departure) {
    if (!model_.lines[id].is_disrupted) {
        return false;
    }
    const DisruptedLine& disrupted = disruptions_.of(id);
    if (is_within(disrupted.cancelled, departure)) {
        tally_.lines[id].cancelled += inside(model_.window, departure) ? 1U : 0U;
        return true;
    }
    if (is_within(disrupted.held, departure)) {
        lines_[id.index()].suspended.push_back(departure);
        return true;
    }
    return false;
}

Tick Replication::slowed(Id<Line> id, Tick running_time) const {
    if (!model_.lines[id].is_disrupted) {
        return running_time;
    }
    const Steps& slowness = disruptions_.of(id).slowness;
    return slowness.empty() ? running_time : to_tick(static_cast<double>(running_time) * slowness.at(now_, 1.0));
}

/// An empty run, or what is on the way of one.
Tick Replication::slowed(Id<model::Fleet> id, Tick running_time) const {
    return model_.fleets[id].is_disrupted ? disruptions_.of(id).slowed(now_, running_time) : running_time;
}

Tick Replication::slowed(const Vehicle& vehicle, Tick running_time) const {
    return vehicle.line.valid() ? slowed(vehicle.line, running_time)
                                : slowed(model_.pools[vehicle.empty_run->to].fleet, running_time);
}

/// When a link takes a vehicle in, from now on: kNever where its timetable has no more of that.
Tick Replication::opens(const model::WayElement& entrance) const {
    const model::Link& link = model_.links[entrance.link];
    const Tick open = link.open.empty() ? now_ : next_open(link.open, now_);
    return link.is_disrupted
               ? std::max(open, leave_windows(disruptions_.on(entrance.link, entrance.direction).closed, now_))
               : open;
}

/// What a vehicle that enters a link now takes longer for all of it.
Tick Replication::slow_passage(const model::WayElement& entrance) const {
    const model::Link& link = model_.links[entrance.link];
    if (!link.is_disrupted) {
        return 0;
    }
    const double slowness = disruptions_.on(entrance.link, entrance.direction).slowness.at(now_, 1.0);
    const Tick running = link.running_times[static_cast<std::size_t>(entrance.direction)];
    return to_tick(static_cast<double>(running) * (slowness - 1.0));
}

void Replication::schedule_restoration(std::size_t number) {
    const std::vector<Restoration>& all = disruptions_.restorations();
    if (number < all.size()) {
        events_.schedule(all[number].time, EventKind::restored, static_cast<std::uint32_t>(number));
    }
}

void Replication::on_restored(std::uint32_t number) {
    const Restoration restoration = disruptions_.restorations()[number];
    schedule_restoration(number + std::size_t{1});
    switch (restoration.of) {
        case Restoration::Of::berths:
            break;
        case Restoration::Of::tugs:
            return send_tugs(Id<Facility>{restoration.index});
        case Restoration::Of::lock:
            return events_.schedule(now_, EventKind::lockage, restoration.index);
        case Restoration::Of::fleet:
            return resume(Id<model::Fleet>{restoration.index});
        case Restoration::Of::line:
            return resume(Id<Line>{restoration.index});
    }
    const Id<Facility> facility{restoration.index};
    std::deque<std::uint32_t>& queue = facilities_[facility.index()].queue;
    while (!queue.empty() && has_free_berth(facility)) {
        const std::uint32_t next = queue.front();
        queue.pop_front();
        enter(next);
    }
}

/// Vehicles that have come meanwhile take the departures that are due, and those that were held are made.
void Replication::resume(Id<Line> id) {
    if (is_closed(id)) {
        return;
    }
    if (model_.lines[id].pool.valid()) {
        return resume(model_.pools[model_.lines[id].pool].fleet);
    }
    while (can_make_suspended(id)) {
        make_suspended(id);
    }
    if (model_.lines[id].minimum_quarters > 0) {
        call_vehicles(id);
    }
}

/// The same for all lines of a fleet, the earliest departure first.
void Replication::resume(Id<model::Fleet> id) {
    const model::Fleet& fleet = model_.fleets[id];
    for (Id<Line> line = earliest_waiting(fleet); line.valid(); line = earliest_waiting(fleet)) {
        const std::deque<Tick>& due = lines_[line.index()].due;
        PoolState& there = pools_[model_.lines[line].pool.index()];
        const bool has_vehicle = !due.empty() && there.available > 0 && may_send(id);
        if (!has_vehicle) {
            make_suspended(line);
            continue;
        }
        --there.available;
        start_trip(line, take_due(line));
    }
    for (const Id<Pool> pool : fleet.pools) {
        for (const Id<Line> line : model_.pools[pool].lines) {
            if (is_closed(line)) {
                continue;
            }
            send_waiting(line);
            if (model_.lines[line].minimum_quarters > 0 || model_.lines[line].dispatch == Dispatch::on_demand) {
                call_vehicles(line);
            }
        }
    }
    go_home(fleet);
}

/// Whether a departure of the line was held until now by a closure.
bool Replication::can_make_suspended(Id<Line> id) const {
    const std::deque<Tick>& suspended = lines_[id.index()].suspended;
    return !suspended.empty() && leave_windows(disruptions_.of(id).held, suspended.front()) <= now_;
}

void Replication::make_suspended(Id<Line> id) {
    std::deque<Tick>& suspended = lines_[id.index()].suspended;
    const Tick departure = suspended.front();
    suspended.pop_front();
    model_.lines[id].minimum_quarters > 0 ? hold(id, departure) : depart(id, departure);
}

/// The line whose first departure that can be made now has the earliest time: one that waits for a vehicle and finds
/// one, or one that was held by a closure.
Id<Line> Replication::earliest_waiting(const model::Fleet& fleet) const {
    Id<Line> earliest;
    Tick first = kNever;
    for (const Id<Pool> pool : fleet.pools) {
        const bool has_vehicle = pools_[pool.index()].available > 0 && may_send(model_.pools[pool].fleet);
        for (const Id<Line> line : model_.pools[pool].lines) {
            if (is_closed(line)) {
                continue;
            }
            const std::deque<Tick>& due = lines_[line.index()].due;
            Tick time = has_vehicle && !due.empty() ? due.front() : kNever;
            if (can_make_suspended(line)) {
                time = std::min(time, lines_[line.index()].suspended.front());
            }
            if (time < first || (time == first && earliest.valid() && line < earliest)) {
                first = time;
                earliest = line;
            }
        }
    }
    return earliest;
}

void Replication::send_waiting(Id<Line> id) {
    const Id<Pool> pool = model_.lines[id].pool;
    const bool leaves_when_ready = model_.lines[id].dispatch == Dispatch::when_ready;
    PoolState& there = pools_[pool.index()];
    const Id<model::Fleet> fleet = model_.pools[pool].fleet;
    while (there.available > 0 && may_send(fleet) && (leaves_when_ready || !lines_[id.index()].due.empty())) {
        --there.available;
        start_trip(id, leaves_when_ready ? now_ : take_due(id));
    }
    for (Id<Pool> from; fleet_of(pool).repositioning == EmptyRuns::on_demand && departures_due(pool) > there.coming;) {
        if (!may_send(fleet)) {
            return;
        }
        const Pool::EmptyRun* const run = nearest_run(pool, from);
        if (run == nullptr) {
            return;
        }
        run_empty(from, *run);
    }
}

}  // namespace corridor::engine
