// `run` and `compare` as a shell sees them.
#include <doctest/doctest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "corridor/version.h"
#include "tools/one_barge.h"

namespace corridor::tests {

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
    CHECK(json["fingerprint"].get<std::string>().size() == 16);
    const Finished other = folder.corridor("run . --format json --draws 30 --seed 8");
    CHECK(nlohmann::json::parse(other.out)["fingerprint"] != json["fingerprint"]);
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

TEST_CASE("Results are not replaced unless asked for, and all files of a run are there") {
    const Folder folder;
    REQUIRE(folder.corridor("run . --draws 5 --out results").exit_code == 0);
    for (const char* const name : {"result.json", "measures.csv", "comparison.csv", "theory.csv", "audit.csv",
                                   "assumptions.csv", "datapackage.json", "network.geojson", "result.xlsx"}) {
        CHECK_FALSE(content_of(folder.path() / "results" / name).empty());
    }
    const Finished again = folder.corridor("run . --draws 5 --out results");
    CHECK(again.exit_code == 2);
    CHECK(again.out.empty());
    CHECK(again.err ==
          "corridor: error: 'results' holds the results of an earlier run (result.json); give another folder, or "
          "--force to replace them\n");
    const std::string workbook = content_of(folder.path() / "results" / "result.xlsx");
    CHECK(workbook.starts_with("PK"));
    CHECK(folder.corridor("run . --draws 5 --out results --force").exit_code == 0);
    CHECK(content_of(folder.path() / "results" / "result.xlsx") == workbook);
    CHECK(folder.sh("ls results | wc -l").out == "9\n");
}

TEST_CASE("A text that is too long for a cell is cut in the workbook, and whole in the other files") {
    const Folder folder;
    std::string name;
    for (int i = 0; i < 40'000; ++i) name += "果";
    folder.file("long.toml", "extends = \"scenario.toml\"\nreported.shipped.name = \"" + name + "\"\n");
    const Finished finished = folder.corridor("run long.toml --draws 5 --out results");
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(content_of(folder.path() / "results" / "comparison.csv").find(',' + name + ',') != std::string::npos);
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

TEST_CASE("--report writes a page, and never over an earlier one unless told so") {
    const Folder folder;
    const Finished first = folder.corridor("run . --draws 5 --report report.html");
    if (first.exit_code == 3) {
        CHECK(first.err ==
              "corridor: error: this corridor was built without the page of its reports; install what is missing with "
              "tools/setup page, and build again\n");
        return;
    }
    CHECK(first.exit_code == 0);
    CHECK(content_of(folder.path() / "report.html").starts_with("<!doctype html>\n<html lang=\"en\">"));
    const Finished again = folder.corridor("run . --draws 5 --report report.html");
    CHECK(again.exit_code == 2);
    CHECK(again.err.find("'report.html' is there already; give another name, or --force to replace it") !=
          std::string::npos);
    CHECK(folder.corridor("run . --draws 5 --report report.html --force --lang zh").exit_code == 0);
    const Finished unknown = folder.corridor("run . --report other.html --lang fr");
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err.find("fr not in {en,zh}") != std::string::npos);
}

TEST_CASE("A73: A reported figure of 0 has no ratio: null in JSON, nothing in CSV, a dash on the screen") {
    const Folder folder;
    folder.file(
        "none.toml",
        "extends = \"scenario.toml\"\n[reported]\nnone = { value = \"0 TEU\", use = \"validate\", reading.all = { "
        "measure = \"teu_shipped\", of = [\"service.feeder\"] } }\n");
    const Finished shown = folder.corridor("run none.toml --draws 5 --out results");
    REQUIRE(shown.exit_code == 0);
    const std::string row = shown.out.substr(shown.out.find("\nnone/all ") + 1);
    CHECK(row.substr(0, row.find('\n')).find("  -  ") != std::string::npos);
    const std::string csv = content_of(folder.path() / "results/comparison.csv");
    const std::string line = csv.substr(csv.find("\nnone,none,all,all,TEU,0,") + 1);
    CHECK(line.substr(0, line.find('\n')).find(",,0,") != std::string::npos);  // between naive and percentile
    const std::string json = content_of(folder.path() / "results/result.json");
    CHECK(json.find("\"ratio\": null") != std::string::npos);
    CHECK(json.find("\"ratio\": 0.") != std::string::npos);
    CHECK(json.find("nan") == std::string::npos);
}

TEST_CASE("A limit of time ends a run with 3 and nothing printed, and a limit of containers refuses it") {
    const Folder folder;
    const Finished late = folder.corridor("run . --replications 1000000 --max-time '0.2 s'");
    CHECK(late.exit_code == 3);
    CHECK(late.out.empty());
    CHECK(late.err == "corridor: error: the time of --max-time is over; nothing was printed or written\n");
    CHECK(folder.corridor("run . --max-time '1 h' --replications 2").exit_code == 0);
    const Finished bare = folder.corridor("run . --max-time 5");
    CHECK(bare.exit_code == 2);
    CHECK(bare.err ==
          "corridor: error: --max-time: must be a time of at most 366 d with its unit, as in '10 min', got '5'; try "
          "corridor run "
          "--help\n");
    const Finished large = folder.corridor("run . --max-containers 10");
    CHECK(large.exit_code == 2);
    CHECK(large.out.empty());
    CHECK(large.err.find(" containers and background moves, more than the 10 of --max-containers") !=
          std::string::npos);
    CHECK(folder.corridor("run . --max-containers 500000000 --replications 2").exit_code == 0);
}

TEST_CASE(
    "Results take the place of no scenario, store, folder or link, not even with --force, and no two are one file") {
    const Folder folder;
    folder.file("store", std::string("SQLite format 3\0 and so on", 26));
    std::filesystem::create_directory(folder.path() / "adir");
    std::filesystem::create_symlink("store", folder.path() / "link");
    const auto said = [&](const std::string& options) {
        const Finished finished = folder.corridor("run . --force --max-time '20 s' --replications 1000000 " + options);
        CHECK(finished.exit_code == 2);
        CHECK(finished.out.empty());
        return finished.err;
    };
    const std::string error = "corridor: error: ";
    CHECK(said("--events ./scenario.toml") ==
          error + "--events: './scenario.toml' is the name of a scenario or a study; give the results another\n");
    CHECK(said("--out . --events result.json") ==
          error + "--events and --out both write './result.json'; give one of them another name\n");
    std::filesystem::rename(folder.path() / "store", folder.path() / "store.json");
    CHECK(said("--events store.json") == error + "'store.json' is the store of a sweep; give another name\n");
    std::filesystem::rename(folder.path() / "adir", folder.path() / "adir.json");
    CHECK(said("--events adir.json") == error + "'adir.json' is a folder; give another name\n");
    std::filesystem::rename(folder.path() / "link", folder.path() / "link.json");
    CHECK(said("--events link.json") == error + "'link.json' is a symbolic link; give another name\n");
    folder.file("sources.csv", "id,title,kind\nyearbook,A yearbook,reported\n");
    folder.file("scenario.toml", std::string("sources = \"sources.csv\"\n") + kOneBarge);
    CHECK(said("--events sources.csv") ==
          error + "--events: 'sources.csv' belongs to what is read; give the results another name\n");
    const Finished long_name =
        folder.corridor("run . --max-time '20 s' --replications 1000000 --events " + std::string(245, 'e') + ".json");
    CHECK(long_name.exit_code == 3);
    CHECK(long_name.err == error + "cannot write to '.': File name too long\n");
}

}  // namespace corridor::tests
