// Emissions, by demand, service, terminal and ride: transport operations and hub operations apart, well to tank and
// tank to wheel apart.
#include "measure_plan.h"

namespace corridor::engine {
namespace {

using model::Emissions;

constexpr double kKgPerTonne = 1000.0;
constexpr double kGramsPerKg = 1000.0;

template <class Value>
void add_emissions(MeasurePlan& plan, const std::string& who, Value value) {
    plan.add("emissions", who, [value](const Results& r) { return total(value(r)) / kKgPerTonne; });
    plan.add("emissions_wtt", who, [value](const Results& r) { return value(r).wtt / kKgPerTonne; });
    plan.add("emissions_ttw", who, [value](const Results& r) { return value(r).ttw / kKgPerTonne; });
}

void increase(Emissions& sum, const Emissions& more) {
    sum.wtt += more.wtt;
    sum.ttw += more.ttw;
}

/// All that is emitted, vehicles that carried nothing included.
Emissions everything(const Results& r) {
    Emissions sum;
    for (const ServiceAccount& service : r.accounts.services) increase(sum, service.emissions);
    for (const HubAccount& hub : r.accounts.hubs) increase(sum, hub.emissions);
    for (const DemandAccount& demand : r.accounts.demands) increase(sum, demand.by_road_emissions);
    return sum;
}

void add_total(MeasurePlan& plan) {
    const auto sum = [](const Results& r, auto value) {
        double all = 0.0;
        for (const DemandAccount& demand : r.accounts.demands) all += value(demand);
        return all;
    };
    add_emissions(plan, "total", everything);
    plan.add("emissions_per_teu", "total", [sum](const Results& r) {
        return ratio(total(everything(r)), sum(r, [](const DemandAccount& a) { return a.set_out.teu; }));
    });
    plan.add("emissions_per_tonne_km", "total", [sum](const Results& r) {
        return ratio(total(everything(r)) * kGramsPerKg, sum(r, [](const DemandAccount& a) { return a.tonne_km; }));
    });
}

void add_demand(MeasurePlan& plan, const model::Demand& demand, Id<model::Demand> id) {
    const std::string who = subject(demand);
    const auto account = [id](const Results& r) -> const DemandAccount& { return r.accounts.demands[id]; };
    add_emissions(plan, who, [account](const Results& r) { return account(r).emissions; });
    plan.add("emissions_per_teu", who,
             [account](const Results& r) { return ratio(total(account(r).emissions), account(r).set_out.teu); });
    plan.add("emissions_per_tonne_km", who, [account](const Results& r) {
        return ratio(total(account(r).emissions) * kGramsPerKg, account(r).tonne_km);
    });
    if (!demand.road_emissions) return;
    add_emissions(plan, who + ".road", [account](const Results& r) { return account(r).by_road_emissions; });
}

bool uses_energy(const model::Service& service) { return service.emissions && service.emissions->energy_per_km > 0.0; }

void add_service(MeasurePlan& plan, const model::Service& service, Id<model::Service> id) {
    if (!service.emissions) return;
    const std::string who = subject(service);
    const auto account = [id](const Results& r) -> const ServiceAccount& { return r.accounts.services[id]; };
    add_emissions(plan, who, [account](const Results& r) { return account(r).emissions; });
    plan.add("emissions_per_tonne_km", who, [account](const Results& r) {
        return ratio(total(account(r).emissions) * kGramsPerKg, account(r).tonne_km);
    });
    if (uses_energy(service)) {
        plan.add("energy_used", who, [account](const Results& r) { return account(r).energy; });
    }
}

void add_ride_emissions(MeasurePlan& plan, const model::Model& model, const Ride& ride) {
    const model::Leg& leg = model.legs.items()[ride.legs.front()];
    const model::Service& service = model.services[model.lines[leg.line].service];
    if (!service.emissions) return;
    add_emissions(plan, ride.subject, [legs = ride.legs](const Results& r) {
        Emissions sum;
        for (const std::size_t l : legs) increase(sum, r.accounts.rides[l].riding);
        return sum;
    });
    if (uses_energy(service)) {
        plan.add("energy_used", ride.subject, sum_of_rides(ride, [](const RideAccount& a) { return a.energy; }));
    }
}

}  // namespace

void add_emission_measures(MeasurePlan& plan, const model::Model& model) {
    if (!model.counts_emissions) return;
    add_total(plan);
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        add_demand(plan, model.demands.items()[d], Id<model::Demand>{d});
    }
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        add_service(plan, model.services.items()[s], Id<model::Service>{s});
    }
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        if (!model.terminals[id].emissions) continue;
        add_emissions(plan, subject(model.terminals[id]),
                      [id](const Results& r) { return r.accounts.hubs[id].emissions; });
    }
    for (const Ride& ride : rides_of(model)) add_ride_emissions(plan, model, ride);
}

}  // namespace corridor::engine
