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
    vehicles_[vehicle].pending = count;
    for (std::size_t i = 0; i < count; ++i) {
        CraneRequest request;
        request.by = by;
        request.vehicle = vehicle;
        request.most = model::cranes_at_a_vehicle(model_.facilities[facility], on_vehicle);
        request.box = boxes != nullptr ? boxes[i] : Box{};
        ask_crane(facility, request);
    }
}

void Replication::end_moves(Id<model::Facility> facility) {
    while (const auto request = queue_of(facility)->take_ended(now_)) {
        end_move(facility, *request);
    }
}

void Replication::end_move(Id<model::Facility> facility, const CraneRequest& request) {
    switch (request.by) {
        case By::container_to_load:
            return depart_solo(request.box, request.end);
        case By::container_to_land:
            return settle_discharged(&request.box, 1, &request.end);
        case By::vehicle_to_load:
            tally_.terminals[model_.facilities[facility].terminal].yard.leave(request.end);
            break;
        case By::vehicle_to_land:
            settle_discharged(&request.box, 1, &request.end);
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

/// The last move of a call is what its vehicle waits for.
void Replication::end_move_of_vehicle(std::uint32_t index, const CraneRequest& request) {
    Vehicle& vehicle = vehicles_[index];
    if (--vehicle.pending > 0) {
        return;
    }
    switch (request.by) {
        case By::vehicle_to_load:
            vehicle.loaded = now_;
            return events_.schedule(departure_of(vehicle), EventKind::leaving, index);
        case By::vehicle_to_land:
            return events_.schedule(now_, EventKind::handled, index);
        default:
            return events_.schedule(now_ + vehicle.stay, EventKind::leaving, index);
    }
}

void Replication::start_moves(Id<model::Facility> facility) {
    FacilityState& state = facilities_[facility.index()];
    while (auto request = state.queue_of_moves->take_next(state.cranes, now_)) {
        const bool has_own_time =
            request->by != By::background && model_.demands[leg_of(request->box).demand].move_time.has_value();
        if (has_own_time) {
            const Id<model::Demand> demand = leg_of(request->box).demand;
            state.cranes.serve_one(now_, draw(*model_.demands[demand].move_time, demands_[demand.index()].moves),
                                   moves_);
        } else {
            state.cranes.serve(now_, 1, moves_);
        }
        request->start = moves_.start.front();
        request->end = moves_.end.front();
        count_move(facility, *request);
        state.queue_of_moves->begin(*request);
    }
}

void Replication::count_move(Id<model::Facility> facility, const CraneRequest& request) {
    mix(static_cast<std::uint64_t>(request.end));
    FacilityTally& tally = tally_.facilities[facility];
    const model::Window& window = model_.window;
    if (inside(window, request.end)) {
        ++tally.moves;
        tally.move_quarters += request.by == By::background ? 0U : class_of(request.box).quarters;
    }
    tally.crane_busy_ms += clipped(window, request.start, request.end);
    tally.crane_queue_ms += clipped(window, request.asked, request.start);
    if (inside(window, request.start)) {
        tally.crane_wait.add(request.start - request.asked);
    }
}

/// Whose patience ends while no crane has begun with it goes by road.
void Replication::dismiss_impatient(Id<model::Facility> facility) {
    while (const auto request = queue_of(facility)->take_impatient(now_)) {
        tally_.facilities[facility].crane_queue_ms += clipped(model_.window, request->asked, now_);
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
