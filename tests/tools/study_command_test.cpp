// `options` and `sensitivity` as a shell sees them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "corridor/report/page.h"
#include "tools/one_barge.h"

namespace corridor::tests {

TEST_CASE("Options are settings over the do-minimum, or scenarios of their own, in each year asked for") {
    const Folder folder;
    folder.file("daily.toml", "extends = \"scenario.toml\"\nservice.feeder.departures.per_week = 7\n");
    const Finished finished = folder.corridor(
        "options scenario.toml daily.toml 'one crane: terminal.port.quay_cranes.count=1' --growth 2025=1.1 "
        "--growth 2030=1.2 --format csv -q");
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    for (const char* const row :
         {"\n2025,1.1,daily,departures_run,service.feeder,departures,36,36,36,84,84,84,48,48,48,0,2,",
          "\n2030,1.2,one crane,departures_run,service.feeder,departures,36,36,36,36,36,36,0,0,0,0,2,"}) {
        CHECK_MESSAGE(finished.out.find(row) != std::string::npos, row);
    }
    const Finished bad = folder.corridor("options scenario.toml 'x: service.feder.fleet=2' 'y: foo=1'");
    CHECK(bad.exit_code == 2);
    CHECK(bad.out.empty());
    CHECK(bad.err.find("did you mean 'feeder'?") != std::string::npos);
    CHECK(bad.err.find("unknown table 'foo'") != std::string::npos);
    const Finished shorter = folder.corridor("options scenario.toml 'short: period.end=2020-02-10'");
    CHECK(shorter.exit_code == 2);
    CHECK(shorter.err.find("'short' measures 2020-01-") != std::string::npos);
    CHECK(shorter.err.find("give both the same period and warm_up") != std::string::npos);
    folder.file(
        "elsewhere.toml",
        "[period]\nstart = 2020-01-06\nend = 2020-03-30\nwarm_up = \"1 week\"\n[terminal]\na = {}\nb = {}\n"
        "[link]\nx = { mode = \"railway\", from = \"a\", to = \"b\", length = \"9 km\", speed = \"9 km/h\" }\n");
    const Finished stranger = folder.corridor("options scenario.toml elsewhere.toml --replications 2");
    CHECK(stranger.exit_code == 0);
    CHECK(stranger.err.find("is it an option for the same corridor?") != std::string::npos);
    const Finished idle = folder.corridor("options scenario.toml 'a: ;'");
    CHECK(idle.exit_code == 2);
    CHECK(idle.err ==
          "corridor: error: the option 'a: ;' sets nothing; write NAME: PATH=VALUE, more of them after ';', "
          "or the file of a scenario\n");
    CHECK(folder.corridor("options scenario.toml ''").err.find("the option '' sets nothing;") != std::string::npos);
    const Finished twins =
        folder.corridor("options scenario.toml daily.toml 'daily: service.feeder.departures.per_week=6'");
    CHECK(twins.exit_code == 2);
    CHECK(
        twins.err ==
        "corridor: error: two variants are called 'daily'; name settings as in 'NAME: PATH=VALUE', or rename a file\n");
    CHECK(folder.corridor("options scenario.toml daily.toml --replications 1").err ==
          "corridor: error: options needs at least 2 replications (a difference has an interval); add --replications "
          "20\n");
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

TEST_CASE("A report takes the place of no file that is read, whatever the command, not even with --force") {
    if (!has_page()) {
        MESSAGE("skipped: corridor was built without the page");
        return;
    }
    const Folder folder;
    const std::string sources = "id,title,kind\nyearbook,A yearbook,reported\n";
    const std::string points = "service.feeder.departures.per_week\n3\n";
    folder.file("sources.csv", sources);
    folder.file("points.csv", points);
    folder.file("scenario.toml", std::string("sources = \"sources.csv\"\n") + kOneBarge);
    folder.file("other.toml", "extends = \"scenario.toml\"\n");
    folder.file("fitted.toml",
                "extends = \"scenario.toml\"\nreported.shipped = { use = \"calibrate\", error = 0.04 }\n");
    folder.file("study.toml",
                "scenario = \"other.toml\"\ndesign = { kind = \"list\", file = \"points.csv\" }\nreplications = 1\n");
    for (const std::string command :
         {"sensitivity .", "options . other.toml", "calibrate fitted.toml", "sweep study.toml", "run ."}) {
        CAPTURE(command);
        const Finished finished = folder.corridor(command + " --max-time '20 s' --report sources.csv --force");
        CHECK(finished.exit_code == 2);
        CHECK(finished.err ==
              "corridor: error: --report: 'sources.csv' belongs to what is read; give the results another name\n");
    }
    CHECK(folder.corridor("sweep study.toml --report points.csv --force").exit_code == 2);
    CHECK(content_of(folder.path() / "sources.csv") == sources);
    CHECK(content_of(folder.path() / "points.csv") == points);
}

}  // namespace corridor::tests
