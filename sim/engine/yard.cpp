// Terminals with limited room or a gate: who may come in, in which order, and what waits for it.
//
// Room is given to a container before it comes down: to those on board of vehicles and in the hooks of cranes first,
// then to those outside, each in order of request. It is free again when the container is loaded or collected.
#include "yard.h"

#include <algorithm>

#include "model/calendar.h"
#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;
using model::FullYard;
using model::Terminal;

/// Finds the yards that may be presumed to have room: as long as they have, nothing hangs on them but the books.
/// Continuous services are not among that: their cranes look at each yard on the way.
void Replication::connect_yards() {
    for (const Terminal& terminal : model_.terminals) {
        may_presume_room_.push_back(terminal.yard ? 1 : 0);
    }
    for (const model::Leg& leg : model_.legs) {
        if (model_.lines[leg.line].dispatch == model::Dispatch::continuous) {
            may_presume_room_[model_.stops[leg.board].terminal.index()] = 0;
            may_presume_room_[model_.stops[leg.alight].terminal.index()] = 0;
        }
    }
}

void Replication::reset_yards() {
    for (std::size_t t = 0; t < yards_.size(); ++t) {
        yards_[t].clear();
        yards_[t].presumes_room = may_presume_room_[t] != 0 && !is_observed();
        if (yards_[t].presumes_room) {
            yards_[t].bound.reset(model_.window.to);
        }
    }
}

/// Whether a yard that was presumed to have room may have been full; it is not presumed again.
bool Replication::was_short_of_room() {
    bool was_short = false;
    for (std::size_t t = 0; t < yards_.size(); ++t) {
        if (!yards_[t].presumes_room) {
            continue;
        }
        const std::uint64_t capacity = model_.terminals.items()[t].yard->capacity_quarters;
        const auto most = static_cast<std::uint64_t>(yards_[t].bound.most());
        may_presume_room_[t] = most + model::kQuartersPerTeu <= capacity ? 1 : 0;
        was_short = was_short || may_presume_room_[t] == 0;
    }
    return was_short;
}

/// The limit that somebody may have to wait for; null where there is none.
const model::Yard* Replication::limit_of(Id<Terminal> id) const {
    const auto& limit = model_.terminals[id].yard;
    return limit && !yards_[id.index()].presumes_room ? &*limit : nullptr;
}

bool Replication::has_room(Id<Terminal> id, const Box& box) const {
    const model::Yard* const limit = limit_of(id);
    return limit == nullptr || yards_[id.index()].taken_quarters + class_of(box).quarters <= limit->capacity_quarters;
}

/// Whether there is room for the container and one more TEU whatever has been freed that nobody has looked at yet, and
/// nobody else waits for it.
bool Replication::has_ample_room(Id<Terminal> id, const Box& box) const {
    const model::Yard* const limit = limit_of(id);
    const YardState& yard = yards_[id.index()];
    return yard.outside.empty() && yard.landing.empty() &&
           (limit == nullptr ||
            yard.taken_quarters + class_of(box).quarters + model::kQuartersPerTeu <= limit->capacity_quarters);
}

/// Whether the container waits for room at the end of its leg.
bool Replication::has_to_fit(const Box& box) const {
    const model::Leg& leg = leg_of(box);
    return model_.terminals[model_.stops[leg.alight].terminal].yard && needs_room(model_, leg);
}

/// Whether somebody waits for room, or there is none: then it matters at once when some is freed.
bool Replication::watches_room(Id<Terminal> id) const {
    if (limit_of(id) == nullptr) {
        return false;
    }
    const YardState& yard = yards_[id.index()];
    return !yard.landing.empty() || is_full(id) || (!yard.outside.empty() && is_gate_open(id));
}

bool Replication::is_full(Id<Terminal> id) const {
    const model::Yard* const limit = limit_of(id);
    return limit != nullptr && yards_[id.index()].taken_quarters + model::kQuartersPerTeu > limit->capacity_quarters;
}

