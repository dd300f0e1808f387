// `calibrate` and `optimise` as a shell sees them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tools/shell.h"

namespace corridor::tests {
namespace {

// port --barge, three times a week--> hub; 3,600 TEU are expected, 3,300 were reported.
constexpr const char* kFitted = R"(format = 1
title = "One barge"
period = { start = 2020-01-06, end = 2020-03-30, warm_up = "1 week" }
[terminal]
port = { quay_cranes = { count = 2, rate = "25 moves/h" } }
hub = { quay_cranes = "unlimited" }
[link.river]
mode = "waterway"
from = "port"
to = "hub"
length = "275 km"
speed = { value = "17 km/h", range = ["15 km/h", "22 km/h"] }
[vehicle]
barge = { mode = "waterway", capacity = "120 TEU" }
[service]
feeder = { route = ["port", "hub"], directions = "one-way", vehicle = "barge", departures = { per_week = 3 } }
[demand]
exports = { from = "port", to = "hub", rate = { value = "300 TEU/week", range = ["250 TEU/week", "350 TEU/week"] } }
[reported]
shipped = { value = "3300 TEU", error = 0.02, use = "calibrate", reading.all = { measure = "teu_shipped", of = ["service.feeder"] } }
handled = { value = "3400 TEU", error = 0.02, use = "validate", reading.all = { measure = "teu_shipped", of = ["service.feeder"] } }
)";

class Fitted : public Scratch {
  public:
    Fitted() { file("scenario.toml", kFitted); }
};

}  // namespace

TEST_CASE("A calibration is the same bytes for 1 and 3 threads; it moves the rate, and not the speed") {
    const Fitted folder;
    const auto run = [&](const std::string& threads) {
        return folder.corridor("calibrate scenario.toml --members 60 --format json -q --threads " + threads);
    };
    const Finished one = run("1");
    REQUIRE(one.exit_code == 0);
    CHECK(one.out == run("3").out);
    const auto json = nlohmann::json::parse(one.out);
    CHECK(json["command"] == "corridor calibrate scenario.toml --seed 1 --members 60 --assimilations 4");
    for (const auto& parameter : json["parameters"]) {
        CHECK(parameter["informed"] == (parameter["path"] == "demand.exports.rate"));
    }
}

TEST_CASE("A calibrated scenario is written whole, runs, and claims no more than agreement by construction") {
    const Fitted folder;
    REQUIRE(folder.corridor("calibrate . --members 60 -q --out calibrated.toml").exit_code == 0);
    const std::string text = content_of(folder.path() / "calibrated.toml");
    CHECK(text.find("extends = \"scenario.toml\"\n") != std::string::npos);
    CHECK(text.find("demand.exports.rate = { value = \"2") != std::string::npos);
    CHECK(text.find("kind = \"calibrated\"\n") != std::string::npos);
    const Finished run = folder.corridor("compare calibrated.toml --draws 20 --format json");
    REQUIRE(run.exit_code == 0);
    CHECK(run.out.find("in sample (the figure is there to calibrate on, so agreement proves nothing)") !=
          std::string::npos);

    const Finished again = folder.corridor("calibrate . --members 60 -q --out calibrated.toml");
    CHECK(again.exit_code == 2);
    CHECK(folder.corridor("calibrate . --members 60 -q --out calibrated.toml --force").exit_code == 0);
    const Finished twice = folder.corridor("calibrate calibrated.toml --members 60");
    CHECK(twice.exit_code == 2);
    CHECK(twice.err.find("demand.exports.rate was calibrated on it already (a figure counts once)") !=
          std::string::npos);
    const Finished fed = folder.corridor("run calibrated.toml --set 'reported.shipped.use=\"validate\"'");
    CHECK(fed.exit_code == 2);
    CHECK(fed.err.find("an input rests on a figure that the model is tested against") != std::string::npos);
}

TEST_CASE("What a calibration cannot do is said before it starts, and nothing is written") {
    const Fitted folder;
    const auto message = [&](const std::string& arguments) {
        const Finished finished = folder.corridor("calibrate . --members 60 " + arguments);
        CHECK(finished.exit_code == 2);
        CHECK(finished.out.empty());
        return finished.err;
    };
    CHECK(message("--leave-one-out") ==
          "corridor: error: --leave-one-out needs two figures to calibrate on, the scenario has one\n");
    CHECK(message("--out x.txt") == "corridor: error: --out: 'x.txt' is no scenario file (its name ends in .toml)\n");
    CHECK(message("--out sub/x.toml").find("cannot extend '.' (a scenario reads only from its own folder and below)") !=
          std::string::npos);
    CHECK(message("--out x.toml --set 'link.river.speed=\"17 km/h\"'").find("--out does not go with --set") !=
          std::string::npos);
    CHECK(message("--set 'reported.shipped.use=\"validate\"'").find("no reported figure is there to calibrate on") !=
          std::string::npos);
    CHECK(message("--out scenario.toml") ==
          "corridor: error: --out: 'scenario.toml' is there already; give another name, or --force to replace it\n");
    folder.file("mine.toml", "extends = \"scenario.toml\"\n");
    for (const std::string own : {"scenario.toml", "mine.toml"}) {
        CHECK(message("--force --out " + own) ==
              "corridor: error: --out: '" + own +
                  "' is not replaced (--force is for what calibrate wrote of another scenario); give another name\n");
    }
    CHECK(folder.sh("ls").out == "mine.toml\nscenario.toml\n");
    CHECK(content_of(folder.path() / "scenario.toml") == kFitted);
}

