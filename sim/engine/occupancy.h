// How many are present over time, in a yard or of what else comes and goes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "corridor/model/model.h"
#include "prefetch.h"

namespace corridor::engine {

/// Number of items present over time: an exact integral over the window and samples at regular instants.
///
/// Few comings and goings are kept as lists of the bins in which they fall, as TimeStat keeps few durations.
class Occupancy {
  public:
    /// `month_ends`: of the months of the window, in order; the last is its end.
    void reset(const model::Window& window, const std::vector<Tick>& month_ends);

    void enter(Tick time) {
        change_each(1, 1, time, time, [time](std::size_t) { return time; });
    }
    void leave(Tick time) {
        change_each(1, -1, time, time, [time](std::size_t) { return time; });
    }
    /// `step` more are present from `time_of(i)` on, for i in [0, count), none before `earliest` or after `latest`.
    /// Returns what one step each adds to the integral, in item-ms of the window.
    template <class TimeOf>
    std::int64_t change_each(std::size_t count, int step, Tick earliest, Tick latest, TimeOf time_of);

    /// Asks the memory for where changes in [from, to] are counted, and for the months.
    void prefetch(Tick from, Tick to) const {
        prefetch_elements(months_, months_.size());
        if (changes_.empty()) {
            prefetch_end_of(entered_);
            return prefetch_end_of(left_);
        }
        const auto first = static_cast<std::size_t>(std::max<Tick>(from, 0) >> bin_shift_);
        const auto last = static_cast<std::size_t>(std::min(to, window_.to) >> bin_shift_);
        if (first > last) {
            return;
        }
        prefetch_bytes(changes_.data() + first, (last - first + 1) * sizeof(changes_.front()));
    }

    double mean() const;  ///< time average over the window

    std::vector<double> monthly_means() const;

    /// Number present at the edges of the bins inside the window.
    void samples(std::vector<std::int32_t>& out) const;

  private:
    /// What changes within a month add to it; what was there before is added when asked for.
    struct Month {
        Tick end = 0;
        std::int64_t integral = 0;  ///< item-ms
        std::int64_t entered = 0;   ///< net number
    };

    /// The month of a time; the first for those before the window, the last for those after it.
    std::size_t month_of(Tick time) {
        const bool is_seen = time < months_[seen_].end && (seen_ == 0 || time >= months_[seen_ - 1].end);
        return is_seen ? seen_ : find_month(time);  // nearly always the same
    }
    std::size_t find_month(Tick time);
    void add_to_month(std::size_t month, std::int64_t number, std::int64_t integral);
    bool has_place_in_lists(std::size_t more);
    void count_listed(std::vector<std::int32_t>& changes) const;
    template <class TimeOf>
    std::int64_t list_each(std::size_t count, int step, TimeOf time_of);
    template <class TimeOf>
    std::int64_t bin_each(std::size_t count, int step, Tick earliest, Tick latest, TimeOf time_of);

    model::Window window_;
    int bin_shift_ = 0;                   ///< a bin is 2^bin_shift_ ms wide
    std::size_t bins_ = 0;                ///< from the origin to the end of the window
    std::int64_t integral_ = 0;           ///< item-ms
    std::vector<std::uint16_t> entered_;  ///< the bin of each, while there are few
    std::vector<std::uint16_t> left_;     ///< likewise
    std::vector<std::int32_t> changes_;   ///< net number entered per bin; empty while they are listed
    std::vector<Month> months_;
    std::size_t seen_ = 0;  ///< the month of what was added last
};

template <class TimeOf>
std::int64_t Occupancy::change_each(std::size_t count, int step, Tick earliest, Tick latest, TimeOf time_of) {
    if (count == 0) {
        return 0;
    }
    const model::Window window = window_;
    const std::size_t month = month_of(earliest);
    const bool is_listed = changes_.empty() && has_place_in_lists(count);
    if (earliest >= window.from && latest <= months_[month].end) {  // nearly always
        const std::int64_t sum_of_times =
            is_listed ? list_each(count, step, time_of) : bin_each(count, step, earliest, latest, time_of);
        const auto number = static_cast<std::int64_t>(count);
        const std::int64_t integral = number * window.to - sum_of_times;
        integral_ += step * integral;
        add_to_month(month, step * number, step * integral);
        return integral;
    }
    std::int64_t integral = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick time = std::min<Tick>(time_of(i), window.to);
        const auto itself = [time](std::size_t) { return time; };
        const Tick present_from = std::max(time, window.from);
        is_listed ? list_each(1, step, itself) : bin_each(1, step, time, time, itself);
        integral += window.to - present_from;
        add_to_month(month_of(present_from), step, step * (window.to - present_from));
    }
    integral_ += step * integral;
    return integral;
}

/// Returns the sum of the times.
template <class TimeOf>
std::int64_t Occupancy::list_each(std::size_t count, int step, TimeOf time_of) {
    std::vector<std::uint16_t>& listed = step > 0 ? entered_ : left_;
    const int bin_shift = bin_shift_;
    const std::size_t before = listed.size();
    listed.resize(before + count);
    std::uint16_t* const added = listed.data() + before;
    std::int64_t sum_of_times = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick time = time_of(i);
        sum_of_times += time;
        added[i] = static_cast<std::uint16_t>(time >> bin_shift);
    }
    return sum_of_times;
}

/// Returns the sum of the times.
template <class TimeOf>
std::int64_t Occupancy::bin_each(std::size_t count, int step, Tick earliest, Tick latest, TimeOf time_of) {
    constexpr Tick kMany = 8;
    std::int32_t* const changes = changes_.data();
    const int bin_shift = bin_shift_;
    const auto add = [&](Tick bin, std::int32_t number) { changes[bin] += step * number; };
    std::int64_t sum_of_times = 0;
    if (((latest - earliest) >> bin_shift) * kMany >= static_cast<Tick>(count)) {
        for (std::size_t i = 0; i < count; ++i) {
            sum_of_times += time_of(i);
            add(time_of(i) >> bin_shift, 1);
        }
        return sum_of_times;
    }
    // Additions to one bin would wait for each other.
    Tick bin = earliest >> bin_shift;
    std::int32_t in_bin = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick time = time_of(i);
        sum_of_times += time;
        if (time >> bin_shift != bin) {
            add(std::exchange(bin, time >> bin_shift), std::exchange(in_bin, 0));
        }
        ++in_bin;
    }
    add(bin, in_bin);
    return sum_of_times;
}

}  // namespace corridor::engine
