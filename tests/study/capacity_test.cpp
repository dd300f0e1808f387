#include "corridor/study/capacity.h"

#include <doctest/doctest.h>

#include <atomic>

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

}  // namespace
}  // namespace corridor
