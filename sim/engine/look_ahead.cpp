// What the next events will touch, asked for while the present one is worked on. No result depends on it.
#include <algorithm>

#include "prefetch.h"
#include "replication.h"

namespace corridor::engine {

/// Three steps of a chain: the entities of events to come, what these point to for the nearer ones, and what that
/// points to in turn for the next, and the books that the one at hand will be written into. In a heap, the next event
/// stands first, the one after it second or third.
void Replication::look_ahead(const Event& at_hand) const {
    const auto& pending = events_.pending();
    for (std::size_t i = 3; i < std::min<std::size_t>(pending.size(), 7); ++i) {
        prefetch_entity(pending[i]);
    }
    for (std::size_t i = 1; i < std::min<std::size_t>(pending.size(), 3); ++i) {
        prefetch_surroundings(pending[i]);
    }
    if (!pending.empty()) {
        prefetch_details(pending.front());
    }
    prefetch_books(at_hand);
}

namespace {

enum class Of { vehicle, line, other };

Of entity_of(const Event& event) {
    switch (event.kind) {
        case EventKind::arrival:
        case EventKind::on_way:
        case EventKind::entered:
        case EventKind::handled:
        case EventKind::loading:
        case EventKind::leaving:
            return Of::vehicle;
        case EventKind::closing:
            return Of::line;
        default:
            return Of::other;
    }
}

}  // namespace

void Replication::prefetch_entity(const Event& event) const {
    switch (entity_of(event)) {
        case Of::vehicle:
            return prefetch(vehicles_[event.entity]);
        case Of::line:
            prefetch_range(lines_[event.entity].times, lines_[event.entity].due);
            return prefetch(model_.lines.items()[event.entity]);
        case Of::other:
            return;
    }
}

/// The stop that the event is about; invalid where there is none.
Id<model::Stop> Replication::stop_ahead(const Event& event) const {
    switch (entity_of(event)) {
        case Of::vehicle: {
            const Id<model::Stop> here = vehicles_[event.entity].stop;
            const bool arrives = event.kind == EventKind::arrival;
            return here.valid() && arrives ? Id<model::Stop>{std::size_t{here.index()} + 1} : here;
        }
        case Of::line:
            return model_.lines.items()[event.entity].first_stop;
        case Of::other:
            return {};
    }
    return {};
}

void Replication::prefetch_surroundings(const Event& event) const {
    const Id<model::Stop> stop = stop_ahead(event);
    if (!stop.valid()) {  // a background call
        return;
    }
    prefetch(model_.stops[stop]);
    prefetch(stops_[stop.index()]);
    prefetch(tally_.stops[stop]);
    if (entity_of(event) == Of::line) {
        return;
    }
    const Vehicle& vehicle = vehicles_[event.entity];
    prefetch(model_.lines[vehicle.line]);
    prefetch(tally_.lines[vehicle.line]);
    prefetch_elements(vehicle.cargo, vehicle.cargo.size());
}

void Replication::prefetch_facility(Id<model::Facility> id) const {
    const model::Facility& facility = model_.facilities[id];
    prefetch_range(facility.terminal, facility.entry_time);
    prefetch_range(facility.berths_disrupted, facility.cranes.move_time);
    const FacilityState& state = facilities_[id.index()];
    prefetch_range(state.busy, state.queue_of_moves);
    const FacilityTally& tally = tally_.facilities[id];
    prefetch_range(tally.stay, tally.move_quarters);
}

void Replication::prefetch_terminal(Id<model::Terminal> id) const {
    const model::Terminal& terminal = model_.terminals[id];
    prefetch_range(terminal.transfer_time, terminal.open);
    prefetch_range(terminal.yard, terminal.gate_disrupted);
    prefetch(tally_.terminals[id].yard);
}

void Replication::prefetch_demand(Id<model::Demand> id) const {
    const model::Demand& demand = model_.demands[id];
    prefetch_end(demand.patience);
    prefetch_range(demand.from, demand.consignment);
    prefetch_end(demand.road_time);
    prefetch_end(demand.move_time);
    prefetch_end(demand.collected_after);
    prefetch(demands_[id.index()].releases);
    const DemandTally& tally = tally_.demands[id];
    prefetch_range(tally.released, tally.delivered_of_class);
}

void Replication::prefetch_details(const Event& event) const {
    const Id<model::Stop> id = stop_ahead(event);
    if (!id.valid()) {
        return;
    }
    const model::Stop& stop = model_.stops[id];
    prefetch_facility(stop.facility);
    prefetch_terminal(stop.terminal);
    for (const std::uint32_t demand : stops_[id.index()].feeders) {
        prefetch_demand(Id<model::Demand>{std::size_t{demand}});
    }
    if (entity_of(event) == Of::vehicle && !vehicles_[event.entity].cargo.empty()) {
        const std::uint32_t leg = vehicles_[event.entity].cargo.front().leg;
        prefetch(model_.legs.items()[leg]);
        prefetch(tally_.boarded[leg]);
        prefetch_demand(model_.legs.items()[leg].demand);
    }
}

void Replication::prefetch_books(const Event& event) const {
    const Id<model::Stop> id = stop_ahead(event);
    if (!id.valid()) {
        return;
    }
    const model::Stop& stop = model_.stops[id];
    facilities_[stop.facility.index()].cranes.prefetch();
    tally_.facilities[stop.facility].crane_wait.prefetch();
    const bool loads = event.kind == EventKind::closing || event.kind == EventKind::loading;
    if (loads) {
        const StopState& state = stops_[id.index()];
        for (const std::uint32_t demand : state.feeders) {
            tally_.terminals[stop.terminal].yard.prefetch(demands_[demand].releases.next(), now_);
            prefetch_elements(tally_.demands.items()[demand].released_of_class, 1);
            prefetch_elements(model_.demands.items()[demand].rates, 1);
            prefetch_elements(model_.demands.items()[demand].itineraries, 1);
            prefetch_elements(model_.demands.items()[demand].classes, 1);
        }
    } else if (!vehicles_[event.entity].cargo.empty()) {
        const std::uint32_t leg = vehicles_[event.entity].cargo.front().leg;
        const Id<model::Demand> demand = model_.legs.items()[leg].demand;
        const DemandTally& tally = tally_.demands[demand];
        tally_.boarded[leg].prefetch();
        tally.delivered_by_month.prefetch();
        prefetch_elements(model_.demands[demand].classes, 1);
        tally_.stops[id].wait.prefetch();
        tally.door_to_door.prefetch();
        prefetch_elements(tally.delivered_of_class, 1);
    }
}

}  // namespace corridor::engine
