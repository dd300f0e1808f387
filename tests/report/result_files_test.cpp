// Files of results that other programs read.
#include "corridor/report/result_files.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

/// Four containers down a river of 100 km, past two terminals on the map.
constexpr const char* kDown = R"(
period = { start = 2020-01-06, end = 2020-01-20 }
[terminal.a]
quay_cranes = "unlimited"
latitude = 29.6
longitude = 106.7
[terminal.b]
quay_cranes = { count = 1, rate = "20 moves/h" }
latitude = 30.7
longitude = 111.3
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
speed = "10 km/h"
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
[service.line]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-07] }
[demand.d]
from = "a"
to = "b"
box_share = { ft40 = 1.0 }
releases = [{ time = 2020-01-06, containers = 4 }]
)";

struct Ran {
    scenario::Scenario scenario;
    RunReport report;
};

Ran ran(const std::string& text) {
    auto scenario = scenario::parse_scenario(text);
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    const MeasureCatalog catalog = measure_catalog(model.value());
    const StudyPlan plan{.seed = 1, .replications = 2};
    const StudyResult study = run_study(model.value(), catalog, {}, plan);
    RunReport report = run_report({.scenario = scenario.value(),
                                   .model = model.value(),
                                   .catalog = catalog,
                                   .targets = {},
                                   .plan = plan,
                                   .study = study,
                                   .prior = {},
                                   .findings = {},
                                   .command = "corridor run x"});
    return {std::move(scenario).value(), std::move(report)};
}

}  // namespace

TEST_CASE("The map of a run has what links carried and terminals did") {
    const Ran run = ran(kDown);
    const Json map = Json::parse(flows_geojson(run.scenario, run.report));
    const Json& b = map.at("features")[1].at("properties");
    CHECK(b.at("id") == "b");
    CHECK(b.at("lifts") == 4.0);
    CHECK(b.at("lifts_teu") == 8.0);
    // Four moves of three minutes in two weeks.
    CHECK(b.at("crane_utilisation_quay").get<double>() == doctest::Approx(12.0 / 60 / 336));
    CHECK_FALSE(map.at("features")[0].at("properties").contains("crane_utilisation_quay"));
    const Json& link = map.at("features")[2].at("properties");
    CHECK(link.at("containers_forward") == 4.0);
    CHECK(link.at("teu_forward") == 8.0);
    CHECK(link.at("containers_backward") == 0.0);
}

TEST_CASE("A data package describes each table, column by column, with units where a column has one") {
    const Ran run = ran(kDown);
    const Json package = Json::parse(data_package(
        run.report, {{"measures.csv", measures_csv(run.report)}, {"audit.csv", "subject,cost_of_rides (CNY)\n"}}));
    CHECK(package.at("profile") == "tabular-data-package");
    REQUIRE(package.at("resources").size() == 2);
    const Json& measures = package.at("resources")[0];
    CHECK(measures.at("path") == "measures.csv");
    CHECK(measures.at("schema").at("fields")[1].dump() == R"({"name":"subject","type":"string"})");
    CHECK(measures.at("schema").at("fields")[3].dump() == R"({"name":"mean","type":"number"})");
    const Json& cost = package.at("resources")[1].at("schema").at("fields")[1];
    CHECK(cost.at("name") == "cost_of_rides (CNY)");
    CHECK(cost.at("type") == "number");
    CHECK(cost.at("unit") == "CNY");
}

}  // namespace corridor
