// Mean, spread and percentiles of durations, in constant memory.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::engine {

/// A mean of durations, where nothing else is asked.
class Average {
  public:
    void clear() { *this = {}; }
    void add(Tick duration) {
        ++count_;
        sum_ += duration;
    }
    double mean_ms() const;  ///< NaN without samples

  private:
    std::int64_t count_ = 0;
    std::int64_t sum_ = 0;
};

/// Durations in ms, 0 or more. Sums of whole ms are exact whatever their order. Percentiles come from a histogram with
/// 64 bins per doubling, interpolated within a bin and clamped to the extremes seen: off by at most 1.6 %.
class TimeStat {
  public:
    void clear();

    void add(Tick duration) {
        add_each(1, [duration](std::size_t) { return duration; });
    }
    /// Adds `duration_of(i)` for i in [0, count); the sums stay in registers.
    template <class DurationOf>
    void add_each(std::size_t count, DurationOf duration_of);

    /// As if every sample of `other` had been added here.
    void merge(const TimeStat& other);

    std::int64_t count() const { return count_; }
    double mean_ms() const;                    ///< NaN without samples
    double sd_ms() const;                      ///< over containers, not over replications; NaN without samples
    double percentile_ms(double share) const;  ///< 0 < share < 1; NaN without samples
    double longest_ms() const;                 ///< NaN without samples
    double positive_share() const;             ///< share of durations above 0; NaN without samples

  private:
    // Bins by the leading bits of duration + 64 as a double: 1 ms wide up to 64 ms, then 64 to a doubling.
    static constexpr int kDroppedBits = 46;
    static constexpr Tick kShift = 64;
    static constexpr std::uint64_t kFirstBin = std::bit_cast<std::uint64_t>(64.0) >> kDroppedBits;
    static constexpr std::size_t kBins = (std::bit_cast<std::uint64_t>(0x1p63) >> kDroppedBits) - kFirstBin + 1;

    static double shifted(Tick duration) { return static_cast<double>(duration + kShift); }
    static std::size_t bin_of(double shifted_duration) {
        return (std::bit_cast<std::uint64_t>(shifted_duration) >> kDroppedBits) - kFirstBin;
    }
    static double lower_edge_ms(std::size_t bin) {
        return std::bit_cast<double>((bin + kFirstBin) << kDroppedBits) - static_cast<double>(kShift);
    }

    std::int64_t count_ = 0;
    std::int64_t sum_ = 0;
    double squares_ = 0.0;  ///< of duration + kShift
    Tick longest_ = 0;
    std::vector<std::uint32_t> bins_;  ///< allocated by the first sample
};

template <class DurationOf>
void TimeStat::add_each(std::size_t count, DurationOf duration_of) {
    if (count == 0) {
        return;
    }
    if (bins_.empty()) {
        bins_.resize(kBins);
    }
    std::uint32_t* const bins = bins_.data();
    std::int64_t sum = 0;
    double squares = squares_;
    Tick longest = longest_;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick duration = duration_of(i);
        const double d = shifted(duration);
        sum += duration;
        squares += d * d;
        longest = duration > longest ? duration : longest;
        bins[bin_of(d)] += 1;
    }
    count_ += static_cast<std::int64_t>(count);
    sum_ += sum;
    squares_ = squares;
    longest_ = longest;
}

}  // namespace corridor::engine
