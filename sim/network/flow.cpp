#include "corridor/network/flow.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cmath>

namespace corridor::network {
namespace {

// Whole numbers, so that flows add up exactly and the search ends: capacities in units of 1e-9.
using Units = std::int64_t;
constexpr double kUnitsPerOne = 1e9;

struct EdgeData;
using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::bidirectionalS>;

struct EdgeData {
    Units capacity = 0;
    Units residual = 0;
    Traits::edge_descriptor reverse;
};

struct NodeData {
    boost::default_color_type color = boost::white_color;
    Traits::edge_descriptor predecessor;
    long distance = 0;
};

using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, NodeData, EdgeData>;

void add_arc(FlowGraph& graph, Node from, Node to, Units capacity) {
    const auto there = add_edge(from, to, EdgeData{capacity, 0, {}}, graph).first;
    const auto back = add_edge(to, from, EdgeData{0, 0, there}, graph).first;
    graph[there].reverse = back;
}

Units units(double capacity) { return static_cast<Units>(std::llround(capacity * kUnitsPerOne)); }

// More than all limited arcs together: what exceeds it passes limits nowhere.
Units unlimited(const std::vector<FlowArc>& arcs) {
    Units sum = 1;
    for (const FlowArc& arc : arcs) sum += arc.capacity == kUnlimitedFlow ? 0 : units(arc.capacity);
    return sum;
}

Units run(FlowGraph& graph, Node source, Node sink) {
    return boost::boykov_kolmogorov_max_flow(graph, get(&EdgeData::capacity, graph), get(&EdgeData::residual, graph),
                                             get(&EdgeData::reverse, graph), get(&NodeData::predecessor, graph),
                                             get(&NodeData::color, graph), get(&NodeData::distance, graph),
                                             get(boost::vertex_index, graph), source, sink);
}

}  // namespace

MaximumFlow maximum_flow(std::size_t nodes, const std::vector<FlowArc>& arcs, Node source, Node sink) {
    const Units ample = unlimited(arcs);
    FlowGraph graph(nodes);
    for (const FlowArc& arc : arcs) {
        add_arc(graph, arc.from, arc.to, arc.capacity == kUnlimitedFlow ? ample : units(arc.capacity));
    }
    const Units flow = run(graph, source, sink);
    if (flow >= ample) return {.value = kUnlimitedFlow, .cut = {}};

    // The source's side is what the search still holds at the end.
    const auto on_source_side = [&](Node node) { return graph[node].color == boost::black_color; };
    MaximumFlow result{.value = static_cast<double>(flow) / kUnitsPerOne, .cut = {}};
    for (std::uint32_t i = 0; i < arcs.size(); ++i) {
        const bool crosses = on_source_side(arcs[i].from) && !on_source_side(arcs[i].to);
        if (crosses && arcs[i].capacity > 0.0) result.cut.push_back(i);
    }
    return result;
}

}  // namespace corridor::network
