// The cheapest way to bring as much as possible from one node of a network to another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corridor/network/shortest_paths.h"

namespace corridor::network {

/// An edge that carries up to `capacity` items from `from` to `to`, each at `cost` (at least 0).
struct CostArc {
    Node from = 0;
    Node to = 0;
    std::int64_t capacity = 0;
    Tick cost = 0;
};

/// The items on each arc of a maximum flow from `source` to `sink` that costs the least, by successive shortest paths
/// (Edmonds and Karp 1972, doi:10.1145/321694.321699). Among flows that cost the same the one found depends on the
/// arcs and their order alone. Costs are exact where a path costs less than 2^53.
std::vector<std::int64_t> cheapest_flow(std::size_t nodes, const std::vector<CostArc>& arcs, Node source, Node sink);

}  // namespace corridor::network
