#include "corridor/report/run_report.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "corridor/version.h"

namespace corridor {
namespace {

Estimate estimate_of(const std::vector<double>& samples) {
    Estimate estimate;
    for (const double sample : samples) estimate.add(sample);
    return estimate;
}

ComparisonRow made_up_row() {
    ComparisonRow row;
    row.figure = "shipped";
    row.reading = "boxes";
    row.reading_name = "containers, both directions";
    row.unit = "containers";
    row.reported = 15900;
    row.sources = {"F001", "F152"};
    row.simulated = estimate_of({15000, 15200});
    row.prior = PriorSummary{.median = 14800, .interval90 = {.low = 9000.5, .high = 21000}};
    row.naive = std::numeric_limits<double>::quiet_NaN();
    row.ratio = 15100.0 / 15900;
    row.percentile = 61.5;
    row.capacity_bound_share = 0.012;
    row.conclusion = conclude(row);
    return row;
}

RunReport made_up() {
    RunReport report{.title = "果园港",
                     .hash = "0123456789abcdef",
                     .command = "corridor run x --seed 3 --replications 2",
                     .seed = 18446744073709551615ULL,
                     .replications = 2};
    report.measures = {{"containers_boarded", "service.barge", "containers"}, {"wait_mean", "service.barge", "h"}};
    report.estimates = {estimate_of({100, 102}), Estimate{}};
    report.comparison = {made_up_row()};
    report.prior_draws = 200;
    report.warnings = {
        {.severity = Severity::warning, .path = "service.barge", .message = "is full", .hint = "add one"}};
    return report;
}

TEST_CASE("The JSON of a run has the promised keys in their order, and null for what is undefined") {
    CHECK(run_json(made_up()) == R"({
  "scenario": {
    "title": "果园港",
    "hash": "0123456789abcdef"
  },
  "version": ")" + std::string{kVersion} +
                                     R"(",
  "command": "corridor run x --seed 3 --replications 2",
  "seed": 18446744073709551615,
  "replications": 2,
  "measures": [
    {
      "name": "containers_boarded",
      "subject": "service.barge",
      "unit": "containers",
      "mean": 101.0,
      "ci95": [
        88.2937952638253,
        113.7062047361747
      ],
      "sd": 1.4142135623730951,
      "samples": 2
    },
    {
      "name": "wait_mean",
      "subject": "service.barge",
      "unit": "h",
      "mean": null,
      "ci95": null,
      "sd": null,
      "samples": 0
    }
  ],
  "comparison": [
    {
      "id": "shipped",
      "reading": "boxes",
      "reading_name": "containers, both directions",
      "unit": "containers",
      "reported": 15900.0,
      "use": "validate",
      "simulated": {
        "mean": 15100.0,
        "ci95": [
          13829.37952638253,
          16370.62047361747
        ]
      },
      "prior": {
        "median": 14800.0,
        "interval90": [
          9000.5,
          21000.0
        ]
      },
      "naive": null,
      "ratio": 0.949685534591195,
      "percentile": 61.5,
      "capacity_bound_share": 0.012,
      "source": "F001, F152",
      "conclusion": "out of sample: the report lies inside the 90 % prior predictive interval; capacity bound for 1.2 % of the containers, so this tests the demand assumptions, not the operations"
    }
  ],
  "prior_draws": 200,
  "prior_refused": 0,
  "warnings": [
    "service.barge: is full; add one"
  ]
}
)");
}

TEST_CASE("What could steer a terminal is escaped in JSON, and comes back whole") {
    RunReport report = made_up();
    report.title = "a\x7f\u202e\u0085\U000E0041 b\"\n";
    const std::string text = run_json(report);
    CHECK(text.find(R"("a\u007f\u202e\u0085\udb40\udc41 b\"\n")") != std::string::npos);
    CHECK(nlohmann::json::parse(text)["scenario"]["title"] == report.title);
}

TEST_CASE("The comparison comes first in a table, then its conclusions with their sources, warnings last") {
    CHECK(run_text(made_up(), Detail::headlines) ==
          "果园港\n"
          "scenario 0123456789abcdef, seed 18446744073709551615, 2 replications, corridor " +
              std::string{kVersion} +
              "\n"
              "\n"
              "Reported and simulated\n"
              "figure/reading  reported  unit        use         prior median (90 %)     simulated  naive  ratio  "
              "percentile "
              " "
              "capacity bound  report lies\n"
              "shipped/boxes      15900  containers  validate  14800 (9000 to 21000)  15100 ± 1271      -   0.95       "
              " 61.5"
              "           1.2 %  inside\n"
              "  Prior: 200 draws over the ranges. Simulated: at the stated values, mean and 95 % interval. Naive:\n"
              "    the same inputs multiplied out. Percentile: of the report among the draws. Capacity bound: share\n"
              "    of containers left behind by a full vehicle.\n"
              "\n"
              "  shipped [F001, F152], out of sample. Read as boxes: the report lies inside the 90 % prior\n"
              "    predictive interval. Capacity bound for 1.2 % of the containers at most, so this tests the\n"
              "    demand assumptions, not the operations.\n"
              "\n"
              "Warnings\n"
              "  service.barge: is full; add one\n");
}

TEST_CASE("Every measure has a line in its CSV file, undefined values an empty field") {
    CHECK(measures_csv(made_up()) ==
          "name,subject,unit,mean,low95,high95,sd,samples\n"
          "containers_boarded,service.barge,containers,101,88.2937952638253,113.7062047361747,1.4142135623730951,2\n"
          "wait_mean,service.barge,h,,,,,0\n");
}

TEST_CASE("The comparison as CSV has a line per reading") {
    CHECK(
        comparison_csv(made_up()) ==
        "id,reading,unit,reported,use,simulated_mean,simulated_low95,simulated_high95,prior_median,prior_low90,"
        "prior_high90,naive,ratio,percentile,capacity_bound_share,source,conclusion\n"
        "shipped,boxes,containers,15900,validate,15100,13829.37952638253,16370.62047361747,14800,9000.5,21000,,"
        "0.949685534591195,61.5,0.012,\"F001, F152\",\"out of sample: the report lies inside the 90 % prior predictive "
        "interval; capacity bound for 1.2 % of the containers, so this tests the demand assumptions, not the "
        "operations\"\n");
}

}  // namespace
}  // namespace corridor
