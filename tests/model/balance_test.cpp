// Plain arithmetic on the inputs: loads of resources, and what the simulator's measures would be without queues.
#include "corridor/model/balance.h"

#include <algorithm>

#include "compiled.h"

namespace corridor::model {
namespace {

// Four weeks from Monday 3 February 2020, a week before them to warm up. Port p to hub h by barge and on to yard y by
// train. 100 containers a week, half of them of 40 ft (150 TEU), a fifth of them empty; 40 a week come back from h to
// p.
const std::string kCorridor = R"(
format = 1
title = "Barge and train"
period = { start = 2020-02-03, end = 2020-03-02, warm_up = "7 d" }
[terminal]
p = { berths = { count = 1, berthing_time = "1 h" }, quay_cranes = { count = 2, rate = "20 moves/h" } }
h = { quay_cranes = { count = 1, rate = "10 moves/h" }, rail_cranes = { count = 1, rate = "10 moves/h" } }
y = { rail_cranes = "unlimited" }
[link]
river = { mode = "waterway", from = "p", to = "h", length = "120 km", speed = { downstream = "12 km/h", upstream = "6 km/h" } }
rails = { mode = "railway", from = "h", to = "y", length = "90 km", speed = "30 km/h", paths_per_day = 2 }
[vehicle]
barge = { mode = "waterway", capacity = "60 TEU" }
train = { mode = "railway", capacity = "30 TEU" }
[service]
barges = { vehicle = "barge", route = ["p", "h"], directions = "each", fleet = 2, cut_off = "4 h", departures = { per_week = 3 } }
trains = { vehicle = "train", route = ["h", "y"], directions = "one-way", departures = { per_week = 7 } }
[demand]
out = { from = "p", to = "y", rate = "100 containers/week", box_share = { ft20 = 0.5, ft40 = 0.5 }, empty_share = 0.2 }
back = { from = "h", to = "p", rate = "40 containers/week", profile = { 2020-03 = 0 } }
[background]
others = { terminal = "p", mode = "waterway", rate = "7 /week", moves = 20, teu_per_move = 1.5, stay = "2 h" }
)";

const Load& load(const std::vector<Load>& loads, Resource resource, std::string_view subject) {
    for (const Load& load : loads) {
        if (load.resource == resource && load.subject == subject) return load;
    }
    FAIL("no such load: " << subject);
    return loads.front();
}

void check(const Load& load, double offered, double capacity, std::string_view unit) {
    INFO(load.subject);
    CHECK(load.offered == doctest::Approx(offered).epsilon(1e-6));
    CHECK(load.capacity == doctest::Approx(capacity).epsilon(1e-6));
    CHECK(load.unit == unit);
}

TEST_CASE("Slots, cranes, berths, paths and fleet are balanced per week") {
    const auto loads = static_balance(model_of(kCorridor));
    // The profile leaves `back` 27 of the 28 days.
    const double back = 40.0 * 27 / 28;
    const Load& down = load(loads, Resource::slots, "service.barges.forward");
    check(down, 150, 3 * 60, "TEU/week");
    CHECK(down.where == "p - h");
    check(load(loads, Resource::slots, "service.barges.backward"), back, 3 * 60, "TEU/week");
    check(load(loads, Resource::slots, "service.trains.forward"), 150, 7 * 30, "TEU/week");
    // p: 100 loads, 40 discharges and 7 x 20 moves of others, at 3 minutes; two cranes
    check(load(loads, Resource::cranes, "terminal.p.quay"), (100 + back + 140) / 20, 336, "crane-h/week");
    check(load(loads, Resource::cranes, "terminal.h.quay"), (100 + back) / 10, 168, "crane-h/week");
    check(load(loads, Resource::cranes, "terminal.h.rail"), 10, 168, "crane-h/week");
    // p: barges are there from the cut-off, or berth an hour and discharge; others berth, work and stay two hours
    check(load(loads, Resource::berths, "terminal.p.quay"), 3 * 4 + (3 + back / 40) + 7 * (1 + 0.5 + 2), 168,
          "berth-h/week");
    check(load(loads, Resource::paths, "link.rails.forward"), 7, 14, "trains/week");
    check(load(loads, Resource::paths, "link.rails.backward"), 0, 14, "trains/week");
    // round trips: 10 h and 20 h under way, 4 h at p, discharging at h 100 / 3 boxes, 4 h there, and 1 h and 40 / 3 at
    // p
    check(load(loads, Resource::fleet, "service.barges"), 3 * (10 + 20 + 4 + 4 + 1) + 100 / 10.0 + back / 40, 336,
          "vehicle-h/week");
}

TEST_CASE("Where nothing is short there are no warnings") {
    const auto scenario = scenario_of(kCorridor);
    CHECK(queue_warnings(scenario, static_balance(model_of(kCorridor))).empty());
}

// 5 containers an hour for 96 places a day.
std::string overload(const std::string& rate, const std::string& more = "") {
    return R"(
format = 1
title = "One service"
period = { start = 2020-01-06, end = 2020-01-20 }
terminal = { a = { quay_cranes = "unlimited" }, b = { quay_cranes = "unlimited" } }
link.ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
vehicle.barge = { mode = "waterway", capacity = "96 TEU" }
service.s = { vehicle = "barge", route = ["a", "b"], directions = "one-way", departures = { headway = "24 h" } }
demand.d = { from = "a", to = "b", rate = ")" +
           rate + "\"" + more + " }\n";
}

TEST_CASE("Vessels that leave when full are never short of places: there is one for every load") {
    std::string text = kCorridor;
    const std::string timetable = "fleet = 2, cut_off = \"4 h\", departures = { per_week = 3 }";
    text.replace(text.find(timetable), timetable.size(), "departures = { when_full = true }");
    const auto loads = static_balance(model_of(text));
    CHECK(std::ranges::none_of(loads, [](const Load& load) { return load.subject == "service.barges.forward"; }));
    // p: 150 TEU out are 2.5 full barges a week, 40 containers back less than one of 60.
    const double back = 40.0 * 27 / 28;
    const double moves = 100 + back + 7 * 20;
    const double calls = 2.5 + back / 60 + 7;
    check(load(loads, Resource::berths, "terminal.p.quay"), calls * 1.0 + moves * 0.05 / 2 + 7 * 2, 168,
          "berth-h/week");
}

TEST_CASE("A67, N11: Demand above capacity is a warning, not an error: the queue grows") {
    const auto warnings = [](const std::string& rate) {
        const auto scenario = scenario_of(overload(rate));
        return text_of(queue_warnings(scenario, static_balance(model_of(overload(rate)))));
    };
    CHECK(warnings("5 containers/h") ==
          "warning: service.s.forward: slots a - b: offered 840 TEU/week, capacity 672 (the queue grows by 168 "
          "TEU/week)\n");
    CHECK(
        warnings("4 containers/h") ==
        "warning: service.s.forward: slots a - b: offered 672 TEU/week, capacity 672 (full: no steady state exists)\n");
    CHECK(
        warnings("3.9 containers/h") ==
        "warning: service.s.forward: slots a - b: offered 655.2 TEU/week, capacity 672 (load 0.975: no steady state is "
        "near)\n");
    CHECK(warnings("3.7 containers/h") == "");
}

TEST_CASE("Where demands need not take their best way, the warning says what would be if all did") {
    const auto warning = [](const std::string& demand, const std::string& rest = "") {
        const std::string text = overload("5 containers/h", demand) + rest;
        return text_of(queue_warnings(scenario_of(text), static_balance(model_of(text))));
    };
    const std::string slots = "warning: service.s.forward: slots a - b: offered 840 TEU/week, capacity 672 ";
    const std::string grows = slots + "(the queue grows by 168 TEU/week)\n";
    const std::string would_grow = slots + "(if all took their best way, the queue would grow by 168 TEU/week)\n";
    CHECK(warning(", road_time = \"500 h\"") == would_grow);
    CHECK(warning(", patience = \"2 d\"") == would_grow);
    const std::string other =
        "service.t = { vehicle = \"barge\", route = [\"a\", \"b\"], directions = \"one-way\", departures = { "
        "per_week = 1 } }\n";
    for (const std::string choice : {"timetable", "adaptive", "logit\", logit_scale = \"0.1 /h"}) {
        CHECK(warning(", choice = \"" + choice + "\"", other) == would_grow);
    }
    CHECK(warning(", choice = \"cheapest\"", other) == grows);
}

TEST_CASE("A warning points at the table of what is short") {
    const auto scenario = scenario_of(overload("5 containers/h"));
    const auto warnings = queue_warnings(scenario, static_balance(model_of(overload("5 containers/h"))));
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].place == scenario.services[Id<scenario::Service>{0}].place);
}

