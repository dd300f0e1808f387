#include "time_stat.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace corridor::engine {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double Average::mean_ms() const {
    return count_ > 0 ? static_cast<double>(sum_) / static_cast<double>(count_) : kNothing;
}

void TimeStat::clear() {
    if (count_ > 0 && !bins_.empty()) {
        const auto used = static_cast<std::ptrdiff_t>(bin_of(shifted(longest_))) + 1;
        std::fill(bins_.begin(), bins_.begin() + used, 0U);
    }
    listed_.clear();
    count_ = 0;
    sum_ = 0;
    squares_ = 0;
    shortest_ = std::numeric_limits<Tick>::max();
    longest_ = 0;
}

/// From the list to the histogram.
void TimeStat::spread() {
    bins_.resize(kBins);
    for (const std::uint16_t bin : listed_) {
        ++bins_[bin];
    }
    listed_.clear();
    listed_.shrink_to_fit();
}

void TimeStat::merge(const TimeStat& other) {
    if (bins_.empty() && (!other.bins_.empty() || listed_.size() + other.listed_.size() > kMostListed)) {
        spread();
    }
    if (bins_.empty()) {
        listed_.insert(listed_.end(), other.listed_.begin(), other.listed_.end());
    } else if (other.bins_.empty()) {
        for (const std::uint16_t bin : other.listed_) {
            ++bins_[bin];
        }
    } else if (other.count_ > 0) {
        for (std::size_t bin = 0; bin <= bin_of(shifted(other.longest_)); ++bin) {
            bins_[bin] += other.bins_[bin];
        }
    }
    count_ += other.count_;
    sum_ += other.sum_;
    squares_ += other.squares_;
    shortest_ = std::min(shortest_, other.shortest_);
    longest_ = std::max(longest_, other.longest_);
}

double TimeStat::mean_ms() const {
    return count_ > 0 ? static_cast<double>(sum_) / static_cast<double>(count_) : kNothing;
}

double TimeStat::sd_ms() const {
    if (count_ == 0) {
        return kNothing;
    }
    // Of the distances from the whole ms below the mean, so that nothing cancels.
    const auto n = static_cast<Squares>(count_);
    const auto base = static_cast<Squares>(sum_ / count_);
    const Squares squares = squares_ - 2 * base * static_cast<Squares>(sum_) + n * base * base;
    const double mean = static_cast<double>(sum_ % count_) / static_cast<double>(count_);
    return std::sqrt(std::max(0.0, static_cast<double>(squares) / static_cast<double>(count_) - mean * mean));
}

/// Of the sample of the given rank, from 1 in order of size. First the doubling, then the bin within it.
TimeStat::Place TimeStat::find_listed(std::uint64_t rank) const {
    prefetch_elements(listed_, listed_.size());
    std::array<std::uint32_t, kBins / kBinsPerDoubling + 1> doublings{};
    for (const std::uint16_t bin : listed_) {
        ++doublings[bin / kBinsPerDoubling];
    }
    Place place;
    std::size_t doubling = 0;
    for (; place.below + doublings[doubling] < rank; ++doubling) {
        place.below += doublings[doubling];
    }
    std::array<std::uint32_t, kBinsPerDoubling> bins{};
    for (const std::uint16_t bin : listed_) {
        bins[bin % kBinsPerDoubling] += bin / kBinsPerDoubling == doubling ? 1U : 0U;
    }
    std::size_t bin = 0;
    for (; place.below + bins[bin] < rank; ++bin) {
        place.below += bins[bin];
    }
    place.bin = doubling * kBinsPerDoubling + bin;
    place.in_bin = bins[bin];
    return place;
}

TimeStat::Place TimeStat::find_binned(std::uint64_t rank) const {
    Place place;
    for (; place.below + bins_[place.bin] < rank; ++place.bin) {
        place.below += bins_[place.bin];
    }
    place.in_bin = bins_[place.bin];
    return place;
}

double TimeStat::percentile_ms(double share) const {
    if (count_ == 0) {
        return kNothing;
    }
    const double target = share * static_cast<double>(count_);
    const auto rank = static_cast<std::uint64_t>(std::ceil(target));
    const Place place = bins_.empty() ? find_listed(rank) : find_binned(rank);
    const double low = std::max(lower_edge_ms(place.bin), static_cast<double>(shortest_));
    const double high = std::min(lower_edge_ms(place.bin + 1), static_cast<double>(longest_));
    return low + (high - low) * (target - static_cast<double>(place.below)) / static_cast<double>(place.in_bin);
}

double TimeStat::shortest_ms() const { return count_ > 0 ? static_cast<double>(shortest_) : kNothing; }

double TimeStat::longest_ms() const { return count_ > 0 ? static_cast<double>(longest_) : kNothing; }

double TimeStat::positive_share() const {
    if (count_ == 0) {
        return kNothing;
    }
    const auto zeros = bins_.empty() ? std::count(listed_.begin(), listed_.end(), std::uint16_t{0})
                                     : static_cast<std::ptrdiff_t>(bins_[0]);
    return 1.0 - static_cast<double>(zeros) / static_cast<double>(count_);
}

double TimeStat::within_share(Tick limit) const {
    if (count_ == 0) {
        return kNothing;
    }
    if (limit < shortest_ || limit >= longest_) {
        return limit < shortest_ ? 0.0 : 1.0;
    }
    const std::size_t last = bin_of(shifted(limit));
    const auto within =
        bins_.empty()
            ? std::count_if(listed_.begin(), listed_.end(), [last](std::uint16_t bin) { return bin <= last; })
            : std::accumulate(bins_.begin(), bins_.begin() + static_cast<std::ptrdiff_t>(last) + 1, std::ptrdiff_t{0});
    return static_cast<double>(within) / static_cast<double>(count_);
}

}  // namespace corridor::engine
