// The command as a shell sees it: what it prints where, and how it ends.
#include <doctest/doctest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "corridor/version.h"
#include "tools/shell.h"

namespace corridor::tests {
namespace {

// port --barge, three times a week--> hub
constexpr const char* kScenario = R"(format = 1
title = "One barge"
period = { start = 2020-01-06, end = 2020-03-30, warm_up = "1 week" }
run = { replications = 4 }
[terminal.port]
quay_cranes = { count = 2, rate = "25 moves/h" }
[terminal.hub]
quay_cranes = "unlimited"
[link.river]
mode = "waterway"
from = "port"
to = "hub"
length = "275 km"
speed = { value = "17 km/h", range = ["15 km/h", "22 km/h"] }
[vehicle]
barge = { mode = "waterway", capacity = "120 TEU" }
[service]
feeder = { route = ["port", "hub"], directions = "one-way", vehicle = "barge", departures = { per_week = 3 }, cut_off = "3 h" }
[demand]
exports = { from = "port", to = "hub", rate = { value = "300 TEU/week", range = ["250 TEU/week", "350 TEU/week"] } }
[reported]
shipped = { value = "3750 TEU", use = "validate", reading.all = { measure = "teu_shipped", of = ["service.feeder"] } }
)";

class Folder : public Scratch {
  public:
    Folder() { file("scenario.toml", kScenario); }
};

TEST_CASE("The version is printed alone") {
    const Scratch scratch;
    for (const char* const arguments : {"version", "--version"}) {
        const Finished finished = scratch.corridor(arguments);
        CHECK(finished.exit_code == 0);
        CHECK(finished.out == std::string{"corridor "} + kVersion + "\n");
        CHECK(finished.err.empty());
    }
}

TEST_CASE("A mistake in the command line ends with 2 and says what was probably meant") {
    const Folder folder;
    const auto message = [&](const std::string& arguments) {
        const Finished finished = folder.corridor(arguments);
        CHECK(finished.exit_code == 2);
        CHECK(finished.out.empty());
        return finished.err;
    };
    CHECK(message("rnu .") == "corridor: error: unknown command 'rnu'; did you mean 'run'?\n");
    CHECK(message("") == "corridor: error: a command is needed; try corridor --help\n");
    CHECK(message("run . --sede 3") == "corridor: error: unknown option '--sede'; did you mean '--seed'?\n");
    CHECK(message("run . x") == "corridor: error: unexpected argument 'x'\n");
    CHECK(message("run") == "corridor: error: scenario is required; try corridor run --help\n");
    CHECK(message("run . --seed") == "corridor: error: --seed needs a value; try corridor run --help\n");
    CHECK(message("run . --seed 1 --seed 2") ==
          "corridor: error: --seed is given more than once; try corridor run --help\n");
    CHECK(message("run . --seed 18446744073709551616") ==
          "corridor: error: --seed: must be a whole number from 0 to 18446744073709551615, got "
          "'18446744073709551616'; try corridor run --help\n");
    CHECK(message("run . --replications 0") ==
          "corridor: error: --replications: must be a whole number from 1 to 1000000, got '0'; try corridor run "
          "--help\n");
    CHECK(message("run . --precision 5") ==
          "corridor: error: --precision: must lie between 0% and 100%, got '5' (did you mean 5%?); try corridor run "
          "--help\n");
    CHECK(message("run . --format jsn") ==
          "corridor: error: --format: must be one of table, json, csv, got 'jsn' (did you mean 'json'?); try corridor "
          "run --help\n");
    CHECK(message("run . --require 'shiped within 20%'") ==
          "error: --require 'shiped within 20%': unknown reported figure 'shiped'; did you mean 'shipped'?\n");
}

TEST_CASE("Every command explains itself with examples") {
    const Scratch scratch;
    for (const std::string command : {"run", "compare", "check", "capacity", "options", "sensitivity", "calibrate",
                                      "optimise", "assumptions", "show", "schema", "version"}) {
        const Finished finished = scratch.corridor(command + " --help");
        CHECK(finished.exit_code == 0);
        CHECK(finished.out.find("Usage: corridor " + command) != std::string::npos);
        CHECK(finished.out.find("Examples:\n  corridor " + command) != std::string::npos);
        CHECK(finished.err.empty());
    }
}

TEST_CASE("A bad scenario ends with 2, nothing on standard output and no output folder") {
    const Folder folder;
    folder.file("bad.toml", "format = 1\ntitel = \"x\"\n");
    const Finished finished = folder.corridor("run bad.toml --out results");
    CHECK(finished.exit_code == 2);
    CHECK(finished.out.empty());
    CHECK(finished.err.find("did you mean 'title'?") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "results"));
}

