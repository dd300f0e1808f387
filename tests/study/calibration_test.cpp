// Calibration of scenarios whose posterior can be worked out by hand.
#include "corridor/study/calibration.h"

#include <cmath>
#include <numeric>

#include "corridor/model/compile.h"
#include "model/compiled.h"

namespace corridor {
namespace {

/// Containers from a to c at even distances: two volumes with ranges, and a speed that moves nothing. Reported are the
/// sum of both, and one of them.
std::string two_volumes(const std::string& total, const std::string& few) {
    return model::kRiver + R"(
[source]
news = { kind = "reported", title = "A report" }
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
[quantity.slowness]
value = 1
range = [0.5, 1.5]
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { continuous = true }
[reported.total]
value = 4400
source = "news"
)" + total +
           R"(
reading.all = { measure = "containers_released", of = ["total"] }
reading.twice = { measure = "containers_released", of = ["total"], factor = 2.0 }
[reported.few]
value = 1900
error = 0.01
)" + few + R"(
reading.all = { measure = "containers_released", of = ["demand.few"] }
)";
}

struct Prepared {
    explicit Prepared(const std::string& text) : scenario(model::scenario_of(text)) {
        const auto model = model::compile(scenario, scenario::stated_values(scenario.quantities));
        REQUIRE(model.ok());
        catalog = measure_catalog(model.value());
        auto resolved = resolve_readings(scenario, model.value(), catalog);
        REQUIRE(resolved.ok());
        targets = std::move(resolved).value();
    }

    CalibrationResult calibrated(const CalibrationPlan& plan) const {
        const auto fitted = fitted_targets(scenario, targets);
        REQUIRE(fitted.ok());
        return calibrate(scenario, targets, fitted.value(), catalog, plan);
    }

    /// What keeps it from being calibrated.
    std::string refusal() const {
        const auto fitted = fitted_targets(scenario, targets);
        return fitted.ok() ? "" : model::text_of(fitted.diagnostics());
    }

    const ParameterBelief& parameter(const CalibrationResult& result, const std::string& path) const {
        const auto found = std::ranges::find_if(result.parameters, [&](const ParameterBelief& belief) {
            return scenario.quantities[belief.param].path == path;
        });
        REQUIRE(found != result.parameters.end());
        return *found;
    }

    const FigureBelief& figure(const CalibrationResult& result, const std::string& id, std::size_t reading) const {
        const auto found = std::ranges::find_if(result.figures, [&](const FigureBelief& belief) {
            const ReadingTarget& target = targets[belief.target];
            return scenario.reported[target.figure].id == id && target.reading == reading;
        });
        REQUIRE(found != result.figures.end());
        return *found;
    }

    scenario::Scenario scenario;
    MeasureCatalog catalog;
    std::vector<ReadingTarget> targets;
};

const std::string kFitTotal = "error = 0.02\nuse = \"calibrate\"\ncalibrate_on = \"all\"";
const std::string kFitFew = "use = \"calibrate\"";
const std::string kHoldFew = "use = \"validate\"";

}  // namespace

// The sum of two uniform volumes, 3,000 to 6,000, reported as 4,400 with an error of 88: what is left of each volume is
// nearly uniform along the line where they add up to 4,400, so `few` is what it was and `many` is 2,400 to 3,400.
TEST_CASE("A total informs the wider volume, leaves the narrower one nearly as it was, and says they vary together") {
    const Prepared prepared(two_volumes(kFitTotal, kHoldFew));
    const CalibrationResult result = prepared.calibrated({.smoother = {.members = 1000}});
    REQUIRE(result.status.state == RunState::complete);
    CHECK(result.members == 1000);
    const FigureBelief& total = prepared.figure(result, "total", 0);
    CHECK(total.is_fitted);
    CHECK(total.prior.median == doctest::Approx(4500).epsilon(0.02));
    // What would be reported: 4,400, with the error of the report in the inputs and once more in the reporting: 124.
    CHECK(total.posterior.median == doctest::Approx(4400).epsilon(0.01));
    CHECK(total.posterior.interval90.high - total.posterior.interval90.low ==
          doctest::Approx(2 * 1.645 * 124).epsilon(0.15));
    const ParameterBelief& many = prepared.parameter(result, "demand.many.volume");
    CHECK(many.is_informed);
    CHECK(many.posterior.median == doctest::Approx(2900).epsilon(0.03));
    CHECK(many.posterior.interval90.high < 3500);
    const ParameterBelief& slowness = prepared.parameter(result, "quantity.slowness");
    CHECK_FALSE(slowness.is_informed);
    CHECK(slowness.variance_left == 1.0);
    CHECK(slowness.prior.median == doctest::Approx(1.0));
    REQUIRE(result.joint.size() == 1);
    CHECK(result.joint.front().correlation < -0.8);
    CHECK_FALSE(prepared.figure(result, "total", 1).is_fitted);
    CHECK(std::isnan(prepared.figure(result, "few", 0).spread));
}

