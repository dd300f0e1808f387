#include "corridor/network/cheapest_flow.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>

namespace corridor::network {
namespace {

struct CostEdge;
using CostTraits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;

// Costs are whole numbers in doubles: nodes that can no longer be reached get further away at every step, beyond what
// whole numbers hold.
struct CostEdge {
    std::int64_t capacity = 0;
    std::int64_t residual = 0;
    double cost = 0.0;
    CostTraits::edge_descriptor reverse;
};

struct CostNode {
    CostTraits::edge_descriptor predecessor;
    double distance = 0.0;
    double distance_before = 0.0;
};

using CostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, CostNode, CostEdge>;

CostTraits::edge_descriptor add_arc(CostGraph& graph, const CostArc& arc) {
    const auto cost = static_cast<double>(arc.cost);
    const auto there = add_edge(arc.from, arc.to, CostEdge{arc.capacity, 0, cost, {}}, graph).first;
    const auto back = add_edge(arc.to, arc.from, CostEdge{0, 0, -cost, there}, graph).first;
    graph[there].reverse = back;
    return there;
}

}  // namespace

std::vector<std::int64_t> cheapest_flow(std::size_t nodes, const std::vector<CostArc>& arcs, Node source, Node sink) {
    CostGraph graph(nodes);
    std::vector<CostTraits::edge_descriptor> edges;
    for (const CostArc& arc : arcs) edges.push_back(add_arc(graph, arc));
    boost::successive_shortest_path_nonnegative_weights(
        graph, Node{source}, Node{sink}, get(&CostEdge::capacity, graph), get(&CostEdge::residual, graph),
        get(&CostEdge::cost, graph), get(&CostEdge::reverse, graph), get(boost::vertex_index, graph),
        get(&CostNode::predecessor, graph), get(&CostNode::distance, graph), get(&CostNode::distance_before, graph));
    std::vector<std::int64_t> flow;
    for (const auto& edge : edges) flow.push_back(graph[edge].capacity - graph[edge].residual);
    return flow;
}

}  // namespace corridor::network
