// Cranes that serve in turn: requests wait, and the terminal steps through the starts and ends of moves.
#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;

void Replication::ask_crane(Id<model::Facility> facility, CraneRequest request) {
    const bool is_background = request.by == By::background;
    request.rank = is_background ? model_.backgrounds[vehicles_[request.vehicle].background].rank
                                 : model_.demands[leg_of(request.box).demand].rank;
    request.asked = now_;
    request.number = solo_moves_++;
    queue_of(facility)->add(request);
    schedule_solo(model_.facilities[facility].terminal);
}

/// The moves of a vehicle at its berth; `boxes` is null for background moves.
void Replication::ask_cranes(std::uint32_t vehicle, By by, const Box* boxes, std::size_t count) {
    const Id<model::Facility> facility = facility_of(vehicles_[vehicle]);
    const Id<model::Line> line = vehicles_[vehicle].line;
    const std::uint32_t on_vehicle = line.valid() ? model_.lines[line].cranes : model::kUnlimited;
    const Id<model::Facility> yard_cranes = model_.terminals[model_.facilities[facility].terminal].yard_cranes;
    const bool from_stack = by == By::vehicle_to_load && yard_cranes.valid();
    vehicles_[vehicle].pending += count;
    for (std::size_t i = 0; i < count; ++i) {
        CraneRequest request;
        request.by = from_stack ? By::vehicle_from_stack : by;
        request.vehicle = vehicle;
        request.most = model::cranes_at_a_vehicle(model_.facilities[facility], on_vehicle);
        request.box = boxes != nullptr ? boxes[i] : Box{};
        by == By::vehicle_to_land ? ask_to_land(facility, request)
                                  : ask_crane(from_stack ? yard_cranes : facility, request);
    }
}

void Replication::end_moves(Id<model::Facility> facility) {
    while (const auto request = queue_of(facility)->take_ended(now_)) {
        end_move(facility, *request);
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
            if (inside(model_.window, request.end)) {
                const Id<model::Background> background = vehicles_[request.vehicle].background;
                tally_.facilities[facility].background_teu += model_.backgrounds[background].teu_per_move;
            }
            break;
    }
    end_move_of_vehicle(request.vehicle, request);
}

/// A container that has been discharged: into the stack, where a yard crane has to bring it there.
void Replication::put_away(const CraneRequest& request) {
    const model::Leg& leg = leg_of(request.box);
    const Id<model::Facility> yard_cranes = model_.terminals[model_.stops[leg.alight].terminal].yard_cranes;
    if (yard_cranes.valid() && needs_room(model_, leg)) {
        return ask_crane(yard_cranes, {.by = By::to_stack, .box = request.box});
    }
    settle_discharged(&request.box, 1, &request.end);
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
    while (auto request = state.queue_of_moves->take_next(state.cranes, now_)) {
        const bool has_own_time = request->by != By::background && !model_.facilities[facility].in_yard &&
                                  model_.demands[leg_of(request->box).demand].move_time.has_value();
        if (has_own_time) {
            const Id<model::Demand> demand = leg_of(request->box).demand;
            state.cranes.serve_one(now_, draw(*model_.demands[demand].move_time, demands_[demand.index()].moves),
                                   moves_);
        } else {
            state.cranes.serve(now_, 1, moves_);
        }
        request->start = moves_.start.front();
        request->end = moves_.end.front();
        request->crane = moves_.crane;
        mix(static_cast<std::uint64_t>(request->end));
        count_move(facility, {request->asked, request->start, request->end},
                   request->by == By::background ? 0U : class_of(request->box).quarters);
        if (is_observed()) {
            tell_move(*request, facility);
        }
        state.queue_of_moves->begin(*request);
        if (request->end == now_ && model_.facilities[facility].may_hold) {
            return;  // the crane may have to hold it: who comes next is seen when this move has ended
        }
    }
}

/// Whose patience ends while no crane has begun with it goes by road.
void Replication::dismiss_impatient(Id<model::Facility> facility) {
    while (const auto request = queue_of(facility)->take_impatient(now_)) {
        tally_.facilities[facility].crane_queue_ms += clipped(model_.window, request->asked, now_);
        tell([&](Observer& observer) { observer.waited(request->box, TimeUse::crane, facility.index(), now_); });
        send_by_road(leg_of(request->box).demand, request->box, now_);
    }
}

/// Who still waits for a crane at the horizon has waited until then.
void Replication::count_waiting_at_the_end() {
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        FacilityTally& tally = tally_.facilities[Id<model::Facility>{f}];
        const CraneQueue* const queue = facilities_[f].queue_of_moves.get();
        if (queue == nullptr) {
            continue;
        }
        queue->for_each_waiting([&](const CraneRequest& request) {
            tally.crane_queue_ms += clipped(model_.window, request.asked, model_.window.to);
        });
    }
}

}  // namespace corridor::engine
