// The cheapest point that meets a target, where theory knows it.
#include "corridor/study/optimise.h"

#include <fmt/format.h>

#include <cmath>

#include "model/compiled.h"

namespace corridor {
namespace {

/// Two containers an hour at cranes that take an hour each, by exponential laws: M/M/c with a load of 2. Erlang's C
/// formula gives mean waits of 26.7 min with 3 cranes, 5.2 min with 4, 1.2 min with 5; with 2 the queue grows.
std::string queue(double cranes, double tugs) {
    return fmt::format(R"(
format = 1
title = "M/M/c"
period = {{ start = 2020-01-01, end = 2020-07-01, warm_up = "10 d" }}
[terminal]
a = {{ quay_cranes = {{ count = {}, move_time = {{ law = "exponential", mean = "1 h" }} }} }}
b = {{ quay_cranes = {{ count = {}, rate = "60 moves/h" }} }}
[link.ab]
mode = "waterway"
from = "a"
to = "b"
length = "1 km"
running_time = "0 h"
[vehicle]
lighter = {{ mode = "waterway", capacity = "100 TEU" }}
[service]
line = {{ route = ["a", "b"], directions = "one-way", vehicle = "lighter", departures = {{ continuous = true }} }}
[demand]
boxes = {{ from = "a", to = "b", rate = "2 containers/h" }}
)",
                       cranes, tugs);
}

Result<model::Model> model_at(const Point& point) {
    return model::compile_text(queue(point[0], point.size() > 1 ? point[1] : 1));
}

OptimisePlan smallest_number(double most_minutes) {
    OptimisePlan plan;
    plan.variables = {{.path = "terminal.a.quay_cranes.count", .low = 2, .high = 8}};
    plan.requirements = {
        {.text = "wait", .measure = "crane_wait_mean", .subject = "terminal.a.quay", .bound = most_minutes / 60}};
    return plan;
}

}  // namespace

TEST_CASE("The smallest number of cranes with a wait below a bound is that of Erlang's formula, for any seed") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        OptimisePlan plan = smallest_number(12);
        plan.seed = seed;
        const OptimiseResult result = optimise(&model_at, plan);
        REQUIRE(result.chosen);
        const Candidate& chosen = result.asked[*result.chosen];
        CHECK(chosen.point == Point{4});
        CHECK(chosen.price == 4);
        CHECK(result.points == 7);
        REQUIRE(result.asked.size() == 3);  // 2, 3 and 4; more are dearer
        CHECK(result.asked.front().verdict == Feasibility::infeasible);
        CHECK(chosen.replications == FeasibilityTest::kFirst);
    }
}

TEST_CASE("Prices decide between ways to meet a target; what costs and does not help is not bought") {
    OptimisePlan plan = smallest_number(3);
    plan.variables.push_back({.path = "terminal.b.quay_cranes.count", .low = 1, .high = 3, .price = 0.25});
    const OptimiseResult result = optimise(&model_at, plan);
    REQUIRE(result.chosen);
    CHECK(result.asked[*result.chosen].point == Point{5, 1});
    CHECK(result.asked[*result.chosen].price == doctest::Approx(5.25));
    for (std::size_t i = 1; i < result.asked.size(); ++i) CHECK(result.asked[i].price >= result.asked[i - 1].price);
}

// More cranes are used less: the least use that still waits at least a minute and a half is that of 4 cranes.
TEST_CASE("Where a measure is minimised, all points are asked and the best that meets the target is picked") {
    OptimisePlan plan = smallest_number(1.5);
    plan.requirements.front().is_at_most = false;
    plan.variables.front().low = 3;
    plan.variables.front().high = 6;
    plan.minimised = MeasureName{.measure = "crane_utilisation", .subject = "terminal.a.quay"};
    const OptimiseResult result = optimise(&model_at, plan);
    CHECK(result.asked.size() == 4);
    REQUIRE(result.chosen);
    CHECK(result.asked[*result.chosen].point == Point{4});
    CHECK(result.asked[*result.chosen].minimised.mean() == doctest::Approx(0.5).epsilon(0.02));
}

TEST_CASE("Where no point meets the target, each says by how much it exceeds which bound") {
    OptimisePlan plan = smallest_number(12);
    plan.variables.front().high = 3;
    const OptimiseResult result = optimise(&model_at, plan);
    CHECK_FALSE(result.chosen);
    REQUIRE(result.asked.size() == 2);
    // 26.7 over 12 minutes; with two cranes the queue grows.
    CHECK(result.asked[1].excess == doctest::Approx(26.7 / 12 - 1).epsilon(0.1));
    CHECK(result.asked[0].excess > 10);
    CHECK(result.asked[1].binding == 0);
}

