// Cranes that serve in turn: requests wait, and the terminal steps through the starts and ends of moves.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;

void Replication::ask_crane(Id<model::Facility> facility, CraneRequest request) {
    request.rank = model_.demands[leg_of(request.box).demand].rank;
    const Box box = request.box;
    add_moves(facility, request, &box, 1);
}

/// Moves that are asked for now, together.
void Replication::add_moves(Id<model::Facility> facility, CraneRequest& request, const Box* boxes, std::size_t count) {
    request.asked = now_;
    request.number = solo_moves_;
    solo_moves_ += count;
    take_back_plan(facility);
    queue_of(facility)->add(request, boxes, count);
    const Id<model::Terminal> terminal = model_.facilities[facility].terminal;
    if (solo_[terminal.index()].scheduled > now_) {  // else it will look at its cranes at this instant anyway
        schedule_solo(terminal);
    }
}

/// Whoever has not started yet may have to stand behind who asks now.
void Replication::take_back_plan(Id<model::Facility> facility) {
    queue_of(facility)->take_back(facilities_[facility.index()].cranes, now_, began_at_ == now_);
}

/// Whether something hangs on the instant at which a container of this leg has been discharged.
bool Replication::is_awaited_ashore(const model::Leg& leg) const {
    const model::Demand& demand = model_.demands[leg.demand];
    if (leg.next.valid() || demand.returns_empties) {
        return true;
    }
    const Id<model::Terminal> terminal = model_.stops[leg.alight].terminal;
    const bool is_stacked = model_.terminals[terminal].yard_cranes.valid() && !solo_[terminal.index()].stacks_late;
    const bool others_draw_in_between = !demands_[leg.demand.index()].lands_in_one_place;
    return demand.collected_after && (is_stacked || others_draw_in_between || limit_of(terminal) != nullptr);
}

/// The moves of a vehicle at its berth; `boxes` is null for background moves.
void Replication::ask_cranes(std::uint32_t vehicle, By by, const Box* boxes, std::size_t count) {
    const Id<model::Facility> facility = facility_of(vehicles_[vehicle]);
    const Id<model::Line> line = vehicles_[vehicle].line;
    const std::uint32_t on_vehicle = line.valid() ? model_.lines[line].cranes : model::kUnlimited;
    const Id<model::Facility> yard_cranes = model_.terminals[model_.facilities[facility].terminal].yard_cranes;
    const bool from_stack = by == By::vehicle_to_load && yard_cranes.valid();
    CraneRequest request{.by = from_stack ? By::vehicle_from_stack : by,
                         .vehicle = vehicle,
                         .most = model::cranes_at_a_vehicle(model_.facilities[facility], on_vehicle),
                         .is_awaited = from_stack};
    vehicles_[vehicle].pending += count;
    if (by == By::background) {
        request.rank = model_.backgrounds[vehicles_[vehicle].background].rank;
        return add_moves(facility, request, nullptr, count);
    }
    struct Kind {
        std::uint32_t rank = 0;
        bool is_awaited = false;
        bool has_to_fit = false;
        bool operator==(const Kind&) const = default;
    };
    const auto kind_of = [&](const Box& box) {
        const model::Leg& leg = leg_of(box);
        const bool lands = by == By::vehicle_to_land;
        return Kind{model_.demands[leg.demand].rank, from_stack || (lands && is_awaited_ashore(leg)),
                    lands && has_to_fit(box)};
    };
    for (std::size_t first = 0, end = 0; first < count; first = end) {
        const Kind kind = kind_of(boxes[first]);
        for (end = first + 1; end < count && (boxes[end].leg == boxes[first].leg || kind_of(boxes[end]) == kind);) {
            ++end;
        }
        request.rank = kind.rank;
        request.is_awaited = kind.is_awaited;
        kind.has_to_fit ? ask_to_land(facility, request, boxes + first, end - first)
                        : add_moves(from_stack ? yard_cranes : facility, request, boxes + first, end - first);
    }
}

