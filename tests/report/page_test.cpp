// What a page is made of. How it looks and works in a browser is tested by tools/test_page.
#include "corridor/report/page.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/support.h"
#include "report/page_template.h"
#include "report/smaller_study.h"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

/// From a down to c in ten and five hours, and back.
std::string there_and_back() {
    return R"(
period = { start = 2020-01-06, end = 2020-01-20 }
[terminal.a]
quay_cranes = "unlimited"
[terminal.b]
quay_cranes = "unlimited"
[terminal.c]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
speed = "10 km/h"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "50 km"
speed = "10 km/h"
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
[service.line]
route = ["a", "b", "c"]
directions = "each"
vehicle = "barge"
departures = { times = [2020-01-07] }
[demand.d]
from = "a"
to = "c"
releases = [{ time = 2020-01-06, containers = 4 }]
)";
}

Json pictures_of(const std::string& text) {
    const Simulated run(text);
    const Series series = run_series(run.model(), {.seed = 1, .replications = 2});
    return Json::parse(page_pictures(run.model(), series, record_trips(run.model(), 1, 0)));
}

}  // namespace

TEST_CASE("The pictures of a page: containers by week and direction, and where each vehicle was when") {
    const Json pictures = pictures_of(there_and_back());
    const Json& series = pictures.at("series");
    CHECK(series.at("weeks").dump() == R"(["2020-01-06","2020-01-13"])");
    const Json& line = series.at("services").at("line");
    CHECK(line.at("mode") == "waterway");
    CHECK(line.at("forward").at("mean").dump() == "[4.0,0.0]");
    CHECK(line.at("backward").at("mean").dump() == "[0.0,0.0]");
    CHECK(line.at("both").dump() == R"({"mean":[4.0,0.0],"low":[4.0,0.0],"high":[4.0,0.0]})");
    const auto wait =
        std::ranges::find_if(series.at("waits"), [](const Json& w) { return w.at("cause") == "no-vehicle"; });
    REQUIRE(wait != series.at("waits").end());
    CHECK(wait->at("hours") == 4 * 24.0);

    // Released on the first midnight and gone with the next, they are 24 hours in a and 39 on their way in all.
    const Json& distributions = series.at("distributions");
    const auto within = [&](const std::string& kind, const std::string& id, int hours) {
        const auto place = static_cast<std::size_t>(std::ranges::find(kTimeLimits, hours) - kTimeLimits.begin());
        return distributions.at(kind).at(id).at("mean").at(place);
    };
    CHECK(distributions.at("limits") == Json(kTimeLimits));
    CHECK(within("dwell", "a", 18) == 0.0);
    CHECK(within("dwell", "a", 24) == 1.0);
    CHECK(within("dwell", "b", 24) == nullptr);
    CHECK(within("door", "d", 36) == 0.0);
    CHECK(within("door", "d", 48) == 1.0);
    CHECK(series.at("busy").dump() == "{}");

    const Json& vehicles = pictures.at("vehicles");
    CHECK(vehicles.at("stops").dump() ==
          R"({"line":[{"terminal":"a","km":0.0},{"terminal":"b","km":100.0},{"terminal":"c","km":150.0}]})");
    REQUIRE(vehicles.at("runs").size() == 2);
    const auto run = [&](std::string_view direction) {
        return *std::ranges::find_if(vehicles.at("runs"),
                                     [&](const Json& r) { return r.at("direction") == direction; });
    };
    CHECK(run("forward").at("points").dump() ==
          "[[24.0,0.0],[24.0,0.0],[34.0,100.0],[34.0,100.0],[39.0,150.0],[39.0,150.0]]");
    CHECK(run("forward").at("boxes").dump() == "[4,4]");
    CHECK(run("backward").at("points")[0].dump() == "[24.0,150.0]");
    CHECK(run("backward").at("points")[5].dump() == "[39.0,0.0]");
}

