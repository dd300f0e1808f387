#include "corridor/study/potential.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "corridor/model/balance.h"
#include "model/traffic.h"

namespace corridor {
namespace {

double offered_per_day(const model::Model& model, const model::Demand& demand) {
    const double days =
        static_cast<double>(model.window.to - model.window.from) / (kHoursPerDay * kMillisecondsPerHour);
    return model::naive(model, "teu_delivered", subject(demand)).value_or(0) / days;
}

// Positions of those with most on offer, in their order; of equals the first. At least one.
std::vector<std::size_t> largest(const std::vector<Potential>& all, std::size_t most) {
    std::vector<std::size_t> positions(all.size());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    if (positions.size() <= most) return positions;
    std::ranges::stable_sort(positions, std::ranges::greater{}, [&all](std::size_t i) { return all[i].offered; });
    positions.resize(std::max<std::size_t>(1, most));
    std::ranges::sort(positions);
    return positions;
}

}  // namespace

std::vector<Potential> potentials(const model::Model& model, const std::vector<model::Load>& loads,
                                  std::size_t most_stops) {
    std::vector<Potential> all;
    std::vector<const model::Demand*> demands;
    for (const model::Demand& demand : model.demands) {
        if (demand.repositions) continue;
        demands.push_back(&demand);
        all.push_back({.demand = subject(demand),
                       .from = model.terminals[demand.from].id,
                       .to = model.terminals[demand.to].id,
                       .offered = offered_per_day(model, demand),
                       .greatest = 0,
                       .cut = {}});
    }
    const std::vector<std::size_t> looked_at = largest(all, most_stops / std::max<std::size_t>(1, model.stops.size()));
    const model::ServiceNetwork network(model, loads);
    std::vector<Potential> found;
    for (const std::size_t i : looked_at) {
        model::Throughput most = network.greatest(demands[i]->from, demands[i]->to, cargo_of(*demands[i]));
        all[i].greatest = most.teu_per_hour * kHoursPerDay;
        all[i].cut = std::move(most.bottlenecks);
        found.push_back(std::move(all[i]));
    }
    return found;
}

}  // namespace corridor
