#include "time_stat.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace corridor::engine {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double Average::mean_ms() const {
    return count_ > 0 ? static_cast<double>(sum_) / static_cast<double>(count_) : kNothing;
}

void TimeStat::clear() {
    if (count_ > 0) {
        const auto used = static_cast<std::ptrdiff_t>(bin_of(shifted(longest_))) + 1;
        std::fill(bins_.begin(), bins_.begin() + used, 0U);
    }
    count_ = 0;
    sum_ = 0;
    squares_ = 0.0;
    longest_ = 0;
}

void TimeStat::merge(const TimeStat& other) {
    if (other.count_ == 0) {
        return;
    }
    bins_.resize(kBins);
    for (std::size_t bin = 0; bin <= bin_of(shifted(other.longest_)); ++bin) {
        bins_[bin] += other.bins_[bin];
    }
    count_ += other.count_;
    sum_ += other.sum_;
    squares_ += other.squares_;
    longest_ = std::max(longest_, other.longest_);
}

double TimeStat::mean_ms() const {
    return count_ > 0 ? static_cast<double>(sum_) / static_cast<double>(count_) : kNothing;
}

double TimeStat::sd_ms() const {
    if (count_ == 0) {
        return kNothing;
    }
    const double mean = mean_ms() + static_cast<double>(kShift);
    return std::sqrt(std::max(0.0, squares_ / static_cast<double>(count_) - mean * mean));
}

double TimeStat::percentile_ms(double share) const {
    if (count_ == 0) {
        return kNothing;
    }
    const double target = share * static_cast<double>(count_);
    const auto whole_target = static_cast<std::uint64_t>(std::ceil(target));
    std::uint64_t before = 0;
    std::size_t bin = 0;
    for (; before + bins_[bin] < whole_target; ++bin) {
        before += bins_[bin];
    }
    const double low = lower_edge_ms(bin);
    const double high = std::min(lower_edge_ms(bin + 1), static_cast<double>(longest_));
    return low + (high - low) * (target - static_cast<double>(before)) / static_cast<double>(bins_[bin]);
}

double TimeStat::longest_ms() const { return count_ > 0 ? static_cast<double>(longest_) : kNothing; }

double TimeStat::positive_share() const {
    return count_ > 0 ? 1.0 - static_cast<double>(bins_[0]) / static_cast<double>(count_) : kNothing;
}

}  // namespace corridor::engine
