// Berths, departures and links while they are disrupted: who finds them closed waits until they are restored.
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
    if (restoration.is_line) {
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
    LineState& state = lines_[id.index()];
    if (is_closed(id)) {
        return;
    }
    if (model_.lines[id].pool.valid()) {
        send_waiting(id);
    }
    const Windows& held = disruptions_.of(id).held;
    while (!state.suspended.empty() && leave_windows(held, state.suspended.front()) <= now_) {
        const Tick departure = state.suspended.front();
        state.suspended.pop_front();
        model_.lines[id].minimum_quarters > 0 ? hold(id, departure) : depart(id, departure);
    }
    if (model_.lines[id].minimum_quarters > 0) {
        call_vehicles(id);
    }
}

void Replication::send_waiting(Id<Line> id) {
    const Id<Pool> pool = model_.lines[id].pool;
    const bool leaves_when_ready = model_.lines[id].dispatch == Dispatch::when_ready;
    PoolState& there = pools_[pool.index()];
    while (there.available > 0 && (leaves_when_ready || !lines_[id.index()].due.empty())) {
        --there.available;
        start_trip(id, leaves_when_ready ? now_ : take_due(id));
    }
    for (Id<Pool> from; fleet_of(pool).repositioning == EmptyRuns::on_demand && departures_due(pool) > there.coming;) {
        const Pool::EmptyRun* const run = nearest_run(pool, from);
        if (run == nullptr) {
            return;
        }
        run_empty(from, *run);
    }
}

}  // namespace corridor::engine
