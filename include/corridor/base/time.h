// Civil local time on an integral grid of one millisecond: no time zones, no rounding drift.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace corridor {

/// A length of time; one tick is one millisecond.
using Duration = std::chrono::duration<std::int64_t, std::milli>;

/// A point in civil local time. Instants and durations do not mix.
using Instant = std::chrono::local_time<Duration>;

/// Milliseconds since the start of the simulated time (the beginning of the warm-up): the engine's raw number.
using Tick = std::int64_t;

inline constexpr double kMillisecondsPerHour = 3'600'000.0;
inline constexpr double kHoursPerDay = 24.0;
inline constexpr double kHoursPerWeek = 168.0;

/// Nearest whole number of milliseconds to `hours`; `hours` must lie within +-1e12.
Duration duration_from_hours(double hours);

/// Hours as a plain number, for reports.
constexpr double hours(Duration d) { return static_cast<double>(d.count()) / kMillisecondsPerHour; }

/// ISO 8601: "2020-01-01", or "2020-01-01T06:30" with seconds and milliseconds only where they are not zero.
std::string format_instant(Instant t);

/// Every part of it, for files that programs read: "2020-01-01T05:00:00.000".
std::string format_timestamp(Instant t);

/// "2020-01"
std::string format_month(std::chrono::year_month month);

/// Reads ISO 8601 dates and local date-times ("2020-02-29", "2020-01-01T06:30", "2020-01-01 06:30:15.250").
/// Nothing for text that is not a date of the calendar (29 February of a common year, 25:61, a second of 60).
std::optional<Instant> parse_instant(std::string_view text);

/// For messages: "0.25 s" below a minute, "4 h 30 min" in whole seconds below two days, "2.5 d" (two decimals) from
/// there.
std::string format_duration(Duration d);

}  // namespace corridor
