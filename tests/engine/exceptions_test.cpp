// Departures cancelled and added by date.
#include "simulated.h"

namespace corridor {
namespace {

std::string one_at(const std::string& time) { return listed("{ time = " + time + ", containers = 1 }"); }

}  // namespace

TEST_CASE("Departures are cancelled by the day, the window and the time, and extra ones are run besides") {
    // Daily at 06:00, 31 in January. The 3rd and 4th are in a window, the 10th is named; one more at 18:00 on the 4th.
    //   ready on the 3rd at 00:00 -> the extra one, 42 h later; 10 h of river
    const Simulated run(river(
        departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00, )"
                   R"(cancelled = ["2020-01-03/2020-01-05", "2020-01-10T06:00"], extra = [2020-01-04T18:00:00] })") +
        one_at("2020-01-03T00:00:00")));
    CHECK(run("departures_cancelled", "service.line") == 3.0);
    CHECK(run("departures_run", "service.line") == 31.0 - 3.0 + 1.0);
    CHECK(run("departures_late", "service.line") == 0.0);
    CHECK(run("wait_mean", "service.line.forward") == 42.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 52.0);
}

TEST_CASE("The end of a window is not part of it") {
    const auto cancelled = [](const std::string& window) {
        const Simulated run(
            river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00, cancelled = [")" + window + "\"] }") +
                  one_at("2020-01-01")));
        return run("departures_cancelled", "service.line");
    };
    CHECK(cancelled("2020-01-03T06:00/2020-01-04T06:00") == 1.0);
    CHECK(cancelled("2020-01-03T06:00/2020-01-04T06:01") == 2.0);
    CHECK(cancelled("2020-01-03T06:01/2020-01-04T06:00") == 0.0);
}

TEST_CASE("Weekly departures and listed ones are cancelled alike, those of the warm-up are not counted") {
    const Simulated weekly(river(departures(R"({ weekly = ["Mon 06:00"], cancelled = [2020-01-13] })") +
                                 one_at("2020-01-12")));  // Mondays: 6, 13, 20, 27
    CHECK(weekly("departures_run", "service.line") == 3.0);
    CHECK(weekly("wait_mean", "service.line.forward") == 8 * 24.0 + 6.0);
    std::string text = river(departures(R"({ times = [2019-12-30T06:00:00, 2020-01-02T06:00:00, 2020-01-03T06:00:00], )"
                                        R"(cancelled = [2019-12-30T06:00:00, 2020-01-02T06:00:00] })") +
                             one_at("2020-01-01"));
    text.replace(text.find("end = "), 6, "warm_up = \"7 d\"\nend = ");
    const Simulated dated(text);
    CHECK(dated("departures_cancelled", "service.line") == 1.0);
    CHECK(dated("departures_run", "service.line") == 1.0);
}

TEST_CASE("Whatever the hour of the day that is drawn, a week of daily departures are seven") {
    for (std::uint64_t replication = 0; replication < 5; ++replication) {
        const Simulated run(river(departures(R"({ per_week = 7, cancelled = ["2020-01-10/2020-01-17"], )"
                                             R"(extra = [2020-01-12T12:00:00] })") +
                                  one_at("2020-01-12T12:00:00")),
                            1, replication);
        CHECK(run("departures_cancelled", "service.line") == 7.0);
        CHECK(run("departures_run", "service.line") == 31.0 - 7.0 + 1.0);
        CHECK(run("wait_mean", "service.line.forward") == 0.0);
    }
}

TEST_CASE("Who chooses by the timetable knows which departures are cancelled") {
    // By barge 6 + 10 h, by road 30 h; with the 3rd and 4th cancelled the barge would take 64 h.
    const std::string demand =
        listed("{ time = 2020-01-03T00:00:00, containers = 1 }", "choice = \"timetable\"\nroad_time = \"30 h\"");
    const std::string daily = R"({ headway = "24 h", first = 2020-01-01T06:00:00)";
    const Simulated as_usual(river(departures(daily + " }") + demand));
    CHECK(as_usual("door_to_door_time_mean", "demand.boxes") == 16.0);
    const Simulated cancelled(river(departures(daily + R"(, cancelled = ["2020-01-03/2020-01-05"] })") + demand));
    CHECK(cancelled("containers_by_road", "demand.boxes") == 1.0);
    CHECK(cancelled("door_to_door_time_mean", "demand.boxes") == 30.0);
}

TEST_CASE("A vehicle of the fleet stays where its departure is cancelled") {
    // One barge; it leaves a on the 1st, is cancelled at b on the 2nd, and so there is none at a on the 3rd.
    const Simulated run(river(R"([service.line]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
fleet = 1
departures = { times = [2020-01-01T06:00:00, 2020-01-03T06:00:00] }
return_departures = { times = [2020-01-02T06:00:00, 2020-01-05T06:00:00], cancelled = [2020-01-02T06:00:00] }
)" + one_at("2020-01-02")));
    CHECK(run("departures_cancelled", "service.line.backward") == 1.0);
    CHECK(run("wait_mean", "service.line.forward") == 3 * 24.0 + 6.0 + 10.0);  // until the barge is back on the 5th
}

}  // namespace corridor
