#include "traffic.h"

#include <algorithm>

#include "calendar.h"
#include "timetables.h"
#include "traffic_equations.h"

namespace corridor::model {
namespace {

// Chance that a container is what `empty` selects, times what `value` says of it.
template <class Value>
double over_classes(const Demand& demand, std::optional<bool> empty, Value value) {
    double sum = 0.0;
    double before = 0.0;
    for (std::size_t i = 0; i < demand.classes.size(); ++i) {
        const double share = demand.class_cumulative[i] - before;
        before = demand.class_cumulative[i];
        if (!empty || demand.classes[i].empty == *empty) sum += share * value(demand.classes[i]);
    }
    return sum;
}

double all_containers(const Demand& demand, const Window& window) {
    double sum = 0.0;
    for (const ListedRelease& release : demand.listed) {
        if (release.time >= window.from && release.time < window.to) sum += release.containers;
    }
    Tick from = 0;
    for (const RateSegment& segment : demand.rates) {
        sum += segment.per_ms * demand.consignment.mean() * length_ms(overlap({from, segment.until}, window));
        from = segment.until;
    }
    return sum;
}

// Vehicles that leave when ready share the fleet's time evenly over the lines: what handling leaves goes into trips.
double trips_when_ready(const Model& model, const Traffic& traffic, const Service& service) {
    double handling = 0.0;
    for (const Id<Line> line : service.lines) {
        for_each_stop(model, model.lines[line], [&](Id<Stop> id, const Stop& stop) {
            const StopTraffic& moves = traffic.stops[id];
            handling += handling_ms(model.facilities[stop.facility], {moves.boarding + moves.alighting, moves.move_ms},
                                    model.lines[line].cranes);
        });
    }
    const double travel = travel_ms(model, service);
    const double fleet_ms = model.fleets[service.fleet].vehicles * length_ms(model.window);
    const double trips = travel > 0.0 ? std::max(0.0, fleet_ms - handling) / travel : 0.0;
    const Tick headway = model.lines[service.lines.front()].least_headway;
    return headway > 0 ? std::min(trips, length_ms(model.window) / static_cast<double>(headway)) : trips;
}

// The most a fleet can make; without one, or where it runs other services too, as many as it takes at the least load.
double trips_on_demand(const Model& model, const Traffic& traffic, const Line& line) {
    const Service& service = model.services[line.service];
    const bool has_own = service.fleet.valid() && !model.fleets[service.fleet].is_shared();
    if (has_own) return trips_when_ready(model, traffic, service);
    return traffic.stops[line.first_stop].teu_aboard * kQuartersPerTeu / line.minimum_quarters;
}

// Containers on each leg: those that set out there, and those of the leg before.
IdVector<Leg, double> leg_flows(const Model& model) {
    std::vector<double> released(model.legs.size(), 0.0);
    std::vector<Passage> passages;
    for (const Demand& demand : model.demands) {
        if (demand.itineraries.empty()) continue;
        released[demand.itineraries.front().first.index()] += all_containers(demand, model.window);
        for (Id<Leg> id = demand.itineraries.front().first; model.legs[id].next.valid(); id = model.legs[id].next) {
            passages.push_back({.from = id.index(), .to = model.legs[id].next.index()});
        }
    }
    IdVector<Leg, double> flows;
    flows.items() = solve_traffic(passages, released);
    return flows;
}

void add_moves(const Model& model, Traffic& traffic) {
    traffic.legs = leg_flows(model);
    const auto move_ms = [&](const Demand& demand, Id<Stop> stop) {
        return moments(demand.move_time.value_or(model.facilities[model.stops[stop].facility].cranes.move_time)).mean;
    };
    for (std::size_t i = 0; i < model.legs.size(); ++i) {
        const Leg& leg = model.legs[Id<Leg>{i}];
        const Demand& demand = model.demands[leg.demand];
        const double containers = traffic.legs[Id<Leg>{i}];
        if (containers <= 0.0) continue;
        traffic.stops[leg.board].boarding += containers;
        traffic.stops[leg.board].move_ms += containers * move_ms(demand, leg.board);
        traffic.stops[leg.alight].alighting += containers;
        traffic.stops[leg.alight].move_ms += containers * move_ms(demand, leg.alight);
        const double teu = containers * mean_teu(demand);
        const double tonnes = containers * mean_tonnes(demand);
        for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
            traffic.stops[Id<Stop>{s}].teu_aboard += teu;
            traffic.stops[Id<Stop>{s}].tonnes_aboard += tonnes;
        }
    }
}

}  // namespace

