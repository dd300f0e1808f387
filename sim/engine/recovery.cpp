#include "recovery.h"

#include <algorithm>
#include <numeric>

namespace corridor::engine {
namespace {

constexpr Tick kMinute = 60'000;
constexpr Tick kMostSamples = 1'100'000;  // two years of minutes
constexpr double kToleratedShare = 0.01;

}  // namespace

void Census::reset(Tick horizon) {
    spacing_ = kMinute * (1 + horizon / (kMinute * kMostSamples));
    changes_.assign(static_cast<std::size_t>(horizon / spacing_) + 1, 0);
}

std::vector<std::int32_t> Census::counts() const {
    std::vector<std::int32_t> counts(changes_.size());
    std::partial_sum(changes_.begin(), changes_.end(), counts.begin());
    return counts;
}

namespace {

/// The backlog at each minute of the period, and how much of it is none.
struct Backlog {
    std::size_t first = 0;  ///< number of the first minute
    std::vector<std::int32_t> at;
    double tolerance = 1.0;
};

Backlog backlog_of(const Census& disrupted, const Census& undisturbed, const model::Window& period) {
    const std::vector<std::int32_t> with = disrupted.counts();
    const std::vector<std::int32_t> without = undisturbed.counts();
    const Tick spacing = disrupted.spacing();
    Backlog backlog;
    backlog.first = static_cast<std::size_t>((period.from + spacing - 1) / spacing);
    double sum = 0.0;
    for (std::size_t k = backlog.first; k < with.size() && static_cast<Tick>(k) * spacing < period.to; ++k) {
        backlog.at.push_back(with[k] - without[k]);
        sum += without[k];
    }
    if (!backlog.at.empty()) {
        backlog.tolerance = std::max(1.0, kToleratedShare * sum / static_cast<double>(backlog.at.size()));
    }
    return backlog;
}

}  // namespace

Recovery recovery_of(const Census& disrupted, const Census& undisturbed, const Windows& windows,
                     const model::Window& period) {
    const Backlog backlog = backlog_of(disrupted, undisturbed, period);
    const Tick spacing = disrupted.spacing();
    Recovery recovery;
    for (const std::int32_t more : backlog.at) {
        recovery.backlog_most = std::max(recovery.backlog_most, static_cast<double>(more));
    }
    const auto number = [&](Tick time) {
        const auto k = static_cast<std::size_t>((std::max(time, period.from) + spacing - 1) / spacing);
        return std::min(k - backlog.first, backlog.at.size());
    };
    const auto is_behind = [&](std::size_t k) { return backlog.at[k] > backlog.tolerance; };
    Tick since = -1;  // the start of the disruption that is not over
    for (auto window = windows.begin(); window != windows.end() && window->from < period.to; ++window) {
        if (window->to <= period.from) continue;
        const Tick start = std::max(window->from, period.from);
        const Tick next = std::next(window) == windows.end() ? period.to : std::min(std::next(window)->from, period.to);
        const std::size_t from = number(start);
        std::size_t to = number(next);
        since = since < 0 ? start : since;
        if (to > from && is_behind(to - 1)) continue;  // goes on into the next one
        while (to > from && !is_behind(to - 1)) --to;
        const Tick over = static_cast<Tick>(backlog.first + to) * spacing;
        recovery.times.push_back(to > from || since < start ? over - since : 0);
        since = -1;
    }
    recovery.unfinished = since < 0 ? 0 : 1;
    return recovery;
}

}  // namespace corridor::engine
