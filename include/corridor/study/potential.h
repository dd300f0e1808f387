// The most that could be carried for each demand if everything else stood aside.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/model/model.h"
#include "corridor/model/throughput.h"

namespace corridor {

struct Potential {
    std::string demand;  ///< "demand.exports"
    std::string from;    ///< ids of the terminals
    std::string to;
    double offered = 0;                  ///< TEU/day, on average over the period
    double greatest = 0;                 ///< TEU/day; infinite where nothing holds it back
    std::vector<model::Bottleneck> cut;  ///< what lets no more through
};

/// In a network of so many stops each demand is looked at, in larger ones fewer: each takes time in proportion to them.
inline constexpr std::size_t kMostStopsLookedAt = 1'000'000;

/// One per demand, in the order of the model: the maximum flow (see model::ServiceNetwork) of containers like the
/// demand's on average. Where demands times stops are more than `most_stops`, only the largest demands, at least one.
/// `loads`: the static balance of the model.
std::vector<Potential> potentials(const model::Model& model, const std::vector<model::Load>& loads,
                                  std::size_t most_stops = kMostStopsLookedAt);

}  // namespace corridor
