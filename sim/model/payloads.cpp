// What vehicles may carry by weight, as depths rise and fall.
#include <algorithm>
#include <set>

#include "traffic.h"

namespace corridor::model {
namespace {

double depth_at(const Link& link, Tick time) {
    double metres = link.depth.front().metres;
    for (const DepthStep& step : link.depth) {
        if (step.from <= time) metres = step.metres;
    }
    return metres;
}

// The window, and where a depth on the way changes in it.
std::set<Tick> changes(const Model& model, const std::vector<Id<Link>>& links) {
    std::set<Tick> times{model.window.from, model.window.to};
    for (const Id<Link> link : links) {
        for (const DepthStep& step : model.links[link].depth) {
            if (step.from > model.window.from && step.from < model.window.to) times.insert(step.from);
        }
    }
    return times;
}

double mean_over(const Model& model, const Line& line, const std::vector<Id<Link>>& links) {
    if (links.empty() || !line.draught) return line.payload_t;
    const std::set<Tick> times = changes(model, links);
    double tonne_ms = 0.0;
    for (auto from = times.begin(), to = std::next(from); to != times.end(); ++from, ++to) {
        double payload = line.payload_t;
        for (const Id<Link> link : links) {
            payload = std::min(payload, std::max(0.0, line.draught->payload_t(depth_at(model.links[link], *from))));
        }
        tonne_ms += payload * static_cast<double>(*to - *from);
    }
    return tonne_ms / length_ms(model.window);
}

}  // namespace

double mean_payload_t(const Model& model, Id<Stop> id) {
    const Stop& stop = model.stops[id];
    return mean_over(model, model.lines[stop.line], stop.shallows);
}

double mean_payload_t(const Model& model, const Line& line, const std::vector<LinkUse>& way) {
    std::vector<Id<Link>> shallows;
    for (const LinkUse& use : way) {
        if (!model.links[use.link].depth.empty()) shallows.push_back(use.link);
    }
    return mean_over(model, line, shallows);
}

}  // namespace corridor::model