void Replication::end_moves(Id<model::Facility> facility) {
    CraneQueue& queue = *queue_of(facility);
    queue.advance(now_);
    const bool is_due =
        queue.is_awaited(now_) || (queue.has_ended(now_) && watches_room(model_.facilities[facility].terminal));
    if (!is_due) {
        return;
    }
    count_started(facility, now_);
    end_unawaited(facility, now_);
    for (; queue.has_ended(now_); queue.advance(now_)) {
        end_move(facility, queue.take_ended());
    }
    queue.tidy(now_);
    if (solo_[model_.facilities[facility].terminal.index()].stacks_late) {
        end_stacking(model_.terminals[model_.facilities[facility].terminal].yard_cranes);
    }
}

/// All who have landed have asked for the yard cranes by now.
void Replication::end_stacking(Id<model::Facility> yard_cranes) {
    count_started(yard_cranes, now_);
    end_unawaited(yard_cranes, now_);
    queue_of(yard_cranes)->tidy(now_);
}

/// Ends of planned moves before `before` that nobody has looked at, because nothing hung on them but the books.
void Replication::end_unawaited(Id<model::Facility> facility, Tick before) {
    CraneQueue& queue = *queue_of(facility);
    const Id<model::Terminal> terminal = model_.facilities[facility].terminal;
    for (;;) {
        const CraneRequest first =
            queue.take_ended_alike(before, boxes_, moves_.end, [this](const CraneRequest& request) {
                if (request.by != By::to_stack) {
                    --vehicles_[request.vehicle].pending;
                }
            });
        const std::size_t count = moves_.end.size();
        if (count == 0) {
            return;
        }
        const Tick* const ends = moves_.end.data();
        moves_.last_end = ends[count - 1];
        if (first.by == By::vehicle_to_load) {
            Occupancy& yard = tally_.terminals[terminal].yard;
            yard.change_each(count, -1, ends[0], moves_.last_end, [ends](std::size_t i) { return ends[i]; });
            if (model_.terminals[terminal].yard) {
                change_rooms(terminal, boxes_.data(), -1, ends, count);
            }
        } else if (first.by == By::vehicle_to_land && solo_[terminal.index()].stacks_late) {
            for_each_run(boxes_.data(), count, [&](const model::Leg& leg, std::size_t from, std::size_t n) {
                needs_room(model_, leg) ? stack_late(terminal, boxes_.data() + from, n, ends + from)
                                        : settle_discharged(boxes_.data() + from, n, ends + from);
            });
        } else if (first.by == By::vehicle_to_land || first.by == By::to_stack) {
            settle_discharged(boxes_.data(), count, ends);
        } else {
            std::for_each(ends, ends + count, [&](Tick end) { count_background(facility, first.vehicle, end); });
        }
    }
}

void Replication::count_background(Id<model::Facility> facility, std::uint32_t vehicle, Tick end) {
    if (inside(model_.window, end)) {
        const Id<model::Background> background = vehicles_[vehicle].background;
        tally_.facilities[facility].background_teu += model_.backgrounds[background].teu_per_move;
    }
}

void Replication::end_move(Id<model::Facility> facility, const CraneRequest& request) {
    switch (request.by) {
        case By::container_from_stack:
        case By::vehicle_from_stack:
            return ask_to_load(request);
        case By::container_to_load:
            return leave_crane(facility, request);
        case By::container_to_land:
            return put_away(request);
        case By::to_stack:
            return settle_discharged(&request.box, 1, &request.end);
        case By::vehicle_to_load:
            tally_.terminals[model_.facilities[facility].terminal].yard.leave(request.end);
            free_room(model_.facilities[facility].terminal, request.box);
            break;
        case By::vehicle_to_land:
            put_away(request);
            break;
        case By::vehicle_to_vehicle:
            end_move_of_vehicle(request.onto, request);
            break;
        case By::background:
            count_background(facility, request.vehicle, request.end);
            break;
    }
    end_move_of_vehicle(request.vehicle, request);
}

