#include "calendar.h"

#include <algorithm>
#include <chrono>

namespace corridor::model {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::weeks;
using std::chrono::year_month;
using std::chrono::year_month_day;

Tick ticks(Instant time, Instant origin) { return (time - origin).count(); }

// Calls `visit(monday)` for every week that touches [0, end).
template <class Visit>
void for_each_week(Instant origin, Tick end, Visit visit) {
    const Instant last = origin + Duration{end};
    for (Instant monday = week_start(origin); monday < last; monday += weeks{1}) visit(monday);
}

void add_clipped(std::vector<Window>& windows, Window window, Tick end) {
    window.from = std::max<Tick>(window.from, 0);
    window.to = std::min(window.to, end);
    if (window.from < window.to) windows.push_back(window);
}

}  // namespace

void cut_out(std::vector<Window>& windows, const Window& closed) {
    std::vector<Window> left;
    for (const Window& window : windows) {
        const Window before{window.from, std::min(window.to, closed.from)};
        const Window after{std::max(window.from, closed.to), window.to};
        if (before.from < before.to) left.push_back(before);
        if (after.from < after.to) left.push_back(after);
    }
    windows = std::move(left);
}

void merge_windows(std::vector<Window>& windows) {
    std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) { return a.from < b.from; });
    std::vector<Window> merged;
    for (const Window& window : windows) {
        if (!merged.empty() && window.from <= merged.back().to) {
            merged.back().to = std::max(merged.back().to, window.to);
        } else {
            merged.push_back(window);
        }
    }
    windows = std::move(merged);
}

year_month month_of(Instant time) {
    const year_month_day day{floor<days>(time)};
    return day.year() / day.month();
}

std::vector<MonthPart> months_between(Instant from, Instant to) {
    std::vector<MonthPart> parts;
    for (year_month month = month_of(from); from < to; month = month + months{1}) {
        const Instant next = local_days{(month + months{1}) / 1};
        const int key =
            static_cast<int>(month.year()) * 12 + static_cast<int>(static_cast<unsigned>(month.month())) - 1;
        parts.push_back({.key = key, .from = from, .to = std::min(next, to)});
        from = next;
    }
    return parts;
}

Instant week_start(Instant time) {
    const local_days day = floor<days>(time);
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

std::vector<Tick> weekly_ticks(const std::vector<int>& pattern, Instant origin, Tick end) {
    std::vector<Tick> result;
    for_each_week(origin, end, [&](Instant monday) {
        for (const int minute : pattern) {
            const Tick tick = ticks(monday + minutes{minute}, origin);
            if (tick >= 0 && tick < end) result.push_back(tick);
        }
    });
    return result;
}

std::vector<Window> opening_windows(const std::vector<scenario::WeeklyWindow>& opening,
                                    const std::vector<scenario::DatedWindow>& calendar, Instant origin, Tick end) {
    if (opening.empty() && calendar.empty()) return {};
    std::vector<Window> windows;
    if (opening.empty()) windows.push_back({0, end});
    for_each_week(origin, opening.empty() ? 0 : end, [&](Instant monday) {
        for (const scenario::WeeklyWindow& weekly : opening) {
            const Instant from = monday + minutes{weekly.from_minute};
            const Instant to = monday + minutes{weekly.to_minute};
            add_clipped(windows, {ticks(from, origin), ticks(to, origin)}, end);
        }
    });
    merge_windows(windows);
    for (const scenario::DatedWindow& dated : calendar) {
        const Window window{ticks(dated.from, origin), ticks(dated.to, origin)};
        if (dated.open) {
            add_clipped(windows, window, end);
            merge_windows(windows);
        } else {
            cut_out(windows, window);
        }
    }
    return windows;
}

Tick open_time(const std::vector<Window>& open, const Window& span) {
    if (span.to <= span.from) return 0;
    if (open.empty()) return span.to - span.from;
    Tick sum = 0;
    for (auto it = first_after(open, span.from); it != open.end() && it->from < span.to; ++it) {
        sum += std::min(it->to, span.to) - std::max(it->from, span.from);
    }
    return sum;
}

}  // namespace corridor::model
