#include "accounts.h"

#include "corridor/base/time.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

using model::Emissions;
using model::Model;

void add(Emissions& sum, const Emissions& factor, double amount) {
    sum.wtt += factor.wtt * amount;
    sum.ttw += factor.ttw * amount;
}

void add(Emissions& sum, const Emissions& more) { add(sum, more, 1.0); }

Freight freight_of(const model::BoxClass& box_class, double containers) {
    return {containers, containers * box_class.quarters / model::kQuartersPerTeu, containers * box_class.tonnes};
}

double teu_of(const model::BoxClass& box_class) {
    return static_cast<double>(box_class.quarters) / model::kQuartersPerTeu;
}

/// What containers pay that are alike in all but their size.
double price_of(const model::Price& price, const Freight& freight, double km) {
    return (price.per_container + price.per_km * km) * freight.containers +
           (price.per_teu + price.per_teu_km * km) * freight.teu;
}

double teu_hours(const std::vector<model::BoxClass>& classes, const std::vector<std::int64_t>& stored_ms) {
    double sum = 0.0;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        sum += static_cast<double>(stored_ms[c]) / kMillisecondsPerHour * teu_of(classes[c]);
    }
    return sum;
}

/// One replication's entries, in the order in which one needs the other.
class Bookkeeper {
  public:
    Bookkeeper(Accounts& accounts, const Model& model, const Tally& tally)
        : accounts_(accounts), model_(model), tally_(tally) {}

    void run() {
        for (std::size_t leg = 0; leg < model_.legs.size(); ++leg) carry(leg);
        for (std::size_t s = 0; s < model_.services.size(); ++s) run_service(Id<model::Service>{s});
        for (std::size_t s = 0; s < model_.services.size(); ++s) settle_service(Id<model::Service>{s});
        for (std::size_t leg = 0; leg < model_.legs.size(); ++leg) settle_ride(leg);
        for (std::size_t d = 0; d < model_.demands.size(); ++d) settle_demand(Id<model::Demand>{d});
        for (std::size_t t = 0; t < model_.terminals.size(); ++t) settle_hub(Id<model::Terminal>{t});
    }

  private:
    const model::Leg& leg_at(std::size_t leg) const { return model_.legs.items()[leg]; }

