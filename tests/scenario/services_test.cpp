#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A41: A demand does not end where it starts") {
    CHECK(complaints(changed(R"(to = "b"
rate)",
                             R"(to = "a"
rate)")) == "40:6: error: demand.a-b.to: origin and destination are the same terminal 'a'\n");
}

TEST_CASE("A44: A route has two stops at least, and none follows itself") {
    CHECK(complaints(changed(R"(route = ["a", "b"])", R"(route = ["a"])")) ==
          "34:9: error: service.a-b.route: a route needs two different stops\n");
    CHECK(complaints(changed(R"(route = ["a", "b"])", "route = []")) ==
          "34:9: error: service.a-b.route: a route needs two different stops\n");
    CHECK(complaints(changed(R"(route = ["a", "b"])", R"(route = ["a", "b", "b"])")) ==
          "34:20: error: service.a-b.route[2]: the stop 'b' follows itself\n");
    CHECK(complaints(changed(R"(route = ["a", "b"])", R"(route = ["a", "b", "a"])")) == "");
}

TEST_CASE("A47: A train does not call at a terminal without rail handling") {
    CHECK(complaints(changed(R"([vehicle.barge]
mode = "waterway")",
                             R"([vehicle.barge]
mode = "railway")")) ==
          "34:10: error: service.a-b.route[0]: terminal 'a' has no rail handling ('barge' is a railway vehicle); give "
          "[terminal.a] rail_cranes\n"
          "34:15: error: service.a-b.route[1]: terminal 'b' has no rail handling ('barge' is a railway vehicle); give "
          "[terminal.b] rail_cranes\n");
}

TEST_CASE("Berths without cranes, and cranes without a pace, are incomplete") {
    CHECK(complaints(extended(R"([terminal.c]
berths = { count = 3 }
)")) == "51:1: error: terminal.c: 'berths' has no use without 'quay_cranes'; say how containers are moved, if need be "
        "quay_cranes = \"unlimited\"\n");
    CHECK(complaints(extended(R"([terminal.c]
quay_cranes = { count = 3 }
)")) == "52:15: error: terminal.c.quay_cranes: 'rate' or 'move_time' is missing; for example rate = \"25 moves/h\"\n");
    CHECK(complaints(extended(R"([terminal.c]
quay_cranes = { count = "unlimited" }
)")) == "");
    CHECK(complaints(extended(R"([terminal.c]
rail_cranes = "many"
)")) == "52:15: error: terminal.c.rail_cranes: expected a table, got text \"many\"\n");
}

TEST_CASE("A50: A headway is more than 0, and a list of departures is not empty") {
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", R"({ headway = "0 h" })")) ==
          "37:26: error: service.a-b.departures.headway: must be > 0, got 0 h\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ times = [] }")) ==
          "37:14: error: service.a-b.departures: the list of departures is empty\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ weekly = [] }")) ==
          "37:14: error: service.a-b.departures: the list of departures is empty\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{}")) ==
          "37:14: error: service.a-b.departures: 'per_week', 'headway', 'weekly', 'times', 'timetable', 'when_ready', "
          "'when_full' or 'continuous' is missing; give one of them\n");
}

TEST_CASE("A51: Departures are put in order, and those listed twice run once, with a warning") {
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ times = [2020-01-03, 2020-01-02] }")) == "");
    CHECK(complaints(
              changed(R"({ per_week = { use = "sailings" } })", "{ times = [2020-01-03, 2020-01-02, 2020-01-02] }")) ==
          "37:14: warning: service.a-b.departures: some departures are listed twice; each is run once\n");
    CHECK(
        complaints(changed(R"({ per_week = { use = "sailings" } })", R"({ weekly = ["daily 06:00", "Mon 06:00"] })")) ==
        "37:14: warning: service.a-b.departures: some departures are listed twice; each is run once\n");
}

