// Which depths limit what a vessel may load at a stop, and whether it can ever float there.
#include <fmt/format.h>

#include <algorithm>

#include "compilation.h"
#include "traffic.h"

namespace corridor::model {
namespace {

/// By stop: the last one where somebody who boards there or is on board may go; itself where nobody is.
IdVector<Stop, std::size_t> furthest_stops(const Model& model) {
    IdVector<Stop, std::size_t> furthest(model.stops.size());
    for (std::size_t s = 0; s < furthest.size(); ++s) furthest[Id<Stop>{s}] = s;
    for (const Leg& leg : model.legs) {
        for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
            std::size_t& last = furthest[Id<Stop>{s}];
            last = std::max<std::size_t>(last, leg.alight.index());
        }
    }
    return furthest;
}

void add_shallows(Model& model, Stop& stop, std::size_t first, std::size_t last) {
    for (std::size_t s = first; s < last; ++s) {
        for (const LinkUse& use : model.stops[Id<Stop>{s}].hop.links) {
            const bool is_known = std::ranges::find(stop.shallows, use.link) != stop.shallows.end();
            if (!model.links[use.link].depth.empty() && !is_known) stop.shallows.push_back(use.link);
        }
    }
}

double greatest_depth(const Link& link, Tick end) {
    double greatest = link.depth.front().metres;
    for (const DepthStep& step : link.depth) {
        if (step.from < end) greatest = std::max(greatest, step.metres);
    }
    return greatest;
}

/// A depth that leaves next to nothing of the payload is more likely a slip than a river.
void lint_shallows(Compilation& compilation, const Line& line, const Stop& stop) {
    constexpr double kHardlyAny = 0.1;
    const Model& model = compilation.model;
    double most = line.payload_t;
    Id<Link> shallowest;
    for (const Id<Link> link : stop.shallows) {
        const double carried = line.draught->payload_t(greatest_depth(model.links[link], model.window.to));
        if (carried >= most) continue;
        most = carried;
        shallowest = link;
    }
    if (most >= kHardlyAny * line.payload_t) return;
    const Link& link = model.links[shallowest];
    const auto& source = compilation.scenario.services[Id<scenario::Service>{line.service.index()}];
    compilation.warn(
        source, subject(model.services[line.service]),
        fmt::format("from '{}' the depth of link '{}' ({:.2f} m at most) binds its load to {:.0f} t of {:.0f} t",
                    model.terminals[stop.terminal].id, link.id, greatest_depth(link, model.window.to), most,
                    line.payload_t),
        "check the depth, and the draughts of its vessels");
}

}  // namespace

void compile_shallows(Compilation& compilation) {
    Model& model = compilation.model;
    const auto has_depth = [](const Link& link) { return !link.depth.empty(); };
    if (std::ranges::none_of(model.links, has_depth)) return;
    const auto furthest = furthest_stops(model);
    for (std::size_t s = 0; s < model.stops.size(); ++s) {
        Stop& stop = model.stops[Id<Stop>{s}];
        const Line& line = model.lines[stop.line];
        if (stop.last || !line.draught) continue;
        add_shallows(model, stop, s, std::max(furthest[Id<Stop>{s}], s + 1));
        for (const LinkUse& use : stop.hop.links) {
            const Link& link = model.links[use.link];
            if (link.depth.empty() || line.draught->payload_t(greatest_depth(link, model.window.to)) >= 0.0) continue;
            const Service& service = model.services[line.service];
            const auto& source = compilation.scenario.services[Id<scenario::Service>{line.service.index()}];
            compilation.error(
                source, subject(service),
                fmt::format("its vessels never float on link '{}' (empty they need {:.2f} m, it has {:.2f} m "
                            "at most)",
                            link.id, line.draught->empty_m, greatest_depth(link, model.window.to)),
                "give the service a vessel of less draught, or the link its depth");
            return;
        }
        lint_shallows(compilation, line, stop);
    }
}

}  // namespace corridor::model