    void carry(std::size_t index) {
        const model::Leg& leg = leg_at(index);
        RideAccount& ride = accounts_.rides[index];
        double trip_share = 0.0;
        for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
            ride.km += model_.stops.items()[s].hop.km;
            trip_share += model_.stops.items()[s].hop.trip_share;
        }
        const auto& classes = model_.demands[leg.demand].classes;
        for (std::uint32_t c = 0; c < classes.size(); ++c) {
            ride.freight += freight_of(classes[c], static_cast<double>(tally_.boarded[index].of_class(c)));
        }
        ride.tonne_km = ride.freight.tonnes * ride.km;
        if (model_.counts_direct_lifts()) {
            for (std::uint32_t c = 0; c < classes.size(); ++c) {
                ride.direct += freight_of(classes[c], static_cast<double>(tally_.rides[index].direct[c]));
            }
        }
        const model::Line& line = model_.lines[leg.line];
        const bool alone = line.dispatch == model::Dispatch::continuous;
        const bool shares = model_.services[line.service].shares_runs();
        if (shares) ride.trips = alone ? ride.freight.containers * trip_share : tally_.rides[index].trips;
        ride.vehicle_km = ride.trips * line.km;
        ServiceAccount& service = accounts_.services[line.service];
        service.teu += ride.freight.teu;
        service.tonne_km += ride.tonne_km;
        if (alone) {
            service.trips += ride.trips;
            service.vehicle_km += ride.vehicle_km;
            service.energy += energy_of(line, ride.vehicle_km, ride.freight.teu * ride.km);
        }
    }

    /// Energy goes up with the TEU on board, from that of an empty vehicle to that of a full one.
    double energy_of(const model::Line& line, double vehicle_km, double teu_km) const {
        const auto& emissions = model_.services[line.service].emissions;
        if (!emissions) return 0.0;
        const double capacity = static_cast<double>(line.capacity_quarters) / model::kQuartersPerTeu;
        return emissions->energy_per_km_empty * vehicle_km +
               (emissions->energy_per_km - emissions->energy_per_km_empty) * teu_km / capacity;
    }

    void run_service(Id<model::Service> id) {
        const model::Service& service = model_.services[id];
        ServiceAccount& account = accounts_.services[id];
        for (const Id<model::Line> line : service.lines) run_line(model_.lines[line], account);
    }

    /// What share of its fleet a service has: that of the vehicle-km of their trips.
    double share_of_fleet(Id<model::Service> id) const {
        const model::Fleet& fleet = model_.fleets[model_.services[id].fleet];
        double km = 0.0;
        for (const Id<model::Service> service : fleet.services) km += accounts_.services[service].vehicle_km;
        return km > 0.0 ? accounts_.services[id].vehicle_km / km : 1.0 / static_cast<double>(fleet.services.size());
    }

    void settle_service(Id<model::Service> id) {
        const model::Service& service = model_.services[id];
        ServiceAccount& account = accounts_.services[id];
        const bool shares_fleet = service.fleet.valid() && model_.fleets[service.fleet].is_shared();
        const double share = shares_fleet ? share_of_fleet(id) : 1.0;
        if (shares_fleet) account.empty_run_km = tally_.fleets[service.fleet].empty_km * share;
        const double hours = static_cast<double>(model_.window.to - model_.window.from) / kMillisecondsPerHour;
        const double vehicles = service.fleet.valid() ? model_.fleets[service.fleet].vehicles : 0.0;
        account.charter_hours = vehicles * hours * share;
        if (service.cost) {
            const model::ServiceCost& cost = *service.cost;
            account.charter_cost = cost.per_hour * vehicles * hours * share;
            account.running_cost = cost.per_departure * account.trips +
                                   cost.per_km * (account.vehicle_km + account.empty_run_km) + account.charter_cost;
        }
        if (service.emissions) account.energy += service.emissions->energy_per_km_empty * account.empty_run_km;
        if (service.emissions) {
            add(account.emissions, service.emissions->per_energy, account.energy);
            add(account.emissions, service.emissions->per_tonne_km, account.tonne_km);
        }
    }

    void run_line(const model::Line& line, ServiceAccount& account) {
        for (const Id<model::Stop> id : model::boarding_stops(line)) {
            const model::Hop& hop = model_.stops[id].hop;
            const StopTally& stop = tally_.stops[id];
            const auto departures = static_cast<double>(stop.departures);
            const double teu = static_cast<double>(stop.load_quarters) / model::kQuartersPerTeu;
            account.trips += departures * hop.trip_share;
            account.vehicle_km += departures * hop.km;
            account.vehicle_km_empty += static_cast<double>(stop.empty) * hop.km;
            account.energy += energy_of(line, departures * hop.km, teu * hop.km);
        }
    }

    void settle_ride(std::size_t index) {
        const model::Leg& leg = leg_at(index);
        RideAccount& ride = accounts_.rides[index];
        ServiceAccount& account = accounts_.services[model_.lines[leg.line].service];
        const model::Service& service = model_.services[model_.lines[leg.line].service];
        if (account.vehicle_km > 0.0) {
            ride.empty_run_km = account.empty_run_km * ride.vehicle_km / account.vehicle_km;
            ride.charter_hours = account.charter_hours * ride.vehicle_km / account.vehicle_km;
        }
        if (service.cost) {
            // The charter and the empty runs of the fleet, for each vehicle-km of the service.
            const double beside = account.charter_cost + service.cost->per_km * account.empty_run_km;
            const double per_km = account.vehicle_km > 0.0 ? beside / account.vehicle_km : 0.0;
            ride.running_cost =
                service.cost->per_departure * ride.trips + (service.cost->per_km + per_km) * ride.vehicle_km;
            const auto& tariff = service.cost->tariff;
            ride.ride_cost = tariff ? price_of(*tariff, ride.freight, ride.km) : ride.running_cost;
            account.income += tariff ? ride.ride_cost : 0.0;
        }
        if (service.emissions) {
            if (account.tonne_km > 0.0) ride.energy = account.energy * (ride.tonne_km / account.tonne_km);
            add(ride.riding, service.emissions->per_energy, ride.energy);
            add(ride.riding, service.emissions->per_tonne_km, ride.tonne_km);
        }
        Freight loaded = ride.freight;
        loaded -= ride.direct;
        handle(leg.board, ride, loaded, true);
        handle(leg.alight, ride, ride.freight, !leg.next.valid());
        store(index, ride);
        add_to_demand(leg, ride);
    }

    /// A lift of what is `lifted` at one end of a ride, which at its beginning is not what comes straight from another
    /// vehicle: that has been lifted at the end of the ride before. The visit of a terminal where one changes counts
    /// where the next ride begins.
    void handle(Id<model::Stop> stop, RideAccount& ride, const Freight& lifted, bool counts_visit) {
        const model::Facility& facility = model_.facilities[model_.stops[stop].facility];
        HubAccount& hub = accounts_.hubs[facility.terminal];
        accounts_.lifted[model_.stops[stop].facility] += lifted;
        hub.lifted += lifted;
        if (counts_visit) hub.visited += ride.freight;
        if (facility.lift) {
            const double cost = price_of(*facility.lift, lifted, 0.0);
            ride.lift_cost += cost;
            hub.lift_cost += cost;
        }
        if (const auto& factors = model_.terminals[facility.terminal].emissions) {
            add(ride.handling, factors->per_lift, lifted.containers);
            add(ride.handling, factors->per_container, counts_visit ? ride.freight.containers : 0.0);
            add(ride.handling, factors->per_teu, counts_visit ? ride.freight.teu : 0.0);
            add(ride.handling, factors->per_tonne, counts_visit ? ride.freight.tonnes : 0.0);
        }
    }

    void store(std::size_t index, RideAccount& ride) {
        const model::Leg& leg = leg_at(index);
        if (!model_.charges_storage) return;
        ride.storage_teu_hours = teu_hours(model_.demands[leg.demand].classes, tally_.rides[index].stored_ms);
        ride.storage_cost = charge(model_.stops[leg.board].terminal, ride.storage_teu_hours);
    }

    double charge(Id<model::Terminal> id, double teu_hours) {
        const auto& storage = model_.terminals[id].storage;
        if (!storage) return 0.0;
        const double cost = storage->per_teu_hour * teu_hours;
        accounts_.hubs[id].storage_teu_hours += teu_hours;
        accounts_.hubs[id].storage_cost += cost;
        return cost;
    }

    Stored stored(Id<model::Terminal> id, double teu_hours) { return {teu_hours, charge(id, teu_hours)}; }

    void add_to_demand(const model::Leg& leg, const RideAccount& ride) {
        DemandAccount& account = accounts_.demands[leg.demand];
        account.ride_cost += ride.ride_cost;
        account.lift_cost += ride.lift_cost;
        account.storage_cost += ride.storage_cost;
        account.tonne_km += ride.tonne_km;
        add(account.emissions, ride.riding);
        add(account.emissions, ride.handling);
    }

    void settle_demand(Id<model::Demand> id) {
        const model::Demand& demand = model_.demands[id];
        const DemandTally& tally = tally_.demands[id];
        DemandAccount& account = accounts_.demands[id];
        for (const model::Itinerary& itinerary : demand.itineraries) {
            account.set_out += accounts_.rides[itinerary.first.index()].freight;
        }
        for (std::size_t c = 0; c < demand.classes.size(); ++c) {
            account.by_road += freight_of(demand.classes[c], static_cast<double>(tally.sent_by_road[c]));
        }
        account.set_out += account.by_road;
        account.before_road = stored(demand.from, teu_hours(demand.classes, tally.stored_at_origin_ms));
        account.before_collection = stored(demand.to, teu_hours(demand.classes, tally.stored_at_end_ms));
        account.storage_cost += account.before_road.cost;
        account.storage_cost += account.before_collection.cost;
        if (demand.road_cost) account.road_cost = price_of(*demand.road_cost, account.by_road, demand.road_km);
        account.tonne_km += account.by_road.tonnes * demand.road_km;
        if (!demand.road_emissions) return;
        // A lorry takes one container and is full with it.
        const double energy = demand.road_emissions->energy_per_km * account.by_road.containers * demand.road_km;
        add(account.by_road_emissions, demand.road_emissions->per_energy, energy);
        add(account.by_road_emissions, demand.road_emissions->per_tonne_km, account.by_road.tonnes * demand.road_km);
        add(account.emissions, account.by_road_emissions);
    }

    void settle_hub(Id<model::Terminal> id) {
        const auto& factors = model_.terminals[id].emissions;
        if (!factors) return;
        HubAccount& hub = accounts_.hubs[id];
        add(hub.emissions, factors->per_lift, hub.lifted.containers);
        add(hub.emissions, factors->per_container, hub.visited.containers);
        add(hub.emissions, factors->per_teu, hub.visited.teu);
        add(hub.emissions, factors->per_tonne, hub.visited.tonnes);
    }

    Accounts& accounts_;
    const Model& model_;
    const Tally& tally_;
};

}  // namespace

Freight& Freight::operator+=(const Freight& more) {
    containers += more.containers;
    teu += more.teu;
    tonnes += more.tonnes;
    return *this;
}

Freight& Freight::operator-=(const Freight& less) {
    containers -= less.containers;
    teu -= less.teu;
    tonnes -= less.tonnes;
    return *this;
}

Accounts::Accounts(const Model& model) {
    if (!model.counts_money && !model.counts_emissions) return;
    rides.resize(model.legs.size());
    services = IdVector<model::Service, ServiceAccount>(model.services.size());
    hubs = IdVector<model::Terminal, HubAccount>(model.terminals.size());
    lifted = IdVector<model::Facility, Freight>(model.facilities.size());
    demands = IdVector<model::Demand, DemandAccount>(model.demands.size());
}

void Accounts::sum(const Model& model, const Tally& tally) {
    if (!model.counts_money && !model.counts_emissions) return;
    *this = Accounts(model);
    Bookkeeper(*this, model, tally).run();
}

}  // namespace corridor::engine