TEST_CASE("The JSON of a run is the same bytes for 1, 2 and 7 threads, and as a file") {
    const Folder folder;
    const Finished alone = folder.corridor("run . --format json --threads 1 --draws 30");
    REQUIRE(alone.exit_code == 0);
    CHECK(folder.corridor("run . --format json --threads 2 --draws 30").out == alone.out);
    CHECK(folder.corridor("run . --format json --threads 7 --draws 30 --out results").out == alone.out);
    CHECK(content_of(folder.path() / "results" / "result.json") == alone.out);
}

TEST_CASE("The JSON of a run has what a script needs, and the command that gives it again") {
    const Folder folder;
    const Finished finished =
        folder.corridor("run . --format json --threads 2 --draws 30 --seed 7 --set 'title=\"An id\"'");
    const auto json = nlohmann::json::parse(finished.out);
    CHECK(json["scenario"]["title"] == "An id");
    CHECK(json["scenario"]["hash"].get<std::string>().size() == 16);
    CHECK(json["seed"] == 7);
    CHECK(json["replications"] == 4);
    CHECK(json["version"] == kVersion);
    CHECK(json["command"] == "corridor run . --set 'title=\"An id\"' --seed 7 --replications 4 --draws 30");
    CHECK(json["warnings"].is_array());
    const auto& row = json["comparison"].at(0);
    for (const char* const key : {"id", "reading", "unit", "reported", "use", "naive", "ratio", "percentile",
                                  "capacity_bound_share", "source"}) {
        CHECK(row.contains(key));
    }
    CHECK(row["simulated"]["ci95"].size() == 2);
    CHECK(row["prior"]["interval90"].size() == 2);

    const std::string command = json["command"].get<std::string>().substr(std::string{"corridor "}.size());
    CHECK(folder.corridor(command + " --format json").out == finished.out);
}

TEST_CASE("A scenario is found by its file, its folder and on standard input, with the same results") {
    const Folder folder;
    const auto measures = [&](const std::string& line) {
        const Finished finished = folder.sh("\"$CORRIDOR\" run " + line + " --format json --draws 5");
        REQUIRE(finished.exit_code == 0);
        return nlohmann::json::parse(finished.out)["measures"];
    };
    const auto by_folder = measures(".");
    CHECK(measures("scenario.toml") == by_folder);
    CHECK(measures("- < scenario.toml") == by_folder);
}

TEST_CASE("One replication has a mean but no interval") {
    const Folder folder;
    const auto json = nlohmann::json::parse(folder.corridor("run . --format json --replications 1 --draws 5").out);
    const auto& measure = json["measures"].at(0);
    CHECK(measure["mean"].is_number());
    CHECK(measure["ci95"].is_null());
    CHECK(measure["sd"].is_null());
}

TEST_CASE("A requirement that fails ends with 1, after the results; one that holds with 0") {
    const Folder folder;
    const Finished failing = folder.corridor("compare . --draws 5 --require 'shipped within 1%'");
    CHECK(failing.exit_code == 1);
    CHECK(failing.out.find("Reported and simulated") != std::string::npos);
    CHECK(failing.err.find("corridor: error: shipped within 1%: fails (its reading all: ") == 0);
    const Finished holding = folder.corridor("compare . --draws 5 --require 'shipped within 20%'");
    CHECK(holding.exit_code == 0);
    CHECK(holding.err.find("corridor: info: shipped within 20%: holds (its reading all: ") == 0);
}

TEST_CASE("A full disk behind standard output ends with 3 and a message") {
    const Folder folder;
    for (const char* const command : {"run . --draws 5", "version", "--help", "schema", "check .", "assumptions ."}) {
        const Finished finished = folder.corridor(std::string{command} + " >/dev/full");
        CHECK(finished.exit_code == 3);
        CHECK(finished.err == "corridor: error: cannot write standard output: No space left on device\n");
    }
}

TEST_CASE("A reader that goes away ends the command without a message") {
    const Folder folder;
    const Finished finished =
        folder.sh("(\"$CORRIDOR\" run . --format json --draws 5; echo $? >code) | head -c 1 >/dev/null; sleep 0.1");
    CHECK(finished.err.empty());
    const std::string code = content_of(folder.path() / "code");
    CHECK((code == "141\n" || code == "0\n"));
}

TEST_CASE("Closed standard streams are no reason to crash, and result files do not take their place") {
    const Folder folder;
    const Finished finished = folder.corridor("run . --draws 5 --out results >&- 2>&- <&-");
    CHECK(finished.exit_code == 3);
    CHECK(content_of(folder.path() / "results" / "measures.csv").starts_with("name,subject,unit,"));
}

