// Services become lines: rows of stops with hops, timetables and vehicles.
#include <string>
#include <vector>

#include "compiled.h"

namespace corridor::model {
namespace {

std::string service(const std::string& keys) {
    return kRiver + kDemand + "[service.s]\nvehicle = \"barge\"\nroute = [\"a\", \"b\", \"c\"]\n" + keys;
}

/// "a b c": the stops of a line.
std::string stops_of(const Model& model, const Line& line) {
    std::string text;
    for (std::uint32_t i = 0; i < line.stop_count; ++i) {
        const Stop& stop = model.stops[Id<Stop>{line.first_stop.index() + std::size_t{i}}];
        text += (i > 0 ? " " : "") + model.terminals[stop.terminal].id;
        CHECK(stop.last == (i + 1 == line.stop_count));
    }
    return text;
}

/// "ab> bc>": the links of a line in order of travel, with their direction.
std::string links_of(const Model& model, const Line& line) {
    std::string text;
    for (std::uint32_t i = 0; i + 1 < line.stop_count; ++i) {
        for (const LinkUse& use : model.stops[Id<Stop>{line.first_stop.index() + std::size_t{i}}].hop.links) {
            text += (text.empty() ? "" : " ") + model.links[use.link].id;
            text += use.direction == Direction::forward ? ">" : "<";
        }
    }
    return text;
}

const Hop& hop(const Model& model, const Line& line, std::size_t i) {
    return model.stops[Id<Stop>{line.first_stop.index() + i}].hop;
}

TEST_CASE("A one-way service is one line along its route") {
    const Model model = model_of(service("directions = \"one-way\"\ndepartures = { per_week = 7 }"));
    REQUIRE(model.lines.size() == 1);
    const Line& line = model.lines[Id<Line>{0}];
    CHECK(stops_of(model, line) == "a b c");
    CHECK(links_of(model, line) == "ab> bc>");
    CHECK(hop(model, line, 0).running_time == 10 * kHour);
    CHECK(hop(model, line, 1).running_time == 5 * kHour);
    CHECK(hop(model, line, 1).km == 50.0);
    CHECK(line.capacity_quarters == 400);
    CHECK_FALSE(line.pool.valid());
    CHECK_FALSE(line.end_pool.valid());
}

TEST_CASE("Directions 'each' are two lines that share the fleet, the odd vehicle at the start of the route") {
    const Model model = model_of(service("directions = \"each\"\nfleet = 3\ndepartures = { per_week = 4 }"));
    REQUIRE(model.lines.size() == 2);
    const Line& there = model.lines[Id<Line>{0}];
    const Line& back = model.lines[Id<Line>{1}];
    CHECK(there.direction == Direction::forward);
    CHECK(back.direction == Direction::backward);
    CHECK(stops_of(model, back) == "c b a");
    CHECK(links_of(model, back) == "bc< ab<");
    CHECK(hop(model, back, 0).running_time == 10 * kHour);
    CHECK(hop(model, back, 1).running_time == 20 * kHour);
    CHECK(hop(model, back, 0).direction == Direction::backward);
    CHECK(there.end_pool == back.pool);
    CHECK(back.end_pool == there.pool);
    CHECK(model.pools[there.pool].at_start == 2);
    CHECK(model.pools[back.pool].at_start == 1);
    CHECK(there.timetable.stream != back.timetable.stream);
}

TEST_CASE("A round trip is one line there and back, which follows upon itself") {
    const Model model = model_of(service("directions = \"round-trip\"\nfleet = 2\ndepartures = { per_week = 4 }"));
    REQUIRE(model.lines.size() == 1);
    const Line& line = model.lines[Id<Line>{0}];
    CHECK(stops_of(model, line) == "a b c b a");
    CHECK(links_of(model, line) == "ab> bc> bc< ab<");
    CHECK(hop(model, line, 1).direction == Direction::forward);
    CHECK(hop(model, line, 2).direction == Direction::backward);
    CHECK(line.end_pool == line.pool);
    CHECK(model.pools[line.pool].at_start == 2);
}

TEST_CASE("A route that ends where it begins is a loop: one way, with a fleet") {
    const Model model = model_of(kRiver + kDemand + R"(
[service.s]
vehicle = "barge"
route = ["a", "c", "b", "a"]
directions = "one-way"
fleet = 2
departures = { when_ready = true })");
    REQUIRE(model.lines.size() == 1);
    const Line& line = model.lines[Id<Line>{0}];
    CHECK(links_of(model, line) == "ab> bc> bc< ab<");
    CHECK(line.dispatch == Dispatch::when_ready);
    CHECK(line.end_pool == line.pool);
    CHECK(model.pools[line.pool].at_start == 2);
}

TEST_CASE("Continuous departures need no fleet and no timetable") {
    const Model model = model_of(service("directions = \"one-way\"\ndepartures = { continuous = true }"));
    const Line& line = model.lines[Id<Line>{0}];
    CHECK(line.dispatch == Dispatch::continuous);
    CHECK(line.timetable.listed.empty());
    CHECK(line.timetable.headway_ms == 0.0);
}

TEST_CASE("Of two ways the faster is taken, in each direction for itself") {
    const Model model = model_of(kRiver + kDemand + R"(
[link.canal]   # longer than the river, and faster upstream only
mode = "waterway"
from = "a"
to = "b"
length = "120 km"
speed = "8 km/h"
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "each"
departures = { per_week = 7 })");
    CHECK(links_of(model, model.lines[Id<Line>{0}]) == "ab> bc>");
    CHECK(links_of(model, model.lines[Id<Line>{1}]) == "bc< canal<");
}

TEST_CASE("Listed links are taken as they are, and backwards on the way back") {
    const Model model = model_of(kRiver + kDemand + R"(
[link.canal]
mode = "waterway"
from = "b"
to = "a"
running_time = "50 h"
length = "1 km"
[service.s]
vehicle = "barge"
route = ["a", "c"]
links = ["canal", "bc"]
directions = "each"
departures = { per_week = 7 })");
    CHECK(links_of(model, model.lines[Id<Line>{0}]) == "canal< bc>");
    CHECK(links_of(model, model.lines[Id<Line>{1}]) == "bc< canal>");
    CHECK(hop(model, model.lines[Id<Line>{0}], 0).running_time == 55 * kHour);
}

TEST_CASE("Running times are whole milliseconds link by link") {
    const std::string text = service("directions = \"one-way\"\ndepartures = { per_week = 7 }");
    auto scenario = scenario::parse_scenario(text, "scenario.toml", {{"link.ab.speed.downstream=7 km/h"}});
    REQUIRE(scenario.ok());
    const auto model = compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    // 100 / 7 h = 51,428,571.43 ms
    CHECK(hop(model.value(), model.value().lines[Id<Line>{0}], 0).running_time == 51'428'571);
}

// ---- what is refused ----

TEST_CASE("Vehicles that leave when ready need a fleet, at either end") {
    CHECK(
        findings_of(service("directions = \"each\"\ndepartures = { per_week = 7 }\n"
                            "return_departures = { when_ready = true }")) ==
        "error: service.s: needs a fleet (vehicles that leave when ready make the frequency); add fleet = 1 or more\n");
}

TEST_CASE("A least load is not more than the vehicle holds, and may be all of it") {
    const std::string on_demand = "directions = \"one-way\"\ndepartures = { when_ready = true }\nminimum_load = ";
    CHECK(findings_of(service(on_demand + "\"100 TEU\"")) == "");
    CHECK(findings_of(service(on_demand + "\"100.25 TEU\"")) ==
          "error: service.s.minimum_load: is more than 'barge' holds (100 TEU); use departures = { when_full = true } "
          "for full vehicles\n");
}

TEST_CASE("A fleet must come back") {
    CHECK(
        findings_of(service("directions = \"one-way\"\nfleet = 2\ndepartures = { per_week = 7 }")) ==
        "error: service.s: has a fleet, but its vehicles never come back (directions = \"one-way\"); use directions = "
        "\"each\" or \"round-trip\", or end the route where it begins\n");
}

TEST_CASE("Continuous departures have no fleet") {
    CHECK(findings_of(service("directions = \"each\"\nfleet = 2\ndepartures = { continuous = true }")) ==
          "error: service.s: has a fleet, but departures are continuous (a vehicle is always there); leave out "
          "'fleet', or "
          "use departures = { when_ready = true }\n");
}

TEST_CASE("A route needs links of the vehicle's mode") {
    CHECK(findings_of(kRiver + kDemand + R"(
[terminal.d]
quay_cranes = "unlimited"
[service.s]
vehicle = "barge"
route = ["a", "d", "c"]
directions = "one-way"
departures = { per_week = 7 })") ==
          "error: service.s.route: no waterway leads from 'a' to 'd'; add a link with mode = \"waterway\" between "
          "them\n");
}

TEST_CASE("Listed links must follow the route") {
    const auto links = [](const std::string& list) {
        return findings_of(service("links = [" + list + "]\ndirections = \"one-way\"\ndepartures = { per_week = 7 }"));
    };
    CHECK(links("\"bc\"") ==
          "error: service.s.links: link 'bc' does not continue the route (it joins 'b' and 'c', the vehicle is at "
          "'a')\n");
    CHECK(links("\"ab\"") == "error: service.s.links: the links end at 'b' (the route goes on to 'c')\n");
    CHECK(links("\"ab\", \"bc\", \"bc\"") ==
          "error: service.s.links: link 'bc' is beyond the end of the route (it ends at 'c')\n");
}

/// A barge between a and b, a link apart, with berths at a.
std::string shuttle(const std::string& running_time, const std::string& berthing, const std::string& departures) {
    return R"(
format = 1
title = "A cycle without time"
period = { start = 2020-01-06, end = 2020-01-13 }
link.ab = { mode = "waterway", from = "a", to = "b", length = "0 km", running_time = ")" +
           running_time + R"(" }
vehicle.barge = { mode = "waterway", capacity = "100 TEU" }
demand.d = { from = "a", to = "b", volume = "70 containers" }
terminal.b = { quay_cranes = "unlimited" }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 1, berthing_time = )" +
           berthing + R"( }
[service.s]
vehicle = "barge"
route = ["a", "b"]
directions = "each"
fleet = 1
departures = )" +
           departures + "\n";
}