TEST_CASE("The pictures of a page: how busy cranes are, by week") {
    // Five moves of three hours, of two times 24.
    const Json pictures = pictures_of(five_at_cranes("count = 2"));
    CHECK(pictures.at("series").at("busy").dump() ==
          R"({"crane_utilisation":{"terminal.a.quay":{"mean":[0.3125],"low":[0.3125],"high":[0.3125]}}})");
}

TEST_CASE("A page says nothing of a scenario but packed, and its language as asked") {
    if (!has_page()) {
        MESSAGE("skipped: corridor was built without the page");
        return;
    }
    const auto scenario =
        scenario::parse_scenario("title = \"</script><img src=x onerror=alert(1)>\"\n" + there_and_back());
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    const MeasureCatalog catalog = measure_catalog(model.value());
    const StudyPlan plan{.seed = 1, .replications = 2};
    const StudyResult study = run_study(model.value(), catalog, {}, plan);
    const RunReport run = run_report({.scenario = scenario.value(),
                                      .model = model.value(),
                                      .catalog = catalog,
                                      .targets = {},
                                      .plan = plan,
                                      .study = study,
                                      .prior = {},
                                      .findings = {},
                                      .command = "corridor run x"});
    const Series series = run_series(model.value(), plan);
    const TripRecord trips = record_trips(model.value(), 1, 0);
    const Page whole = page_html({scenario.value(), model.value(), run, series, trips}, "zh");
    const std::string& page = whole.html;
    CHECK(page.starts_with("<!doctype html>\n<html lang=\"zh-Hans\">"));
    CHECK(page.find("onerror") == std::string::npos);
    CHECK(page.find("@DATA@") == std::string::npos);
    CHECK(page.find("@ENGINE@") == std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
    CHECK(page.size() < 2'500'000);
    CHECK(whole.full_size == page.size());
    CHECK(whole.left_out.empty());

    // Of what would be too large, first what nobody sees goes, then what is largest.
    const auto at_most = [&](std::size_t most) {
        return page_html({scenario.value(), model.value(), run, series, trips}, "zh", most);
    };
    constexpr std::size_t kPacked = 16;  // the limit stands in the page, whose size it changes by so much at most
    CHECK(at_most(page.size() + kPacked).left_out.empty());
    const Page smaller = at_most(page.size() - kPacked);
    CHECK(smaller.left_out == std::vector<std::string_view>{"figures that no picture shows"});
    CHECK(smaller.html.size() < page.size());
    CHECK(smaller.full_size >= page.size() - kPacked);
    CHECK(smaller.full_size <= page.size() + kPacked);
    const Page smallest = at_most(1);
    std::vector<std::string_view> parts{"figures that no picture shows", "vehicles in time and space",
                                        "the engine that runs again", "what is by week"};
    if (report::page_engine().empty()) parts.erase(parts.begin() + 2);
    CHECK(smallest.left_out == parts);
    CHECK(smallest.html.size() < smaller.html.size());
}

TEST_CASE(
    "Of a study too large for a page the later half of the points goes, or what is no headline, as long as there is "
    "some") {
    Json sweep = Json::parse(R"({"points": [1, 2, 3, 4, 5], "counts": {"points": 5}})");
    CHECK(report::leave_out_some("sweep", sweep) == "the later points");
    CHECK(sweep["points"] == Json::array({1, 2}));
    CHECK(!report::leave_out_some("sweep", sweep).empty());
    CHECK(report::leave_out_some("sweep", sweep).empty());
    CHECK(sweep["points"] == Json::array({1}));
    Json options = Json::parse(R"({"horizons": [{"options": [{"measures": [
        {"name": "a", "headline": null}, {"name": "b", "headline": "delivered"}]}]}]})");
    CHECK(report::leave_out_some("options", options) == "measures that are no headline");
    CHECK(options["horizons"][0]["options"][0]["measures"].size() == 1);
    CHECK(report::leave_out_some("options", options).empty());
    CHECK(report::leave_out_some("sensitivity", options).empty());
}

}  // namespace corridor