double length_ms(const Window& window) { return static_cast<double>(std::max<Tick>(0, window.to - window.from)); }

Window overlap(const Window& a, const Window& b) { return {std::max(a.from, b.from), std::min(a.to, b.to)}; }

double open_share(const Terminal& terminal, const Window& window) {
    return static_cast<double>(open_time(terminal.open, window)) / length_ms(window);
}

double open_share(const Link& link, const Window& window) {
    return static_cast<double>(open_time(link.open, window)) / length_ms(window);
}

double working_share(const Facility& facility, const Terminal& terminal, const Window& window) {
    const CranePool& cranes = facility.cranes;
    double share = open_share(terminal, window) * (1.0 - cranes.disrupted_share);
    if (cranes.breakdowns) {
        const double up = moments(cranes.breakdowns->time_to_failure).mean;
        const double repair = moments(cranes.breakdowns->time_to_repair).mean;
        share *= up / (up + repair);
    }
    double out = 0.0;
    for (const std::vector<Window>& windows : cranes.out) {
        for (const Window& part : windows) out += length_ms(overlap(part, window));
    }
    return cranes.out.empty() ? share : share * (1.0 - out / (cranes.cranes * length_ms(window)));
}

double expected_containers(const Demand& demand, const FlowPart& part) {
    return all_containers(demand, part.window) * over_classes(demand, part.empty, [](const BoxClass&) { return 1.0; });
}

double share_of(const Demand& demand, BoxSize size) {
    return over_classes(demand, std::nullopt, [size](const BoxClass& c) { return c.size == size ? 1.0 : 0.0; });
}

double mean_teu(const Demand& demand, std::optional<bool> empty) {
    const double share = over_classes(demand, empty, [](const BoxClass&) { return 1.0; });
    const double teu = over_classes(
        demand, empty, [](const BoxClass& c) { return static_cast<double>(c.quarters) / kQuartersPerTeu; });
    return share > 0.0 ? teu / share : 0.0;
}

double mean_tonnes(const Demand& demand) {
    return over_classes(demand, std::nullopt, [](const BoxClass& c) { return c.tonnes; });
}

Traffic expected_traffic(const Model& model) {
    Traffic traffic;
    traffic.stops.resize(model.stops.size());
    traffic.trips.assign(model.lines.size(), 0.0);
    add_moves(model, traffic);
    for (std::size_t i = 0; i < model.lines.size(); ++i) {
        const Id<Line> id{i};
        const Line& line = model.lines[id];
        if (line.dispatch == Dispatch::timetable) {
            traffic.trips[id] = expected_departures(line.timetable, model.window);
        } else if (line.dispatch == Dispatch::when_ready) {
            traffic.trips[id] = trips_when_ready(model, traffic, model.services[line.service]);
        } else if (line.dispatch == Dispatch::on_demand) {
            traffic.trips[id] = trips_on_demand(model, traffic, line);
        }
    }
    return traffic;
}

double travel_ms(const Model& model, const Line& line) {
    const Tick layover = model.services[line.service].layover;
    const bool keeps_berth = layover == 0 && line.dispatch == Dispatch::when_ready;
    double sum = static_cast<double>(layover);
    for_each_stop(model, line, [&](Id<Stop> id, const Stop& stop) {
        if (!stop.last) sum += static_cast<double>(stop.hop.running_time);
        const Facility& facility = model.facilities[stop.facility];
        if (id != line.first_stop || !keeps_berth) sum += moments(facility.entry_time).mean + leaving_ms(facility);
    });
    return sum;
}

double travel_ms(const Model& model, const Service& service) {
    double sum = 0.0;
    for (const Id<Line> id : service.lines) sum += travel_ms(model, model.lines[id]);
    return sum;
}

Handling moves_at(const Facility& facility, double moves) {
    return {moves, moves * moments(facility.cranes.move_time).mean};
}

double handling_ms(const Facility& facility, const Handling& handling, std::uint32_t on_vehicle) {
    const std::uint32_t cranes = cranes_at_a_vehicle(facility, on_vehicle);
    // Cranes without number do all moves at once.
    if (cranes == kUnlimited) return handling.move_ms / std::max(1.0, handling.moves);
    return handling.move_ms / cranes;
}

