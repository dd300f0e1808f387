// Civil time to ticks: months, weekly patterns, opening hours.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

std::chrono::year_month month_of(Instant time);

/// A month or the part of it that lies in a span.
struct MonthPart {
    int key = 0;  ///< year * 12 + month - 1
    Instant from;
    Instant to;
};

/// The months of [from, to) in order.
std::vector<MonthPart> months_between(Instant from, Instant to);

/// The Monday, 00:00, at or before `time`.
Instant week_start(Instant time);

/// Every instant of a weekly pattern (minutes since Monday 00:00, sorted) in [0, end), in ticks since `origin`.
std::vector<Tick> weekly_ticks(const std::vector<int>& minutes, Instant origin, Tick end);

/// Takes a time out of sorted, disjoint windows.
void cut_out(std::vector<Window>& windows, const Window& closed);

/// When something is open within [0, end): weekly hours changed by dated windows, later ones winning. Sorted and
/// disjoint. Empty without hours and calendar (always open), and for what never opens.
std::vector<Window> opening_windows(const std::vector<scenario::WeeklyWindow>& opening,
                                    const std::vector<scenario::DatedWindow>& calendar, Instant origin, Tick end);

/// Sorts windows; those that overlap or touch become one.
void merge_windows(std::vector<Window>& windows);

/// The first window that ends after `time`: when something is open next, of windows sorted and disjoint.
inline std::vector<Window>::const_iterator first_after(const std::vector<Window>& windows, Tick time) {
    return std::partition_point(windows.begin(), windows.end(), [time](const Window& w) { return w.to <= time; });
}

/// How much of `span` lies in `open`; all of it where `open` is empty. None of a span that ends before it begins.
Tick open_time(const std::vector<Window>& open, const Window& span);

}  // namespace corridor::model
