// What the next events will touch, asked for while the present one is worked on. No result depends on it.
#include "prefetch.h"
#include "replication.h"

namespace corridor::engine {
namespace {

/// What an event is about: containers come to a vehicle, or leave with it, or are taken off it.
enum class Work { loading, leaving, landing, other };

Work work_of(EventKind kind) {
    switch (kind) {
        case EventKind::closing:
        case EventKind::loading:
            return Work::loading;
        case EventKind::leaving:
            return Work::leaving;
        case EventKind::arrival:
        case EventKind::entered:
        case EventKind::handled:
            return Work::landing;
        default:
            return Work::other;
    }
}

}  // namespace

/// Each step of a chain needs what the one before has asked for: the entity of an event to come, its stop, the terminal
/// there, the demands of the containers, and the books.
void Replication::look_ahead(const Event& at_hand) {
    events_.look_ahead(9);
    const auto ask = [&](std::size_t n, void (Replication::*prefetch)(const Event&) const) {
        if (const Event* const event = events_.next_after(n)) {
            (this->*prefetch)(*event);
        }
    };
    ask(8, &Replication::prefetch_entity);
    ask(6, &Replication::prefetch_stop);
    ask(4, &Replication::prefetch_terminal);
    ask(2, &Replication::prefetch_demands);
    ask(0, &Replication::prefetch_books);
    prefetch_legs(at_hand);
}

void Replication::prefetch_entity(const Event& event) const {
    if (event.kind == EventKind::closing) {
        prefetch_range(lines_[event.entity].times, lines_[event.entity].due);
        prefetch(model_.lines.items()[event.entity]);
    } else if (is_of_vehicle(event.kind)) {
        prefetch(vehicles_[event.entity]);
    }
}

/// The stop that the event is about; invalid where there is none.
Id<model::Stop> Replication::stop_ahead(const Event& event) const {
    if (event.kind == EventKind::closing) {
        return model_.lines.items()[event.entity].first_stop;
    }
    if (work_of(event.kind) == Work::other) {
        return {};
    }
    const Id<model::Stop> here = vehicles_[event.entity].stop;
    const bool arrives = event.kind == EventKind::arrival;
    return here.valid() && arrives ? Id<model::Stop>{std::size_t{here.index()} + 1} : here;
}

void Replication::prefetch_stop(const Event& event) const {
    const Id<model::Stop> stop = stop_ahead(event);
    if (!stop.valid()) {  // a background call
        return;
    }
    const Work work = work_of(event.kind);
    prefetch(model_.stops[stop]);
    if (work != Work::landing) {
        prefetch(stops_[stop.index()]);
    }
    if (work == Work::leaving) {
        prefetch(tally_.stops[stop]);
    }
    if (event.kind == EventKind::closing) {
        if (const Vehicle* const vehicle = vehicle_ahead(7)) {
            prefetch(*vehicle);
        }
        return;
    }
    const Vehicle& vehicle = vehicles_[event.entity];
    prefetch(model_.lines[vehicle.line]);
    prefetch(tally_.lines[vehicle.line]);
    prefetch_elements(vehicle.cargo, vehicle.cargo.size());
}

/// The vehicle that the n-th departure from now, from 0, will take, if all events to come are departures; null where it
/// is a new one. Those who have retired last go first.
const Vehicle* Replication::vehicle_ahead(std::size_t n) const {
    return n < retired_.size() ? &vehicles_[retired_.end()[-1 - static_cast<std::ptrdiff_t>(n)]] : nullptr;
}

void Replication::prefetch_facility(Id<model::Facility> id, bool uses_cranes) const {
    const model::Facility& facility = model_.facilities[id];
    const FacilityState& state = facilities_[id.index()];
    const FacilityTally& tally = tally_.facilities[id];
    prefetch_range(facility.terminal, facility.entry_time);
    if (uses_cranes) {
        prefetch_range(facility.berths_disrupted, facility.cranes.move_time);
        prefetch_range(state.busy, state.queue_of_moves);
        prefetch_range(tally.berth_busy_ms, tally.move_quarters);
    } else {
        prefetch_range(facility.berths_disrupted, facility.cranes.cranes);
        prefetch_range(state.busy, state.queue);
        prefetch_range(tally.berth_busy_ms, tally.stay);
    }
}

void Replication::prefetch_terminal(const Event& event) const {
    const Id<model::Stop> id = stop_ahead(event);
    if (!id.valid()) {
        return;
    }
    const Work work = work_of(event.kind);
    const model::Stop& stop = model_.stops[id];
    prefetch_facility(stop.facility, work != Work::leaving);
    const model::Terminal& terminal = model_.terminals[stop.terminal];
    prefetch_range(terminal.transfer_time, terminal.open);
    prefetch_range(terminal.yard, terminal.gate_disrupted);
    if (work == Work::loading) {
        prefetch(tally_.terminals[stop.terminal].yard);
        prefetch_elements(stops_[id.index()].feeders, 1);
    } else if (const std::vector<Box>& cargo = vehicles_[event.entity].cargo; !cargo.empty()) {
        prefetch(model_.legs.items()[cargo.front().leg]);
        prefetch(tally_.boarded[cargo.front().leg]);
    }
}

void Replication::prefetch_demand(Id<model::Demand> id) const {
    const model::Demand& demand = model_.demands[id];
    prefetch_end(demand.patience);
    prefetch_range(demand.from, demand.consignment);
    prefetch_end(demand.road_time);
    prefetch_end(demand.move_time);
    prefetch_end(demand.collected_after);
    const DemandTally& tally = tally_.demands[id];
    prefetch_range(tally.released, tally.delivered_of_class);
}

void Replication::prefetch_demands(const Event& event) const {
    const Id<model::Stop> id = stop_ahead(event);
    if (!id.valid()) {
        return;
    }
    const Work work = work_of(event.kind);
    if (work == Work::loading) {
        for (const std::uint32_t demand : stops_[id.index()].feeders) {
            prefetch(demands_[demand].releases);
            prefetch_demand(Id<model::Demand>{std::size_t{demand}});
        }
        if (const Vehicle* const vehicle = vehicle_ahead(3);
            event.kind == EventKind::closing && vehicle != nullptr && vehicle->cargo.capacity() > 0) {
            prefetch_bytes(vehicle->cargo.data(), vehicle->cargo.capacity() * sizeof(Box));
        }
    } else if (const std::vector<Box>& cargo = vehicles_[event.entity].cargo; !cargo.empty()) {
        const Id<model::Demand> demand = leg_of(cargo.front()).demand;
        if (work == Work::leaving) {
            prefetch_range(model_.demands[demand].from, model_.demands[demand].classes);
        } else {
            prefetch_demand(demand);
        }
    }
}

void Replication::prefetch_books(const Event& event) const {
    const Id<model::Stop> id = stop_ahead(event);
    if (!id.valid()) {
        return;
    }
    const Work work = work_of(event.kind);
    const model::Stop& stop = model_.stops[id];
    if (work != Work::leaving) {
        facilities_[stop.facility.index()].cranes.prefetch();
        tally_.facilities[stop.facility].crane_wait.prefetch();
    }
    if (work == Work::loading) {
        for (const std::uint32_t index : stops_[id.index()].feeders) {
            const model::Demand& demand = model_.demands.items()[index];
            tally_.terminals[stop.terminal].yard.prefetch(demands_[index].releases.next(), now_);
            prefetch_elements(tally_.demands.items()[index].released_of_class, 1);
            prefetch_elements(demand.rates, 1);
            prefetch_elements(demand.itineraries, 1);
            prefetch_elements(demand.classes, 1);
            prefetch_elements(demand.consignment.sizes, 1);
        }
    } else if (const std::vector<Box>& cargo = vehicles_[event.entity].cargo; !cargo.empty()) {
        const Id<model::Demand> demand = leg_of(cargo.front()).demand;
        prefetch_elements(model_.demands[demand].classes, 1);
        if (work == Work::leaving) {
            tally_.boarded[cargo.front().leg].prefetch();
            tally_.stops[id].wait.prefetch();
        } else {
            const DemandTally& tally = tally_.demands[demand];
            tally.delivered_by_month.prefetch();
            tally.door_to_door.prefetch();
            prefetch_elements(tally.delivered_of_class, 1);
        }
    }
}

/// Of the containers that come to a vehicle now.
void Replication::prefetch_legs(const Event& at_hand) const {
    if (const Id<model::Stop> id = stop_ahead(at_hand); id.valid() && work_of(at_hand.kind) == Work::loading) {
        for (const std::uint32_t demand : stops_[id.index()].feeders) {
            prefetch(model_.legs[model_.demands.items()[demand].itineraries.front().first]);
        }
    }
}

}  // namespace corridor::engine
