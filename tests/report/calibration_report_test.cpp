#include "corridor/report/calibration_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "corridor/report/csv.h"
#include "model/compiled.h"

namespace corridor {
namespace {

/// A volume and a count with ranges; two figures, one of them fitted.
CalibrationReport two_figures() {
    CalibrationReport report;
    report.scenario = model::scenario_of(model::kRiver + R"(
[quantity.calls]
value = 3
range = [1, 6]
[demand.d]
from = "a"
to = "c"
volume = { value = "70 containers", range = ["40 containers", "100 containers"] }
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { continuous = true }
[reported.railed]
value = 40
error = 0.05
use = "validate"
reading.all = { measure = "containers_railed", of = ["total"] }
[reported.shipped]
value = 50
error = 0.1
use = "calibrate"
reading.all = { measure = "containers_shipped", of = ["total"] }
)");
    report.scenario.hash = "h0";
    report.command = "corridor calibrate x";
    report.plan.smoother = {.seed = 1, .members = 200, .assimilations = 4};
    report.targets = {{.figure = Id<scenario::Reported>{0},
                       .measure = "containers_railed",
                       .unit = "containers",
                       .subjects = {"total"}},
                      {.figure = Id<scenario::Reported>{1},
                       .measure = "containers_shipped",
                       .unit = "containers",
                       .subjects = {"total"}}};
    report.result.members = 200;
    report.result.fingerprint = 0xab;
    report.result.mismatch = {12.5, 1.25};
    report.result.figures = {{.target = 0,
                              .prior = {30, {20, 45}},
                              .posterior = {28, {19, 41}},
                              .prior_percentile = 80,
                              .posterior_percentile = 90,
                              .spread = std::nan("")},
                             {.target = 1,
                              .is_fitted = true,
                              .prior = {70, {55, 85}},
                              .posterior = {52, {46, 60}},
                              .prior_percentile = 2,
                              .posterior_percentile = 40,
                              .spread = 1}};
    for (std::size_t i = 0; i < report.scenario.quantities.size(); ++i) {
        const scenario::Param param{i};
        const scenario::Quantity& quantity = report.scenario.quantities[param];
        if (!quantity.range) continue;
        const bool is_volume = quantity.path == "demand.d.volume";
        report.result.parameters.push_back(
            {.param = param,
             .prior = is_volume ? PriorSummary{70, {50, 90}} : PriorSummary{3, {2, 5}},
             .posterior = is_volume ? PriorSummary{52, {46, 60}} : PriorSummary{3, {2, 5}},
             .variance_left = is_volume ? 0.25 : 1.0,
             .is_informed = is_volume});
    }
    return report;
}

}  // namespace

TEST_CASE("The report says what was fitted and how, what is out of sample, and what the figures say of the ranges") {
    CHECK(calibration_text(two_figures(), Detail::headlines) ==
          "A river\n"
          "scenario h0, seed 1, 2 ranges, 200 members, 4 assimilations, corridor 0.1.0, trajectories 00000000000000ab\n"
          "\n"
          "Verdict\n"
          "  shipped/all: 50 containers reported, 70 (55 to 85) as first believed, 52 (46 to 60) calibrated. In\n"
          "    sample: agreement by construction, at the far end of what was first believed (percentile 2), so\n"
          "    the ranges are strained\n"
          "  railed: out of sample. The report lies inside for 1 of 1 readings as first believed, for 1\n"
          "    calibrated\n"
          "  1 of 2 ranges are informed by the figures; of the others they say nothing, and those stay as first\n"
          "    believed\n"
          "  Calibrated values are one way to agree with the figures in sample, no evidence for them: only the\n"
          "    figures out of sample test them.\n"
          "\n"
          "Reported, as first believed, calibrated: medians\n"
          "figure/reading      reported (90 %)  unit        as first believed (90 %)  calibrated (90 %)  report lies  "
          "standing\n"
          "railed/all      40 (36.71 to 43.29)  containers             30 (20 to 45)      28 (19 to 41)  inside       "
          "out of sample\n"
          "shipped/all     50 (41.78 to 58.22)  containers             70 (55 to 85)      52 (46 to 60)  inside       "
          "in sample, fitted\n"
          "  Squared distance to the figures in sample, in their errors, before and after each assimilation:\n"
          "    12.5, 1.25. About 1 to 2 is agreement.\n"
          "\n"
          "What the figures say of the ranges\n"
          "range            unit        as first believed (90 %)  calibrated (90 %)  variance left  informed\n"
          "demand.d.volume  containers             70 (50 to 90)      52 (46 to 60)           25 %  yes\n");
}

TEST_CASE("JSON and CSV have every range and figure, informed or not") {
    const auto json = nlohmann::json::parse(calibration_json(two_figures()));
    CHECK(json["fingerprint"] == "00000000000000ab");
    CHECK(json["figures"][1]["fitted"] == true);
    CHECK(json["figures"][1]["posterior"]["low90"] == 46.0);
    CHECK(json["figures"][0]["spread"].is_null());
    CHECK(json["parameters"].size() == 2);
    CHECK(json["mismatch"] == nlohmann::json::array({12.5, 1.25}));
    const std::string csv = calibration_csv(two_figures());
    INFO(csv);
    CHECK(csv.find("figure,shipped/all,containers,calibrate,yes,50,41.77") != std::string::npos);
    CHECK(csv.find(",70,55,85,52,46,60,2,40,,,00000000000000ab\n") != std::string::npos);
    CHECK(csv.find("parameter,demand.d.volume,containers,,,,,,70,50,90,52,46,60,,,0.25,yes,00000000000000ab\n") !=
          std::string::npos);
}

TEST_CASE("An ensemble that spreads far less, or far more, than the reporting error leaves is a warning") {
    CalibrationReport report = two_figures();
    report.result.refused = 3;
    report.result.figures[1].spread = 0.3;
    const Diagnostics warnings = calibration_warnings(report);
    REQUIRE(warnings.size() == 2);
    CHECK(one_line(warnings[0]) ==
          "3 members are left out (at some point their values made no model, or a figure had no value); narrow the "
          "ranges");
    CHECK(one_line(warnings[1]) ==
          "the ensemble has collapsed: of shipped/all it spreads 30 % of what the reporting error leaves; ask for more "
          "--members");
    report.result.figures[1].spread = 2.5;
    CHECK(one_line(calibration_warnings(report)[1]) ==
          "the ensemble has not settled: of shipped/all it spreads 2.5 times what the reporting error leaves; ask for "
          "more --assimilations, or more --members");
}

TEST_CASE("What the calibration warned of stands in the calibrated scenario") {
    CalibrationReport report = two_figures();
    report.result.figures[1].spread = 2.5;
    CHECK(calibrated_scenario(report, "scenario.toml")
              .text.find("\n# Warning: the ensemble has not settled: of shipped/all it spreads 2.5 times what the "
                         "reporting error leaves; ask for more --assimilations, or more --members\nextends = ") !=
          std::string::npos);
}

// A triangular law with mode m has below q the probability (q - low)^2 / ((high - low) (m - low)), and likewise above.
TEST_CASE(
    "The calibrated scenario has the posterior's median, a range with its 90 % interval, and a calibrated source") {
    const CalibratedScenario calibrated = calibrated_scenario(two_figures(), "scenario.toml");
    CHECK(calibrated.omitted.empty());
    CHECK(calibrated.text.find("extends = \"scenario.toml\"\n") != std::string::npos);
    CHECK(calibrated.text.find("quantity.calls") == std::string::npos);
    CHECK(calibrated.text.find("# Warning") == std::string::npos);
    CHECK(calibrated.text.find("reported.shipped.source = \"reported-shipped\"\n") != std::string::npos);
    CHECK(calibrated.text.find("[source.calibration]\nkind = \"calibrated\"\n") != std::string::npos);
    CHECK(calibrated.text.find("derived_from = [\"reported-shipped\"]\n") != std::string::npos);
    double low = 0;
    double high = 0;
    const std::string statement = "demand.d.volume = { value = \"52 containers\", range = [\"";
    const std::size_t at = calibrated.text.find(statement);
    REQUIRE(at != std::string::npos);
    REQUIRE(std::sscanf(calibrated.text.c_str() + at + statement.size(), "%lf containers\", \"%lf", &low, &high) == 2);
    CHECK((46 - low) * (46 - low) / ((high - low) * (52 - low)) == doctest::Approx(0.05).epsilon(0.001));
    CHECK((high - 60) * (high - 60) / ((high - low) * (high - 52)) == doctest::Approx(0.05).epsilon(0.001));
}

}  // namespace corridor
