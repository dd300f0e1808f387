// How services are operated: exceptions from timetables, wagons, kept room, headways. What is refused, and why.
#include <doctest/doctest.h>

#include "model/compiled.h"
#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

const std::string kRule = "{ per_week = { use = \"sailings\" } }";

std::string with_departures(const std::string& departures) { return complaints(changed(kRule, departures)); }
std::string with_vehicle(const std::string& keys) { return complaints(changed("capacity = \"150 TEU\"", keys)); }

/// Three ports and a rotation.
std::string rotation(const std::string& keys) {
    std::string text =
        replaced(std::string(kTwoPorts), "route = [\"a\", \"b\"]", "route = [\"a\", \"c\", \"b\"]\n" + keys);
    return text + R"([terminal.c]
quay_cranes = "unlimited"
[link.a-c]
mode = "waterway"
from = "a"
to = "c"
length = "100 km"
speed = "10 km/h"
[link.c-b]
mode = "waterway"
from = "c"
to = "b"
length = "100 km"
speed = "10 km/h"
)";
}

}  // namespace

TEST_CASE("Exceptions need a timetable") {
    CHECK(with_departures("{ when_full = true, cancelled = [2020-01-24], extra = [2020-01-25] }") ==
          "37:46: error: service.a-b.departures.cancelled: 'cancelled' has no meaning (there is no timetable)\n"
          "37:68: error: service.a-b.departures.extra: 'extra' has no meaning (there is no timetable)\n");
}

TEST_CASE("A single departure is named only where its hour is known") {
    CHECK(with_departures("{ per_week = 9, cancelled = [\"2020-01-24\", \"2020-01-25T06:00\"] }") ==
          "37:57: error: service.a-b.departures.cancelled[1]: no single departure can be named (the hour of the day is "
          "drawn); give a day or a window of time\n");
    CHECK(with_departures("{ headway = \"12 h\", cancelled = [\"2020-01-24\", \"2020-01-25T06:00\"] }") == "");
}

TEST_CASE("Cancelled departures are told by a day, a time or a window") {
    CHECK(with_departures("{ headway = \"12 h\", cancelled = [\"Monday\"] }") ==
          "37:47: error: service.a-b.departures.cancelled[0]: 'Monday' is not a day or a window of time; write "
          "\"2020-01-24\" or \"2020-01-24/2020-01-31\"\n");
    CHECK(
        with_departures("{ headway = \"12 h\", cancelled = [\"2020-01-25/2020-01-24\"] }") ==
        "37:47: error: service.a-b.departures.cancelled[0]: the window '2020-01-25/2020-01-24' ends before it starts; "
        "the end is not part of the window\n");
}

TEST_CASE("Exceptions that change nothing are warned of") {
    const auto findings = [](const std::string& departures) {
        return model::findings_of(model::kRiver + model::kDemand +
                                  "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"c\"], directions = "
                                  "\"each\", departures = " +
                                  departures + " }\n");
    };
    CHECK(
        findings("{ weekly = [\"Mon 06:00\"], cancelled = [\"2020-01-07\", \"2020-01-06T06:01\"], extra = "
                 "[2020-01-13, 2020-01-06] }") ==
        "warning: service.s.departures.cancelled[0]: cancels no departure (the timetable has none from 2020-01-07 to "
        "2020-01-08 within the run)\n"
        "warning: service.s.departures.cancelled[1]: cancels no departure (the timetable has none at 2020-01-06T06:01 "
        "within the run)\n"
        "warning: service.s.departures.extra[1]: 2020-01-13 is not within the run (2020-01-06 to 2020-01-13)\n");
    CHECK(findings("{ per_week = 1, cancelled = [\"2020-01-13\"] }") ==
          "warning: service.s.departures.cancelled[0]: cancels no departure (the timetable has none from 2020-01-13 to "
          "2020-01-14 within the run)\n");
    CHECK(findings("{ per_week = 1, cancelled = [\"2020-01-12\"] }") == "");
}

TEST_CASE("A vehicle is told by its capacity or by its wagons") {
    CHECK(with_vehicle("wagons = 25\nteu_per_wagon = 2") ==
          "32:10: error: vehicle.barge.wagons: only a train has wagons; use 'capacity'\n");
    CHECK(with_vehicle("capacity = \"50 TEU\"\nwagons = 25\nteu_per_wagon = 2").find("exclude each other") !=
          std::string::npos);
    CHECK(with_vehicle("wagons = 25")
              .find("error: vehicle.barge: 'teu_per_wagon' is missing; for example "
                    "teu_per_wagon = 2\n") != std::string::npos);
    CHECK(with_vehicle("capacity = \"50 TEU\"\nteu_per_wagon = 2") ==
          "33:1: error: vehicle.barge.teu_per_wagon: 'teu_per_wagon' has no meaning without 'wagons'\n");
}

TEST_CASE("A wagon has one to four places, a train one to ten thousand wagons") {
    const auto train = [](const std::string& keys) {
        return complaints(std::string(kTwoPorts) + "[vehicle.train]\nmode = \"railway\"\n" + keys);
    };
    CHECK(train("wagons = 1\nteu_per_wagon = 1") == "");
    CHECK(train("wagons = 10000\nteu_per_wagon = 4") == "");
    CHECK(train("wagons = 10001\nteu_per_wagon = 5") ==
          "53:10: error: vehicle.train.wagons: must be between 1 and 10000, got 10001\n"
          "54:17: error: vehicle.train.teu_per_wagon: must be between 1 and 4, got 5\n");
    CHECK(train("wagons = 0\nteu_per_wagon = 0") ==
          "53:10: error: vehicle.train.wagons: must be between 1 and 10000, got 0\n"
          "54:17: error: vehicle.train.teu_per_wagon: must be between 1 and 4, got 0\n");
}

