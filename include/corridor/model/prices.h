// What things cost and emit.
#pragma once

#include <optional>

#include "corridor/base/time.h"

namespace corridor::model {

/// Money of a container of `teu` over `km`.
struct Price {
    double per_container = 0.0;
    double per_teu = 0.0;
    double per_km = 0.0;  ///< of a container
    double per_teu_km = 0.0;

    double of(double teu, double km) const { return per_container + per_km * km + (per_teu + per_teu_km * km) * teu; }
};

/// Kilograms of CO2 equivalents, from the making of the fuel and from its use.
struct Emissions {
    double wtt = 0.0;
    double ttw = 0.0;
};

/// Of vehicles: per t-km carried, and per unit of the energy they use; where factors are per km, that is 1 per km.
struct VehicleEmissions {
    Emissions per_tonne_km;
    Emissions per_energy;
    double energy_per_km = 0.0;        ///< of a full vehicle
    double energy_per_km_empty = 0.0;  ///< between them by TEU on board
};

/// Of a terminal: per lift, and per visit of a container.
struct HubEmissions {
    Emissions per_lift;
    Emissions per_container;
    Emissions per_teu;
    Emissions per_tonne;
};

struct Storage {
    double per_teu_hour = 0.0;
    Tick free_time = 0;
};

/// What running a service costs the carrier, and the cargo for a ride.
struct ServiceCost {
    double per_departure = 0.0;
    double per_km = 0.0;
    double per_hour = 0.0;  ///< of each vehicle of the fleet
    std::optional<Price> tariff;
};

}  // namespace corridor::model
