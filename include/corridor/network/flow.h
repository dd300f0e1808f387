// The most that can flow from one node of a network to another, and what holds it back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "corridor/network/shortest_paths.h"

namespace corridor::network {

inline constexpr double kUnlimitedFlow = std::numeric_limits<double>::infinity();

/// An edge that carries up to `capacity` from `from` to `to`; `kUnlimitedFlow` for any amount.
struct FlowArc {
    Node from = 0;
    Node to = 0;
    double capacity = 0.0;
};

struct MaximumFlow {
    double value = 0.0;              ///< `kUnlimitedFlow` where a way without limits leads through
    std::vector<std::uint32_t> cut;  ///< arcs that together hold the flow back, a minimum cut; empty where unlimited
};

/// Maximum flow from `source` to `sink` by augmenting paths (Boykov & Kolmogorov 2004, doi:10.1109/TPAMI.2004.60).
/// Capacities, at most 1e6 in sum, are exact to 1e-9.
MaximumFlow maximum_flow(std::size_t nodes, const std::vector<FlowArc>& arcs, Node source, Node sink);

}  // namespace corridor::network