TEST_CASE("The choice is confirmed on fresh replications, paired with the scenario as it stands") {
    const OptimisePlan plan = smallest_number(12);
    const auto three = model_at({3});
    const auto four = model_at({4});
    const Confirmation confirmed = confirm(three.value(), four.value(), plan, {.seed = 77, .replications = 60});
    REQUIRE(confirmed.replications == 60);
    const Confirmed& wait = confirmed.requirements.front();
    CHECK(std::abs(wait.base.mean() - 0.4444) < 4 * wait.base.sd() / std::sqrt(60));
    CHECK(std::abs(wait.chosen.mean() - 0.0870) < 4 * wait.chosen.sd() / std::sqrt(60));
    CHECK(wait.change.mean() == doctest::Approx(wait.chosen.mean() - wait.base.mean()));
    CHECK(wait.met.mean() == 1.0);
    CHECK(confirmed.all_met.mean() == 1.0);
    const StudyPlan fresh{.seed = 77, .replications = 60};
    CHECK(confirmed.fingerprint == confirm(three.value(), four.value(), plan, fresh).fingerprint);
    CHECK(confirmed.fingerprint != confirm(three.value(), three.value(), plan, fresh).fingerprint);
}

TEST_CASE("Any number of threads asks as many replications and finds the same means") {
    const auto run = [](unsigned threads) {
        OptimisePlan plan = smallest_number(26);  // near the wait with three cranes: many replications
        plan.most_replications = 60;
        plan.threads = threads;
        return optimise(&model_at, plan);
    };
    const OptimiseResult one = run(1);
    const OptimiseResult three = run(3);
    REQUIRE(one.asked.size() == three.asked.size());
    CHECK(one.asked[1].replications == 60);
    for (std::size_t i = 0; i < one.asked.size(); ++i) {
        CHECK(one.asked[i].replications == three.asked[i].replications);
        CHECK(one.asked[i].means.front().mean() == three.asked[i].means.front().mean());
    }
    CHECK(one.fingerprint == three.fingerprint);
    CHECK(one.fingerprint != optimise(&model_at, smallest_number(26)).fingerprint);
}

TEST_CASE("Ranges and targets are read with their units and steps; mistakes say how they are written") {
    const Variable whole = parse_variable("a.count=3..14").value();
    CHECK(whole.count() == 12);
    CHECK(whole.assignment(whole.value(11)) == "a.count=14");
    const Variable speed = parse_variable("link.river.speed=8 km/h..13 km/h step 0.5 km/h").value();
    CHECK(speed.count() == 11);
    CHECK(speed.assignment(speed.value(1)) == "link.river.speed=\"8.5 km/h\"");
    CHECK(parse_variable("a=0.5..2 step 0.5").value().count() == 4);
    const auto complaint = [](const std::string& text) {
        const auto variable = parse_variable(text);
        return variable.ok() ? "" : variable.diagnostics().front().message;
    };
    CHECK(complaint("a=3") == "not a range");
    CHECK(complaint("a=3..x") == "not a range of numbers");
    CHECK(complaint("a=5..3") == "the range is empty");
    CHECK(complaint("a=1..3 step 0") == "the step is more than 0");
    CHECK(complaint("a=0.5..2") == "between fractions the step has to be said");
    CHECK(complaint("a=8 km/h..13 m/h") == "the ends and the step have one unit");

    const MeanRequirement target = parse_mean_requirement("crane_wait_mean terminal.a.quay <= 0.2").value();
    CHECK(target.measure == "crane_wait_mean");
    CHECK(target.subject == "terminal.a.quay");
    CHECK(target.is_at_most);
    CHECK(target.bound == 0.2);
    CHECK_FALSE(parse_mean_requirement("a b >= 1").value().is_at_most);
    CHECK(parse_mean_requirement("a b < 1").diagnostics().front().message == "not a requirement");
    CHECK(parse_mean_requirement("a <= 1").diagnostics().front().message == "a measure and a subject are needed");
    CHECK(parse_mean_requirement("a b <= 45 h").value().bound == 45);
    CHECK(parse_mean_requirement("a b <= 45 h").value().unit == "h");
    CHECK(parse_mean_requirement("a b <= much").diagnostics().front().message == "the bound is a number");
}

// Tables of Wilson's interval: 0 of 10 is 0 to 27.8 %, 9 of 10 is 59.6 to 98.2 %.
TEST_CASE("The interval of a share stays within 0 and 1") {
    CHECK(wilson_interval(0, 10).low == 0);
    CHECK(wilson_interval(0, 10).high == doctest::Approx(0.2775).epsilon(0.001));
    CHECK(wilson_interval(9, 10).low == doctest::Approx(0.5958).epsilon(0.001));
    CHECK(wilson_interval(9, 10).high == doctest::Approx(0.9821).epsilon(0.001));
}

}  // namespace corridor
