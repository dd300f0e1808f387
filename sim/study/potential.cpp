#include "corridor/study/potential.h"

#include "corridor/model/balance.h"
#include "model/traffic.h"

namespace corridor {
namespace {

double offered_per_day(const model::Model& model, const model::Demand& demand) {
    const double days =
        static_cast<double>(model.window.to - model.window.from) / (kHoursPerDay * kMillisecondsPerHour);
    return model::naive(model, "teu_delivered", subject(demand)).value_or(0) / days;
}

}  // namespace

std::vector<Potential> potentials(const model::Model& model, const std::vector<model::Load>& loads) {
    std::vector<Potential> all;
    const model::ServiceNetwork network(model, loads);
    for (const model::Demand& demand : model.demands) {
        if (demand.repositions) continue;
        model::Throughput most = network.greatest(demand.from, demand.to, cargo_of(demand));
        all.push_back({.demand = subject(demand),
                       .from = model.terminals[demand.from].id,
                       .to = model.terminals[demand.to].id,
                       .offered = offered_per_day(model, demand),
                       .greatest = most.teu_per_hour * kHoursPerDay,
                       .cut = std::move(most.bottlenecks)});
    }
    return all;
}

}  // namespace corridor
