// What vehicles and their loads ask of links, depths and tugs, worked out by hand.
#include <algorithm>

#include "compiled.h"
#include "corridor/model/balance.h"

namespace corridor::model {
namespace {

/// A week from Monday; a railway of 100 km and two hours, with so many trains a week from a and from b.
std::string railway_of(const std::string& link, int from_a, int from_b) {
    std::string text = R"(
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal]
a = { rail_cranes = "unlimited" }
b = { rail_cranes = "unlimited" }
[link]
line = { mode = "railway", from = "a", to = "b", length = "100 km", speed = "50 km/h", )" +
                       link + R"( }
[vehicle]
train = { mode = "railway", capacity = "80 TEU" }
[service]
)";
    const auto service = [](const std::string& id, const std::string& route, int per_week) {
        return per_week == 0
                   ? std::string{}
                   : id + " = { vehicle = \"train\", route = [" + route +
                         "], directions = \"one-way\", departures = { per_week = " + std::to_string(per_week) +
                         " } }\n";
    };
    return text + service("out", "\"a\", \"b\"", from_a) + service("back", "\"b\", \"a\"", from_b);
}

Load only_load(const std::string& text, Resource resource, const std::string& subject) {
    const auto loads = static_balance(model_of(text));
    const auto is_it = [&](const Load& load) { return load.resource == resource && load.subject == subject; };
    REQUIRE(std::ranges::count_if(loads, is_it) == 1);
    return *std::ranges::find_if(loads, is_it);
}

}  // namespace

TEST_CASE("The two directions of a single track, in random order, wait for each other every second time") {
    // Sections of an hour; a headway of ten minutes behind a train of the same direction: 35 min on average.
    const std::string track = "tracks = 1, crossing_places = 1, headway = \"10 min\"";
    const Load both = only_load(railway_of(track, 21, 21), Resource::sections, "link.line");
    CHECK(both.offered == doctest::Approx(42 * 35.0 / 60));
    CHECK(both.capacity == doctest::Approx(168.0));
    CHECK(both.unit == "section-h/week");
    // Two thirds come from a: of nine trains four follow one of their own from a, one from b, four the other way round.
    const Load uneven = only_load(railway_of(track, 28, 14), Resource::sections, "link.line");
    CHECK(uneven.offered == doctest::Approx(42 * (5.0 / 9 * 10 / 60 + 4.0 / 9)));
    // In one direction nothing but the headway counts.
    CHECK(only_load(railway_of(track, 21, 0), Resource::sections, "link.line").offered == doctest::Approx(3.5));
}

TEST_CASE("Hours in which nobody may enter a single track are none of its time") {
    const std::string track = "tracks = 1, opening = [\"Mon-Sun 06:00-22:00\"]";
    CHECK(only_load(railway_of(track, 7, 7), Resource::sections, "link.line").capacity == doctest::Approx(112.0));
}

TEST_CASE("Paths and the headway are loads of their own") {
    const std::string text = railway_of("paths_per_day = 10, headway = \"30 min\"", 21, 0);
    const Load paths = only_load(text, Resource::paths, "link.line.forward");
    CHECK(paths.offered == doctest::Approx(21.0));
    CHECK(paths.capacity == doctest::Approx(70.0));
    CHECK(paths.unit == "trains/week");
    CHECK(only_load(text, Resource::headways, "link.line.forward").capacity == doctest::Approx(336.0));
    CHECK(only_load(text, Resource::headways, "link.line.backward").offered == 0.0);
}

TEST_CASE("Trains that a fleet cannot run are not on the line") {
    // There and back takes four hours; one train makes 42 round trips a week.
    std::string text = railway_of("paths_per_day = 24", 84, 0);
    const std::string one_way = "directions = \"one-way\"";
    text.replace(text.find(one_way), one_way.size(), "directions = \"round-trip\", fleet = 1");
    CHECK(only_load(text, Resource::fleet, "service.out").share() == doctest::Approx(2.0));
    CHECK(only_load(text, Resource::paths, "link.line.forward").offered == doctest::Approx(42.0));
    CHECK(only_load(text, Resource::paths, "link.line.backward").offered == doctest::Approx(42.0));
}