// By weighting four million draws with the likelihood: 2,074, 2,514 and 2,971 are the 5, 50 and 95 % quantiles of
// `many`, 1,049, 1,486 and 1,927 those of `few`. What is wrong by less than half of a standard deviation (577, 289) is
// documented.
TEST_CASE("At the end of uniform ranges the smoother bends, by less than half of a standard deviation") {
    std::string text = two_volumes(kFitTotal, kHoldFew);
    text.replace(text.find("value = 4400"), 12, "value = 4000");
    const Prepared prepared(text);
    const CalibrationResult result = prepared.calibrated({.smoother = {.members = 1000}});
    const auto check = [&](const std::string& path, double low, double median, double high, double sd) {
        const PriorSummary& found = prepared.parameter(result, path).posterior;
        CAPTURE(path);
        CHECK(std::abs(found.interval90.low - low) < sd / 2);
        CHECK(std::abs(found.median - median) < sd / 2);
        CHECK(std::abs(found.interval90.high - high) < sd / 2);
    };
    check("demand.many.volume", 2074, 2514, 2971, 577);
    check("demand.few.volume", 1049, 1486, 1927, 289);
}

TEST_CASE("Left out, a figure is predicted from the others") {
    const Prepared prepared(two_volumes(kFitTotal, kFitFew));
    const CalibrationResult result = prepared.calibrated({.smoother = {.members = 400}, .leaves_one_out = true});
    REQUIRE(result.left_out.size() == 2);
    for (const LeftOut& left : result.left_out) {
        const bool is_total = prepared.scenario.reported[prepared.targets[left.target].figure].id == "total";
        // From `few` = 1,900 the total is 3,900 to 5,900; from the total of 4,400 `few` is 1,000 to 2,000.
        CHECK(left.predicted.median == doctest::Approx(is_total ? 4900 : 1500).epsilon(0.05));
        if (!is_total) CHECK(left.percentile > 80);
    }
    const ParameterBelief& few = prepared.parameter(result, "demand.few.volume");
    CHECK(few.posterior.median == doctest::Approx(1900).epsilon(0.02));
    CHECK(few.variance_left < 0.2);
}

TEST_CASE("Any number of threads calibrates to the same values") {
    const Prepared prepared(two_volumes(kFitTotal, kHoldFew));
    const auto run = [&](unsigned threads) {
        return prepared.calibrated({.smoother = {.members = 50, .threads = threads}});
    };
    const CalibrationResult one = run(1);
    const CalibrationResult three = run(3);
    for (std::size_t i = 0; i < one.parameters.size(); ++i) {
        CHECK(one.parameters[i].posterior.median == three.parameters[i].posterior.median);
        CHECK(one.parameters[i].variance_left == three.parameters[i].variance_left);
    }
    CHECK(one.mismatch == three.mismatch);
    CHECK(one.fingerprint == three.fingerprint);
    CHECK(one.fingerprint != prepared.calibrated({.smoother = {.seed = 2, .members = 50}}).fingerprint);
}

TEST_CASE("What cannot be calibrated on says why") {
    CHECK(Prepared(two_volumes("use = \"validate\"", kHoldFew)).refusal() ==
          "error: : no reported figure is there to calibrate on; write use = \"calibrate\" for one; what is left at "
          "\"validate\" tests the result\n");
    CHECK(
        Prepared(two_volumes("use = \"calibrate\"", kHoldFew)).refusal() ==
        "error: reported.total: which of its 2 readings to calibrate on is not said; write calibrate_on = \"all\", or "
        "another\n"
        "error: reported.total: no reporting error is given: exact agreement cannot be asked of a simulation; write "
        "error = 0.04, one standard deviation as a share\n");
}

TEST_CASE("A figure counts once: what was calibrated on it is not calibrated on it again") {
    std::string text = two_volumes(kFitTotal, kHoldFew);
    text += "[source.fit]\nkind = \"calibrated\"\nderived_from = [\"news\"]\n";
    const std::string before = "[quantity.slowness]\nvalue = 1\n";
    text.replace(text.find(before), before.size(), before + "source = \"fit\"\n");
    CHECK(Prepared(text).refusal() ==
          "error: reported.total: quantity.slowness was calibrated on it already (a figure counts once); calibrate the "
          "scenario as it was before\n");
}

}  // namespace corridor