TEST_CASE("Room is kept for stops between the first and the last") {
    CHECK(complaints(rotation("keep_room = { c = \"20 TEU\" }")) == "");
    CHECK(complaints(rotation("keep_room = { a = \"20 TEU\" }")) ==
          "35:19: error: service.a-b.keep_room.a: no room can be kept for 'a' (nobody rides through it on this route); "
          "name a stop between the first and the last\n");
    CHECK(complaints(rotation("keep_room = { d = \"20 TEU\" }")) ==
          "35:15: error: service.a-b.keep_room.d: unknown terminal 'd'; define it as [terminal.d]\n");
    CHECK(complaints(rotation("keep_room = \"20 TEU\"")) ==
          "35:13: error: service.a-b.keep_room: expected a table of terminals, got text \"20 TEU\"; for example { "
          "luzhou = "
          "\"20 TEU\" }\n");
}

TEST_CASE("Vessels that leave when full keep no room") {
    CHECK(complaints(replaced(rotation("keep_room = { c = \"20 TEU\" }"), kRule, "{ when_full = true }")) ==
          "35:13: error: service.a-b.keep_room: 'keep_room' has no meaning (no departure leaves with room to spare); "
          "give a timetable, or 'minimum_load' with when_ready\n");
}

TEST_CASE("At most all of a vehicle is kept") {
    const auto findings = [](const std::string& room) {
        return model::findings_of(model::kRiver + model::kDemand +
                                  "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"b\", \"c\"], directions = "
                                  "\"each\", departures = { per_week = 7 }, keep_room = { b = " +
                                  room + " } }\n");
    };
    CHECK(findings("\"100 TEU\"") == "");
    CHECK(findings("\"100.5 TEU\"") == "error: service.s.keep_room.b: is more than 'barge' holds (100 TEU)\n");
    CHECK(findings("1") == "");
    CHECK(findings("1.01") == "error: service.s.keep_room.b: is more than 'barge' holds (100 TEU)\n");
}

TEST_CASE("A least headway is for vehicles that leave when ready") {
    CHECK(complaints(changed(kRule, kRule + "\nleast_headway = \"12 h\"")) ==
          "38:17: error: service.a-b.least_headway: 'least_headway' has no meaning (no vehicle leaves as soon as it is "
          "ready); use departures = { when_ready = true }\n");
    CHECK(complaints(changed(kRule, "{ when_ready = true }\nfleet = 2\nleast_headway = \"12 h\"")) == "");
}

TEST_CASE("A service has vehicles of its own or shares a fleet") {
    const auto with_fleet = [](const std::string& fleet) {
        return complaints(changed(kRule, kRule + "\nfleet = " + fleet) + "[fleet.river]\nvehicles = { a = 2 }\n");
    };
    CHECK(with_fleet("2") == "");
    CHECK(with_fleet("\"river\"") == "");
    CHECK(with_fleet("\"rivre\"") == "38:9: error: service.a-b.fleet: unknown fleet 'rivre'; did you mean 'river'?\n");
    CHECK(with_fleet("\"2\"") ==
          "38:9: error: service.a-b.fleet: expected a number or a quantity with its unit, got text \"2\"; write 2 "
          "without "
          "quotes, or give the unit\n");
}

TEST_CASE("A fleet has vehicles, at terminals that there are") {
    const auto with_vehicles = [](const std::string& vehicles) {
        return complaints(std::string(kTwoPorts) + "[fleet.river]\nvehicles = " + vehicles + "\n");
    };
    CHECK(with_vehicles("{ a = 100000 }") == "");
    CHECK(with_vehicles("{ a = 100001 }") ==
          "52:18: error: fleet.river.vehicles.a: must be between 1 and 100000, got 100001\n");
    CHECK(with_vehicles("{ a = 0 }") == "52:18: error: fleet.river.vehicles.a: must be between 1 and 100000, got 0\n");
    CHECK(with_vehicles("{}") ==
          "52:12: error: fleet.river.vehicles: a fleet needs vehicles; for example { guoyuan = 3 }\n");
    CHECK(with_vehicles("{ x = 1 }") ==
          "52:14: error: fleet.river.vehicles.x: unknown terminal 'x'; define it as [terminal.x]\n");
    CHECK(with_vehicles("3") ==
          "52:12: error: fleet.river.vehicles: expected a table of terminals, got the number 3; for example "
          "{ guoyuan = 3 }\n");
}

TEST_CASE("Vehicles that leave when ready are not shared") {
    CHECK(complaints(changed(kRule, "{ when_ready = true }\nfleet = \"river\"") +
                     "[fleet.river]\nvehicles = { a = 2 }\n") ==
          "38:9: error: service.a-b.fleet: vehicles that leave when ready cannot be shared (none would be left for "
          "another service); give 'minimum_load', or a timetable\n");
}

}  // namespace corridor::scenario
