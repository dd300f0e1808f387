#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A16: A misspelt table is named once, with what was probably meant") {
    CHECK(complaints(extended(R"([teminal.c]
quay_cranes = "unlimited"
)")) == "51:2: error: teminal: unknown table 'teminal'; did you mean 'terminal'?\n");
}

TEST_CASE("A17: A misspelt key is named with what was probably meant, and does not count as missing too") {
    CHECK(complaints(changed(R"(capacity = "150 TEU")", R"(capcity = "150 TEU")")) ==
          "32:1: error: vehicle.barge.capcity: unknown key 'capcity'; did you mean 'capacity'?\n");
    CHECK(complaints(changed("opening =", "openings =")) ==
          "21:1: error: terminal.a.openings: unknown key 'openings'; did you mean 'opening'?\n");
    CHECK(complaints(changed(R"(rate = { use = "boxes" })", R"(vlume = "3 TEU")")) ==
          "41:1: error: demand.a-b.vlume: unknown key 'vlume'; did you mean 'volume'?\n");
}

TEST_CASE("An unknown key that resembles none gets the list of those that are known") {
    CHECK(complaints(changed(R"(capacity = "150 TEU")", R"(capacity = "150 TEU"
colour = "red")")) ==
          "33:1: error: vehicle.barge.colour: unknown key 'colour'; known here are name, mode, capacity, wagons, "
          "teu_per_wagon, payload, "
          "emissions, cranes, length, beam, draught_empty, draught_loaded, keel_clearance\n");
}

TEST_CASE("A18: A required key that is missing is named with an example") {
    CHECK(complaints(changed(R"(directions = "each"
)",
                             "")) ==
          "33:1: error: service.a-b: 'directions' is missing; for example directions = \"each\"\n");
    CHECK(complaints(changed(R"(rate = { use = "boxes" }
)",
                             "")) ==
          "38:1: error: demand.a-b: 'volume', 'rate' or 'releases' is missing; give one of them\n");
    CHECK(complaints(changed(R"(length = "275 km"
)",
                             "")) == "24:1: error: link.a-b: 'length' is missing; for example length = \"275 km\"\n");
    CHECK(complaints(changed(R"([period]
start = 2020-01-01
end = 2020-07-01
)",
                             "")) ==
          "1:1: error: 'period' is missing; for example period = { start = 2020-01-01, end = 2020-07-01 }\n");
}