const std::string kWhenReady = "{ when_ready = true }";

std::string no_advance(const std::string& cycle) {
    return "error: service.s: time does not advance on cycle a-b-a (running, berthing and layover take " + cycle +
           " on average, and must take 1 s); give a link a length and speed, or the service a layover\n";
}

TEST_CASE("A59: vehicles that leave when ready must take a second for their cycle: time would not advance") {
    CHECK(findings_of(shuttle("0 h", "\"0 h\"", kWhenReady)) == no_advance("0 s"));
    // Of laws the mean counts, however the draws are rounded.
    CHECK(findings_of(shuttle("0 h", R"({ law = "uniform", low = "0 s", high = "0 s" })", kWhenReady)) ==
          no_advance("0 s"));
    CHECK(findings_of(shuttle("0 h", R"({ law = "exponential", mean = "0.0001 s" })", kWhenReady)) ==
          no_advance("0 s"));
    CHECK(findings_of(shuttle("0.499 s", "\"0 h\"", kWhenReady)) == no_advance("0.998 s"));
    CHECK(findings_of(shuttle("0.5 s", "\"0 h\"", kWhenReady)) == "");
    CHECK(findings_of(shuttle("0 h", R"({ law = "exponential", mean = "1 s" })", kWhenReady)) == "");
}

