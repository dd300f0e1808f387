#include "corridor/study/capacity.h"

#include <doctest/doctest.h>

#include <atomic>
#include <boost/algorithm/string.hpp>
#include <tuple>

#include "engine/simulated.h"

namespace corridor {
namespace {

// 40 TEU a day may leave, 20 containers a day come: the demand can double.
const std::string kHalfFull = river(departures("{ headway = \"24 h\", first = 2019-01-01 }") +
                                        "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"20 containers/d\"\n",
                                    "40 TEU");

std::string over_two_years(std::string text) {
    return text.replace(text.find("end = 2020-02-01"), 16, "end = 2022-01-01");
}

model::Model model_of(const std::string& text) { return Simulated(text).model(); }

double listed_containers(const model::Model& model) {
    double sum = 0.0;
    for (const model::ListedRelease& release : model.demands.items()[0].listed) sum += release.containers;
    return sum;
}

TEST_CASE("Demand can grow until the places of the timetable are full, and they are named") {
    const CapacityResult result = find_capacity(model_of(over_two_years(kHalfFull)), {.replications = 10});
    REQUIRE(result.carried.has_value());
    REQUIRE(result.refuted.has_value());
    CHECK(*result.carried > 1.97);
    CHECK(*result.carried < 2.03);
    CHECK(*result.refuted <= *result.carried * 1.01);
    CHECK(result.teu_per_day == doctest::Approx(20.0 * *result.carried));
    REQUIRE(result.bottlenecks.size() == 1);
    CHECK(result.bottlenecks[0].resource == "slots");
    CHECK(result.bottlenecks[0].subject == "service.line.forward");
    for (const GrowthTrial& trial : result.trials) CHECK(trial.is_bounded() == (trial.factor <= *result.carried));
}

TEST_CASE("One small demand whose queue grows is enough, however much the others carry") {
    const std::string small =
        "[vehicle.boat]\nmode = \"waterway\"\ncapacity = \"1 TEU\"\n"
        "[service.ferry]\nroute = [\"b\", \"a\"]\ndirections = \"one-way\"\nvehicle = \"boat\"\n"
        "departures = { headway = \"24 h\" }\n[demand.back]\nfrom = \"b\"\nto = \"a\"\nrate = \"0.8 containers/d\"\n";
    const CapacityResult result = find_capacity(model_of(over_two_years(kHalfFull + small)), {.replications = 10});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 1.15);
    CHECK(*result.carried < 1.35);  // 1.25, and what chance hides of so few containers
    CHECK(result.bottlenecks[0].subject == "service.ferry.forward");
    CHECK(result.trials.back().factor > 0.0);
    for (const GrowthTrial& trial : result.trials) {
        if (!trial.is_bounded()) CHECK(trial.growing.front() == "demand.back");
    }
}

TEST_CASE("Where nothing is limited, no limit is found") {
    const model::Model model = model_of(river(departures("{ continuous = true }") +
                                              "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"1 containers/d\"\n"));
    const CapacityResult result = find_capacity(model, {.replications = 2});
    CHECK(result.carried.has_value());
    CHECK_FALSE(result.refuted.has_value());
    CHECK(result.bottlenecks.empty());
}

TEST_CASE("The capacity is the same to the last bit for any number of threads") {
    const model::Model model = model_of(kHalfFull);
    const CapacityResult alone = find_capacity(model, {.replications = 6, .threads = 1});
    const CapacityResult together = find_capacity(model, {.replications = 6, .threads = 3});
    REQUIRE(alone.trials.size() == together.trials.size());
    for (std::size_t i = 0; i < alone.trials.size(); ++i) {
        CHECK(alone.trials[i].factor == together.trials[i].factor);
        CHECK(alone.trials[i].growth_per_day.mean() == together.trials[i].growth_per_day.mean());
    }
    CHECK(alone.fingerprint == together.fingerprint);
    CHECK(alone.fingerprint != find_capacity(model, {.seed = 2, .replications = 6}).fingerprint);
}

TEST_CASE("A search that is stopped from outside ends and says so") {
    std::atomic<bool> stop{true};
    const CapacityResult result = find_capacity(model_of(kHalfFull), {.replications = 6}, {.stop = &stop});
    CHECK(result.status.state == RunState::cancelled);
    CHECK(result.trials.empty());
}

TEST_CASE("Listed releases grow by whole containers that add up") {
    const model::Model model =
        model_of(river(departures("{ headway = \"24 h\" }") + listed("{ time = 2020-01-02, containers = 1 }, "
                                                                     "{ time = 2020-01-03, containers = 1 }, "
                                                                     "{ time = 2020-01-04, containers = 2 }")));
    CHECK(listed_containers(with_demand_times(model, 1.5)) == 6.0);
    CHECK(listed_containers(with_demand_times(model, 0.25)) == 1.0);
}

// ---- what vehicles queue for ----

/// Half a year; a boat of 1 TEU leaves for each of 4 containers a day.
std::string boats(const std::string& rest) {
    std::string text = river(departures("{ when_full = true }") +
                                 "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"4 containers/d\"\n" + rest,
                             "1 TEU");
    return text.replace(text.find("end = 2020-02-01"), 16, "end = 2020-07-01");
}

void check_bottleneck(const CapacityResult& result, const std::string& resource, const std::string& subject) {
    REQUIRE_FALSE(result.bottlenecks.empty());
    CHECK(result.bottlenecks[0].resource == resource);
    CHECK(result.bottlenecks[0].subject == subject);
}

TEST_CASE("Where boats queue for paths without end, the paths are the limit and are named") {
    std::string text = boats("");
    text.insert(text.find("speed ="), "paths_per_day = 8\n");
    boost::replace_all(text, "waterway", "railway");
    boost::replace_all(text, "quay_cranes", "rail_cranes");
    const CapacityResult result = find_capacity(model_of(text), {.replications = 8, .precision = 0.05});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 1.8);
    CHECK(*result.carried < 2.2);
    check_bottleneck(result, "paths", "link.a-b.forward");
    CHECK(result.bottlenecks[0].share > 0.95);
}