TEST_CASE("Results are not replaced unless asked for, and all files of a run are there") {
    const Folder folder;
    REQUIRE(folder.corridor("run . --draws 5 --out results").exit_code == 0);
    for (const char* const name : {"result.json", "measures.csv", "comparison.csv", "theory.csv", "audit.csv",
                                   "assumptions.csv", "network.geojson"}) {
        CHECK_FALSE(content_of(folder.path() / "results" / name).empty());
    }
    const Finished again = folder.corridor("run . --draws 5 --out results");
    CHECK(again.exit_code == 2);
    CHECK(again.out.empty());
    CHECK(again.err ==
          "corridor: error: 'results' holds the results of an earlier run (result.json); give another folder, or "
          "--force to replace them\n");
    CHECK(folder.corridor("run . --draws 5 --out results --force").exit_code == 0);
}

TEST_CASE("An output folder that cannot be made ends with 3 before the run") {
    const Folder folder;
    const Finished finished = folder.corridor("run . --replications 1000000 --out scenario.toml/results");
    CHECK(finished.exit_code == 3);
    CHECK(finished.err == "corridor: error: cannot make the folder 'scenario.toml/results': Not a directory\n");
}

TEST_CASE("An interrupt ends a long run within two seconds, with 130 and nothing printed") {
    const Folder folder;
    for (const char* const threads : {"1", "2"}) {
        const auto start = std::chrono::steady_clock::now();
        const Finished finished = folder.sh(std::string{"timeout --foreground --preserve-status -s INT 1 \"$CORRIDOR\" "
                                                        "run . --replications 1000000 --threads "} +
                                            threads);
        CHECK(finished.exit_code == 130);
        CHECK(finished.out.empty());
        CHECK(finished.err == "corridor: error: interrupted; nothing was printed or written\n");
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{3});
    }
}

TEST_CASE("An interrupt after the simulation ends the command at once") {
    const Folder folder;
    // Nobody reads the pipe, and what is left of its 64 KiB is too little for the result.
    const Finished finished = folder.sh(
        "mkfifo pipe; sleep 20 < pipe & exec 3> pipe; head -c 60000 /dev/zero >&3; "
        "timeout --foreground -k 5 -s INT 2 \"$CORRIDOR\" run . --draws 5 --format json >&3; echo $?; kill %1");
    CHECK(finished.out == "124\n");
}

TEST_CASE("An interrupted run leaves no folder behind, and neither does one that fails") {
    const Folder folder;
    const Finished interrupted = folder.sh(
        "timeout --foreground --preserve-status -s INT 1 \"$CORRIDOR\" run . --replications 1000000 --out new/results");
    CHECK(interrupted.exit_code == 130);
    CHECK(folder.sh("ls").out == "scenario.toml\n");
    folder.sh("mkdir old");
    CHECK(folder.corridor("run . --draws 5 --out old/results --require 'shipped within 0.01%'").exit_code == 1);
    CHECK(folder.sh("ls old").out == "results\n");
}

TEST_CASE("A precision that is out of reach is told, not hidden") {
    const Folder folder;
    const auto json = nlohmann::json::parse(
        folder.corridor("run . --format json --draws 5 --precision 0.0001% --max-replications 6").out);
    CHECK(json["replications"] == 6);
    CHECK(json["warnings"].back() ==
          "the precision of 0.0001 % was not reached in 6 replications; raise --max-replications, or ask for less");
}

TEST_CASE("Nothing but text reaches standard error where it is no terminal") {
    const Folder folder;
    const Finished finished = folder.corridor("run . --draws 5 -v");
    CHECK(finished.err.find('\x1b') == std::string::npos);
    CHECK(finished.err.find('\r') == std::string::npos);
    CHECK(folder.corridor("run . --draws 5 --quiet").err.empty());
}

TEST_CASE("--explain says why containers waited, --events what each of them did") {
    const Folder folder;
    const Finished explained = folder.corridor("run . --explain --events timeline.csv --draws 30");
    CHECK(explained.exit_code == 0);
    CHECK(explained.out.find("Why containers waited, by cause") != std::string::npos);
    CHECK(explained.out.find("all waiting") != std::string::npos);
    CHECK(folder.corridor("run . --draws 30").out.find("Why containers waited") == std::string::npos);
    CHECK(
        content_of(folder.path() / "timeline.csv").starts_with("time,kind,id,event,terminal,way,vehicle,containers\n"));
    const Finished again = folder.corridor("run . --events timeline.csv");
    CHECK(again.exit_code == 2);
    CHECK(again.err.find("holds the results of an earlier run (timeline.csv)") != std::string::npos);
    const Finished unknown = folder.corridor("run . --events timeline.txt");
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err ==
          "corridor: error: --events: 'timeline.txt' does not say which format it is to have; end it in .csv, "
          ".jsonl (JSON lines) or .json (for trace viewers)\n");
}