/// Room is given to a container (`step` 1) or freed (-1) at `time`, now or before.
void Replication::change_room(Id<Terminal> id, const Box& box, int step, Tick time) {
    YardState& yard = yards_[id.index()];
    YardTally& tally = tally_.terminals[id].room;
    const model::Window& window = model_.window;
    const std::int64_t quarters = step * static_cast<std::int64_t>(class_of(box).quarters);
    tally.taken_ms += static_cast<std::uint64_t>(quarters) *
                      static_cast<std::uint64_t>(window.to - std::clamp(time, window.from, window.to));
    yard.last_moved = std::max(yard.last_moved, time);
    if (yard.presumes_room) {
        return yard.bound.change(time, quarters);
    }
    const bool was_full = is_full(id);
    yard.taken_quarters += static_cast<std::uint64_t>(quarters);
    if (is_full(id) != was_full) {
        tally.full_ms += was_full ? clipped(window, yard.full_since, time) : 0;
        yard.full_since = time;
    }
    hold(check_room(model_.terminals[id], yard.taken_quarters));
}

/// The same at times before, while nobody was short of room.
void Replication::change_rooms(Id<Terminal> id, const Box* boxes, int step, const Tick* times, std::size_t count) {
    const model::Window& window = model_.window;
    if (is_full(id)) {
        for (std::size_t i = 0; i < count; ++i) {
            change_room(id, boxes[i], step, times[i]);
        }
        return;
    }
    YardState& yard = yards_[id.index()];
    std::uint64_t quarters = 0;
    std::uint64_t ms = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t of_box = class_of(boxes[i]).quarters;
        quarters += of_box;
        ms += of_box * static_cast<std::uint64_t>(window.to - std::clamp(times[i], window.from, window.to));
        if (yard.presumes_room) {
            yard.bound.change(times[i], step * static_cast<std::int64_t>(of_box));
        }
    }
    tally_.terminals[id].room.taken_ms += step > 0 ? ms : 0 - ms;
    yard.last_moved = std::max(yard.last_moved, times[count - 1]);
    if (!yard.presumes_room) {
        yard.taken_quarters += step > 0 ? quarters : 0 - quarters;
        hold(check_room(model_.terminals[id], yard.taken_quarters));
    }
}

void Replication::keep_room(Id<Terminal> id, const Box& box) {
    if (model_.terminals[id].yard) {
        change_room(id, box, 1, now_);
    }
}

void Replication::free_room(Id<Terminal> id, const Box& box) {
    if (model_.terminals[id].yard) {
        change_room(id, box, -1, now_);
        const YardState& yard = yards_[id.index()];
        if (yard.presumes_room) {
            return;
        }
        if (!yard.landing.empty() || (!yard.outside.empty() && is_gate_open(id))) {
            give_room(id);
        }
    }
}

/// Who has come by now is in, and what has been freed before this instant is free.
void Replication::look_for_room(Id<Terminal> id) {
    let_in_late(id, now_);
    for (const std::uint32_t facility : solo_[id.index()].facilities_in_turn) {
        if (limit_of(id) != nullptr) {
            end_unawaited(Id<model::Facility>{facility}, has_reached(id, Part::ends) ? now_ + 1 : now_);
        }
    }
}

void Replication::give_room(Id<Terminal> id) {
    YardState& yard = yards_[id.index()];
    look_for_room(id);
    while (!yard.landing.empty() && has_room(id, yard.landing.front().request.box)) {
        const Landing next = yard.landing.front();
        yard.landing.pop_front();
        keep_room(id, next.request.box);
        bring(next);
    }
    while (yard.landing.empty() && !yard.outside.empty() && gate_lets_in(id) && has_room(id, yard.outside.front())) {
        const Box next = yard.outside.front();
        yard.outside.pop_front();
        let_in(id, next);
    }
    if (solo_[id.index()].scheduled > now_ && watches_room(id)) {
        schedule_solo(id);
    }
}

