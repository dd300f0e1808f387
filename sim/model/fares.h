// Money in the choice of route: at the value of time, as time.
#pragma once

#include <tuple>

#include "compilation.h"
#include "corridor/network/itineraries.h"

namespace corridor::model {

/// What counts for a demand beside time. Demands with equal weights choose in the same network.
struct Weights {
    double ms_per_money = 0.0;  ///< for a container of mean size
    double mean_teu = 0.0;      ///< of a container; 0 where money does not count
    Tick transfer_penalty = 0;
    auto operator<=>(const Weights&) const = default;
};

/// Reports prices that are worth more than any duration.
Weights weights_of(Compilation& compilation, Id<Demand> demand);

/// The network of a demand with such weights: what the cargo pays is added to boarding, riding and alighting, the
/// penalty to transfers.
network::RideNetwork priced(const Model& model, network::RideNetwork network, const Weights& weights);

/// What the price of the road is worth.
Tick road_surcharge(const Demand& demand, const Weights& weights);

/// What a journey costs in `priced` beyond its time in `plain`.
Tick surcharge(const network::RideNetwork& plain, const network::RideNetwork& priced, const network::Journey& journey);

}  // namespace corridor::model
