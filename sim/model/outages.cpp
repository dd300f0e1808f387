#include "outages.h"

#include <algorithm>

namespace corridor::model {

std::uint32_t places(Numbers& numbers, const scenario::Places& count) {
    return count ? numbers.count(*count, 1, scenario::kMostPlaces) : kUnlimited;
}

Breakdowns breakdowns(Numbers& numbers, const scenario::Breakdowns& source) {
    return {.time_to_failure = numbers.law(source.time_to_failure),
            .time_to_repair = numbers.law(source.time_to_repair),
            .gangs = places(numbers, source.gangs),
            .streams = {}};
}

bool can_be_kept(const Breakdowns& breakdowns, std::size_t count, Tick horizon) {
    constexpr double kMostBreakdowns = 1e6;
    const double cycle = moments(breakdowns.time_to_failure).mean + moments(breakdowns.time_to_repair).mean;
    return cycle * kMostBreakdowns >= static_cast<double>(horizon) * static_cast<double>(count);
}

std::uint32_t take_out(std::vector<std::vector<Window>>& out, const Window& window, std::uint32_t wanted) {
    const auto meets = [&](const Window& other) { return other.from < window.to && window.from < other.to; };
    const auto later = [&](const Window& other) { return other.from > window.from; };
    for (auto crane = out.rbegin(); crane != out.rend() && wanted > 0; ++crane) {
        if (std::ranges::any_of(*crane, meets)) continue;
        crane->insert(std::ranges::find_if(*crane, later), window);
        --wanted;
    }
    return wanted;
}

}  // namespace corridor::model
