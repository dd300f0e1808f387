#include "routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ways.h"

namespace corridor::model {
namespace {

Direction opposite(Direction direction) {
    return direction == Direction::forward ? Direction::backward : Direction::forward;
}

Id<Terminal> origin(const Link& link, Direction direction) {
    return direction == Direction::forward ? link.from : link.to;
}

Id<Terminal> destination(const Link& link, Direction direction) { return origin(link, opposite(direction)); }

}  // namespace

std::optional<std::vector<Hop>> Router::hops(const scenario::Service& service, Mode mode, Direction direction) {
    auto routes = service.links.empty() ? fastest(service, mode, direction) : listed(service, direction);
    if (!routes) return std::nullopt;
    std::vector<Hop> hops;
    for (Uses& uses : *routes) hops.push_back(hop(std::move(uses), direction));
    return hops;
}

Hop Router::hop(Uses uses, Direction direction) const {
    Hop hop;
    hop.direction = direction;
    for (const LinkUse& use : uses) {
        hop.running_time += running_time(use);
        hop.km += compilation_.model.links[use.link].km;
    }
    const auto is_more = [this](const LinkUse& use) { return has_way(compilation_, use); };
    if (std::any_of(uses.begin(), uses.end(), is_more)) {
        for (const LinkUse& use : uses) append_way(compilation_, use, hop.way);
    }
    hop.links = std::move(uses);
    return hop;
}

Router::ModeGraph& Router::graph(Mode mode) {
    ModeGraph& graph = graphs_[static_cast<std::size_t>(mode)];
    if (graph.paths) return graph;
    const Model& model = compilation_.model;
    std::vector<network::Arc> arcs;
    for (std::size_t i = 0; i < model.links.size(); ++i) {
        const Link& link = model.links[Id<Link>{i}];
        if (link.mode != mode) continue;
        for (const Direction direction : scenario::kDirections) {
            const LinkUse use{Id<Link>{i}, direction};
            arcs.push_back({.from = origin(link, direction).index(),
                            .to = destination(link, direction).index(),
                            .cost = running_time(use)});
            graph.uses.push_back(use);
        }
    }
    graph.paths.emplace(model.terminals.size(), arcs);
    return graph;
}

std::optional<Hop> Router::fastest_run(Id<Terminal> from, Id<Terminal> to, Mode mode) {
    ModeGraph& graph = this->graph(mode);
    graph.paths->search(from.index(), {to.index()});
    if (!graph.paths->settled(to.index())) return std::nullopt;
    Uses uses;
    for (const std::uint32_t arc : graph.paths->path(to.index())) uses.push_back(graph.uses[arc]);
    return hop(std::move(uses), Direction::forward);
}

std::optional<std::vector<Router::Uses>> Router::fastest(const scenario::Service& service, Mode mode,
                                                         Direction direction) {
    std::vector<Id<scenario::Terminal>> stops = service.route;
    if (direction == Direction::backward) std::reverse(stops.begin(), stops.end());
    ModeGraph& graph = this->graph(mode);
    std::vector<Uses> routes;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        const network::Node to = stops[i + 1].index();
        graph.paths->search(stops[i].index(), {to});
        if (!graph.paths->settled(to)) {
            compilation_.error(service, fmt::format("service.{}.route", service.id),
                               fmt::format("no {} leads from '{}' to '{}'", mode_name(mode),
                                           id(same<Terminal>(stops[i])), id(same<Terminal>(stops[i + 1]))),
                               fmt::format("add a link with mode = \"{}\" between them", mode_name(mode)));
            return std::nullopt;
        }
        Uses uses;
        for (const std::uint32_t arc : graph.paths->path(to)) uses.push_back(graph.uses[arc]);
        routes.push_back(std::move(uses));
    }
    return routes;
}

std::optional<std::vector<Router::Uses>> Router::listed(const scenario::Service& service, Direction direction) {
    std::vector<Uses> routes;
    std::size_t next = 0;
    for (std::size_t i = 0; i + 1 < service.route.size(); ++i) {
        auto uses = listed_to(service, next, same<Terminal>(service.route[i]), same<Terminal>(service.route[i + 1]));
        if (!uses) return std::nullopt;
        routes.push_back(std::move(*uses));
    }
    if (next < service.links.size()) {
        compilation_.error(
            service, fmt::format("service.{}.links", service.id),
            fmt::format("link '{}' is beyond the end of the route (it ends at '{}')",
                        compilation_.scenario.links[service.links[next]].id, id(same<Terminal>(service.route.back()))));
        return std::nullopt;
    }
    if (direction == Direction::forward) return routes;
    std::reverse(routes.begin(), routes.end());
    for (Uses& uses : routes) {
        std::reverse(uses.begin(), uses.end());
        for (LinkUse& use : uses) use.direction = opposite(use.direction);
    }
    return routes;
}

// The links from number `next` on that lead from `at` to `stop`; `next` is then the first one after them.
std::optional<Router::Uses> Router::listed_to(const scenario::Service& service, std::size_t& next, Id<Terminal> at,
                                              Id<Terminal> stop) {
    const std::string path = fmt::format("service.{}.links", service.id);
    Uses uses;
    while (at != stop) {
        if (next == service.links.size()) {
            compilation_.error(service, path,
                               fmt::format("the links end at '{}' (the route goes on to '{}')", id(at), id(stop)));
            return std::nullopt;
        }
        const auto link_id = same<Link>(service.links[next++]);
        const Link& link = compilation_.model.links[link_id];
        if (link.from != at && link.to != at) {
            compilation_.error(
                service, path,
                fmt::format("link '{}' does not continue the route (it joins '{}' and '{}', the vehicle is at '{}')",
                            link.id, id(link.from), id(link.to), id(at)));
            return std::nullopt;
        }
        const Direction direction = link.from == at ? Direction::forward : Direction::backward;
        uses.push_back({link_id, direction});
        at = destination(link, direction);
    }
    return uses;
}

Tick Router::running_time(const LinkUse& use) const { return expected_time(compilation_, use.link, use.direction); }

const std::string& Router::id(Id<Terminal> terminal) const { return compilation_.model.terminals[terminal].id; }

}  // namespace corridor::model