double leaving_ms(const Facility& facility) { return facility.tugs ? moments(facility.tugs->leaving.time).mean : 0.0; }

double tug_ms(const Model& model, const Traffic& traffic, Id<Facility> id) {
    const Facility& facility = model.facilities[id];
    if (!facility.tugs) return 0.0;
    double calls = 0.0;
    for (std::size_t s = 0; s < model.stops.size(); ++s) {
        const Stop& stop = model.stops[Id<Stop>{s}];
        if (stop.facility == id) calls += traffic.trips[stop.line];
    }
    for (const Background& background : model.backgrounds) {
        if (background.facility != id) continue;
        calls += background.per_ms * length_ms(model.window);
        for (const Background::Call& call : background.listed) {
            calls += call.time >= model.window.from && call.time < model.window.to ? 1.0 : 0.0;
        }
    }
    return calls * (facility.tugs->docking * moments(facility.entry_time).mean +
                    facility.tugs->leaving.tugs * leaving_ms(facility));
}

std::uint32_t usable_tugs(const Tugs& tugs) {
    const std::uint32_t docking = tugs.docking;
    const std::uint32_t leaving = tugs.leaving.tugs;
    const bool are_alike = docking == leaving || docking == 0 || leaving == 0;
    const std::uint32_t each = std::max(docking, leaving);
    return are_alike && each > 0 ? tugs.count / each * each : tugs.count;
}

double call_ms(const Model& model, const Traffic& traffic, Id<Stop> id) {
    const Stop& stop = model.stops[id];
    const Line& line = model.lines[stop.line];
    const double trips = traffic.trips[stop.line];
    const StopTraffic& moves = traffic.stops[id];
    const Handling per_call =
        trips > 0.0 ? Handling{(moves.boarding + moves.alighting) / trips, moves.move_ms / trips} : Handling{};
    const Facility& facility = model.facilities[stop.facility];
    const double work = moments(facility.entry_time).mean + handling_ms(facility, per_call, line.cranes);
    const bool waits_for_departure = id == line.first_stop && line.dispatch == Dispatch::timetable;
    return leaving_ms(facility) + (waits_for_departure ? std::max(work, static_cast<double>(line.cut_off)) : work);
}

bool has_vehicles_without_number(const Line& line) {
    const bool is_called = line.dispatch == Dispatch::on_demand && !line.pool.valid();
    return is_called || line.dispatch == Dispatch::continuous;
}

namespace {

// Vehicle time of the trips of a service; of those on demand too, where other services need the vehicles.
double busy_ms(const Model& model, const Traffic& traffic, const Service& service, bool with_demand) {
    double busy = 0.0;
    for (const Id<Line> id : service.lines) {
        const Line& line = model.lines[id];
        const bool counts =
            line.dispatch == Dispatch::timetable || (with_demand && line.dispatch == Dispatch::on_demand);
        if (!counts) continue;
        double trip = static_cast<double>(service.layover);
        for_each_stop(model, line, [&](Id<Stop> stop_id, const Stop& stop) {
            if (!stop.last) trip += static_cast<double>(stop.hop.running_time);
            trip += call_ms(model, traffic, stop_id);
        });
        busy += trip * traffic.trips[id];
    }
    return busy;
}

}  // namespace

double fleet_load(const Model& model, const Traffic& traffic, const Fleet& fleet) {
    double busy = 0.0;
    for (const Id<Service> id : fleet.services) busy += busy_ms(model, traffic, model.services[id], fleet.is_shared());
    return busy / (fleet.vehicles * length_ms(model.window));
}

double fleet_load(const Model& model, const Traffic& traffic, const Service& service) {
    return service.fleet.valid() ? fleet_load(model, traffic, model.fleets[service.fleet]) : 0.0;
}

Traffic trips_run(const Model& model, const Traffic& traffic) {
    Traffic run = traffic;
    for (const Service& service : model.services) {
        const double load = fleet_load(model, traffic, service);
        if (load <= 1.0) continue;
        for (const Id<Line> line : service.lines) run.trips[line] /= load;
    }
    return run;
}

std::string hop_name(const Model& model, Id<Stop> id) {
    const Stop& next = model.stops[Id<Stop>{std::size_t{id.index()} + 1}];
    return model.terminals[model.stops[id].terminal].id + " - " + model.terminals[next.terminal].id;
}

}  // namespace corridor::model
