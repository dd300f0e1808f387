#include "failures.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace corridor::engine {

/// Failures are taken in order of time, each by the gang that is free first.
void Failures::draw(const model::Breakdowns& breakdowns, Tick horizon, std::uint64_t seed, std::uint64_t replication) {
    failures_.clear();
    streams_.clear();
    using Next = std::pair<Tick, std::size_t>;
    std::vector<Next> next;  // heap of the next failure of each, earliest first
    for (std::size_t i = 0; i < down_.size(); ++i) {
        down_[i].clear();
        streams_.push_back(make_stream(seed, replication, breakdowns.streams[i]));
        next.emplace_back(corridor::draw(breakdowns.time_to_failure, streams_[i]), i);
    }
    std::ranges::make_heap(next, std::greater{});
    std::vector<Tick> gangs(breakdowns.gangs);  // when each is free
    while (next.front().first < horizon) {
        std::ranges::pop_heap(next, std::greater{});
        auto& [time, number] = next.back();
        add(breakdowns, number, time, gangs);
        time = down_[number].back().to + corridor::draw(breakdowns.time_to_failure, streams_[number]);
        std::ranges::push_heap(next, std::greater{});
    }
}

void Failures::add(const model::Breakdowns& breakdowns, std::size_t number, Tick time, std::vector<Tick>& gangs) {
    Tick begin = time;
    const Tick repair = corridor::draw(breakdowns.time_to_repair, streams_[number]);
    if (!gangs.empty()) {
        std::ranges::pop_heap(gangs, std::greater{});
        begin = std::max(time, gangs.back());
        gangs.back() = begin + repair;
        std::ranges::push_heap(gangs, std::greater{});
    }
    down_[number].push_back({time, begin + repair});
    failures_.push_back({time, begin});
}

}  // namespace corridor::engine
