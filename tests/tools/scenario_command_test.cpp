// `check`, `show` and `capacity` as a shell sees them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tools/one_barge.h"

namespace corridor::tests {

TEST_CASE("A check prints the balance without running, and its findings on standard error") {
    const Folder folder;
    const Finished fine = folder.corridor("check .");
    CHECK(fine.exit_code == 0);
    CHECK(fine.out.find("slots     service.feeder.forward") != std::string::npos);
    const Finished full = folder.corridor("check . --set 'service.feeder.departures.per_week=2'");
    CHECK(full.exit_code == 0);
    CHECK(full.err.find("warning: ") != std::string::npos);
    CHECK(nlohmann::json::parse(folder.corridor("check . --format json").out)["balance"].size() > 0);
}

TEST_CASE("The network is shown as text, as a graph, on a map and as JSON") {
    const Folder folder;
    CHECK(folder.corridor("show .").out.find("terminals (2)\n") != std::string::npos);
    CHECK(folder.corridor("show . --format dot").out.starts_with("digraph corridor {\n"));
    CHECK(nlohmann::json::parse(folder.corridor("show . --format geojson").out)["type"] == "FeatureCollection");
    CHECK(nlohmann::json::parse(folder.corridor("show . --format json").out)["links"].size() == 1);
    CHECK(folder.corridor("schema").exit_code == 0);
    CHECK(nlohmann::json::parse(folder.corridor("schema").out).is_object());
}

TEST_CASE(
    "The capacity of a corridor is 1.2 times what 3 barges of 120 TEU a week are asked to carry, in every format") {
    const Folder folder;
    const Finished finished = folder.corridor("capacity scenario.toml --replications 5 --format json");
    REQUIRE(finished.exit_code == 0);
    CHECK(finished.err.empty());
    const auto json = nlohmann::json::parse(finished.out);
    CHECK(json["command"] == "corridor capacity scenario.toml --seed 1 --replications 5");
    CHECK(json["growth"]["carried"] > 1.15);
    CHECK(json["growth"]["carried"] < 1.3);
    CHECK(json["bottlenecks"][0]["subject"] == "service.feeder.forward");
    CHECK(json["min_cuts"][0]["most"] == doctest::Approx(360.0 / 7.0));
    CHECK(folder.corridor("capacity scenario.toml --replications 5 --format json --threads 3").out == finished.out);
    const Finished text = folder.corridor("capacity scenario.toml --replications 5");
    CHECK(text.out.find("\n  Judged by 5 replications a trial: a factor counts as carried unless") !=
          std::string::npos);
    CHECK(text.out.find("\nHeld back by\n  slots of service.feeder.forward: ") != std::string::npos);
    const Finished csv = folder.corridor("capacity scenario.toml --replications 5 --format csv");
    CHECK(csv.out.starts_with("factor,released_per_day,growth_per_day,low95,high95,bounded\n"));
}

TEST_CASE("capacity warns of what it finds while reading, as run does") {
    const Folder folder;
    const Finished finished =
        folder.corridor("capacity scenario.toml --replications 5 --set service.feeder.cut_off='\"0 h\"'");
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.find("warning: service.feeder: ") != std::string::npos);
    CHECK(folder.corridor("capacity scenario.toml --replications 5 --quiet --set service.feeder.cut_off='\"0 h\"'")
              .err.empty());
}

TEST_CASE("A capacity with hardly an interval or without a demand is refused") {
    const Folder folder;
    for (const std::string few : {"1", "4"}) {
        const Finished refused = folder.corridor("capacity scenario.toml --replications " + few);
        CHECK(refused.exit_code == 2);
        CHECK(refused.out.empty());
        CHECK(refused.err ==
              "corridor: error: capacity needs at least 5 replications (growth is judged by its interval, which so few "
              "leave too wide); add --replications 20\n");
    }
    folder.file("empty.toml",
                "period = { start = 2020-01-06, end = 2020-01-13 }\n[terminal.a]\nquay_cranes = \"unlimited\"\n");
    const Finished none = folder.corridor("capacity empty.toml");
    CHECK(none.exit_code == 2);
    CHECK(none.err == "corridor: error: capacity needs a demand (there is nothing to grow); add a [demand] table\n");
}

}  // namespace corridor::tests