TEST_CASE("What is turned away or goes by road is not carried") {
    // Eight barges of 1 TEU a day; whoever waits two days goes by road. Without patience the backlog would grow from
    // twice the demand on.
    std::string text = boats("patience = \"2 d\"\n");
    const std::string called = "departures = { when_full = true }";
    text.replace(text.find(called), called.size(), "departures = { headway = \"3 h\" }");
    const CapacityResult result = find_capacity(model_of(text), {.replications = 8, .precision = 0.05});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 1.7);
    CHECK(*result.carried < 2.1);
    REQUIRE(result.refuted.has_value());
}

TEST_CASE("Where boats queue for a tug without end, the tugs are the limit and are named") {
    std::string text = boats("");
    const std::string plain = "[terminal.a]\nquay_cranes = \"unlimited\"";
    text.replace(text.find(plain), plain.size(),
                 plain + "\ntugs = { count = 1, leaving = { tugs = 1, time = \"3 h\" } }");
    const CapacityResult result = find_capacity(model_of(text), {.replications = 8, .precision = 0.05});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 1.8);
    CHECK(*result.carried < 2.2);
    check_bottleneck(result, "tugs", "terminal.a.quay");
}

TEST_CASE("A lock that others keep full is the bottleneck, however little is carried") {
    // 1.2 vessels an hour for a chamber of one that takes an hour, and a barge a day among them.
    const std::string text = river(departures("{ headway = \"24 h\", first = 2019-12-01 }") +
                                   "[lock.dam]\nlink = \"a-b\"\nplaces = 1\noperation = \"one-way\"\n"
                                   "cycle_time = \"1 h\"\ntraffic = { downstream = \"1.2 /h\" }\n"
                                   "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"20 containers/d\"\n");
    const CapacityResult result = find_capacity(model_of(text), {.replications = 6});
    CHECK_FALSE(result.carried.has_value());
    REQUIRE_FALSE(result.trials.empty());
    CHECK(result.trials[0].growing_waits == std::vector<std::string>{"lock.dam.forward"});
    check_bottleneck(result, "locks", "lock.dam.forward");
    CHECK(result.bottlenecks[0].queue_grows);
    CHECK(result.bottlenecks[0].share > 0.99);
}

TEST_CASE("Where low water lets barges carry half, their payload is the limit and not their places") {
    // 3.0 m let 2,210 t on board, 170 TEU of 13 t; 85 a day come.
    std::string text = river(
        "payload = \"3120 t\"\ndraught_empty = \"1.1 m\"\ndraught_loaded = \"3.5 m\"\nkeel_clearance = \"0.2 m\"\n" +
            departures("{ headway = \"24 h\", first = 2019-12-01 }") +
            "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"85 containers/d\"\ntonnes_per_teu = \"13 t/TEU\"\n",
        "400 TEU");
    text.insert(text.find("speed ="), "depth = \"3.0 m\"\n");
    text.replace(text.find("end = 2020-02-01"), 16, "end = 2020-07-01");
    const CapacityResult result = find_capacity(model_of(text), {.replications = 8, .precision = 0.05});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 1.85);
    CHECK(*result.carried < 2.15);
    check_bottleneck(result, "payload", "service.line.forward");
}

TEST_CASE("Where containers wait for empties without end, their stock is the limit and is named") {
    // 80 containers go round in ten days: a day on the river and four until they are emptied, either way. So 8 a day
    // can be filled at each end, where 2 are asked for.
    std::string text = R"(
period = { start = 2020-01-01, end = 2020-10-01 }
[terminal.a]
quay_cranes = "unlimited"
empties = { stock = { ft20 = 40 } }
[terminal.b]
quay_cranes = "unlimited"
empties = { stock = { ft20 = 40 } }
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
running_time = "24 h"
[vehicle.lighter]
mode = "waterway"
capacity = "1 TEU"
[service.line]
route = ["a", "b"]
directions = "each"
vehicle = "lighter"
departures = { continuous = true }
)";
    for (const auto& [id, from, to] : {std::tuple{"exports", "a", "b"}, std::tuple{"imports", "b", "a"}}) {
        text += std::string("[demand.") + id + "]\nfrom = \"" + from + "\"\nto = \"" + to +
                "\"\nrate = \"2 containers/d\"\nrelease = \"even\"\ntakes_empties = true\nreturns_empties = true\n"
                "emptied_after = \"4 d\"\n";
    }
    const CapacityResult result = find_capacity(model_of(text), {.replications = 2, .precision = 0.02});
    REQUIRE(result.carried.has_value());
    CHECK(*result.carried > 3.8);
    CHECK(*result.carried < 4.3);
    REQUIRE(result.bottlenecks.size() == 2);
    check_bottleneck(result, "empties", "demand.exports");
    CHECK(result.bottlenecks[1].subject == "demand.imports");
    CHECK(result.bottlenecks[0].share > 0.97);
}

}  // namespace
}  // namespace corridor
