#include "corridor/base/time.h"

#include <doctest/doctest.h>

#include "corridor/base/contract.h"

namespace corridor {
namespace {

using namespace std::chrono_literals;

Instant day(int year, unsigned month, unsigned day_of_month) {
    return Instant{
        std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month}}};
}

TEST_CASE("Hours become the nearest whole number of milliseconds") {
    CHECK(duration_from_hours(1.0) == 1h);
    CHECK(duration_from_hours(0.05) == 3min);
    CHECK(duration_from_hours(1.0 / 3.0) == 20min);
    CHECK(duration_from_hours(-0.5) == -30min);
    CHECK(duration_from_hours(0.4 / kMillisecondsPerHour) == 0ms);
    CHECK(duration_from_hours(0.6 / kMillisecondsPerHour) == 1ms);
    CHECK(duration_from_hours(1e12).count() == 3'600'000'000'000'000'000);
    CHECK_THROWS_WITH_AS(static_cast<void>(duration_from_hours(1.1e12)), "expected: a number of hours within +-1e12",
                         Defect);
    CHECK(hours(90min) == 1.5);
}

TEST_CASE("A date is written alone at midnight, with hours and minutes otherwise, finer only where needed") {
    CHECK(format_instant(day(2020, 1, 1)) == "2020-01-01");
    CHECK(format_month(std::chrono::year{2020} / 12) == "2020-12");
    CHECK(format_instant(day(2020, 1, 1) + 6h + 30min) == "2020-01-01T06:30");
    CHECK(format_instant(day(2020, 12, 31) + 23h + 59min + 59s) == "2020-12-31T23:59:59");
    CHECK(format_instant(day(2020, 1, 1) + 250ms) == "2020-01-01T00:00:00.250");
    CHECK(format_instant(day(800, 1, 1)) == "0800-01-01");
    CHECK(format_instant(day(1969, 12, 31) + 23h) == "1969-12-31T23:00");
}

TEST_CASE("Dates and local date-times are read") {
    CHECK(parse_instant("2020-02-29") == day(2020, 2, 29));
    CHECK(parse_instant("2020-01-01T06:30") == day(2020, 1, 1) + 6h + 30min);
    CHECK(parse_instant("2020-01-01 06:30:15.250") == day(2020, 1, 1) + 6h + 30min + 15s + 250ms);
    CHECK(parse_instant("2020-01-01T06:30:15.5") == day(2020, 1, 1) + 6h + 30min + 15s + 500ms);
    CHECK(parse_instant("2020-01-01T06:30:15.05") == day(2020, 1, 1) + 6h + 30min + 15s + 50ms);
    CHECK(parse_instant("2020-01-01T23:59:59.999") == day(2020, 1, 2) - 1ms);
}

TEST_CASE("What is written reads back") {
    for (const Instant t : {day(2020, 2, 29), day(2024, 12, 31) + 23h + 59min, day(1999, 1, 1) + 1ms}) {
        CHECK(parse_instant(format_instant(t)) == t);
    }
}

TEST_CASE("What is not a date of the calendar is not read") {
    for (const char* const text : {"",
                                   "2020",
                                   "2020-1-1",
                                   "2020-01-1",
                                   "20-01-01",
                                   "2020-01-01 ",
                                   " 2020-01-01",
                                   "2020/01/01",
                                   "2020-13-01",
                                   "2020-00-10",
                                   "2020-01-00",
                                   "2020-01-32",
                                   "2023-02-29",
                                   "1900-02-29",
                                   "2020-04-31",
                                   "2020-01-01T",
                                   "2020-01-01T6:30",
                                   "2020-01-01T25:61",
                                   "2020-01-01T24:00",
                                   "2020-01-01T23:60",
                                   "2020-01-01T23:59:60",
                                   "2020-01-01T23:59:",
                                   "2020-01-01T23:59:59.",
                                   "2020-01-01T23:59:59.1234",
                                   "2020-01-01T06:30Z",
                                   "2020-01-01T06:30+08:00",
                                   "2020-01-01t06:30",
                                   "-2020-01-01",
                                   "+2020-01-01",
                                   "2020-01-01T-1:00"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_instant(text).has_value());
    }
}

TEST_CASE("Durations are written as a planner says them") {
    CHECK(format_duration(0ms) == "0 s");
    CHECK(format_duration(250ms) == "0.25 s");
    CHECK(format_duration(59s + 999ms) == "59.999 s");
    CHECK(format_duration(1min) == "1 min");
    CHECK(format_duration(4h + 30min) == "4 h 30 min");
    CHECK(format_duration(4h + 15s) == "4 h 15 s");
    CHECK(format_duration(4h) == "4 h");
    CHECK(format_duration(48h - 1s) == "47 h 59 min 59 s");
    CHECK(format_duration(48h) == "2 d");
    CHECK(format_duration(60h) == "2.5 d");
    CHECK(format_duration(-90min) == "-1 h 30 min");
}

}  // namespace
}  // namespace corridor
