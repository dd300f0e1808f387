// The edges of time and numbers: nothing at all, one container, no time, very many.
#include <cmath>

#include "engine/time_stat.h"
#include "simulated.h"

namespace corridor {
namespace {

const std::string kEveryDay = R"({ headway = "24 h", first = 2020-01-01T06:00:00 })";

std::string within(const std::string& start, const std::string& end, std::string text) {
    text.replace(text.find("start = 2020-01-01"), 18, "start = " + start);
    return text.replace(text.find("end = 2020-02-01"), 16, "end = " + end);
}

}  // namespace

TEST_CASE("N02: one container in the whole run has its times, and no spread") {
    const Simulated run(river(departures(kEveryDay) + listed("{ time = 2020-01-02T00:00:00, containers = 1 }")));
    CHECK(run("containers_delivered", "total") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 16.0);
    CHECK(run("door_to_door_time_p95", "demand.boxes") == doctest::Approx(16.0).epsilon(0.016));
    CHECK(run("door_to_door_time_sd", "demand.boxes") == 0.0);
}

TEST_CASE("N03: where nothing takes time a journey is its waits") {
    std::string text = river(departures(kEveryDay) + listed("{ time = 2020-01-02T00:00:00, containers = 4 }"));
    const std::string slow = "speed = \"10 km/h\"";
    text.replace(text.find(slow), slow.size(), "running_time = \"0 h\"");
    const Simulated run(text);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 6.0);
    CHECK(run("wait_mean", "service.line.forward") == 6.0);
    CHECK(run("running_time_mean", "service.line.forward") == 0.0);
    CHECK(run("containers_delivered", "total") == 4.0);
}

TEST_CASE("N05: the warm-up ends where the period begins: what happens then is counted") {
    // A barge leaves at the beginning of the period, or a millisecond before.
    const auto shipped = [](const std::string& time) {
        std::string text =
            river(departures("{ times = [" + time + "] }") + listed("{ time = 2019-12-31T00:00:00, containers = 2 }"));
        text.replace(text.find("end = 2020-02-01"), 16, "end = 2020-02-01\nwarm_up = \"2 d\"");
        const Simulated run(text);
        CHECK(run("containers_delivered", "total") == 2.0);
        return run("containers_shipped", "total");
    };
    CHECK(shipped("2020-01-01T00:00:00") == 2.0);
    CHECK(shipped("2019-12-31T23:59:59.999") == 0.0);
}

// Moves of four hours: in the warm-up from 06:00 on and, half of it, from 22:00 on; from 12:00 on in the day of the
// period that is open; and one that waits until after the end.
TEST_CASE("N05: crane work in the warm-up is none of the period's, whatever days are closed") {
    std::string text =
        river(departures("{ continuous = true }") + listed("{ time = 2020-01-01T06:00:00, containers = 1 }, "
                                                           "{ time = 2020-01-01T22:00:00, containers = 1 }, "
                                                           "{ time = 2020-01-02T12:00:00, containers = 1 }, "
                                                           "{ time = 2020-01-03T12:00:00, containers = 1 }"));
    text = within("2020-01-02\nwarm_up = \"24 h\"", "2020-01-04", text);
    const std::string plain = "quay_cranes = \"unlimited\"";
    text.replace(text.find(plain), plain.size(),
                 "quay_cranes = { count = 1, move_time = \"4 h\" }\nclosed = [\"2020-01-03/2020-01-05\"]");
    CHECK(Simulated(text)("crane_utilisation", "terminal.a.quay") == doctest::Approx((2 + 4) / 24.0).epsilon(1e-12));
}

