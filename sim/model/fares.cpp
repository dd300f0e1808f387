#include "fares.h"

#include <fmt/format.h>

#include <algorithm>

#include "corridor/base/unit.h"

namespace corridor::model {
namespace {

Tick worth(double money, const Weights& weights) {
    constexpr double kMost = scenario::kLongestHours * kMillisecondsPerHour;
    return to_tick(std::min(money * weights.ms_per_money, kMost));
}

const Price* tariff_of(const Model& model, Id<Line> line) {
    const auto& cost = model.services[model.lines[line].service].cost;
    return cost && cost->tariff ? &*cost->tariff : nullptr;
}

double lift_of(const Model& model, const Stop& stop, double teu) {
    const auto& lift = model.facilities[stop.facility].lift;
    return lift ? lift->of(teu, 0.0) : 0.0;
}

/// The largest single price that the demand could meet.
double dearest(const Model& model, const Demand& demand, double teu) {
    double most = demand.road_cost ? demand.road_cost->of(teu, demand.road_km) : 0.0;
    for (const Stop& stop : model.stops) {
        most = std::max(most, lift_of(model, stop, teu));
        if (const Price* const tariff = tariff_of(model, stop.line)) {
            most = std::max(most, tariff->of(teu, model.lines[stop.line].km));
        }
    }
    return most;
}

}  // namespace

Weights weights_of(Compilation& compilation, Id<Demand> id) {
    const scenario::Demand& source = compilation.scenario.demands[same<scenario::Demand>(id)];
    const Demand& demand = compilation.model.demands[id];
    Weights weights;
    if (source.transfer_penalty) weights.transfer_penalty = compilation.numbers.duration(*source.transfer_penalty);
    if (!source.value_of_time) return weights;
    const double mean_teu = demand.mean_quarters / kQuartersPerTeu;
    const double value = compilation.numbers.positive(*source.value_of_time);
    const bool per_teu = compilation.numbers.dimension(*source.value_of_time).teu != 0;
    weights.mean_teu = mean_teu;
    weights.ms_per_money = kMillisecondsPerHour / (per_teu ? value * mean_teu : value);
    const double most_hours =
        dearest(compilation.model, demand, mean_teu) * weights.ms_per_money / kMillisecondsPerHour;
    if (most_hours > scenario::kLongestHours) {
        compilation.numbers.error(*source.value_of_time,
                                  fmt::format("makes the dearest ride, lift or road worth {:.0f} h (at most {:.0f})",
                                              most_hours, scenario::kLongestHours),
                                  "give a higher value of time");
    }
    return weights;
}

network::RideNetwork priced(const Model& model, network::RideNetwork network, const Weights& weights) {
    for (Tick& transfer : network.transfer) transfer += weights.transfer_penalty;
    if (weights.mean_teu <= 0.0) return network;
    for (std::size_t s = 0; s < network.calls.size(); ++s) {
        const Stop& stop = model.stops.items()[s];
        network::Call& call = network.calls[s];
        const Tick lift = worth(lift_of(model, stop, weights.mean_teu), weights);
        call.board += lift;
        call.alight += lift;
        if (const Price* const tariff = tariff_of(model, stop.line)) {
            const double start = tariff->of(weights.mean_teu, 0.0);
            call.board += worth(start, weights);
            if (!stop.last) call.ride += worth(tariff->of(weights.mean_teu, stop.hop.km) - start, weights);
        }
    }
    return network;
}

Tick road_surcharge(const Demand& demand, const Weights& weights) {
    if (!demand.road_cost || weights.mean_teu <= 0.0) return 0;
    return worth(demand.road_cost->of(weights.mean_teu, demand.road_km), weights);
}

Tick surcharge(const network::RideNetwork& plain, const network::RideNetwork& priced, const network::Journey& journey) {
    Tick sum = 0;
    for (std::size_t i = 0; i < journey.rides.size(); ++i) {
        const auto& [board, alight] = journey.rides[i];
        sum += priced.calls[board].board - plain.calls[board].board;
        sum += priced.calls[alight].alight - plain.calls[alight].alight;
        for (std::uint32_t s = board; s < alight; ++s) sum += priced.calls[s].ride - plain.calls[s].ride;
        const std::uint32_t change = plain.calls[board].terminal;
        if (i > 0) sum += priced.transfer[change] - plain.transfer[change];
    }
    return sum;
}

}  // namespace corridor::model
