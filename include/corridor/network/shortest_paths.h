// Shortest paths in a directed graph with whole, non-negative costs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::network {

using Node = std::uint32_t;

inline constexpr Tick kUnreachable = std::numeric_limits<Tick>::max();

/// An edge that is used from `from` to `to` only. `cost` in ms, at least 0.
struct Arc {
    Node from = 0;
    Node to = 0;
    Tick cost = 0;
};

/// Dijkstra's algorithm over a graph that stays the same from search to search. A search costs what it settles, not the
/// size of the graph. Of equally short paths the one over earlier arcs is found.
class ShortestPaths {
  public:
    ShortestPaths(std::size_t nodes, const std::vector<Arc>& arcs);
    ~ShortestPaths();
    ShortestPaths(ShortestPaths&&) noexcept;
    ShortestPaths& operator=(ShortestPaths&&) noexcept;

    /// Settles nodes in order of cost from `source` until all `targets` are settled or nothing more can be reached.
    void search(Node source, const std::vector<Node>& targets);

    bool settled(Node node) const;

    /// Cost of the shortest path where `node` is settled; else no path to it is cheaper than this.
    /// `kUnreachable` where there is no path.
    Tick lower_bound(Node node) const;

    /// The arcs from the source to `node`, which must be settled, as numbered in the constructor.
    std::vector<std::uint32_t> path(Node node) const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace corridor::network
