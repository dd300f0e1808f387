#include "crane_times.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace corridor::engine {
namespace {

using model::Window;

/// The first window of a sorted row that ends after `time`.
std::vector<Window>::const_iterator first_after(const std::vector<Window>& windows, Tick time) {
    return std::partition_point(windows.begin(), windows.end(), [time](const Window& w) { return w.to <= time; });
}

/// `time`, or the end of the windows of a sorted row that hold it.
Tick leave_windows(const std::vector<Window>& windows, Tick time) {
    for (auto w = first_after(windows, time); w != windows.end() && w->from <= time; ++w) {
        time = w->to;
    }
    return time;
}

}  // namespace

CraneTimes::CraneTimes(const model::CranePool& pool, Tick horizon)
    : pool_(&pool), horizon_(horizon), down_(pool.cranes) {}

/// First failed, first repaired: failures are taken in order of time, each by the gang that is free first.
void CraneTimes::draw(std::uint64_t seed, std::uint64_t replication) {
    if (!pool_->breakdowns) {
        return;
    }
    const model::Breakdowns& breakdowns = *pool_->breakdowns;
    failures_.clear();
    streams_.clear();
    using Next = std::pair<Tick, std::size_t>;
    std::vector<Next> next;  // heap of the next failure of each crane, earliest first
    for (std::size_t c = 0; c < down_.size(); ++c) {
        down_[c].clear();
        streams_.push_back(make_stream(seed, replication, breakdowns.streams[c]));
        next.emplace_back(corridor::draw(breakdowns.time_to_failure, streams_[c]), c);
    }
    std::ranges::make_heap(next, std::greater{});
    std::vector<Tick> gangs(breakdowns.gangs);  // when each is free
    while (next.front().first < horizon_) {
        std::ranges::pop_heap(next, std::greater{});
        auto& [time, crane] = next.back();
        add_failure(crane, time, gangs);
        time = down_[crane].back().to + corridor::draw(breakdowns.time_to_failure, streams_[crane]);
        std::ranges::push_heap(next, std::greater{});
    }
}

void CraneTimes::add_failure(std::size_t crane, Tick time, std::vector<Tick>& gangs) {
    Tick begin = time;
    const Tick repair = corridor::draw(pool_->breakdowns->time_to_repair, streams_[crane]);
    if (!gangs.empty()) {
        std::ranges::pop_heap(gangs, std::greater{});
        begin = std::max(time, gangs.back());
        gangs.back() = begin + repair;
        std::ranges::push_heap(gangs, std::greater{});
    }
    down_[crane].push_back({time, begin + repair});
    failures_.push_back({time, begin});
}

Tick CraneTimes::first_ready(std::size_t crane, Tick time) const {
    static const std::vector<Window> never;
    const std::vector<Window>& out = pool_->out.empty() ? never : pool_->out[crane];
    for (Tick before = -1; before != time;) {
        before = time;
        time = leave_windows(out, leave_windows(down_[crane], time));
    }
    return time;
}

Tick CraneTimes::end_of(std::size_t crane, Tick start, Tick work) const {
    Tick end = start + work;
    for (auto w = first_after(down_[crane], start); w != down_[crane].end() && w->from < end; ++w) {
        end += w->to - w->from;
    }
    return end;
}

void CraneTimes::count(const Window& window, BreakdownTally& tally) const {
    std::vector<std::pair<Tick, int>> changes;  // at one instant repairs (-1) come first
    for (const std::vector<Window>& downs : down_) {
        for (const Window& down : downs) {
            changes.emplace_back(std::clamp(down.from, window.from, window.to), 1);
            changes.emplace_back(std::clamp(down.to, window.from, window.to), -1);
        }
    }
    std::ranges::sort(changes, {}, &std::pair<Tick, int>::first);
    tally.time_with_down.assign(down_.size() + 1, 0);
    std::ptrdiff_t down = 0;
    Tick since = window.from;
    for (const auto& [time, change] : changes) {
        if (time > since) {
            tally.time_with_down[static_cast<std::size_t>(down)] += time - since;
        }
        since = time;
        down += change;
    }
    tally.time_with_down[static_cast<std::size_t>(down)] += window.to - since;
    tally.repair_wait.clear();
    tally.failures = 0;
    for (const Failure& failure : failures_) {
        if (failure.time >= window.from && failure.time < window.to) {
            tally.repair_wait.add(failure.repair - failure.time);
            ++tally.failures;
        }
    }
}

}  // namespace corridor::engine
