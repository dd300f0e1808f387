// Sensitivity of scenarios whose variances can be worked out by hand.
#include "corridor/study/assumption_study.h"

#include <cmath>

#include "corridor/model/compile.h"
#include "corridor/study/fingerprint.h"
#include "model/compiled.h"

namespace corridor {
namespace {

/// Containers at even distances from a to c, whose number has a range; the speed has one, too, but moves no containers.
const std::string kEven = model::kRiver + R"(
[demand.many]
from = "a"
to = "c"
release = "even"
volume = { value = "3000 containers", range = ["2000 containers", "4000 containers"], distribution = "uniform" }
[demand.few]
from = "a"
to = "c"
release = "even"
volume = { value = "1500 containers", range = ["1000 containers", "2000 containers"], distribution = "uniform" }
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { continuous = true }
)";

AssumptionResult studied(const std::string& text, const AssumptionPlan& plan) {
    const scenario::Scenario scenario = model::scenario_of(text);
    const auto model = model::compile(scenario, scenario::stated_values(scenario.quantities));
    REQUIRE(model.ok());
    const std::vector<ReadingTarget> outputs{
        {.measure = "containers_released", .unit = "containers", .subjects = {"total"}}};
    return study_assumptions(scenario, outputs, measure_catalog(model.value()), plan);
}

}  // namespace

TEST_CASE("Of two uniform volumes the one with twice the range has four fifths of the variance") {
    const AssumptionResult result = studied(kEven, {.rows = 256});
    REQUIRE(result.inputs == std::vector<std::string>{"demand.few.volume", "demand.many.volume"});
    CHECK(result.looked_into == std::vector<std::size_t>{1, 0});
    CHECK_FALSE(result.has_others);
    CHECK(result.effects.outputs[0][1].mean == doctest::Approx(2000.0).epsilon(0.01));
    const OutputIndices& output = result.indices.outputs.front();
    CHECK(output.sd == doctest::Approx(std::sqrt(5e6 / 12)).epsilon(0.02));
    CHECK(std::abs(output.groups[0].first.value - 0.8) < 0.03);
    CHECK(std::abs(output.groups[1].total.value - 0.2) < 0.03);
    CHECK(output.chance.total.value < 1e-4);
    CHECK(result.fingerprint == combined_fingerprint(result.effects.fingerprint, result.indices.fingerprint));
    CHECK(result.effects.fingerprint != 0);
    CHECK(result.indices.fingerprint != 0);
}

TEST_CASE("Poisson releases make up their share by chance") {
    std::string text = kEven;
    for (std::size_t at = text.find("\"even\""); at != std::string::npos; at = text.find("\"even\"")) {
        text.replace(at, 6, "\"poisson\"");
    }
    // Ranges of 200 and 0: a variance of 200^2 / 12 = 3,333 by the range and 4,500 by chance.
    text.replace(text.find("[\"2000 containers\", \"4000 containers\"]"), 38,
                 "[\"2900 containers\", \"3100 containers\"]");
    text.replace(text.find("[\"1000 containers\", \"2000 containers\"]"), 38,
                 "[\"1499 containers\", \"1501 containers\"]");
    const AssumptionResult result = studied(text, {.rows = 512, .inputs = 1});
    CHECK(result.looked_into == std::vector<std::size_t>{1});
    CHECK(result.has_others);
    const OutputIndices& output = result.indices.outputs.front();
    const double chance = 4500.0 / (4500.0 + 40'000.0 / 12);
    CHECK(std::abs(output.chance.total.value - chance) < 0.05);
    CHECK(std::abs(output.groups[0].first.value - (1 - chance)) < 0.08);
    CHECK(std::abs(output.groups[1].total.value) < 0.01);
}

}  // namespace corridor
