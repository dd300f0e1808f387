#include "occupancy.h"

#include <limits>
#include <numeric>

namespace corridor::engine {
namespace {

// Powers of two are cheap. 2^22 ms are 70 minutes: fine enough for a working day, and out of step with any timetable,
// so that samples do not always fall on departures. Longer horizons use coarser bins so that memory stays bounded.
constexpr int kFinestShift = 22;
constexpr Tick kMostBins = 100'000;
constexpr std::size_t kMostListed = 4096;

}  // namespace

void Occupancy::reset(const model::Window& window, const std::vector<Tick>& month_ends) {
    window_ = window;
    months_.clear();
    for (const Tick end : month_ends) {
        months_.push_back({.end = end});
    }
    seen_ = 0;
    bin_shift_ = kFinestShift;
    while ((window.to >> bin_shift_) > kMostBins) {
        ++bin_shift_;
    }
    integral_ = 0;
    bins_ = static_cast<std::size_t>(window.to >> bin_shift_) + 1;
    entered_.clear();
    left_.clear();
    changes_.assign(changes_.empty() ? 0 : bins_, 0);
}

/// Whether `more` changes can be listed; if not, those listed so far are in bins from now on.
bool Occupancy::has_place_in_lists(std::size_t more) {
    if (bins_ <= std::numeric_limits<std::uint16_t>::max() && entered_.size() + left_.size() + more <= kMostListed) {
        return true;
    }
    count_listed(changes_);
    entered_ = {};
    left_ = {};
    return false;
}

void Occupancy::count_listed(std::vector<std::int32_t>& changes) const {
    changes.assign(bins_, 0);
    for (const std::uint16_t bin : entered_) {
        ++changes[bin];
    }
    for (const std::uint16_t bin : left_) {
        --changes[bin];
    }
}

double Occupancy::mean() const {
    return static_cast<double>(integral_) / static_cast<double>(window_.to - window_.from);
}

std::size_t Occupancy::find_month(Tick time) {
    const auto past = [time](const Month& month) { return month.end <= time; };
    const auto found = std::partition_point(months_.begin(), months_.end() - 1, past);
    seen_ = static_cast<std::size_t>(found - months_.begin());
    return seen_;
}

/// `integral` reaches until the end of the window; only what lies before the end of the month is kept.
void Occupancy::add_to_month(std::size_t month, std::int64_t number, std::int64_t integral) {
    months_[month].integral += integral - number * (window_.to - months_[month].end);
    months_[month].entered += number;
}

std::vector<double> Occupancy::monthly_means() const {
    std::vector<double> means;
    std::int64_t present = 0;  // at the beginning of the month
    Tick begin = window_.from;
    for (const Month& month : months_) {
        const Tick length = month.end - begin;
        means.push_back(static_cast<double>(month.integral + present * length) / static_cast<double>(length));
        present += month.entered;
        begin = month.end;
    }
    return means;
}

void Occupancy::samples(std::vector<std::int32_t>& out) const {
    changes_.empty() ? count_listed(out) : out.assign(changes_.begin(), changes_.end());
    const auto edge = static_cast<std::size_t>((window_.from + (Tick{1} << bin_shift_) - 1) >> bin_shift_);
    const std::size_t first = std::min(edge, bins_);
    std::int32_t present = std::accumulate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(first), 0);
    for (std::size_t i = first; i < bins_; ++i) {
        const std::int32_t change = out[i];
        out[i - first] = present;
        present += change;
    }
    out.resize(bins_ - first);
}

}  // namespace corridor::engine