TEST_CASE("Weekly departures are weekdays and a time") {
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })",
                             R"({ weekly = ["Mon 06:00", "Tue-Fri 07:30", "Sat,Sun 23:59"] })")) == "");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", R"({ weekly = ["Monday 6"] })")) ==
          "37:26: error: service.a-b.departures.weekly[0]: 'Monday 6' is not a weekly time; write \"Mon 06:00\" or "
          "\"Mon-Fri 06:00\"\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", R"({ weekly = ["Mon 24:00"] })")) ==
          "37:26: error: service.a-b.departures.weekly[0]: 'Mon 24:00' is not a weekly time; write \"Mon 06:00\" or "
          "\"Mon-Fri 06:00\"\n");
}

TEST_CASE("A58: Opening hours end after they start and do not overlap") {
    CHECK(complaints(changed(R"("Mon-Fri 06:00-22:00")", R"("Mon 22:00-06:00")")) ==
          "21:12: error: terminal.a.opening[0]: the window 'Mon 22:00-06:00' ends before it starts; for a night write "
          "two windows, one until 24:00 and one from 00:00\n");
    CHECK(complaints(changed(R"("Mon-Fri 06:00-22:00")", R"("Mon-Fri 06:00-22:00", "Fri 20:00-24:00")")) ==
          "21:11: error: terminal.a.opening: the opening windows overlap; write each hour of the week once\n");
    CHECK(complaints(changed(R"("Mon-Fri 06:00-22:00")", R"("Mon-Fri 06:00-22:00", "Fri 22:00-24:00")")) == "");
    CHECK(complaints(changed(R"("Mon-Fri 06:00-22:00")", R"("weekdays")")) ==
          "21:12: error: terminal.a.opening[0]: 'weekdays' is not a weekly window; write \"Mon-Fri 06:00-22:00\"\n");
}

