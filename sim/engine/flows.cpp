#include "flows.h"

#include <algorithm>

namespace corridor::engine {

std::uint64_t containers(const BySizeAndLoad& counts, LoadFilter filter) {
    std::uint64_t sum = 0;
    for (const auto& [laden, empty] : counts) {
        sum += filter == LoadFilter::empty ? 0 : laden;
        sum += filter == LoadFilter::laden ? 0 : empty;
    }
    return sum;
}

double teu(const BySizeAndLoad& counts, LoadFilter filter) {
    double sum = 0.0;
    for (std::size_t size = 0; size < counts.size(); ++size) {
        const auto& [laden, empty] = counts[size];
        const std::uint64_t n = (filter == LoadFilter::empty ? 0 : laden) + (filter == LoadFilter::laden ? 0 : empty);
        sum += static_cast<double>(n) * scenario::kTeuOfSize[size];
    }
    return sum;
}

Flows::Flows(const model::Model& model)
    : services(model.services.size(), model.months.size()),
      links(model.links.size(), model.months.size()),
      teu_km(model.services.size()) {}

void Flows::sum(const model::Model& model, const Tally& tally) {
    services.clear();
    links.clear();
    std::fill(teu_km.begin(), teu_km.end(), 0.0);
    for (std::size_t l = 0; l < model.legs.size(); ++l) {
        const model::Leg& leg = model.legs.items()[l];
        const Id<model::Service> service = model.lines[leg.line].service;
        const auto& classes = model.demands[leg.demand].classes;
        for (std::uint32_t c = 0; c < classes.size(); ++c) {
            const double teu = static_cast<double>(tally.boarded[l].of_class(c)) *
                               scenario::kTeuOfSize[static_cast<std::size_t>(classes[c].size)];
            for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
                teu_km[service.index()] += model.stops.items()[s].hop.km * teu;
            }
        }
        for (std::size_t month = 0; month < model.months.size(); ++month) {
            for (std::uint32_t c = 0; c < classes.size(); ++c) {
                const std::uint32_t n = tally.boarded[l].at(month, c);
                if (n == 0) {
                    continue;
                }
                const auto size = static_cast<std::size_t>(classes[c].size);
                const std::size_t load = classes[c].empty ? 1 : 0;
                services.at(service, leg.direction, month)[size][load] += n;
                for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
                    const model::Hop& hop = model.stops.items()[s].hop;
                    for (const model::LinkUse& use : hop.links) {
                        links.at(use.link, use.direction, month)[size][load] += n;
                    }
                }
            }
        }
    }
}

}  // namespace corridor::engine
