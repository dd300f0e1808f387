// Prices and emission factors: each in the form that its dimension says.
#include "compilation.h"
#include "corridor/base/unit.h"

namespace corridor::model {
namespace {

using scenario::Param;

class CostCompiler {
  public:
    explicit CostCompiler(Compilation& compilation) : numbers_(compilation.numbers), model_(compilation.model) {}

    void measure_lines() {
        for (Line& line : model_.lines) {
            const std::size_t hops = line.stop_count - 1;
            const auto hop = [&](std::size_t i) -> Hop& {
                return model_.stops[Id<Stop>{line.first_stop.index() + i}].hop;
            };
            for (std::size_t i = 0; i < hops; ++i) line.km += hop(i).km;
            for (std::size_t i = 0; i < hops; ++i) {
                hop(i).trip_share = line.km > 0.0 ? hop(i).km / line.km : 1.0 / static_cast<double>(hops);
            }
        }
    }

    void terminal(const scenario::Terminal& source, Terminal& terminal) {
        if (source.cost) add_cost(*source.cost, terminal);
        if (source.emissions) terminal.emissions = hub(*source.emissions);
        model_.counts_emissions |= source.emissions.has_value();
    }

    void service(const scenario::Service& source, const scenario::VehicleType& vehicle, Service& service) {
        if (source.cost) {
            service.cost = {.per_departure = number(source.cost->per_departure),
                            .per_km = number(source.cost->per_km),
                            .per_hour = number(source.cost->per_hour),
                            .tariff = {}};
            if (source.cost->tariff) service.cost->tariff = price(*source.cost->tariff);
        }
        if (vehicle.emissions) service.emissions = emissions(*vehicle.emissions);
        model_.counts_money |= source.cost.has_value();
        model_.counts_emissions |= vehicle.emissions.has_value();
        model_.shares_runs |= service.shares_runs();
    }

    void demand(const scenario::Demand& source, Demand& demand) {
        demand.road_km = number(source.road_distance);
        if (source.road_cost) demand.road_cost = price(*source.road_cost);
        if (source.road_emissions) demand.road_emissions = emissions(*source.road_emissions);
        model_.counts_money |= source.road_cost.has_value();
        model_.counts_emissions |= source.road_emissions.has_value();
    }

  private:
    double number(std::optional<Param> param) { return param ? numbers_.not_negative(*param) : 0.0; }

    Price price(Param param) {
        const Dimension per = kMoney / numbers_.dimension(param);
        const double value = numbers_.not_negative(param);
        if (per == kTeu) return {.per_teu = value};
        if (per == kTeuKm) return {.per_teu_km = value};
        if (per == kLength) return {.per_km = value};
        return {.per_container = value};
    }

    void add_cost(const scenario::TerminalCost& source, Terminal& terminal) {
        for (std::size_t mode = 0; mode < source.lift.size(); ++mode) {
            const Id<Facility> facility = terminal.facilities[mode];
            if (source.lift[mode] && facility.valid()) model_.facilities[facility].lift = price(*source.lift[mode]);
        }
        if (source.storage) {
            terminal.storage = Storage{.per_teu_hour = number(source.storage)};
            if (source.free_time) terminal.storage->free_time = numbers_.duration(*source.free_time);
        }
        model_.counts_money = true;
        model_.charges_storage |= source.storage.has_value();
    }

    HubEmissions hub(const scenario::EmissionFactors& source) {
        HubEmissions hub;
        const auto add = [&](Param param, double Emissions::*part) {
            const Dimension per = kEmissions / numbers_.dimension(param);
            Emissions& target = per == kMoves        ? hub.per_lift
                                : per == kContainers ? hub.per_container
                                : per == kTeu        ? hub.per_teu
                                                     : hub.per_tonne;
            target.*part = numbers_.not_negative(param);
        };
        add(source.wtt, &Emissions::wtt);
        add(source.ttw, &Emissions::ttw);
        return hub;
    }

    // Factors per km are those of an energy of which each km takes 1.
    VehicleEmissions emissions(const scenario::EmissionFactors& source) {
        VehicleEmissions result;
        const double energy = source.energy ? numbers_.not_negative(*source.energy) : 1.0;
        const double empty = source.energy_empty ? numbers_.not_negative(*source.energy_empty) : energy;
        const auto add = [&](Param param, double Emissions::*part) {
            Dimension per = numbers_.dimension(param);
            if (source.energy) per = per * numbers_.dimension(*source.energy);
            const double factor = numbers_.not_negative(param);
            if (per == kEmissions / kTonneKm) {
                result.per_tonne_km.*part = factor * energy;
                return;
            }
            result.per_energy.*part = factor;
            result.energy_per_km = energy;
            result.energy_per_km_empty = empty;
        };
        add(source.wtt, &Emissions::wtt);
        add(source.ttw, &Emissions::ttw);
        return result;
    }

    Numbers& numbers_;
    Model& model_;
};

}  // namespace

void compile_costs(Compilation& compilation) {
    const scenario::Scenario& scenario = compilation.scenario;
    Model& model = compilation.model;
    model.currency = scenario.currency;
    CostCompiler costs(compilation);
    costs.measure_lines();
    for (std::size_t i = 0; i < model.terminals.size(); ++i) {
        costs.terminal(scenario.terminals.items()[i], model.terminals[Id<Terminal>{i}]);
    }
    for (std::size_t i = 0; i < model.services.size(); ++i) {
        const scenario::Service& source = scenario.services.items()[i];
        costs.service(source, scenario.vehicle_types[source.vehicle], model.services[Id<Service>{i}]);
    }
    for (std::size_t i = 0; i < model.demands.size(); ++i) {
        costs.demand(scenario.demands.items()[i], model.demands[Id<Demand>{i}]);
    }
}

}  // namespace corridor::model