/// There is room for it now.
void Replication::bring(const Landing& landing) {
    const CraneRequest& request = landing.request;
    FacilityTally& tally = tally_.facilities[landing.facility];
    const Id<Terminal> id = model_.facilities[landing.facility].terminal;
    if (request.by == By::container_to_load) {
        tally.crane_held_ms += clipped(model_.window, request.end, now_);
        facilities_[landing.facility.index()].cranes.put_down(now_, request.crane);
        depart_solo(request.box, now_);
        return schedule_solo(id);
    }
    YardTally& room = tally_.terminals[id].room;
    room.landing_ms += clipped(model_.window, request.asked, now_);
    if (inside(model_.window, now_)) {
        room.landing.add(now_ - request.asked);
    }
    Vehicle& vehicle = vehicles_[request.vehicle];
    if (--vehicle.without_room == 0) {
        tally.blocked_ms += clipped(model_.window, vehicle.blocked_since, now_);
    }
    ask_crane(landing.facility, request);
}

/// Containers on board of a vehicle at its berth, to be discharged as soon as there is room for them.
void Replication::ask_to_land(Id<model::Facility> facility, CraneRequest request, const Box* boxes, std::size_t count) {
    const Id<Terminal> id = model_.facilities[facility].terminal;
    YardState& yard = yards_[id.index()];
    if (limit_of(id) != nullptr) {
        look_for_room(id);
    }
    std::size_t with_room = 0;
    for (; with_room < count && yard.landing.empty() && has_room(id, boxes[with_room]); ++with_room) {
        keep_room(id, boxes[with_room]);
    }
    if (with_room > 0) {
        if (inside(model_.window, now_)) {
            tally_.terminals[id].room.landing.add_each(with_room, [](std::size_t) { return Tick{0}; });
        }
        add_moves(facility, request, boxes, with_room);
    }
    for (std::size_t i = with_room; i < count; ++i) {
        request.asked = now_;
        request.box = boxes[i];
        Vehicle& vehicle = vehicles_[request.vehicle];
        vehicle.blocked_since = vehicle.without_room++ == 0 ? now_ : vehicle.blocked_since;
        yard.landing.push_back({facility, request});
        give_room(id);
    }
    schedule_solo(id);
}

/// A container that has been loaded for a continuous service: away, or held until the next yard has room.
void Replication::leave_crane(Id<model::Facility> facility, const CraneRequest& request) {
    if (!has_to_fit(request.box)) {
        return depart_solo(request.box, request.end);
    }
    const Id<Terminal> next = model_.stops[leg_of(request.box).alight].terminal;
    facilities_[facility.index()].cranes.hold(request.end, request.crane);
    yards_[next.index()].landing.push_back({facility, request});
    give_room(next);
}

bool Replication::is_gate_open(Id<Terminal> id) const { return gate_open_from(id, now_) == now_; }

/// Who comes in with the opening of the gate does so when it is the terminal's turn.
bool Replication::gate_lets_in(Id<Terminal> id) const {
    const bool was_open = gate_open_from(id, now_ - 1) < now_;
    return is_gate_open(id) && (was_open || has_reached(id, Part::comers));
}

Tick Replication::gate_open_from(Id<Terminal> id, Tick time) const {
    const Windows& open = gate_hours(id);
    if (open.empty()) {
        return time;
    }
    GateHours& seen = yards_[id.index()].seen_gate;
    if (time < seen.from || time >= seen.until) {
        const auto next = first_after(open, time);
        const Tick closed_from = next == open.begin() ? kLongAgo : std::prev(next)->to;
        seen = next == open.end() ? GateHours{closed_from, kAfterAll, kAfterAll}
                                  : GateHours{closed_from, next->from, next->to};
    }
    return std::max(time, seen.opens);
}

/// A container that is ready to come in, or, repositioned, to come out of the depot beside the yard.
void Replication::come_to_gate(const Box& box) {
    const Id<Terminal> id = model_.demands[leg_of(box).demand].from;
    let_in_late(id, now_);
    if (!solo_[id.index()].lets_in_late && has_ample_room(id, box) && gate_lets_in(id)) {
        return let_in(id, box);
    }
    yards_[id.index()].outside.push_back(box);
    admit(id);
}

