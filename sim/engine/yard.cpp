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

bool Replication::has_room(Id<Terminal> id, const Box& box) const {
    const auto& limit = model_.terminals[id].yard;
    return !limit || yards_[id.index()].taken_quarters + class_of(box).quarters <= limit->capacity_quarters;
}

/// Whether the container waits for room at the end of its leg.
bool Replication::has_to_fit(const Box& box) const {
    const model::Leg& leg = leg_of(box);
    return model_.terminals[model_.stops[leg.alight].terminal].yard && needs_room(model_, leg);
}

void Replication::count_room(Id<Terminal> id) {
    YardState& yard = yards_[id.index()];
    YardTally& tally = tally_.terminals[id].room;
    const std::uint32_t capacity = model_.terminals[id].yard->capacity_quarters;
    const Tick time = clipped(model_.window, yard.since, now_);
    tally.taken_ms += static_cast<std::int64_t>(yard.taken_quarters) * time;
    tally.full_ms += yard.taken_quarters + model::kQuartersPerTeu > capacity ? time : 0;
    yard.since = now_;
}

void Replication::keep_room(Id<Terminal> id, const Box& box) {
    if (!model_.terminals[id].yard) {
        return;
    }
    count_room(id);
    YardState& yard = yards_[id.index()];
    yard.taken_quarters += class_of(box).quarters;
    yard.last_moved = now_;
    hold(check_room(model_.terminals[id], yard.taken_quarters));
}

void Replication::free_room(Id<Terminal> id, const Box& box) {
    if (!model_.terminals[id].yard) {
        return;
    }
    count_room(id);
    YardState& yard = yards_[id.index()];
    yard.taken_quarters -= class_of(box).quarters;
    yard.last_moved = now_;
    hold(check_room(model_.terminals[id], yard.taken_quarters));
    give_room(id);
}

void Replication::give_room(Id<Terminal> id) {
    YardState& yard = yards_[id.index()];
    while (!yard.landing.empty() && has_room(id, yard.landing.front().request.box)) {
        const Landing next = yard.landing.front();
        yard.landing.pop_front();
        keep_room(id, next.request.box);
        bring(next);
    }
    while (yard.landing.empty() && !yard.outside.empty() && is_gate_open(id) && has_room(id, yard.outside.front())) {
        const Box next = yard.outside.front();
        yard.outside.pop_front();
        let_in(id, next);
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

/// A container on board of a vehicle at its berth, to be discharged as soon as there is room for it.
void Replication::ask_to_land(Id<model::Facility> facility, CraneRequest request) {
    if (!has_to_fit(request.box)) {
        return ask_crane(facility, request);
    }
    request.asked = now_;
    Vehicle& vehicle = vehicles_[request.vehicle];
    vehicle.blocked_since = vehicle.without_room++ == 0 ? now_ : vehicle.blocked_since;
    const Id<Terminal> id = model_.facilities[facility].terminal;
    yards_[id.index()].landing.push_back({facility, request});
    give_room(id);
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

Tick Replication::gate_open_from(Id<Terminal> id, Tick time) const {
    const Windows& open = gate_hours(id);
    if (open.empty()) {
        return time;
    }
    const auto next = first_after(open, time);
    return next == open.end() ? kAfterAll : std::max(time, next->from);
}

/// A container that is ready to come in, or, repositioned, to come out of the depot beside the yard.
void Replication::come_to_gate(const Box& box) {
    const Id<Terminal> id = model_.demands[leg_of(box).demand].from;
    yards_[id.index()].outside.push_back(box);
    admit(id);
}

/// Lets in who may come in, and turns away the others where the yard does so.
void Replication::admit(Id<Terminal> id) {
    if (!is_gate_open(id)) {
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

void Replication::count_outside(Id<Terminal> id, Tick since) {
    YardTally& tally = tally_.terminals[id].room;
    const model::Window wait{std::max(since, model_.window.from), std::min(now_, model_.window.to)};
    if (wait.to <= wait.from) {
        return;
    }
    const Tick open = model::open_time(gate_hours(id), wait);
    tally.outside_room_ms += open;
    tally.outside_gate_ms += wait.to - wait.from - open;
}

void Replication::let_in(Id<Terminal> id, Box box) {
    tell([&](Observer& observer) { observer.waited_outside(box, id, gate_hours(id), now_); });
    count_outside(id, box.ready);
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
    tell([&](Observer& observer) { observer.waited_outside(box, id, gate_hours(id), now_); });
    count_outside(id, box.ready);
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
        for (const Landing& landing : yard.landing) {
            const bool held = landing.request.by == By::container_to_load;
            const Tick since = held ? landing.request.end : landing.request.asked;
            first = std::min(first, since);
            const Tick waited = clipped(model_.window, since, model_.window.to);
            (held ? tally_.facilities[landing.facility].crane_held_ms : tally.landing_ms) += waited;
        }
        for (const Box& box : yard.outside) {
            first = is_gate_open(id) ? std::min(first, box.ready) : first;
            count_outside(id, box.ready);
        }
        tally.waiting_at_end = yard.landing.size() + yard.outside.size();
        if (model_.terminals[id].yard) {
            count_room(id);
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