TEST_CASE("A timetable at either end of a cycle makes time advance") {
    const std::string back = "return_departures = { per_week = 7 }\n";
    CHECK(findings_of(shuttle("0 h", "\"0 h\"", kWhenReady + "\n" + back)).find("does not advance") ==
          std::string::npos);
}

// ---- what is hardly meant ----

TEST_CASE("A service that nobody's way uses is pointed out") {
    CHECK(findings_of(service("directions = \"one-way\"\ndepartures = { per_week = 7 }") + R"(
[service.idle]
vehicle = "barge"
route = ["b", "a"]
directions = "one-way"
departures = { per_week = 1 })") == "warning: service.idle: is on no demand's way (its vehicles run empty)\n");
}

TEST_CASE("A52: A service that never leaves within the run is pointed out") {
    CHECK(findings_of(service("directions = \"one-way\"\ndepartures = { times = [2020-01-13] }")) ==
          "warning: service.s: never leaves forward within the run (2020-01-06 to 2020-01-13)\n");
    CHECK(findings_of(service("directions = \"one-way\"\ndepartures = { headway = \"12 h\", first = 2020-01-13 }")) ==
          "warning: service.s: never leaves forward within the run (2020-01-06 to 2020-01-13)\n");
    CHECK(findings_of(service("directions = \"one-way\"\ndepartures = { times = [2020-01-12T23:59:59] }")) == "");
}

// Ten containers a departure at six minutes each: an hour, after an hour of berthing.
TEST_CASE("Departures are late where berthing and loading take longer than the cut-off") {
    const auto with_cut_off = [](const std::string& cut_off) {
        return findings_of(R"(
format = 1
title = "One slow crane"
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal]
a = { berths = { count = 1, berthing_time = "1 h" }, quay_cranes = { count = 1, move_time = "6 min" } }
b = { quay_cranes = "unlimited" }
[link]
ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
[vehicle]
barge = { mode = "waterway", capacity = "100 TEU" }
[demand]
d = { from = "a", to = "b", volume = "70 containers" }
[service.s]
vehicle = "barge"
route = ["a", "b"]
directions = "one-way"
departures = { per_week = 7 }
cut_off = )" + ("\"" + cut_off + "\""));
    };
    CHECK(with_cut_off("0 h") ==
          "warning: service.s: departures from 'a' will be late by about 2 h (berthing and loading take 2 h, the "
          "cut-off is 0 "
          "s); a cut_off of 2 h or more keeps the timetable\n");
    CHECK(with_cut_off("90 min") == "");
}

// There and back 10 + 5 + 10 + 20 hours.
TEST_CASE("A fleet that is too small for its timetable, or far too large, is pointed out") {
    const auto with_fleet = [](int fleet) {
        return findings_of(
            service("directions = \"each\"\ndepartures = { per_week = 9 }\nfleet = " + std::to_string(fleet)));
    };
    CHECK(with_fleet(2) ==
          "warning: service.s: a fleet of 2 cannot run 9 departures a week (needs about 3): departures will be late\n");
    CHECK(with_fleet(3) == "");
    CHECK(with_fleet(4) == "");
    CHECK(with_fleet(5) == "warning: service.s: has a fleet of 5 where about 3 would do for 9 departures a week\n");
}

TEST_CASE("A fleet that is asked to leave one end more often than the other is pointed out") {
    CHECK(
        findings_of(service("directions = \"each\"\nfleet = 3\ndepartures = { per_week = 9 }\n"
                            "return_departures = { per_week = 6 }")) ==
        "warning: service.s: has 9 departures a week forward and 6 backward (its fleet gathers at one end); give both "
        "directions as many departures\n");
}

}  // namespace
}  // namespace corridor::model