/// Lets in who may come in, and turns away the others where the yard does so.
void Replication::admit(Id<Terminal> id) {
    if (!gate_lets_in(id)) {
        return;
    }
    give_room(id);
    const auto& limit = model_.terminals[id].yard;
    std::deque<Box>& outside = yards_[id.index()].outside;
    if (!limit || limit->when_full == FullYard::wait || outside.empty()) {
        return;
    }
    std::erase_if(outside, [&](const Box& box) {
        const bool has_to_wait = model_.demands[leg_of(box).demand].repositions;  // it would go back where it came from
        if (!has_to_wait) {
            turn_away(id, box);
        }
        return !has_to_wait;
    });
}

void Replication::count_outside(Id<Terminal> id, Tick since, Tick until) {
    YardTally& tally = tally_.terminals[id].room;
    const model::Window wait{std::max(since, model_.window.from), std::min(until, model_.window.to)};
    if (wait.to <= wait.from) {
        return;
    }
    const Tick open = model::open_time(gate_hours(id), wait);
    tally.outside_room_ms += open;
    tally.outside_gate_ms += wait.to - wait.from - open;
}

void Replication::let_in(Id<Terminal> id, Box box) {
    tell([&](Observer& observer) {
        observer.waited_outside(box, id, gate_hours(id), now_);
        observer.let_in(box, id, now_);
    });
    count_outside(id, box.ready, now_);
    if (inside(model_.window, now_)) {
        tally_.terminals[id].room.outside.add(now_ - box.ready);
    }
    keep_room(id, box);
    tally_.terminals[id].yard.enter(now_);
    box.ready = now_;
    const bool is_continuous = model_.lines[leg_of(box).line].dispatch == model::Dispatch::continuous;
    is_continuous ? load_solo(box) : await(box);
}

void Replication::turn_away(Id<Terminal> id, const Box& box) {
    tell([&](Observer& observer) {
        observer.waited_outside(box, id, gate_hours(id), now_);
        observer.turned_away(box, now_);
    });
    count_outside(id, box.ready, now_);
    DemandTally& tally = tally_.demands[leg_of(box).demand];
    ++tally.lost_of_class[box.box_class];
    tally.lost += inside(model_.window, now_) ? 1U : 0U;
    tally.in_system_ms -= model_.window.to - std::max(now_, model_.window.from);
    if (model_.takes_census) {
        tally_.census.add(now_, -1);
    }
}

/// A vehicle whose discharge has come to a stand for want of room loads meanwhile, so that containers are exchanged.
void Replication::load_meanwhile(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const bool stands = vehicle.without_room > 0 && vehicle.pending == vehicle.without_room;
    if (stands && !vehicle.exchanges && !model_.stops[vehicle.stop].last) {
        vehicle.exchanges = true;
        events_.schedule(now_, EventKind::loading, index);
    }
}

/// Who still waits for room or for the gate at the horizon has waited until then.
void Replication::count_waiting_for_room() {
    for (std::size_t t = 0; t < yards_.size(); ++t) {
        const Id<Terminal> id{t};
        if (!model_.terminals[id].lets_in()) {
            continue;
        }
        const YardState& yard = yards_[t];
        YardTally& tally = tally_.terminals[id].room;
        Tick first = kNever;
        const bool was_open = gate_open_from(id, now_ - 1) < now_;
        for (const Landing& landing : yard.landing) {
            const bool held = landing.request.by == By::container_to_load;
            const Tick since = held ? landing.request.end : landing.request.asked;
            first = std::min(first, since);
            const Tick waited = clipped(model_.window, since, model_.window.to);
            (held ? tally_.facilities[landing.facility].crane_held_ms : tally.landing_ms) += waited;
        }
        for (const Box& box : yard.outside) {
            first = was_open ? std::min(first, box.ready) : first;
            count_outside(id, box.ready, now_);
        }
        tally.waiting_at_end = yard.landing.size() + yard.outside.size();
        if (is_full(id)) {
            tally.full_ms += clipped(model_.window, yard.full_since, now_);
        }
        tally.stuck_ms = first == kNever ? 0 : clipped(model_.window, std::max(first, yard.last_moved), now_);
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        const Vehicle& vehicle = vehicles_[v];
        if (vehicle.without_room > 0) {
            tally_.facilities[facility_of(vehicle)].blocked_ms +=
                clipped(model_.window, vehicle.blocked_since, model_.window.to);
        }
    }
}

}  // namespace corridor::engine