TEST_CASE("The cheapest timetable that meets a target is found, confirmed, and the same bytes for any threads") {
    const Fitted folder;
    const std::string command =
        "optimise scenario.toml --vary service.feeder.departures.per_week=2..7 "
        "--require 'door_to_door_time_mean demand.exports <= 45' --replications 20 -q ";
    const Finished one = folder.corridor(command + "--format json --threads 1");
    REQUIRE(one.exit_code == 0);
    CHECK(one.out == folder.corridor(command + "--format json --threads 3").out);
    const auto json = nlohmann::json::parse(one.out);
    // Sailing takes 16.2 h, half the time between departures 28 h with three of them and 21 h with four.
    CHECK(json["chosen"]["values"]["service.feeder.departures.per_week"] == 4.0);
    CHECK(json["base"]["service.feeder.departures.per_week"] == 3.0);
    CHECK(json["confirmation"]["replications"] == 20);
    CHECK(json["confirmation"]["requirements"][0]["change"]["mean"] < -3);
    const Finished text = folder.corridor(command);
    CHECK(text.out.find("service.feeder.departures.per_week = 4 is the cheapest point that meets the target") !=
          std::string::npos);
    CHECK(folder.corridor(command + "--format csv").out.starts_with("service.feeder.departures.per_week,price,"));
}

TEST_CASE("What a run would warn of at the chosen point is told with it, and a bound has the unit of its measure") {
    const Scratch folder;
    const std::string line =
        "optimise " CORRIDOR_SOURCE_DIR
        "/scenarios/examples/cost-and-carbon.toml --vary 'service.barge.departures.headway=12 h..48 h step 12 h' "
        "--minimise 'cost total' --require ";
    const Finished finished = folder.corridor(line + "'door_to_door_time_mean total <= 60 h'");
    CHECK(finished.exit_code == 0);
    CHECK((finished.out + finished.err).find("a fleet of 2 cannot run 14 departures a week") != std::string::npos);
    const Finished wrong = folder.corridor(line + "'door_to_door_time_mean total <= 60 d'");
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.err.find("the measure is in h, the bound in d; give the bound in the unit of the measure") !=
          std::string::npos);
}

TEST_CASE("A target that no point meets ends with 1, with the nearest point and what binds") {
    const Fitted folder;
    const Finished none = folder.corridor(
        "optimise . --vary service.feeder.departures.per_week=4..7 --require 'door_to_door_time_mean demand.exports <= "
        "20'");
    CHECK(none.exit_code == 1);
    CHECK(none.out.find("None of the 4 points meets the target. Nearest: service.feeder.departures.per_week = 7;") !=
          std::string::npos);
    CHECK(none.err.find("corridor: error: no point meets the target\n") != std::string::npos);
}

TEST_CASE("Ranges in which no point makes a model are a mistake, not a target that is missed") {
    const Fitted folder;
    const Finished finished = folder.corridor(
        "optimise . --vary 'link.river.speed=15 km..20 km' --require 'door_to_door_time_mean demand.exports <= 45'");
    CHECK(finished.exit_code == 2);
    CHECK(finished.out.empty());
    CHECK(finished.err.find("corridor: error: no point of the ranges makes a model: link.river.speed: ") !=
          std::string::npos);
}

TEST_CASE("Mistakes in a search are told all at once, with what was probably meant") {
    const Fitted folder;
    const Finished finished = folder.corridor(
        "optimise . --vary service.feeder.departures.per_wek=2..7 --vary link.river.speed=5 "
        "--require 'door_to_door_time_men demand.exports <= 40' --require 'crane_wait_mean terminal.prt.quay <= 1' "
        "--price terminal.port.quay_cranes.count=2 --minimise cost");
    CHECK(finished.exit_code == 2);
    CHECK(finished.out.empty());
    for (const char* const part : {"did you mean 'service.feeder.departures.per_week'?", "not a range; write it as in",
                                   "did you mean 'door_to_door_time_mean'?", "did you mean 'terminal.port.quay'?",
                                   "a price of what is not varied", "a measure and a subject are needed"}) {
        CAPTURE(part);
        CHECK(finished.err.find(part) != std::string::npos);
    }
    const Finished huge = folder.corridor(
        "optimise . --vary service.feeder.departures.per_week=1..1000 --vary terminal.port.quay_cranes.count=1..1000 "
        "--require 'door_to_door_time_mean demand.exports <= 40'");
    CHECK(huge.exit_code == 2);
    CHECK(huge.err.find("that makes 1000000 points (the limit is 100000); narrow the ranges, or widen the steps") !=
          std::string::npos);
}

}  // namespace corridor::tests
