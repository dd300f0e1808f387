#include "crane_times.h"

#include <algorithm>
#include <utility>

#include "model/outages.h"

namespace corridor::engine {

using model::Window;

CraneTimes::CraneTimes(const model::CranePool& pool, Tick horizon)
    : pool_(&pool), horizon_(horizon), failures_(pool.cranes), out_(pool.out), ready_(pool.cranes) {
    out_.resize(pool.cranes);
}

void CraneTimes::draw(std::uint64_t seed, std::uint64_t replication, const DisruptedCranes* disrupted) {
    if (pool_->breakdowns) {
        failures_.draw(*pool_->breakdowns, horizon_, seed, replication);
    }
    disrupted_ = disrupted;
    std::ranges::fill(ready_, Ready{});
    if (disrupted == nullptr) {
        return;
    }
    out_ = pool_->out;
    out_.resize(pool_->cranes);
    for (const DisruptedCranes::Outage& outage : disrupted->outages) {
        model::take_out(out_, outage.window, outage.cranes);
    }
}

/// And until when it stays so.
Tick CraneTimes::find_ready(std::size_t crane, Tick time) const {
    const Tick since = time;
    for (Tick before = -1; before != time;) {
        before = time;
        time = first_ready(leave_windows(out_[crane], leave_windows(failures_.down()[crane], time)));
    }
    Tick until = horizon_;
    const auto end_before = [&](const Windows& windows) {
        const auto next = first_after(windows, time);
        until = next == windows.end() ? until : std::min(until, next->from);
    };
    end_before(out_[crane]);
    end_before(failures_.down()[crane]);
    if (disrupted_ != nullptr) {
        end_before(disrupted_->closed);
    }
    ready_[crane] = {since, {time, until}};
    return time;
}

Tick CraneTimes::slowed_end(Tick start, Tick work) const {
    return start + to_tick(static_cast<double>(work) * disrupted_->slowness.at(start, 1.0));
}

Tick CraneTimes::find_end(std::size_t crane, Tick start, Tick end) const {
    const Windows& down = failures_.down()[crane];
    for (auto w = first_after(down, start); w != down.end() && w->from < end; ++w) {
        end += w->to - w->from;
    }
    return end;
}

void CraneTimes::count(const Window& window, BreakdownTally& tally) const {
    std::vector<std::pair<Tick, int>> changes;  // at one instant repairs (-1) come first
    for (const Windows& downs : failures_.down()) {
        for (const Window& down : downs) {
            changes.emplace_back(std::clamp(down.from, window.from, window.to), 1);
            changes.emplace_back(std::clamp(down.to, window.from, window.to), -1);
        }
    }
    std::ranges::sort(changes, {}, &std::pair<Tick, int>::first);
    tally.time_with_down.assign(failures_.down().size() + 1, 0);
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
    for (const Failures::Failure& failure : failures_.in_order()) {
        if (failure.time >= window.from && failure.time < window.to) {
            tally.repair_wait.add(failure.repair - failure.time);
            ++tally.failures;
        }
    }
}

}  // namespace corridor::engine