TEST_CASE("Hours that a terminal is closed are no crane-hours") {
    std::string text = kCorridor;
    const std::string cranes = "rail_cranes = { count = 1, rate = \"10 moves/h\" }";
    text.replace(text.find(cranes), cranes.size(), cranes + ", opening = [\"Mon-Fri 06:00-18:00\"]");
    CHECK(load(static_balance(model_of(text)), Resource::cranes, "terminal.h.rail").capacity == doctest::Approx(60.0));
}

// ---- measures by arithmetic ----

TEST_CASE("Plain arithmetic gives volumes by service, link, direction, month, laden or empty") {
    const Model model = model_of(kCorridor);
    const auto expected = [&](std::string_view measure, std::string_view subject) {
        return naive(model, measure, subject).value_or(-1.0);
    };
    const double out = 400.0;
    const double back = 40.0 * 27 / 7;
    CHECK(expected("containers_shipped", "total") == doctest::Approx(out + back));
    CHECK(expected("containers_shipped", "service.barges") == doctest::Approx(out + back));
    CHECK(expected("containers_shipped", "service.barges.forward") == doctest::Approx(out));
    CHECK(expected("containers_shipped", "service.barges.backward") == doctest::Approx(back));
    CHECK(expected("containers_shipped", "service.barges.forward.empty") == doctest::Approx(out * 0.2));
    CHECK(expected("teu_shipped", "service.barges.forward.laden") == doctest::Approx(out * 0.8 * 1.5));
    CHECK(expected("teu_shipped", "link.river.forward") == doctest::Approx(600));
    CHECK(expected("containers_shipped", "link.river.demand.back") == doctest::Approx(back));
    CHECK(expected("containers_railed", "total") == doctest::Approx(out));
    CHECK(expected("teu_railed", "service.trains.forward.2020-03") == doctest::Approx(600.0 / 28));
    CHECK(expected("containers_delivered", "demand.out") == doctest::Approx(out));
    CHECK(expected("containers_delivered", "total") == doctest::Approx(out + back));
}

