// Departures that wait for a load: a vehicle is called once enough is ready for it, or somebody has waited too long.
//
// Nothing happens while a line has no vehicle to call; else the load is looked at whenever it may have changed: at the
// next release, landing or deadline. The containers themselves stay rows in the waiting line.
#include <algorithm>
#include <utility>

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

/// Before the releases of an instant have had their turn, nobody is there who is released at it.
void Replication::look_for_load(Id<Line> id) {
    const Id<model::Stop> first = model_.lines[id].first_stop;
    const bool have_come = has_reached(model_.stops[first].terminal, Part::comers);
    StopState& stop = stops_[first.index()];
    collect_releases(first, have_come ? now_ : now_ - 1);
    stop.line.settle(now_, stop.order, sorting_);
}

/// At the end of a trip.
bool Replication::finds_load(Id<Line> id) {
    look_for_load(id);
    return load_is_ready(id);
}

/// Calls a vehicle for every load there is, and then waits for the next.
void Replication::call_vehicles(Id<Line> id) {
    LineState& state = lines_[id.index()];
    if (state.calling) {
        return;
    }
    state.missing_quarters = 0;
    if (!wants_load(id)) {
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
    state.missing_quarters = missing_quarters(id);
    const Id<model::Stop> first = model_.lines[id].first_stop;
    const bool is_stranded = model_.lines[id].dispatch == Dispatch::on_demand && !takes_anyone(id);
    const Tick deadline = is_stranded ? kNever : load_deadline(id);
    const Tick next = std::min(stops_[first.index()].line.next_ready(), next_load_from(id));
    schedule_load_check(id, std::min({deadline, next_depth_from(first), next}));
}

/// The earliest instant at which those who are yet to be released may make up the load that is missing, or the first of
/// them has waited too long.
Tick Replication::next_load_from(Id<Line> id) {
    const Line& line = model_.lines[id];
    const StopState& stop = stops_[line.first_stop.index()];
    const SoloTerminal& terminal = solo_[model_.stops[line.first_stop].terminal.index()];
    std::vector<std::uint32_t> demands = stop.feeders;
    if (terminal.lets_in_late) {
        demands.insert(demands.end(), stop.late_feeders.begin(), stop.late_feeders.end());
    }
    if (demands.empty()) {
        return kNever;
    }
    constexpr Tick kLookAhead = static_cast<Tick>(24 * kMillisecondsPerHour);
    std::vector<std::pair<Tick, std::uint32_t>> boxes;  // ready, and their quarters
    const Id<model::Terminal> gate = model_.stops[line.first_stop].terminal;
    for (const std::uint32_t demand : demands) {
        ReleaseStream& releases = demands_[demand].releases;
        const auto& classes = model_.demands.items()[demand].classes;
        releases.look_ahead(now_ + kLookAhead);
        releases.for_each_ahead([&](const Box& box) {
            boxes.emplace_back(gate_open_from(gate, box.released), classes[box.box_class].quarters);
        });
    }
    const auto& outside = yards_[gate.index()].outside;
    std::for_each(outside.begin(), outside.end(), [&](const Box& box) {
        boxes.emplace_back(gate_open_from(gate, std::max(now_, box.ready)), class_of(box).quarters);
    });
    std::sort(boxes.begin(), boxes.end());
    Tick next = now_ + kLookAhead;
    if (line.dispatch == Dispatch::on_demand && line.longest_wait && !boxes.empty()) {
        next = std::min(next, std::max(now_, boxes.front().first + *line.longest_wait));
    }
    std::int64_t missing = missing_quarters(id);
    for (const auto& [ready, quarters] : boxes) {
        missing -= quarters;
        if (missing <= 0) {
            return std::min(next, std::max(ready, now_));
        }
    }
    return next;
}

/// How much more has to be there, at least, before a vehicle is called; 1 where that hangs on more than room.
std::int64_t Replication::missing_quarters(Id<Line> id) const {
    const Line& line = model_.lines[id];
    const StopState& stop = stops_[line.first_stop.index()];
    if (line.payload_t > 0.0 || line.wagons > 0 || line.keeps_room) {
        return 1;
    }
    // A vehicle is full when somebody does not fit.
    const std::int64_t full = std::int64_t{line.capacity_quarters} - stop.largest_quarters + 1;
    const auto before = static_cast<std::int64_t>(lines_[id.index()].called + lines_[id.index()].due.size());
    std::int64_t missing = before * full + std::min<std::int64_t>(line.minimum_quarters, full);
    stop.line.any_waiting([&](const Box& box) {
        missing -= class_of(box).quarters;
        return false;
    });
    return std::max<std::int64_t>(missing, 1);
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
        expect_load(line, box);
    }
}

/// The load is looked at when it may be enough with this container, or when this one has waited too long.
void Replication::expect_load(Id<Line> id, const Box& box) {
    const Line& line = model_.lines[id];
    LineState& state = lines_[id.index()];
    if (line.dispatch == Dispatch::timetable && state.held.empty()) {
        return;  // looked at when the list of the next departure closes
    }
    state.missing_quarters -= class_of(box).quarters;
    const StopState& stop = stops_[line.first_stop.index()];
    const bool some_come_late = solo_[model_.stops[line.first_stop].terminal.index()].lets_in_late;
    const bool others_come_unseen = !stop.feeders.empty() || (some_come_late && !stop.late_feeders.empty());
    if (state.missing_quarters <= 0 || others_come_unseen) {
        schedule_load_check(id, box.ready);
    } else if (line.longest_wait) {
        schedule_load_check(id, box.ready + *line.longest_wait);
    }
}

}  // namespace corridor::engine
