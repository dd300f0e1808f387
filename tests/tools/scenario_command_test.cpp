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
    CHECK(text.out.find(", trajectories " + json["fingerprint"].get<std::string>() + '\n') != std::string::npos);
    const Finished csv = folder.corridor("capacity scenario.toml --replications 5 --format csv");
    CHECK(csv.out.starts_with("factor,released_per_day,growth_per_day,low95,high95,bounded,fingerprint\n"));
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

TEST_CASE("Verification prints what is known beside what was simulated, of the systems asked for") {
    const Scratch scratch;
    const Finished table = scratch.corridor("verify harbour-a twice-1");
    CHECK(table.exit_code == 0);
    CHECK(table.out.find(
              "harbour: berths and tugs held at once (the harbour of Birtwistle: DEMOS (1979); harbour-a is his "
              "example)\n") != std::string::npos);
    CHECK(table.out.find("every time doubled") != std::string::npos);
    CHECK(table.out.find("harbour-b") == std::string::npos);
    CHECK(table.out.find("All agree.") != std::string::npos);
    const Finished csv = scratch.corridor("verify harbour-a --format csv");
    CHECK(csv.out.starts_with(
        "family,system,metric,measure,subject,unit,kind,known,simulated,standard_error,z,allowed,agrees,fingerprint\n"
        "harbour,harbour-a,boat_1_leaves less its arrival at 0,turnaround_mean,background.boat-1,h,"
        "exact,18,18,,,"));
    const auto json = nlohmann::json::parse(scratch.corridor("verify harbour-a --format json --quiet").out);
    CHECK(json["agrees"] == true);
    CHECK(json["family_wise_error"] == 0.001);
    CHECK(json["families"][0]["systems"][0]["figures"][0]["measure"] == "turnaround_mean");
    CHECK(json["families"][0]["systems"][0]["figures"][0]["known"] == 18);
    const Finished unknown = scratch.corridor("verify mmk");
    CHECK(unknown.exit_code == 2);
    CHECK(
        unknown.err.starts_with("corridor: error: no system or family is called 'mmk' (did you mean 'mmc'?); families "
                                "are relations, mmc, mg1, "));
    const Finished late = scratch.corridor("verify --max-time '0.1 s'");
    CHECK(late.exit_code == 3);
    CHECK(late.out.empty());
    CHECK(late.err == "corridor: error: the time of --max-time is over; nothing was printed\n");
}

TEST_CASE("N12: A chain of 300 services is checked and run within seconds") {
    // It takes half a second; after a minute `timeout` ends it with 124.
    std::string text = R"(format = 1
title = "A chain"
period = { start = 2020-01-01, end = 2020-01-08 }
terminal.t0 = { quay_cranes = "unlimited" }
vehicle.barge = { mode = "waterway", capacity = "100 TEU" }
)";
    constexpr int kServices = 300;
    for (int i = 0; i < kServices; ++i) {
        const std::string from = std::to_string(i);
        const std::string to = std::to_string(i + 1);
        text += "terminal.t" + to + " = { quay_cranes = \"unlimited\" }\n";
        text += "link.l" + to + " = { mode = \"waterway\", from = \"t" + from + "\", to = \"t" + to +
                "\", length = \"10 km\", speed = \"10 km/h\" }\n";
        text += "service.s" + to + " = { vehicle = \"barge\", route = [\"t" + from + "\", \"t" + to +
                "\"], directions = \"one-way\", departures = { per_week = 7 } }\n";
        text += "demand.d" + to + " = { from = \"t" + from + "\", to = \"t" + (i % 50 == 0 ? "300" : to) +
                "\", volume = \"10 containers\" }\n";
    }
    const Scratch scratch;
    scratch.file("scenario.toml", text);
    const Finished checked = scratch.sh("timeout 60 \"$CORRIDOR\" check .");
    CHECK(checked.exit_code == 0);
    CHECK(checked.out.find("No errors, no warnings, no notes.") != std::string::npos);
    CHECK(scratch.sh("timeout 60 \"$CORRIDOR\" run . --replications 1").exit_code == 0);
}

}  // namespace corridor::tests