/// A container that has been discharged: into the stack, where a yard crane has to bring it there.
void Replication::put_away(const CraneRequest& request) {
    const model::Leg& leg = leg_of(request.box);
    const Id<model::Terminal> terminal = model_.stops[leg.alight].terminal;
    const Id<model::Facility> yard_cranes = model_.terminals[terminal].yard_cranes;
    if (yard_cranes.valid() && needs_room(model_, leg)) {
        return solo_[terminal.index()].stacks_late ? stack_late(terminal, &request.box, 1, &request.end)
                                                   : ask_crane(yard_cranes, {.by = By::to_stack, .box = request.box});
    }
    settle_discharged(&request.box, 1, &request.end);
}

/// Those that have been discharged at `ends`, up to now, in order: the yard cranes have nobody else to serve.
void Replication::stack_late(Id<model::Terminal> terminal, const Box* boxes, std::size_t count, const Tick* ends) {
    FacilityState& state = facilities_[model_.terminals[terminal].yard_cranes.index()];
    CraneRequest request{.by = By::to_stack, .rank = model_.demands[leg_of(*boxes).demand].rank, .is_awaited = false};
    for (std::size_t i = 0; i < count; ++i) {
        request.asked = ends[i];
        request.number = solo_moves_++;
        state.queue_of_moves->add(request, boxes + i, 1);
        state.queue_of_moves->start(state.cranes, ends[i], false, [&](const CraneRequest&, const Box&, Tick time) {
            return state.cranes.serve_one(time);
        });
    }
}

/// A container that a yard crane has taken out of the stack.
void Replication::ask_to_load(CraneRequest request) {
    request.by = request.by == By::container_from_stack ? By::container_to_load : By::vehicle_to_load;
    request.deadline = kNever;
    ask_crane(model_.stops[leg_of(request.box).board].facility, request);
}

/// The last move of a call is what its vehicle waits for.
void Replication::end_move_of_vehicle(std::uint32_t index, const CraneRequest& request) {
    Vehicle& vehicle = vehicles_[index];
    if (--vehicle.pending > 0) {
        return load_meanwhile(index);
    }
    if (request.by == By::background) {
        return events_.schedule(now_ + vehicle.stay, EventKind::leaving, index);
    }
    if (!vehicle.loads) {
        return events_.schedule(now_, EventKind::handled, index);
    }
    vehicle.loaded = now_;
    events_.schedule(plan_departure(vehicle), EventKind::leaving, index);
}

void Replication::start_moves(Id<model::Facility> facility) {
    FacilityState& state = facilities_[facility.index()];
    CraneQueue& queue = *state.queue_of_moves;
    // How long moves take.
    const bool is_known = queue.plans_ahead() || model_.facilities[facility].in_yard || state.cranes.unlimited();
    const auto serve = [&](const CraneRequest& common, const Box& box, Tick time) {
        if (!is_known && common.by != By::background) {
            const Id<model::Demand> demand = leg_of(box).demand;
            if (const auto& own_time = model_.demands[demand].move_time) {
                return state.cranes.serve_one(time, draw(*own_time, demands_[demand.index()].moves));
            }
        }
        return state.cranes.serve_one(time);
    };
    queue.start(state.cranes, now_, model_.facilities[facility].may_hold, serve);
    if (!queue.plans_ahead()) {
        count_started(facility, now_ + 1);
    }
}

/// Books the moves that have started before `before`.
void Replication::count_started(Id<model::Facility> id, Tick before) {
    std::uint64_t& fingerprint = facilities_[id.index()].fingerprint;
    queue_of(id)->count_started(before, [&](const PlannedMove* moves, std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) {
            fingerprint = mixed(fingerprint, static_cast<std::uint64_t>(moves[i].move.end));
        }
        is_whole(id, moves, n) ? count_row(id, moves, n) : count_clipped_row(id, moves, n);
        if (is_observed()) {
            tell_started(id, moves, n);
        }
    });
}