TEST_CASE("N06: at the instant of opening a crane starts the move of a container that lands then") {
    // Landing at 16:00 where the cranes open at 16:00, and where they close at 16:00 until the next day.
    const auto journey = [](const std::string& hours) {
        std::string text = river(departures("{ times = [2020-01-02T06:00:00] }") +
                                 listed("{ time = 2020-01-02T06:00:00, containers = 1 }"));
        const std::string plain = "[terminal.b]\nquay_cranes = \"unlimited\"";
        text.replace(
            text.find(plain), plain.size(),
            "[terminal.b]\nquay_cranes = { count = 1, move_time = \"1 h\" }\nopening = [\"Mon-Sun " + hours + "\"]");
        return Simulated(text)("door_to_door_time_mean", "demand.boxes");
    };
    CHECK(journey("16:00-20:00") == 11.0);
    CHECK(journey("08:00-16:00") == 16.0 + 10.0 + 1.0);
}

TEST_CASE("N09: fractions of hours lose no departure and gain none") {
    // The period is half open: 31 days hold 31 x 24 x 3 thirds of hours, and 31 x 24 x 10 tenths.
    const auto run = [](const std::string& headway) {
        return Simulated(river(departures("{ headway = \"" + headway + "\", first = 2020-01-01 }") +
                               listed("{ time = 2020-01-01T00:00:00, containers = 1 }")))("departures_run",
                                                                                          "service.line");
    };
    CHECK(run("20 min") == 31 * 24 * 3);
    CHECK(run("0.1 h") == 31 * 24 * 10);
    CHECK(run("7 h") == std::floor(31 * 24 / 7.0) + 1);
}

TEST_CASE("N09: a million tenths of an hour hold a million departures") {
    const std::string service = departures(R"({ headway = "0.1 h", first = 2020-01-01 })");
    const Simulated run(within("2020-01-01", "2031-05-29T16:00:00",  // 100,000 h
                               river(service + listed("{ time = 2020-01-01T00:00:00, containers = 1 }"))));
    CHECK(run("departures_run", "service.line") == 1e6);
}

TEST_CASE("N10: leap days, the turn of the year and week 53 are days like others") {
    const std::string boxes = listed("{ time = 2020-02-01T00:00:00, containers = 1 }");
    const auto run = [&](const std::string& start, const std::string& end, const std::string& how) {
        return Simulated(within(start, end, river(departures(how) + boxes)))("departures_run", "service.line");
    };
    const std::string at_noon = R"({ headway = "24 h", first = 2018-01-01T12:00:00 })";
    CHECK(run("2020-02-01", "2020-03-01", at_noon) == 29.0);
    CHECK(run("2019-02-01", "2019-03-01", at_noon) == 28.0);
    CHECK(run("2020-01-01", "2021-01-01", at_noon) == 366.0);
    // The week from Monday, 28 December 2020, is the 53rd of its year.
    const std::string weekly = R"({ weekly = ["Mon 06:00", "Sat 06:00"] })";
    CHECK(run("2020-12-21", "2021-01-11", weekly) == 6.0);
    CHECK(run("2020-12-28", "2021-01-04", weekly) == 2.0);
}

TEST_CASE("N15: the mean of ten million small durations is exact, and no spread is below zero") {
    engine::TimeStat stat;
    stat.add_each(10'000'000, [](std::size_t i) { return static_cast<Tick>(i % 3); });
    const double mean = 9'999'999.0 / 1e7;  // 3,333,333 times 0 + 1 + 2, and a 0
    CHECK(stat.mean_ms() == doctest::Approx(mean).epsilon(1e-12));
    engine::TimeStat same;
    same.add_each(10'000'000, [](std::size_t) { return Tick{3'600'001}; });
    CHECK(same.mean_ms() == 3'600'001.0);
    CHECK(same.sd_ms() == 0.0);
    engine::TimeStat long_ones;  // four months, half of them 2 ms longer
    long_ones.add_each(100'000, [](std::size_t i) { return Tick{10'805'129'354} + static_cast<Tick>(i % 2) * 2; });
    CHECK(long_ones.sd_ms() == 1.0);
}

}  // namespace corridor
