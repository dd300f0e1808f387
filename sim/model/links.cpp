#include <fmt/format.h>

#include "compilation.h"
#include "corridor/base/contract.h"

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
        if (source.paths_per_day) link.paths_per_day = compilation.numbers.positive(*source.paths_per_day);
        compilation.running_times.push_back(running_times(compilation.numbers, source, link.km));
        compilation.model.links.push_back(std::move(link));
    }
}

}  // namespace corridor::model
