// What costs and emissions follow from, by ride, service and terminal: the columns of the audit table.
#include <map>
#include <tuple>
#include <utility>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

void add_freight(MeasurePlan& plan, const std::string& who, auto freight) {
    plan.add("containers_carried", who, [freight](const Results& r) { return freight(r).containers; });
    plan.add("teu_carried", who, [freight](const Results& r) { return freight(r).teu; });
    plan.add("tonnes_carried", who, [freight](const Results& r) { return freight(r).tonnes; });
}

bool shares_fleet(const model::Model& model, const model::Service& service) {
    return service.fleet.valid() && model.fleets[service.fleet].is_shared();
}

bool has_cost(const model::Model& model) { return model.counts_money || model.counts_emissions; }

void add_ride(MeasurePlan& plan, const model::Model& model, const Ride& ride) {
    const std::string& who = ride.subject;
    const model::Leg& leg = model.legs.items()[ride.legs.front()];
    const model::Service& service = model.services[model.lines[leg.line].service];
    add_freight(plan, who, [legs = ride.legs](const Results& r) {
        Freight sum;
        for (const std::size_t l : legs) {
            sum += r.accounts.rides[l].freight;
        }
        return sum;
    });
    plan.add("ride_length", who, [l = ride.legs.front()](const Results& r) { return r.accounts.rides[l].km; });
    plan.add("tonne_km", who, sum_of_rides(ride, [](const RideAccount& a) { return a.tonne_km; }));
    if (model.terminals[model.stops[leg.board].terminal].transfers_directly) {
        plan.add("taken_directly", who, sum_of_rides(ride, [](const RideAccount& a) { return a.direct.containers; }));
        plan.add("taken_directly_teu", who, sum_of_rides(ride, [](const RideAccount& a) { return a.direct.teu; }));
    }
    if (service.shares_runs()) {
        plan.add("vehicle_trips", who, sum_of_rides(ride, [](const RideAccount& a) { return a.trips; }));
        plan.add("vehicle_km", who, sum_of_rides(ride, [](const RideAccount& a) { return a.vehicle_km; }));
    }
    if (service.shares_runs() && shares_fleet(model, service)) {
        plan.add("empty_run_km", who, sum_of_rides(ride, [](const RideAccount& a) { return a.empty_run_km; }));
        if (!service.cost) return;
        plan.add("charter_hours", who, sum_of_rides(ride, [](const RideAccount& a) { return a.charter_hours; }));
    }
}

void add_carriage_of_services(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        const Id<model::Service> id{s};
        const std::string who = subject(model.services[id]);
        const auto add = [&](std::string_view name, double ServiceAccount::*member) {
            plan.add(name, who, [id, member](const Results& r) { return r.accounts.services[id].*member; });
        };
        add("tonne_km", &ServiceAccount::tonne_km);
        if (!model.services[id].shares_runs()) continue;
        add("vehicle_trips", &ServiceAccount::trips);
        add("vehicle_km", &ServiceAccount::vehicle_km);
        add("vehicle_km_empty", &ServiceAccount::vehicle_km_empty);
        if (!shares_fleet(model, model.services[id])) continue;
        add("empty_run_km", &ServiceAccount::empty_run_km);
        if (model.services[id].cost) add("charter_hours", &ServiceAccount::charter_hours);
    }
}

void add_facility(MeasurePlan& plan, const model::Model& model, Id<model::Facility> id) {
    const std::string_view kind = model.facilities[id].mode == model::Mode::waterway ? ".quay" : ".rail";
    const std::string who = subject(model.terminals[model.facilities[id].terminal]) + std::string(kind);
    plan.add("rides_lifted", who, [id](const Results& r) { return r.accounts.lifted[id].containers; });
    plan.add("rides_lifted_teu", who, [id](const Results& r) { return r.accounts.lifted[id].teu; });
}

void add_carriage_at_terminals(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const Id<model::Facility> id{f};
        const model::Facility& facility = model.facilities[id];
        if (facility.in_yard) continue;  // a lift is one between vehicle and terminal
        if (facility.lift || model.terminals[facility.terminal].emissions) add_facility(plan, model, id);
    }
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        if (!model.terminals[id].emissions) continue;
        const std::string who = subject(model.terminals[id]);
        const auto visited = [id](const Results& r) { return r.accounts.hubs[id].visited; };
        plan.add("visits", who, [visited](const Results& r) { return visited(r).containers; });
        plan.add("visits_teu", who, [visited](const Results& r) { return visited(r).teu; });
        plan.add("visits_tonnes", who, [visited](const Results& r) { return visited(r).tonnes; });
    }
}

void add_carriage_of_demands(MeasurePlan& plan, const model::Model& model) {
    plan.add("tonne_km", "total", [](const Results& r) {
        double sum = 0.0;
        for (const DemandAccount& demand : r.accounts.demands) {
            sum += demand.tonne_km;
        }
        return sum;
    });
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        const std::string who = subject(model.demands[id]);
        plan.add("tonne_km", who, [id](const Results& r) { return r.accounts.demands[id].tonne_km; });
        if (!model.demands[id].road_cost && !model.demands[id].road_emissions) continue;
        const std::string road = who + ".road";
        add_freight(plan, road, [id](const Results& r) { return r.accounts.demands[id].by_road; });
        plan.add("ride_length", road, [id](const Results& r) { return r.model.demands[id].road_km; });
        plan.add("tonne_km", road, [id](const Results& r) {
            return r.accounts.demands[id].by_road.tonnes * r.model.demands[id].road_km;
        });
    }
}

}  // namespace

std::vector<Ride> rides_of(const model::Model& model) {
    using Ends = std::tuple<Id<model::Demand>, Id<model::Stop>, Id<model::Stop>>;
    std::map<Ends, std::size_t> known;
    std::map<std::string, int> names;
    std::vector<Ride> rides;
    for (std::size_t l = 0; l < model.legs.size(); ++l) {
        const model::Leg& leg = model.legs.items()[l];
        const auto [entry, is_new] = known.try_emplace({leg.demand, leg.board, leg.alight}, rides.size());
        if (is_new) {
            std::string name =
                subject(model.demands[leg.demand]) + ".ride." + model.services[model.lines[leg.line].service].id + '.' +
                std::string(model::label(leg.direction)) + '.' + model.terminals[model.stops[leg.board].terminal].id +
                '.' + model.terminals[model.stops[leg.alight].terminal].id;
            const int number = ++names[name];
            if (number > 1) name += '.' + std::to_string(number);
            rides.push_back({std::move(name), {}});
        }
        rides[entry->second].legs.push_back(l);
    }
    return rides;
}

void add_carriage_measures(MeasurePlan& plan, const model::Model& model) {
    if (!has_cost(model)) return;
    add_carriage_of_demands(plan, model);
    add_carriage_of_services(plan, model);
    add_carriage_at_terminals(plan, model);
    for (const Ride& ride : rides_of(model)) add_ride(plan, model, ride);
}

}  // namespace corridor::engine
