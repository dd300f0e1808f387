// What passes links, against their paths, their headway, and the time of their sections.
#include <limits>

#include "way_loads.h"

namespace corridor::model {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// From one end of a section to the other, what is on it included.
double through_ms(const Model& model, Id<Link> id, Direction direction) {
    const Link& link = model.links[id];
    double ms = static_cast<double>(link.running_times[static_cast<std::size_t>(direction)]);
    ms += moments(link.extra_time).mean;
    for (const Lock& lock : model.locks) {
        if (lock.link == id) ms += static_cast<double>(lock.passage(direction));
    }
    return ms / link.sections;
}

}  // namespace

IdVector<Link, PerDirection> vehicles_on_links(const Model& model, const Traffic& traffic) {
    IdVector<Link, PerDirection> vehicles(model.links.size(), {0.0, 0.0});
    for (const Stop& stop : model.stops) {
        if (stop.last) continue;
        for (const LinkUse& use : stop.hop.links) {
            vehicles[use.link][static_cast<std::size_t>(use.direction)] += traffic.trips[stop.line];
        }
    }
    return vehicles;
}

double SectionWork::mean_ms() const {
    double mean = 0.0;
    for (std::size_t ahead = 0; ahead < 2; ++ahead) {
        for (std::size_t next = 0; next < 2; ++next) mean += share[ahead] * share[next] * ms[ahead][next];
    }
    return mean;
}

SectionWork section_work(const Model& model, Id<Link> link, const PerDirection& vehicles) {
    SectionWork work;
    const double all = vehicles[0] + vehicles[1];
    if (all <= 0.0) return work;
    for (const Direction direction : scenario::kDirections) {
        const auto d = static_cast<std::size_t>(direction);
        work.share[d] = vehicles[d] / all;
        work.ms[d][d] = static_cast<double>(model.links[link].headway);
        work.ms[d][1 - d] = through_ms(model, link, direction);
    }
    return work;
}

double most_by_paths(const Link& link, const Window& window) {
    return link.paths_per_day > 0.0 ? link.paths_per_day / kHoursPerDay * open_share(link, window) : kUnbounded;
}

double most_by_headway(const Link& link, const Window& window) {
    if (link.headway == 0) return kUnbounded;
    return kMillisecondsPerHour / static_cast<double>(link.headway) * open_share(link, window);
}

}  // namespace corridor::model
