#include <fmt/format.h>

#include <algorithm>

#include "calendar.h"
#include "compilation.h"
#include "corridor/base/contract.h"
#include "ways.h"

namespace corridor::model {
namespace {

Tick running_time(Numbers& numbers, const scenario::Link& link, Direction direction, double km) {
    const auto d = static_cast<std::size_t>(direction);
    if (link.running_time[d]) return numbers.duration(*link.running_time[d]);
    expects(link.speed[d].has_value(), "a link has a speed or a running time in each direction");
    const double hours = km / numbers.positive(*link.speed[d]);
    if (hours <= scenario::kLongestHours) return to_tick(on_grid(hours * kMillisecondsPerHour));
    numbers.error(*link.speed[d],
                  fmt::format("is too slow (the running time must be at most {} h)", scenario::kLongestHours));
    return 0;
}

bool same_both_ways(const std::array<std::optional<scenario::Param>, 2>& pace) { return pace[0] && pace[0] == pace[1]; }

std::array<Tick, 2> running_times(Numbers& numbers, const scenario::Link& link, double km) {
    const Tick forward = running_time(numbers, link, Direction::forward, km);
    if (same_both_ways(link.speed) || same_both_ways(link.running_time)) return {forward, forward};
    return {forward, running_time(numbers, link, Direction::backward, km)};
}

void add_opening(Compilation& compilation, const scenario::Link& source, Link& link) {
    const Model& model = compilation.model;
    link.open = opening_windows(source.opening, source.calendar, model.origin, compilation.calendar_end);
    const bool restricted = !source.opening.empty() || !source.calendar.empty();
    if (!restricted || (!link.open.empty() && link.open.front().from < model.window.to)) return;
    compilation.error(source, "link." + source.id,
                      fmt::format("is never open within the run ({} to {})", format_instant(model.origin),
                                  format_instant(compilation.scenario.end)),
                      "leave it out, or change 'opening' or 'closed'");
}

/// What vehicles wait for before they enter.
void add_entrance(Compilation& compilation, const scenario::Link& source, Link& link) {
    Numbers& numbers = compilation.numbers;
    if (source.paths_per_day) link.paths_per_day = numbers.positive(*source.paths_per_day);
    if (source.headway) link.headway = numbers.duration(*source.headway);
    if (source.extra_time) link.extra_time = numbers.law(*source.extra_time);
    const bool single_track = source.tracks && numbers.count(*source.tracks, 1, scenario::kMostPlaces) == 1;
    link.alternating = single_track || source.traffic == scenario::LinkTraffic::alternating;
    if (source.crossing_places) {
        const std::uint32_t places = numbers.count(*source.crossing_places, 0, scenario::kMostPlaces);
        link.sections = link.alternating ? places + 1 : 1;
    }
    for (const scenario::DepthStep& step : source.depth) {
        const Tick from = (step.from - compilation.model.origin).count();
        link.depth.push_back({from, metres(numbers.positive(step.depth))});
    }
    add_opening(compilation, source, link);
}

bool is_disrupted(const scenario::Scenario& scenario, Id<scenario::Link> id) {
    const auto is_it = [id](const scenario::DisruptedPart& part) { return part.link == id; };
    return std::ranges::any_of(scenario.disruptions,
                               [&](const scenario::Disruption& d) { return std::ranges::any_of(d.of, is_it); });
}

}  // namespace

void compile_links(Compilation& compilation) {
    for (const scenario::Link& source : compilation.scenario.links) {
        Link link;
        link.id = source.id;
        link.name = source.name;
        link.mode = source.mode;
        link.from = same<Terminal>(source.from);
        link.to = same<Terminal>(source.to);
        link.km = compilation.numbers.not_negative(source.length);
        add_entrance(compilation, source, link);
        link.running_times = running_times(compilation.numbers, source, link.km);
        link.is_disrupted = is_disrupted(compilation.scenario, Id<scenario::Link>{compilation.model.links.size()});
        compilation.running_times.push_back(link.running_times);
        compilation.model.links.push_back(std::move(link));
    }
}

}  // namespace corridor::model
