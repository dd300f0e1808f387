#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

constexpr int kDraws = 20'000;

Param find(const QuantityTable& quantities, std::string_view path) {
    for (std::size_t i = 0; i < quantities.size(); ++i) {
        if (quantities[Param{i}].path == path) return Param{i};
    }
    FAIL("no quantity " << path);
    return {};
}

TEST_CASE("Products, sums and uses follow their operands at the stated values and in every draw") {
    const Scenario scenario =
        scenario_of(changed("value = \"9 /week\"", "value = \"9 /week\"\nrange = [\"7 /week\", \"14 /week\"]"));
    const QuantityTable& quantities = scenario.quantities;
    const Param sailings = find(quantities, "quantity.sailings");
    const Param boxes = find(quantities, "quantity.boxes");
    const Param rate = find(quantities, "demand.a-b.rate");
    const Values stated = stated_values(quantities);
    CHECK(stated[sailings] == 9.0 / 168.0);
    CHECK(stated[boxes] == doctest::Approx(9.0 * 124.0 / 168.0));
    CHECK(stated[rate] == stated[boxes]);
    CHECK(quantities[rate].rule == QuantityRule::use);
    CHECK(quantities[boxes].dimension == kContainerRate);

    const Values drawn = drawn_values(quantities, 1, 0);
    CHECK(drawn[sailings] != stated[sailings]);
    CHECK(drawn[boxes] == doctest::Approx(drawn[sailings] * 124.0));
    CHECK(drawn[rate] == drawn[boxes]);
}

TEST_CASE("The same seed and draw give the same values; adding a quantity changes no other's draw") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts));
    const Scenario more = scenario_of(extended("[quantity.a]\nvalue = 1\nrange = [0, 2]\n"));
    const Param upstream = find(scenario.quantities, "quantity.upstream");
    const double value = drawn_values(scenario.quantities, 1, 3)[upstream];
    CHECK(drawn_values(scenario.quantities, 1, 3)[upstream] == value);
    CHECK(drawn_values(scenario.quantities, 1, 4)[upstream] != value);
    CHECK(drawn_values(scenario.quantities, 2, 3)[upstream] != value);
    CHECK(drawn_values(more.quantities, 1, 3)[find(more.quantities, "quantity.upstream")] == value);
}

/// Mean and standard deviation of many draws of one range.
struct Sample {
    double mean = 0;
    double sd = 0;
};

Sample sample(const std::string& quantity) {
    const Scenario scenario = scenario_of(extended("[quantity.x]\n" + quantity));
    const Param x = find(scenario.quantities, "quantity.x");
    double sum = 0;
    double squares = 0;
    for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
        const double value = drawn_values(scenario.quantities, 7, draw)[x];
        sum += value;
        squares += value * value;
    }
    const double mean = sum / kDraws;
    return {mean, std::sqrt(squares / kDraws - mean * mean)};
}

TEST_CASE("A range is triangular with its mode at the value, unless it is said to be uniform") {
    // Triangular (0, 1, 5): mean 2, variance 7/6. Uniform (0, 5): mean 2.5, variance 25/12.
    const Sample triangular = sample("value = 1\nrange = [0, 5]\n");
    CHECK(std::abs(triangular.mean - 2.0) < 4.0 * std::sqrt(7.0 / 6.0 / kDraws));
    CHECK(triangular.sd == doctest::Approx(std::sqrt(7.0 / 6.0)).epsilon(0.02));
    const Sample uniform = sample("value = 1\nrange = [0, 5]\ndistribution = \"uniform\"\n");
    CHECK(std::abs(uniform.mean - 2.5) < 4.0 * std::sqrt(25.0 / 12.0 / kDraws));
    CHECK(uniform.sd == doctest::Approx(std::sqrt(25.0 / 12.0)).epsilon(0.02));
}

TEST_CASE("A mode at the end of its range is drawn like any other") {
    // Triangular (0, 0, 3): mean 1; (0, 3, 3): mean 2; variance 1/2 for both.
    CHECK(std::abs(sample("value = 0\nrange = [0, 3]\n").mean - 1.0) < 4.0 * std::sqrt(0.5 / kDraws));
    CHECK(std::abs(sample("value = 3\nrange = [0, 3]\n").mean - 2.0) < 4.0 * std::sqrt(0.5 / kDraws));
}

TEST_CASE("A drawn count is a whole number of the range") {
    const Scenario scenario = scenario_of(changed("count = 3", "count = { value = 3, range = [2, 5] }"));
    const Param count = find(scenario.quantities, "terminal.a.quay_cranes.count");
    for (std::uint64_t draw = 0; draw < 200; ++draw) {
        const double value = drawn_values(scenario.quantities, 1, draw)[count];
        CHECK(value == std::floor(value));
        CHECK(value >= 2.0);
        CHECK(value <= 5.0);
    }
}

TEST_CASE("The time of a move is one over the rate, in every draw") {
    const Scenario scenario =
        scenario_of(changed("\"25 moves/h\"", "{ value = \"25 moves/h\", range = [\"20 moves/h\", \"30 moves/h\"] }"));
    const Param rate = find(scenario.quantities, "terminal.a.quay_cranes.rate");
    const Param time = find(scenario.quantities, "terminal.a.quay_cranes.move_time");
    CHECK(scenario.quantities[time].dimension == kDuration);
    CHECK(stated_values(scenario.quantities)[time] == 1.0 / 25.0);
    const Values drawn = drawn_values(scenario.quantities, 1, 0);
    CHECK(drawn[time] == 1.0 / drawn[rate]);
}

TEST_CASE("A count that uses a ranged quantity is drawn to the nearest whole number, the quantity itself is not") {
    const Scenario scenario = scenario_of(replaced(extended("[quantity.cranes]\nvalue = 3\nrange = [2, 5]\n"),
                                                   "count = 3", "count = { use = \"cranes\" }"));
    const QuantityTable& quantities = scenario.quantities;
    const Param cranes = find(quantities, "quantity.cranes");
    const Param count = find(quantities, "terminal.a.quay_cranes.count");
    CHECK(stated_values(quantities)[count] == 3.0);
    int up = 0;
    int down = 0;
    for (std::uint64_t draw = 0; draw < 200; ++draw) {
        const Values drawn = drawn_values(quantities, 1, draw);
        REQUIRE(drawn[count] == std::floor(drawn[count]));
        REQUIRE(std::abs(drawn[count] - drawn[cranes]) <= 0.5);
        up += drawn[count] > drawn[cranes] ? 1 : 0;
        down += drawn[count] < drawn[cranes] ? 1 : 0;
    }
    CHECK(up > 0);
    CHECK(down > 0);
    CHECK(up + down == 200);
}

}  // namespace
}  // namespace corridor::scenario
