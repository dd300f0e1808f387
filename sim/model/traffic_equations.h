// The equations of traffic of a network: what passes each node follows from what enters there and comes from others.
#pragma once

#include <cstddef>
#include <vector>

namespace corridor::model {

/// The share of what passes `from` that goes on to `to`; a node's shares add up to at most 1.
struct Passage {
    std::size_t from = 0;
    std::size_t to = 0;
    double share = 1.0;
};

/// Solves x = outside + P^T x, with a row of P for each node: its shares. What enters has to leave at last, or no
/// solution exists, which is a broken contract.
std::vector<double> solve_traffic(const std::vector<Passage>& passages, const std::vector<double>& outside);

}  // namespace corridor::model
