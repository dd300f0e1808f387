// Departures, opening hours and months in ticks since the start of the warm-up.
#include <cmath>

#include "compiled.h"

namespace corridor::model {
namespace {

Timetable timetable(const std::string& departures, const std::string& period = "") {
    std::string text = kRiver + kDemand + R"(
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = )" + departures;
    if (!period.empty())
        text.replace(text.find("period"), text.find('\n', text.find("period")) - text.find("period"), period);
    return model_of(text).lines[Id<Line>{0}].timetable;
}

/// The k-th departure as the simulator computes it.
Tick kth(const Timetable& t, double k) { return to_tick(t.first_ms + k * t.headway_ms); }

TEST_CASE("Departures per week have an even headway and a random phase") {
    const Timetable nine = timetable("{ per_week = 9 }");
    CHECK(nine.headway_ms == 67'200'000.0);
    CHECK(nine.random_phase);
    CHECK(nine.listed.empty());
}

TEST_CASE("The k-th departure of a headway is k headways after the first, exactly, over ten million departures") {
    const Timetable third = timetable("{ headway = \"20 min\", first = 2020-01-06T06:00:00 }");
    CHECK_FALSE(third.random_phase);
    CHECK(kth(third, 0) == 6 * kHour);
    CHECK(kth(third, 1e7) == 6 * kHour + 10'000'000LL * 20 * kMinute);
    const Timetable tenth = timetable("{ headway = \"0.1 h\", first = 2020-01-06 }");
    CHECK(kth(tenth, 1e7) == 10'000'000LL * 6 * kMinute);
    const Timetable seven = timetable("{ per_week = 7 }");
    CHECK(seven.headway_ms == static_cast<double>(kDay));
    const Timetable second = timetable("{ headway = \"1 s\", first = 2020-01-06 }");
    CHECK(kth(second, 3.6e12) == 3'600'000'000'000'000LL);  // after 1e9 hours
}

TEST_CASE("A headway that is no whole number of milliseconds keeps its fraction") {
    const Timetable eleven = timetable("{ per_week = 11 }");
    CHECK(eleven.headway_ms == 604'800'000.0 / 11);
    CHECK(kth(eleven, 11e6) == 1'000'000LL * 7 * kDay);
}

TEST_CASE("A headway begins at its first departure; one before the run goes on in the same rhythm") {
    CHECK(timetable("{ headway = \"12 h\", first = 2020-01-08 }").first_ms == 2.0 * kDay);
    CHECK(timetable("{ headway = \"12 h\", first = 2020-01-06 }").first_ms == 0.0);
    // 5, 17, 5, ... o'clock since 2019
    CHECK(timetable("{ headway = \"12 h\", first = 2019-12-31T17:00:00 }").first_ms == 5.0 * kHour);
}

TEST_CASE("Weekly departures are repeated from the warm-up until long after the run") {
    const Timetable t = timetable("{ weekly = [\"Thu 18:30\", \"Mon 06:00\"] }");
    REQUIRE(t.listed.size() >= 18);
    CHECK(t.listed[0] == 6 * kHour);
    CHECK(t.listed[1] == 3 * kDay + 18 * kHour + 30 * kMinute);
    CHECK(t.listed[2] == 7 * kDay + 6 * kHour);
    CHECK(t.headway_ms == 0.0);
}

TEST_CASE("Weekly departures keep their weekday over a leap day and a new year of 53 weeks") {
    // 2020-02-24 is a Monday; 2020-03-02 too, eight days after the 23rd.
    const Timetable leap =
        timetable("{ weekly = [\"Mon 00:00\"] }", "period = { start = 2020-02-23, end = 2020-03-08 }");
    CHECK(leap.listed[0] == 1 * kDay);
    CHECK(leap.listed[1] == 8 * kDay);
    // 2020-12-28 and 2021-01-04 are Mondays.
    const Timetable year =
        timetable("{ weekly = [\"Mon 00:00\"] }", "period = { start = 2020-12-27, end = 2021-01-10 }");
    CHECK(year.listed[0] == 1 * kDay);
    CHECK(year.listed[1] == 8 * kDay);
}

TEST_CASE("Dated departures before the run are dropped") {
    const Timetable t = timetable("{ times = [2020-01-05T23:59:00, 2020-01-06, 2020-01-07T12:00:00] }");
    CHECK(t.listed == std::vector<Tick>{0, 36 * kHour});
}

TEST_CASE("Time begins with the warm-up, the window with the period") {
    const Model model = model_of(R"(
format = 1
title = "Two months"
period = { start = 2020-01-20, end = 2020-03-05, warm_up = "2 d" }
run.delivered_within = ["3 d"]
terminal = { a = { quay_cranes = "unlimited" }, b = { quay_cranes = "unlimited" } }
link.ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
vehicle.barge = { mode = "waterway", capacity = "100 TEU" }
service.s = { vehicle = "barge", route = ["a", "b"], directions = "one-way", departures = { per_week = 7 } }
demand.d = { from = "a", to = "b", volume = "70 containers" }
)");
    CHECK(format_instant(model.origin) == "2020-01-18");
    CHECK(model.window.from == 2 * kDay);
    CHECK(model.window.to == 47 * kDay);
    REQUIRE(model.months.size() == 3);
    CHECK(model.months[0].label == "2020-01");
    CHECK(model.months[0].from == 2 * kDay);
    CHECK(model.months[0].to == 14 * kDay);
    CHECK(model.months[1].label == "2020-02");
    CHECK(model.months[1].to - model.months[1].from == 29 * kDay);
    CHECK(model.months[2].to == model.window.to);
    CHECK(model.delivered_within == std::vector<Tick>{3 * kDay});
}

// ---- opening hours ----

std::vector<Window> opening(const std::string& keys) {
    std::string text = kRiver + kDemand +
                       "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"c\"], directions = "
                       "\"one-way\", departures = { per_week = 7 } }\n";
    const std::string plain = "a = { quay_cranes = \"unlimited\" }";
    text.replace(text.find(plain), plain.size(), "a = { quay_cranes = \"unlimited\", " + keys + " }");
    return model_of(text).terminals[Id<Terminal>{0}].open;
}

bool is(const Window& window, Tick from, Tick to) { return window.from == from && window.to == to; }

TEST_CASE("Weekly opening hours are windows, sorted and apart, from the warm-up until long after the run") {
    const auto open = opening("opening = [\"Sat 08:00-12:00\", \"Mon-Tue 06:00-22:00\"]");
    REQUIRE(open.size() >= 6);
    CHECK(is(open[0], 6 * kHour, 22 * kHour));
    CHECK(is(open[1], kDay + 6 * kHour, kDay + 22 * kHour));
    CHECK(is(open[2], 5 * kDay + 8 * kHour, 5 * kDay + 12 * kHour));
    CHECK(is(open[3], 7 * kDay + 6 * kHour, 7 * kDay + 22 * kHour));
    CHECK(open.back().to > 60 * kDay);
}

TEST_CASE("A dated closure cuts into the hours, and alone it leaves the rest of the time open") {
    const auto cut = opening("opening = [\"Mon-Tue 06:00-22:00\"], closed = [\"2020-01-07/2020-01-08\"]");
    CHECK(is(cut[0], 6 * kHour, 22 * kHour));
    CHECK(is(cut[1], 7 * kDay + 6 * kHour, 7 * kDay + 22 * kHour));
    const auto alone = opening("closed = [\"2020-01-08/2020-01-10\"]");
    REQUIRE(alone.size() == 2);
    CHECK(is(alone[0], 0, 2 * kDay));
    CHECK(alone[1].from == 4 * kDay);
}

TEST_CASE("A terminal without hours and closures is always open: no windows") {
    CHECK(opening("transfer_time = \"0 h\"").empty());
}

TEST_CASE("A terminal that never opens within the run is refused") {
    std::string text = kRiver + kDemand +
                       "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"c\"], directions = "
                       "\"one-way\", departures = { per_week = 7 } }\n";
    const std::string plain = "a = { quay_cranes = \"unlimited\" }";
    text.replace(text.find(plain), plain.size(),
                 "a = { quay_cranes = \"unlimited\", closed = [\"2020-01-01/2020-01-13\"] }");
    CHECK(findings_of(text) ==
          "error: terminal.a: is never open within the run (2020-01-06 to 2020-01-13); leave out the services that "
          "call here, "
          "or change 'opening' or 'closed'\n");
}

}  // namespace
}  // namespace corridor::model
