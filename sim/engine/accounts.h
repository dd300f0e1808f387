// Money and emissions of a replication, from the sums that were counted: by ride, service, terminal and demand.
//
// A ride counts with all that belongs to it, its lifts and storage before it included, when its vehicle leaves.
#pragma once

#include <vector>

#include "corridor/model/model.h"
#include "tally.h"

namespace corridor::engine {

/// How much freight: added up over containers.
struct Freight {
    double containers = 0.0;
    double teu = 0.0;
    double tonnes = 0.0;

    Freight& operator+=(const Freight& more);
    Freight& operator-=(const Freight& less);
};

/// Of all containers of one leg.
struct RideAccount {
    double km = 0.0;  ///< of the ride
    Freight freight;
    Freight direct;  ///< of that, what boarded in the lift that took it from another vehicle
    double tonne_km = 0.0;
    double trips = 0.0;          ///< its part of the trips of vehicles, by TEU on board
    double vehicle_km = 0.0;     ///< of that
    double empty_run_km = 0.0;   ///< its part of those of the service, by vehicle-km
    double charter_hours = 0.0;  ///< likewise
    double running_cost = 0.0;   ///< of that: what the carrier pays
    double ride_cost = 0.0;      ///< what the cargo pays: the tariff, or the running cost where there is none
    double lift_cost = 0.0;
    double storage_teu_hours = 0.0;  ///< beyond the free time, before boarding
    double storage_cost = 0.0;
    double energy = 0.0;  ///< of the vehicles of the service, without load too, by its part of the tonne-km
    model::Emissions riding;
    model::Emissions handling;  ///< at both its ends
};

struct ServiceAccount {
    double trips = 0.0;
    double vehicle_km = 0.0;
    double vehicle_km_empty = 0.0;
    double empty_run_km = 0.0;   ///< its part of the km that the vehicles of a shared fleet run beside their trips
    double charter_hours = 0.0;  ///< of vehicles of its fleet; of a shared one, its part
    double charter_cost = 0.0;
    double running_cost = 0.0;  ///< with the charter
    double income = 0.0;        ///< from tariffs
    double teu = 0.0;           ///< boarded
    double tonne_km = 0.0;
    double energy = 0.0;
    model::Emissions emissions;
};

struct HubAccount {
    Freight lifted;   ///< once for each lift
    Freight visited;  ///< once for each visit
    double lift_cost = 0.0;
    double storage_teu_hours = 0.0;
    double storage_cost = 0.0;
    model::Emissions emissions;
};

/// Time in a yard beyond what is free, and what it costs.
struct Stored {
    double teu_hours = 0.0;
    double cost = 0.0;
};

struct DemandAccount {
    Freight set_out;  ///< by vehicle or by road
    Freight by_road;
    Stored before_road;        ///< at the origin, of what then went by road
    Stored before_collection;  ///< at the destination
    double ride_cost = 0.0;
    double lift_cost = 0.0;
    double storage_cost = 0.0;  ///< before rides, the road and collection
    double road_cost = 0.0;
    double tonne_km = 0.0;  ///< the road's included, where its distance is known
    model::Emissions emissions;
    model::Emissions by_road_emissions;

    double cost() const { return ride_cost + lift_cost + storage_cost + road_cost; }
};

/// Filled where the model counts money or emissions.
struct Accounts {
    explicit Accounts(const model::Model& model);
    void sum(const model::Model& model, const Tally& tally);

    std::vector<RideAccount> rides;  ///< by leg
    IdVector<model::Service, ServiceAccount> services;
    IdVector<model::Terminal, HubAccount> hubs;
    IdVector<model::Facility, Freight> lifted;  ///< once for each lift
    IdVector<model::Demand, DemandAccount> demands;
};

inline double total(const model::Emissions& emissions) { return emissions.wtt + emissions.ttw; }

}  // namespace corridor::engine
