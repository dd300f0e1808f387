// Departures that wait for a load: a vehicle is called once enough is ready for it, or somebody has waited too long.
//
// Nothing happens while a line has no vehicle to call; else the load is looked at whenever it may have changed: at the
// next release, landing or deadline. The containers themselves stay rows in the waiting line.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;
using model::Line;

/// A timetabled departure whose list closes now: it goes when there is a load for it.
void Replication::hold(Id<Line> line, Tick departure) {
    lines_[line.index()].held.push_back(departure);
    call_vehicles(line);
}

/// Whether the line would send a vehicle if it had a load.
bool Replication::wants_load(Id<Line> id) const {
    const LineState& state = lines_[id.index()];
    if (is_closed(id)) {
        return false;
    }
    if (model_.lines[id].dispatch == Dispatch::timetable) {
        return !state.held.empty();
    }
    return may_find_vehicle(id);
}

/// When a departure is made with whatever is there. Containers that a vehicle is already called for wait for that.
Tick Replication::load_deadline(Id<Line> id) const {
    const Line& line = model_.lines[id];
    const LineState& state = lines_[id.index()];
    if (!line.longest_wait) {
        return kNever;
    }
    if (line.dispatch == Dispatch::timetable) {
        return state.held.empty() ? kNever : state.held.front() + *line.longest_wait;
    }
    const WaitingLine& waiting = stops_[line.first_stop.index()].line;
    return state.called == 0 && state.due.empty() && waiting.waiting() > 0 ? waiting.first().ready + *line.longest_wait
                                                                           : kNever;
}

/// Fills the vehicles that are called already, and then one more, in thought.
bool Replication::load_is_ready(Id<Line> id) const {
    const Line& line = model_.lines[id];
    const StopState& stop = stops_[line.first_stop.index()];
    if (line.dispatch == Dispatch::on_demand && !takes_anyone(id)) {
        return false;
    }
    if (load_deadline(id) <= now_) {
        return true;
    }
    Stowage whole(model_, line, line.first_stop);
    whole.limit_payload(payload_from(line.first_stop));
    Stowage room = whole;
    std::size_t spoken_for = lines_[id.index()].called + lines_[id.index()].due.size();
    return stop.line.any_waiting([&](const Box& box) {
        const model::BoxClass& box_class = class_of(box);
        const Id<model::Stop> alight = leg_of(box).alight;
        if (room.take(box_class, alight) != Refusal::none) {
            Stowage next = whole;
            if (next.take(box_class, alight) != Refusal::none) {
                return false;  // for no vehicle, as all the room is kept for others
            }
            if (spoken_for == 0) {
                return true;
            }
            --spoken_for;
            room = std::move(next);
        }
        const bool enough = line.capacity_quarters - room.quarters_left() >= line.minimum_quarters;
        return spoken_for == 0 && (enough || !room.has_room(stop.lightest));
    });
}

void Replication::look_for_load(Id<Line> id) {
    StopState& stop = stops_[model_.lines[id].first_stop.index()];
    collect_releases(model_.lines[id].first_stop);
    stop.line.settle(now_, stop.order);
}

bool Replication::finds_load(Id<Line> id) {
    look_for_load(id);
    return load_is_ready(id);
}

/// Calls a vehicle for every load there is, and then waits for the next.
void Replication::call_vehicles(Id<Line> id) {
    LineState& state = lines_[id.index()];
    if (state.calling || !wants_load(id)) {
        return;
    }
    look_for_load(id);
    state.calling = true;  // a vehicle that berths at once must not call the next one from within: a deep stack
    while (wants_load(id) && load_is_ready(id)) {
        if (model_.lines[id].dispatch == Dispatch::timetable) {
            const Tick departure = state.held.front();
            state.held.pop_front();
            depart(id, departure);
        } else {
            take_vehicle(id, now_);
        }
    }
    state.calling = false;
    if (!wants_load(id)) {
        return;
    }
    const StopState& stop = stops_[model_.lines[id].first_stop.index()];
    const Id<model::Stop> first = model_.lines[id].first_stop;
    const bool is_stranded = model_.lines[id].dispatch == Dispatch::on_demand && !takes_anyone(id);
    Tick next = std::min(is_stranded ? next_depth_from(first) : load_deadline(id), stop.line.next_ready());
    for (const std::uint32_t demand : stop.feeders) {
        next = std::min(next, demands_[demand].releases.next());
    }
    schedule_load_check(id, next);
}

void Replication::schedule_load_check(Id<Line> id, Tick time) {
    LineState& state = lines_[id.index()];
    if (time < state.next_check) {
        state.next_check = time;
        events_.schedule(time, EventKind::load_check, id.index());
    }
}

void Replication::on_load_check(Id<Line> id) {
    if (lines_[id.index()].next_check == now_) {  // else an earlier one took its place
        lines_[id.index()].next_check = kNever;
        call_vehicles(id);
    }
}

/// A vehicle that was called has taken on board who was ready.
void Replication::on_first_loading(Id<Line> id) {
    --lines_[id.index()].called;
    call_vehicles(id);
}

/// A container comes to the stop where it boards.
void Replication::await(const Box& box) {
    const Id<model::Stop> stop = leg_of(box).board;
    line_of(box).incoming().push_back(box);
    const Id<Line> line = model_.stops[stop].line;
    if (model_.lines[line].minimum_quarters > 0 && stop == model_.lines[line].first_stop) {
        schedule_load_check(line, box.ready);
    }
}

}  // namespace corridor::engine
