// Mean, spread and percentiles of durations, in constant memory.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "corridor/base/time.h"
#include "prefetch.h"

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

/// Durations in ms, 0 or more. Sums of whole ms and of their squares are exact whatever their order. Percentiles come
/// from a histogram with 64 bins per doubling, interpolated within a bin and clamped to the extremes seen: off by at
/// most 1.6 %.
///
/// Few samples are kept as a list of their bins: of thousands of quiet queues each would otherwise have a histogram of
/// its own, nearly empty and never in the cache. The results are the same.
class TimeStat {
  public:
    void clear();

    void add(Tick duration) {
        add_each(1, [duration](std::size_t) { return duration; });
    }
    /// Adds `duration_of(i)` for i in [0, count); the sums stay in registers.
    template <class DurationOf>
    void add_each(std::size_t count, DurationOf duration_of);

    /// Asks the memory for where the next few samples are listed.
    void prefetch() const { prefetch_end_of(listed_); }

    /// As if every sample of `other` had been added here.
    void merge(const TimeStat& other);

    std::int64_t count() const { return count_; }
    double mean_ms() const;                    ///< NaN without samples
    double sd_ms() const;                      ///< over containers, not over replications; NaN without samples
    double percentile_ms(double share) const;  ///< 0 < share < 1; NaN without samples
    double shortest_ms() const;                ///< NaN without samples
    double longest_ms() const;                 ///< NaN without samples
    double positive_share() const;             ///< share of durations above 0; NaN without samples
    /// Share of durations up to `limit`; those beyond it in the bin of the limit, by up to 1.6 %, count as well.
    /// NaN without samples.
    double within_share(Tick limit) const;

  private:
    __extension__ using Squares = unsigned __int128;  ///< 2^112 for 500 million durations of 100 years

    // Bins by the leading bits of duration + 64 as a double: 1 ms wide up to 64 ms, then 64 to a doubling.
    static constexpr int kDroppedBits = 46;
    static constexpr Tick kShift = 64;
    static constexpr std::uint64_t kFirstBin = std::bit_cast<std::uint64_t>(64.0) >> kDroppedBits;
    static constexpr std::size_t kBinsPerDoubling = 64;
    static constexpr std::size_t kBins = (std::bit_cast<std::uint64_t>(0x1p63) >> kDroppedBits) - kFirstBin + 1;
    static constexpr std::size_t kMostListed = 4096;
    static_assert(kBins <= std::numeric_limits<std::uint16_t>::max());

    /// As a double; exact, as durations are far below 2^52. Without a conversion, which SSE2 has for one at a time
    /// only.
    static double shifted(Tick duration) {
        constexpr double kBase = 0x1p52;  // the last bit of its mantissa is worth one
        const auto ones = static_cast<std::uint64_t>(duration + kShift);
        return std::bit_cast<double>(std::bit_cast<std::uint64_t>(kBase) + ones) - kBase;
    }
    static Tick unshifted(double shifted_duration) { return static_cast<Tick>(shifted_duration) - kShift; }
    static std::size_t bin_of(double shifted_duration) {
        return (std::bit_cast<std::uint64_t>(shifted_duration) >> kDroppedBits) - kFirstBin;
    }
    static double lower_edge_ms(std::size_t bin) {
        return std::bit_cast<double>((bin + kFirstBin) << kDroppedBits) - static_cast<double>(kShift);
    }

    /// Where a percentile lies: `in_bin` samples are in `bin` and `below` in those before it.
    struct Place {
        std::size_t bin = 0;
        std::uint64_t below = 0;
        std::uint64_t in_bin = 0;
    };

    template <class DurationOf, class Count>
    void add_each_to(std::size_t count, DurationOf& duration_of, Count count_bin);
    void spread();
    Place find_listed(std::uint64_t rank) const;
    Place find_binned(std::uint64_t rank) const;

    std::int64_t count_ = 0;
    std::int64_t sum_ = 0;
    Squares squares_ = 0;
    Tick shortest_ = std::numeric_limits<Tick>::max();
    Tick longest_ = 0;
    std::vector<std::uint16_t> listed_;  ///< the bin of each sample, while there are few
    std::vector<std::uint32_t> bins_;    ///< empty while samples are listed
};

template <class DurationOf>
void TimeStat::add_each(std::size_t count, DurationOf duration_of) {
    if (bins_.empty() && listed_.size() + count > kMostListed) {
        spread();
    }
    if (!bins_.empty()) {
        std::uint32_t* const bins = bins_.data();
        return add_each_to(count, duration_of, [bins](std::size_t, std::size_t bin) { bins[bin] += 1; });
    }
    const std::size_t before = listed_.size();
    listed_.resize(before + count);
    std::uint16_t* const added = listed_.data() + before;
    add_each_to(count, duration_of,
                [added](std::size_t i, std::size_t bin) { added[i] = static_cast<std::uint16_t>(bin); });
}

template <class DurationOf, class Count>
void TimeStat::add_each_to(std::size_t count, DurationOf& duration_of, Count count_bin) {
    if (count == 0) {
        return;
    }
    std::int64_t sum = 0;
    Squares squares = squares_;
    double shortest = std::numeric_limits<double>::max();
    double longest = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick duration = duration_of(i);
        const double d = shifted(duration);
        sum += duration;
        squares += Squares{static_cast<std::uint64_t>(duration)} * static_cast<std::uint64_t>(duration);
        shortest = shortest < d ? shortest : d;
        longest = longest > d ? longest : d;
        count_bin(i, bin_of(d));
    }
    count_ += static_cast<std::int64_t>(count);
    sum_ += sum;
    squares_ = squares;
    shortest_ = std::min(shortest_, unshifted(shortest));
    longest_ = std::max(longest_, unshifted(longest));
}

}  // namespace corridor::engine