TEST_CASE("Plain arithmetic gives lifts, departures, loads and running times") {
    const Model model = model_of(kCorridor);
    const auto expected = [&](std::string_view measure, std::string_view subject) {
        return naive(model, measure, subject).value_or(-1.0);
    };
    const double back = 40.0 * 27 / 7;
    CHECK(expected("lifts", "terminal.p") == doctest::Approx(400 + back + 28 * 20));
    CHECK(expected("lifts_teu", "terminal.p.quay") == doctest::Approx(600 + back + 28 * 20 * 1.5));
    CHECK(expected("lifts", "terminal.h") == doctest::Approx(400 + back + 400));
    CHECK(expected("lifts", "terminal.h.rail") == doctest::Approx(400));
    CHECK(expected("departures_run", "service.barges") == doctest::Approx(24));
    CHECK(expected("departures_run", "service.barges.backward") == doctest::Approx(12));
    CHECK(expected("teu_per_departure", "service.barges.forward") == doctest::Approx(50));
    CHECK(expected("running_time_mean", "service.barges.backward") == doctest::Approx(20));
}

TEST_CASE("Plain arithmetic is silent on queues and on what the model does not have") {
    const Model model = model_of(kCorridor);
    CHECK_FALSE(naive(model, "wait_mean", "service.barges.forward").has_value());
    CHECK_FALSE(naive(model, "containers_shipped", "service.trains").has_value());
    CHECK_FALSE(naive(model, "containers_railed", "service.ferries").has_value());
    CHECK_FALSE(naive(model, "lifts", "terminal.p.rail").has_value());
    CHECK_FALSE(naive(model, "containers_shipped", "service.barges.sideways").has_value());
}

}  // namespace
}  // namespace corridor::model