TEST_CASE("Options are settings over the do-minimum, or scenarios of their own, in each year asked for") {
    const Folder folder;
    folder.file("daily.toml", "extends = \"scenario.toml\"\nservice.feeder.departures.per_week = 7\n");
    const Finished finished = folder.corridor(
        "options scenario.toml daily.toml 'one crane: terminal.port.quay_cranes.count=1' --growth 2025=1.1 "
        "--growth 2030=1.2 --format csv -q");
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    for (const char* const row : {"\n2025,1.1,daily,departures_run,service.feeder,departures,36,84,48,48,48,0,2\n",
                                  "\n2030,1.2,one crane,departures_run,service.feeder,departures,36,36,0,0,0,0,2\n"}) {
        CHECK_MESSAGE(finished.out.find(row) != std::string::npos, row);
    }
    const Finished bad = folder.corridor("options scenario.toml 'x: service.feder.fleet=2' 'y: foo=1'");
    CHECK(bad.exit_code == 2);
    CHECK(bad.out.empty());
    CHECK(bad.err.find("did you mean 'feeder'?") != std::string::npos);
    CHECK(bad.err.find("unknown table 'foo'") != std::string::npos);
    const Finished idle = folder.corridor("options scenario.toml 'a: ;'");
    CHECK(idle.exit_code == 2);
    CHECK(idle.err ==
          "corridor: error: the option 'a: ;' sets nothing; write NAME: PATH=VALUE, more of them after ';', "
          "or the file of a scenario\n");
    CHECK(folder.corridor("options scenario.toml daily.toml --replications 1").err ==
          "corridor: error: options needs at least 2 replications (a difference has an interval); add --replications "
          "20\n");
}

/// A run without a comparison, whose timeline has most of a million events.
constexpr const char* kBusy =
    "sed '/^.reported/,$d' scenario.toml > busy.toml\n"
    "BUSY='run busy.toml --replications 1 --set demand.exports.rate=60000TEU/week'\n";

TEST_CASE("A signal while timelines are written ends the run, with nothing written and nothing left behind") {
    const Folder folder;
    for (const auto& ending : {std::pair{"TERM", 143}, std::pair{"INT", 130}}) {
        const std::string signal = ending.first;
        const int code = ending.second;
        for (const char* const name : {"new/t.csv", "new/t.jsonl", "new/t.json"}) {
            CAPTURE(signal);
            CAPTURE(name);
            const std::string file = name;
            // What a shell starts in the background ignores interrupts, unless told not to.
            const Finished finished = folder.sh(
                kBusy +
                ("env --default-signal=INT \"$CORRIDOR\" $BUSY --out results --events " + file + " & while [ ! -e " +
                 file + ".unfinished ] && kill -0 $!; do sleep 0.01; done; kill -" + signal + " $!; wait $!"));
            CHECK(finished.exit_code == code);
            CHECK(finished.out.empty());
            CHECK(finished.err == "corridor: error: interrupted; nothing was printed or written\n");
            CHECK(folder.sh("ls").out == "busy.toml\nscenario.toml\n");
        }
    }
}

TEST_CASE("Timelines that the disk has no room for end the run with 3, and leave nothing behind") {
    const Folder folder;
    for (const char* const name : {"new/t.csv", "new/t.jsonl", "new/t.json"}) {
        CAPTURE(name);
        const Finished finished =
            folder.sh(kBusy + ("trap '' XFSZ; ulimit -f 2000; \"$CORRIDOR\" $BUSY --events " + std::string{name}));
        CHECK(finished.exit_code == 3);
        CHECK(finished.out.empty());
        CHECK(finished.err == "corridor: error: cannot write '" + std::string{name} + "': File too large\n");
        CHECK(folder.sh("ls").out == "busy.toml\nscenario.toml\n");
    }
}

TEST_CASE("Sensitivity is the same bytes for 1 and 3 threads, and needs a range") {
    const Folder folder;
    const auto run = [&](const std::string& threads) {
        return folder.corridor("sensitivity scenario.toml --rows 32 --trajectories 4 --format json -q --threads " +
                               threads);
    };
    const Finished one = run("1");
    CHECK(one.exit_code == 0);
    CHECK(one.out == run("3").out);
    const auto json = nlohmann::json::parse(one.out);
    CHECK(json["outputs"][0]["name"] == "shipped/all");
    CHECK(json["outputs"][0]["inputs"][0]["input"] == "demand.exports.rate");
    const Finished none = folder.corridor(
        "sensitivity scenario.toml --set 'demand.exports.rate=\"300 TEU/week\"' --set 'link.river.speed=\"17 km/h\"' "
        "-q");
    CHECK(none.exit_code == 2);
    CHECK(
        none.err.starts_with("corridor: error: sensitivity needs a range (no number of the scenario has one); write"));
}

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

}  // namespace
}  // namespace corridor::tests