TEST_CASE("A19: A value of the wrong type is told apart from the one that is expected") {
    CHECK(complaints(changed("latitude = 29.6", R"(latitude = "29.6")")) ==
          "18:12: error: terminal.a.latitude: expected a number, got text \"29.6\"\n");
    CHECK(complaints(changed(R"(mode = "waterway"
capacity)",
                             R"(mode = 3
capacity)")) == "31:8: error: vehicle.barge.mode: expected a word in quotes, got the number 3\n");
    CHECK(complaints(extended(R"([run]
replications = "12"
seed = true
delivered_within = "3 d"
)")) == "52:16: error: run.replications: expected a whole number, got text \"12\"\n"
        "53:8: error: run.seed: expected a whole number, got true\n"
        "54:20: error: run.delivered_within: expected a list, got text \"3 d\"\n");
    CHECK(complaints(changed(R"(capacity = "150 TEU")", "capacity = [150]")) ==
          "32:12: error: vehicle.barge.capacity: expected a number of TEU such as \"150 TEU\", got a list\n");
    CHECK(complaints(changed(R"(route = ["a", "b"])", R"(route = "a")")) ==
          "34:9: error: service.a-b.route: expected a list, got text \"a\"\n");
    CHECK(complaints(extended(R"([background]
x = 3
)")) == "52:5: error: background.x: expected a table, got the number 3\n");
    CHECK(complaints(changed("format = 1", R"(format = 1
title = 3
link = 5)")) == "27:1: error: 'link.a-b' is set twice; keep one of the two\n");
}

TEST_CASE("A20: A count is a whole number") {
    CHECK(complaints(changed("count = 3", "count = 2.5")) ==
          "20:25: error: terminal.a.quay_cranes.count: expected a whole number, got 2.5\n");
    CHECK(complaints(extended(R"([run]
replications = 20.5
)")) == "52:16: error: run.replications: expected a whole number, got the number 20.5\n");
}

TEST_CASE("A21: Keys that exclude each other are shown with both places") {
    CHECK(complaints(changed(R"(rate = { use = "boxes" })", R"(rate = { use = "boxes" }
volume = "3 TEU")")) ==
          "42:1: error: demand.a-b.volume: 'rate' and 'volume' exclude each other; give one of them (see 41:1)\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", R"({ per_week = 3, headway = "12 h" })")) ==
          "37:30: error: service.a-b.departures.headway: 'per_week' and 'headway' exclude each other; give one of them "
          "(see 37:16)\n");
    CHECK(complaints(changed(R"("25 moves/h" })", R"("25 moves/h", move_time = "3 min" })")) ==
          "20:49: error: terminal.a.quay_cranes.move_time: 'rate' and 'move_time' exclude each other; give one of them "
          "(see 20:28)\n");
}

TEST_CASE("A key that needs another one says so") {
    CHECK(complaints(changed(R"(directions = "each")", R"(directions = "each"
layover = "2 h")")) == "36:1: error: service.a-b.layover: 'layover' has no meaning without 'fleet'\n");
    CHECK(complaints(changed(R"(longitude = 106.7
)",
                             "")) ==
          "18:1: error: terminal.a.latitude: 'latitude' has no meaning without 'longitude'\n");
    CHECK(complaints(changed(R"({ per_week = { use = "sailings" } })", "{ per_week = 3, first = 2020-01-01 }")) ==
          "37:30: error: service.a-b.departures.first: 'first' has no meaning without 'headway'\n");
}

TEST_CASE("A23: Lengths, rates, durations and capacities are not negative") {
    CHECK(complaints(changed(R"("275 km")", R"("-1 km")")) ==
          "28:10: error: link.a-b.length: must be >= 0, got -1 km\n");
    CHECK(complaints(changed(R"("25 moves/h")", R"("-25 moves/h")")) ==
          "20:35: error: terminal.a.quay_cranes.rate: must be > 0, got -25 moves/h\n");
    CHECK(complaints(changed(R"("150 TEU")", R"("0 TEU")")) ==
          "32:12: error: vehicle.barge.capacity: must be > 0, got 0 TEU\n");
    CHECK(complaints(changed("end = 2020-07-01", R"(end = 2020-07-01
warm_up = "-2 d")")) == "5:11: error: period.warm_up: must be >= 0, got -48 h\n");
}

TEST_CASE("A21: What a choice of route needs is there, and what it has no use for is not") {
    const std::string consignment = "consignment = { sizes = [1, 2], shares = [0.5, 0.5] }";
    CHECK(complaints(changed(consignment, "choice = \"logit\"")) ==
          "43:10: error: demand.a-b.choice: 'logit_scale' is missing (it says how much an hour counts); for example "
          "logit_scale = \"0.2 /h\"\n");
    CHECK(complaints(changed(consignment, "logit_scale = \"0.2 /h\"")) ==
          "38:1: error: demand.a-b: 'logit_scale' is of no use here (the choice is not 'logit'); write choice = "
          "\"logit\", or leave 'logit_scale' out\n");
    CHECK(complaints(changed(consignment, "choice = \"adaptve\"")) ==
          "43:10: error: demand.a-b.choice: 'adaptve' is not one of \"timetable\", \"cheapest\", \"logit\", "
          "\"adaptive\"; "
          "did you mean \"adaptive\"?\n");
}

TEST_CASE("A24, A25: nan and inf are no numbers") {
    CHECK(complaints(changed("latitude = 29.6", "latitude = nan")) ==
          "18:12: error: terminal.a.latitude: nan is not allowed\n");
    CHECK(complaints(changed("2020-01 = 0.9", "2020-01 = inf")) ==
          "42:23: error: demand.a-b.profile.2020-01: inf is not allowed; leave the limit out to have none\n");
    CHECK(complaints(changed("count = 3", "count = nan")) ==
          "20:25: error: terminal.a.quay_cranes.count: nan is not allowed\n");
    CHECK(complaints(changed("sizes = [1, 2]", "sizes = [-inf, 2]")) ==
          "43:26: error: demand.a-b.consignment.sizes[0]: inf is not allowed; leave the limit out to have none\n");
    CHECK(complaints(changed(R"("275 km")", R"("nan km")")) == "28:11: error: link.a-b.length: nan is not allowed\n");
}

TEST_CASE("A26, A27: Numbers are 0 or between 1e-12 and 1e12 in size, products included") {
    CHECK(complaints(changed("2020-01 = 0.9", "2020-01 = 1e308")) ==
          "42:23: error: demand.a-b.profile.2020-01: value out of range: 1e+308; numbers are 0 or between 1e-12 and "
          "1e12 in size\n");
    CHECK(complaints(changed("2020-01 = 0.9", "2020-01 = 1e-320")) ==
          "42:23: error: demand.a-b.profile.2020-01: value out of range: 1e-320; numbers are 0 or between 1e-12 and "
          "1e12 in size\n");
    CHECK(complaints(changed(R"("275 km")", R"("1e13 km")")) ==
          "28:11: error: link.a-b.length: value out of range: '1e13 km'; numbers are 0 or between 1e-12 and 1e12 in "
          "size\n");
    CHECK(complaints(changed(R"(["sailings", "124 containers"])", R"(["sailings", "1e7 containers", 1e9])")) ==
          "15:1: error: quantity.boxes: value out of range: 535714285714285.7; numbers are 0 or between 1e-12 and 1e12 "
          "in size\n");
}

TEST_CASE("A48: The period ends after it starts") {
    CHECK(complaints(changed("end = 2020-07-01", "end = 2020-01-01")) ==
          "4:7: error: period.end: the period ends before it starts (2020-01-01 to 2020-01-01)\n");
    CHECK(complaints(changed("end = 2020-07-01", "end = 2019-07-01")) ==
          "4:7: error: period.end: the period ends before it starts (2020-01-01 to 2019-07-01)\n");
}

TEST_CASE("A60: There are 1 to 1,000,000 replications") {
    CHECK(complaints(extended(R"([run]
replications = 0
)")) == "52:16: error: run.replications: must be between 1 and 1000000, got 0\n");
    CHECK(complaints(extended(R"([run]
replications = 1
)")) == "");
    CHECK(complaints(extended(R"([run]
replications = 1000000
)")) == "");
    CHECK(complaints(extended(R"([run]
replications = 1000001
)")) == "52:16: error: run.replications: must be between 1 and 1000000, got 1000001\n");
    CHECK(complaints(extended(R"([run]
replications = -5
)")) == "52:16: error: run.replications: must be between 1 and 1000000, got -5\n");
}

TEST_CASE("A61: A seed is a whole number that is not negative") {
    CHECK(complaints(extended(R"([run]
seed = -1
)")) == "52:8: error: run.seed: must be between 0 and 2^63 - 1, got -1\n");
    CHECK(complaints(extended(R"([run]
seed = 9223372036854775807
)")) == "");
    CHECK(complaints(extended(R"([run]
seed = "x"
)")) == "52:8: error: run.seed: expected a whole number, got text \"x\"\n");
}

TEST_CASE("All faults are reported at once, and a bad entity does not hide the others") {
    CHECK(complaints(extended(R"([link.bad]
mode = "road"
length = 3
[link.worse]
mode = "railway"
from = "a"
to = "c"
length = "x km"
speed = "60 km/h"
[vehicle.train]
mode = "railway"
capacity = "-3 TEU"
[service.t]
route = ["a"]
directions = "both"
vehicle = "trian"
departures = { per_week = "often" }
)")) == "51:1: error: link.bad: 'from' is missing; for example from = \"luzhou\"\n"
        "51:1: error: link.bad: 'to' is missing; for example to = \"guoyuan\"\n"
        "51:1: error: link.bad: 'speed' or 'running_time' is missing; give one of them\n"
        "52:8: error: link.bad.mode: 'road' is not one of \"waterway\", \"railway\"\n"
        "53:10: error: link.bad.length: expected a length such as \"275 km\", got 3 without a unit; use km or m\n"
        "57:6: error: link.worse.to: unknown terminal 'c'; define it as [terminal.c]\n"
        "58:11: error: link.worse.length: not a number: 'x km'; write a number first, such as \"275 km\"\n"
        "62:12: error: vehicle.train.capacity: must be > 0, got -3 TEU\n"
        "64:9: error: service.t.route: a route needs two different stops\n"
        "65:14: error: service.t.directions: 'both' is not one of \"one-way\", \"each\", \"round-trip\"\n"
        "66:11: error: service.t.vehicle: unknown vehicle 'trian'; did you mean 'train'?\n"
        "67:28: error: service.t.departures.per_week: not a number: 'often'; write a number first, such as \"275 "
        "km\"\n");
}

TEST_CASE("Fifty errors are shown, and the others counted") {
    std::string text(kTwoPorts);
    for (int i = 0; i < 15; ++i) text += fmt::format("[link.l{}]\nspeed = \"3 km\"\n", i);
    const Result<Scenario> result = parse_scenario(text);
    REQUIRE(result.diagnostics().size() == 51);
    CHECK(result.diagnostics().front().severity == Severity::error);
    // Of each link, four keys are missing and the speed is none.
    CHECK(render({result.diagnostics().back()}) == "note: 25 more errors are not shown\n");
}

}  // namespace
}  // namespace corridor::scenario