TEST_CASE("A58: Closures end after they start") {
    CHECK(complaints(changed("opening =", R"(closed = ["2020-01-31/2020-01-24"]
opening =)")) ==
          "21:11: error: terminal.a.closed[0]: the window '2020-01-31/2020-01-24' ends before it starts; the end is "
          "not part of the window\n");
    CHECK(complaints(changed("opening =", R"(closed = ["2020-01-24", 2020-02-01, "2020-01-24T06:00/2020-01-24T12:00"]
opening =)")) == "");
    CHECK(complaints(changed("opening =", R"(closed = ["January"]
opening =)")) ==
          "21:11: error: terminal.a.closed[0]: 'January' is not a day or a window of time; write \"2020-01-24\" or "
          "\"2020-01-24/2020-01-31\"\n");
    CHECK(complaints(changed("opening =", R"(calendar = [{ from = 2020-02-02, to = 2020-02-01, status = "open" }]
opening =)")) == "21:13: error: terminal.a.calendar[0]: the window ends before it starts (2020-02-02 to 2020-02-01)\n");
}

TEST_CASE("Departures of the way back belong to services that run in each direction") {
    CHECK(complaints(changed(R"(directions = "each")", R"(directions = "one-way"
return_departures = { per_week = 1 })")) ==
          "36:21: error: service.a-b.return_departures: 'return_departures' has a meaning only with directions = "
          "\"each\"\n");
}

TEST_CASE("Vehicles that leave when ready need a fleet") {
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ when_ready = true }")) ==
          "37:14: error: service.a-b.departures: vehicles that leave when ready need a fleet; give 'fleet', "
          "or 'minimum_load'\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ when_ready = false }")) ==
          "37:29: error: service.a-b.departures.when_ready: expected true, got false\n");
}

TEST_CASE("Releases that are listed are not drawn, and those said to be listed are there") {
    CHECK(
        complaints(changed(R"(rate = { use = "boxes" })", R"(releases = [{ time = 2020-01-01T05:00:00, containers = 3 }]
release = "poisson")")) ==
        "42:11: error: demand.a-b.release: releases are listed, so they cannot be drawn; leave 'release' out, or give "
        "'volume' or 'rate' instead of 'releases'\n");
    CHECK(complaints(changed(R"(rate = { use = "boxes" })", R"(rate = { use = "boxes" }
release = "listed")")) == "42:11: error: demand.a-b.release: 'releases' is missing (they are said to be listed)\n");
    CHECK(complaints(
              changed(R"(rate = { use = "boxes" })", "releases = [{ time = 2020-01-01T05:00:00, containers = 0 }]")) ==
          "41:56: error: demand.a-b.releases[0].containers: must be between 1 and 1000000, got 0\n");
}

TEST_CASE("A month of a profile is written 2020-01") {
    CHECK(complaints(changed("2020-01 = 0.9", "January = 0.9")) ==
          "42:13: error: demand.a-b.profile.January: 'January' is not a month; write 2020-01\n");
    CHECK(complaints(changed("2020-01 = 0.9", "2020-13 = 0.9")) ==
          "42:13: error: demand.a-b.profile.2020-13: '2020-13' is not a month; write 2020-01\n");
}

TEST_CASE("Background vehicles need handling of their mode") {
    CHECK(complaints(extended(R"([background.x]
terminal = "a"
mode = "railway"
rate = "3 /d"
)")) == "53:8: error: background.x.mode: terminal 'a' has no rail handling\n");
}

TEST_CASE("What waits for a load says for how much, and how long only then") {
    const auto with = [](const std::string& departures, const std::string& more) {
        return complaints(changed(R"({ per_week = { use = "sailings" } })", departures + "\n" + more));
    };
    CHECK(with("{ headway = \"12 h\" }", "longest_wait = \"48 h\"") ==
          "38:16: error: service.a-b.longest_wait: 'longest_wait' has no meaning (no departure waits for a load); give "
          "'minimum_load', or departures = { when_full = true }\n");
    CHECK(
        with("{ when_full = true }", "minimum_load = \"50 TEU\"") ==
        "38:16: error: service.a-b.minimum_load: 'minimum_load' and 'when_full' exclude each other; use departures = { "
        "when_ready = true } with 'minimum_load'\n");
    CHECK(with("{ continuous = true }", "minimum_load = \"50 TEU\"") ==
          "38:16: error: service.a-b.minimum_load: 'minimum_load' and 'continuous' exclude each other (each container "
          "leaves alone)\n");
    CHECK(with("{ when_ready = true }", "minimum_load = \"0 TEU\"") ==
          "38:16: error: service.a-b.minimum_load: must be > 0, got 0 TEU\n");
    CHECK(with("{ when_full = true }", "longest_wait = \"48 h\"") == "");
}

TEST_CASE("Cranes that fail say when and for how long, and outages begin before they end") {
    const auto cranes = [](std::string_view more) {
        return complaints(changed(R"(rate = "25 moves/h" })", fmt::format(R"(rate = "25 moves/h", {} }})", more)));
    };
    CHECK(cranes(R"(breakdowns = { time_to_failure = "200 h", time_to_repair = "6 h", gangs = 1 })") == "");
    CHECK(cranes(R"(breakdowns = { time_to_failure = "200 h" })") ==
          "20:62: error: terminal.a.quay_cranes.breakdowns: 'time_to_repair' is missing; for example "
          "time_to_repair = { "
          "law = \"exponential\", mean = \"6 h\" }\n");
    CHECK(cranes("out = [{ from = 2020-02-10, to = 2020-02-03, cranes = 1 }]") ==
          "20:56: error: terminal.a.quay_cranes.out[0]: the window ends before it starts (2020-02-10 to "
          "2020-02-03)\n");
    CHECK(cranes("out = [{ from = 2020-02-03, to = 2020-02-10, cranes = 0 }]") ==
          "20:103: error: terminal.a.quay_cranes.out[0].cranes: must be between 1 and 10000, got 0\n");
}

TEST_CASE("A priority is a whole number from 0 to 9") {
    const auto priority = [](std::string_view value) {
        return complaints(extended(
            fmt::format("[demand.more]\nfrom = \"a\"\nto = \"b\"\nrate = \"1 containers/d\"\npriority = {}\n", value)));
    };
    CHECK(priority("9") == "");
    CHECK(priority("10") == "55:12: error: demand.more.priority: must be between 0 and 9, got 10\n");
    CHECK(priority("0.5") == "55:12: error: demand.more.priority: expected a whole number, got the number 0.5\n");
}

}  // namespace
}  // namespace corridor::scenario