TEST_CASE("Tonnes stand against the payload that the depth allows, on average over the period") {
    // 1,300 t for each metre beyond 1.3 m: 2,210 t at 3.0 m for three and a half days, 910 t at 2.0 m for the others.
    const std::string text = R"(
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
[link.ab]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
speed = "10 km/h"
depth = [{ from = 2020-01-01, depth = "3.0 m" }, { from = 2020-01-09T12:00:00, depth = "2.0 m" }]
[vehicle.barge]
mode = "waterway"
capacity = "400 TEU"
payload = "3120 t"
draught_empty = "1.1 m"
draught_loaded = "3.5 m"
keel_clearance = "0.2 m"
[service.line]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
[demand.boxes]
from = "a"
to = "b"
volume = "420 containers"
tonnes_per_teu = "13 t/TEU"
)";
    const Load payload = only_load(text, Resource::payload, "service.line.forward");
    CHECK(payload.where == "a - b");
    CHECK(payload.offered == doctest::Approx(420 * 13.0));
    CHECK(payload.capacity == doctest::Approx(7 * (2210.0 + 910.0) / 2));
    CHECK(payload.unit == "t/week");
}

TEST_CASE("Crane moves take the time that a demand says") {
    // 70 containers a week with moves of six minutes, 70 with those of the terminal, of three.
    const std::string text = kRiver + kDemand + R"(
[demand.heavy]
from = "a"
to = "c"
volume = "70 containers"
move_time = "6 min"
[service.line]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { per_week = 7 }
)";
    std::string with_cranes = text;
    const std::string plain = "a = { quay_cranes = \"unlimited\" }";
    with_cranes.replace(with_cranes.find(plain), plain.size(),
                        "a = { quay_cranes = { count = 2, rate = \"20 moves/h\" }, berths = { count = 1 } }");
    CHECK(only_load(with_cranes, Resource::cranes, "terminal.a.quay").offered == doctest::Approx(7.0 + 3.5));
    CHECK(only_load(with_cranes, Resource::berths, "terminal.a.quay").offered == doctest::Approx(10.5 / 2));
}

TEST_CASE("Of three tugs two are of use where every job takes two") {
    const auto harbour = [](int leaving) {
        return R"(
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 4 }
tugs = { count = 3, docking = { tugs = 2, time = "1 h" }, leaving = { tugs = )" +
               std::to_string(leaving) + R"(, time = "1 h" } }
[background.ships]
terminal = "a"
mode = "waterway"
rate = "4 /d"
moves = 0
stay = "2 h"
)";
    };
    CHECK(only_load(harbour(2), Resource::tugs, "terminal.a.quay").capacity == 2 * 168.0);
    CHECK(only_load(harbour(2), Resource::tugs, "terminal.a.quay").offered == doctest::Approx(28 * 4.0));
    CHECK(only_load(harbour(1), Resource::tugs, "terminal.a.quay").capacity == 3 * 168.0);
}

TEST_CASE("Nothing queues where calls that find no place go elsewhere") {
    const auto warnings = [](const std::string& places) {
        const std::string text = R"(
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 1)" + places +
                                 R"( }
[background.ships]
terminal = "a"
mode = "waterway"
rate = "24 /d"
moves = 0
stay = "2 h"
)";
        return text_of(queue_warnings(scenario_of(text), static_balance(model_of(text))));
    };
    CHECK(warnings("") ==
          "warning: terminal.a.quay: berths: offered 336 berth-h/week, capacity 168 (the queue grows by 168 "
          "berth-h/week)\n");
    CHECK(warnings(", waiting_places = 2") ==
          "warning: terminal.a.quay: berths: offered 336 berth-h/week, capacity 168 (what finds no room is turned "
          "away)\n");
}

}  // namespace corridor::model
