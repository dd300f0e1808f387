#include "recovery.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace corridor::engine {
namespace {

constexpr Tick kMinute = 60'000;
constexpr Tick kMostSamples = 1'100'000;  // two years of minutes
constexpr Tick kWeek = Tick{7} * 24 * 60 * kMinute;
constexpr double kToleratedShare = 0.01;

/// The backlog at each minute of the period, and how much of it is none.
class Backlog {
  public:
    Backlog(const Census& disrupted, const Census& undisturbed, const model::Window& period)
        : spacing_(disrupted.spacing()), first_(up(period.from)), week_(std::max<std::size_t>(1, up(kWeek))) {
        const auto end = std::min(up(period.to), disrupted.changes().size());
        const std::int32_t* const with_change = disrupted.changes().data();
        const std::int32_t* const without_change = undisturbed.changes().data();
        const std::size_t before = std::min(first_, end);
        std::int32_t with = std::accumulate(with_change, with_change + before, 0);
        std::int32_t without = std::accumulate(without_change, without_change + before, 0);
        std::int64_t sum = 0;
        at_.resize(end - before);
        sums_.resize(at_.size() + 1);
        std::int64_t so_far = 0;
        for (std::size_t k = before; k < end; ++k) {
            with += with_change[k];
            without += without_change[k];
            const std::int32_t backlog = with - without;
            at_[k - before] = backlog;
            so_far += backlog;
            sums_[k - before + 1] = so_far;
            most_ = std::max(most_, backlog);
            sum += without;
        }
        if (!at_.empty()) {
            tolerance_ = std::max(1.0, kToleratedShare * static_cast<double>(sum) / static_cast<double>(at_.size()));
        }
    }

    double most() const { return most_; }

    /// The first minute from `time` on, counted from that of the beginning; at most the end.
    std::size_t number(Tick time) const { return std::min(std::max(up(time), first_) - first_, at_.size()); }
    Tick time(std::size_t k) const { return static_cast<Tick>(first_ + k) * spacing_; }

    /// The minute of [from, to), which is not empty, at which it is gone, not before `end`: the first one after its
    /// peak at which it is none, and none on average over the week from then on. `to` where it is not.
    std::size_t gone(std::size_t from, std::size_t end, std::size_t to) const {
        const std::size_t peak = this->peak(from, to);
        end = std::min(end, to - 1);
        std::size_t k = is_none(at_[peak]) ? end : std::max(end, peak);
        while (k < to && !(is_none(at_[k]) && (is_none(at_[peak]) || is_none(mean(k, to))))) ++k;
        return k;
    }

  private:
    std::size_t up(Tick time) const { return static_cast<std::size_t>((time + spacing_ - 1) / spacing_); }
    bool is_none(double backlog) const { return backlog <= tolerance_; }

    /// Over a week, or until `to`.
    double mean(std::size_t from, std::size_t to) const {
        const std::size_t last = std::min(from + week_, to);
        return static_cast<double>(sums_[last] - sums_[from]) / static_cast<double>(last - from);
    }

    /// The most in the week in which there is most: not what chance adds for a moment, much later.
    std::size_t peak(std::size_t from, std::size_t to) const {
        std::size_t worst = from;
        std::int64_t most = std::numeric_limits<std::int64_t>::min();
        for (std::size_t k = from; k + week_ <= to; ++k) {
            const std::int64_t sum = sums_[k + week_] - sums_[k];
            worst = sum > most ? k : worst;
            most = std::max(most, sum);
        }
        const auto week = at_.begin() + static_cast<std::ptrdiff_t>(worst);
        const auto length = static_cast<std::ptrdiff_t>(std::min(week_, to - worst));
        return static_cast<std::size_t>(std::max_element(week, week + length) - at_.begin());
    }

    Tick spacing_;
    std::size_t first_;  ///< number of the first minute
    std::size_t week_;
    std::vector<std::int32_t> at_;
    std::vector<std::int64_t> sums_;  ///< of those before
    std::int32_t most_ = 0;
    double tolerance_ = 1.0;
};

}  // namespace

void Census::reset(Tick horizon) {
    spacing_ = kMinute * (1 + horizon / (kMinute * kMostSamples));
    changes_.assign(static_cast<std::size_t>(horizon / spacing_) + 1, 0);
}

Recovery recovery_of(const Census& disrupted, const Census& undisturbed, const Windows& windows,
                     const model::Window& period) {
    const Backlog backlog(disrupted, undisturbed, period);
    Recovery recovery;
    recovery.backlog_most = backlog.most();
    bool goes_on = false;  // the one before was not over when this one began
    std::size_t from = 0;
    for (auto window = windows.begin(); window != windows.end() && window->from < period.to; ++window) {
        if (window->to <= period.from) continue;
        const bool is_last = std::next(window) == windows.end();
        const std::size_t to = backlog.number(is_last ? period.to : std::min(std::next(window)->from, period.to));
        from = goes_on ? from : backlog.number(window->from);
        const std::size_t end = backlog.number(window->to);
        const std::size_t gone = from < to ? backlog.gone(from, end, to) : from;
        goes_on = from < to && gone == to;
        if (!goes_on) recovery.times.push_back(gone > end ? backlog.time(gone) - window->to : 0);
    }
    recovery.unfinished = goes_on ? 1 : 0;
    return recovery;
}

}  // namespace corridor::engine
