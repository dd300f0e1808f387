#include "corridor/network/shortest_paths.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <functional>
#include <numeric>
#include <utility>

namespace corridor::network {
namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;
using EdgeOf = boost::graph_traits<Graph>::edge_descriptor;

// Numbers of the arcs, sorted by their first node: what a compressed graph needs.
std::vector<std::uint32_t> sorted_by_origin(const std::vector<Arc>& arcs) {
    std::vector<std::uint32_t> order(arcs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return arcs[a].from < arcs[b].from; });
    return order;
}

Graph make_graph(std::size_t nodes, const std::vector<Arc>& arcs, const std::vector<std::uint32_t>& order) {
    std::vector<std::pair<Node, Node>> ends;
    ends.reserve(arcs.size());
    for (const std::uint32_t arc : order) ends.emplace_back(arcs[arc].from, arcs[arc].to);
    return {boost::edges_are_sorted, ends.begin(), ends.end(), static_cast<std::uint32_t>(nodes)};
}

// How a visitor ends a search of Boost.Graph before the graph is exhausted.
struct TargetsSettled {};

}  // namespace

class ShortestPaths::Impl {
  public:
    Impl(std::size_t nodes, const std::vector<Arc>& arcs)
        : order_(sorted_by_origin(arcs)),
          graph_(make_graph(nodes, arcs, order_)),
          cost_(nodes, kUnreachable),
          last_edge_(nodes),
          color_(nodes, boost::white_color),
          settled_(nodes, 0),
          wanted_(nodes, 0) {
        edge_cost_.reserve(arcs.size());
        edge_from_.reserve(arcs.size());
        for (const std::uint32_t arc : order_) {
            edge_cost_.push_back(arcs[arc].cost);
            edge_from_.push_back(arcs[arc].from);
        }
    }

    void search(Node source, const std::vector<Node>& targets) {
        forget();
        source_ = source;
        for (const Node target : targets) {
            open_targets_ += wanted_[target] == 0 ? 1U : 0U;
            wanted_[target] = 1;
        }
        try {
            run();
            radius_ = kUnreachable;
        } catch (const TargetsSettled&) {
            // What is settled so far is all that was asked for.
        }
        for (const Node target : targets) wanted_[target] = 0;
        open_targets_ = 0;
    }

    bool settled(Node node) const { return settled_[node] != 0; }

    Tick lower_bound(Node node) const { return settled(node) ? cost_[node] : radius_; }

    std::vector<std::uint32_t> path(Node node) const {
        std::vector<std::uint32_t> arcs;
        for (; node != source_; node = edge_from_[last_edge_[node]]) arcs.push_back(order_[last_edge_[node]]);
        std::reverse(arcs.begin(), arcs.end());
        return arcs;
    }

  private:
    class Visitor : public boost::dijkstra_visitor<> {
      public:
        explicit Visitor(Impl& impl) : impl_(&impl) {}
        void discover_vertex(Node node, const Graph&) const { impl_->touched_.push_back(node); }
        void examine_vertex(Node node, const Graph&) const { impl_->settle(node); }
        void edge_relaxed(EdgeOf edge, const Graph& graph) const {
            impl_->last_edge_[boost::target(edge, graph)] = boost::get(boost::edge_index, graph, edge);
        }

      private:
        Impl* impl_;
    };

    void settle(Node node) {
        settled_[node] = 1;
        radius_ = cost_[node];
        if (wanted_[node] != 0 && --open_targets_ == 0) throw TargetsSettled{};
    }

    // Only what the last search touched is reset, so that short searches in a large graph stay short.
    void forget() {
        for (const Node node : touched_) {
            cost_[node] = kUnreachable;
            color_[node] = boost::white_color;
            settled_[node] = 0;
        }
        touched_.clear();
    }

    void run() {
        cost_[source_] = 0;
        const auto index = boost::get(boost::vertex_index, graph_);
        const auto weight = boost::make_iterator_property_map(edge_cost_.data(), boost::get(boost::edge_index, graph_));
        const auto distance = boost::make_iterator_property_map(cost_.data(), index);
        const auto color = boost::make_iterator_property_map(color_.data(), index);
        boost::dijkstra_shortest_paths_no_init(graph_, source_, boost::dummy_property_map{}, distance, weight, index,
                                               std::less<>{}, boost::closed_plus<Tick>{kUnreachable}, Tick{0},
                                               Visitor{*this}, color);
    }

    std::vector<std::uint32_t> order_;  ///< edge of the graph -> arc of the caller
    Graph graph_;
    std::vector<Tick> edge_cost_;
    std::vector<Node> edge_from_;
    std::vector<Tick> cost_;
    std::vector<std::uint32_t> last_edge_;
    std::vector<boost::default_color_type> color_;
    std::vector<char> settled_;
    std::vector<char> wanted_;
    std::vector<Node> touched_;
    std::size_t open_targets_ = 0;
    Node source_ = 0;
    Tick radius_ = 0;  ///< cost of the last settled node; kUnreachable where everything reachable is settled
};

ShortestPaths::ShortestPaths(std::size_t nodes, const std::vector<Arc>& arcs)
    : impl_(std::make_unique<Impl>(nodes, arcs)) {}
ShortestPaths::~ShortestPaths() = default;
ShortestPaths::ShortestPaths(ShortestPaths&&) noexcept = default;
ShortestPaths& ShortestPaths::operator=(ShortestPaths&&) noexcept = default;

void ShortestPaths::search(Node source, const std::vector<Node>& targets) { impl_->search(source, targets); }
bool ShortestPaths::settled(Node node) const { return impl_->settled(node); }
Tick ShortestPaths::lower_bound(Node node) const { return impl_->lower_bound(node); }
std::vector<std::uint32_t> ShortestPaths::path(Node node) const { return impl_->path(node); }

}  // namespace corridor::network