/// Whether moves, in order of starts, lie in the window and the opening hours, from the requests on.
bool Replication::is_whole(Id<model::Facility> id, const PlannedMove* moves, std::size_t n) {
    const CraneQueue& queue = *queue_of(id);
    Tick first_asked = kNever;
    Tick last_end = 0;
    for (std::size_t i = 0; i < n; ++i) {
        first_asked = std::min(first_asked, queue.common_of(moves[i]).asked);
        last_end = std::max(last_end, moves[i].move.end);
    }
    const Windows& open = model_.terminals[model_.facilities[id].terminal].open;
    model::Window& seen = facilities_[id.index()].seen_open;
    if (!open.empty() && (moves[0].move.start < seen.from || moves[0].move.start >= seen.to)) {
        const auto window = first_after(open, moves[0].move.start);
        seen = window == open.end() ? model::Window{} : *window;
    }
    const bool is_open = open.empty() || (moves[0].move.start >= seen.from && last_end <= seen.to);
    return is_open && first_asked >= model_.window.from && last_end < model_.window.to;
}

void Replication::count_row(Id<model::Facility> id, const PlannedMove* moves, std::size_t n) {
    const CraneQueue& queue = *queue_of(id);
    FacilityTally& tally = tally_.facilities[id];
    Tick busy = 0;
    Tick waited = 0;
    waits_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const CraneRequest& common = queue.common_of(moves[i]);
        tally.move_quarters += common.by == By::background ? 0U : class_of(queue.box_of(moves[i])).quarters;
        busy += moves[i].move.end - moves[i].move.start;
        tally_.crane_busy.add(id.index(), moves[i].move.start, moves[i].move.end);
        waits_[i] = moves[i].move.start - common.asked;
        waited += waits_[i];
    }
    tally.moves += n;
    tally.crane_busy_ms += busy;
    tally.crane_queue_ms += waited;
    tally.crane_wait.add_each(n, [waits = waits_.data()](std::size_t i) { return waits[i]; });
}

void Replication::count_clipped_row(Id<model::Facility> id, const PlannedMove* moves, std::size_t n) {
    const CraneQueue& queue = *queue_of(id);
    for (std::size_t i = 0; i < n; ++i) {
        const CraneMove& move = moves[i].move;
        const CraneRequest& common = queue.common_of(moves[i]);
        count_move(id, {common.asked, move.start, move.end},
                   common.by == By::background ? 0U : class_of(queue.box_of(moves[i])).quarters);
    }
}

/// Whose patience ends while no crane has begun with it goes by road.
void Replication::dismiss_impatient(Id<model::Facility> facility) {
    while (queue_of(facility)->has_impatient(now_)) {
        const CraneRequest request = queue_of(facility)->take_impatient();
        tally_.facilities[facility].crane_queue_ms += clipped(model_.window, request.asked, now_);
        tell([&](Observer& observer) { observer.waited(request.box, TimeUse::crane, facility.index(), now_); });
        send_by_road(leg_of(request.box).demand, request.box, ByRoad::out_of_patience, now_);
    }
}

/// At the horizon: what has been planned beyond it does not happen, and who still waits has waited until then.
void Replication::close_queues() {
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        const Id<model::Facility> id{f};
        FacilityTally& tally = tally_.facilities[id];
        if (queue_of(id) == nullptr) {
            continue;
        }
        take_back_plan(id);
        count_started(id, model_.window.to);
        end_unawaited(id, now_);
        queue_of(id)->for_each_waiting([&](const CraneRequest& request) {
            tally.crane_queue_ms += clipped(model_.window, request.asked, model_.window.to);
        });
        mix(facilities_[f].fingerprint);
    }
}

}  // namespace corridor::engine
