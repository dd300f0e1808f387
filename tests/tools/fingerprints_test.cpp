// That every result says of which trajectories it is, whatever its format.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "corridor/study/fingerprint.h"
#include "tools/one_barge.h"

namespace corridor::tests {
namespace {

using Json = nlohmann::json;
using Prints = std::set<std::string>;

/// How each command that prints results is asked for small ones, without its format.
const std::map<std::string, std::string> kPrints{
    {"run", "run . --draws 5"},
    {"compare", "compare . --draws 5"},
    {"capacity", "capacity . --replications 5"},
    {"options", "options . 'daily: service.feeder.departures.per_week=7' --growth now=1 --growth 2030=1.2"},
    {"sensitivity", "sensitivity . --rows 32 --trajectories 4"},
    {"calibrate", "calibrate fitted.toml --members 60"},
    {"optimise",
     "optimise . --vary service.feeder.departures.per_week=2..4 --replications 5 "
     "--require 'door_to_door_time_mean demand.exports <= 60 h'"},
    {"verify", "verify harbour-a harbour-b twice-1"},
};

/// Those with files of their own, which the test cases below are about.
const std::set<std::string> kWritesFiles{"sweep", "export", "merge", "serve"};

const std::set<std::string> kSimulatesNothing{"check", "assumptions", "show", "schema", "version"};

/// A folder with that scenario, and one that can be calibrated.
class Scenarios : public Folder {
  public:
    Scenarios() {
        file("fitted.toml",
             "extends = \"scenario.toml\"\nreported.shipped.use = \"calibrate\"\nreported.shipped.error = 0.02\n");
    }
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// The names of all commands, of `corridor --help`.
std::vector<std::string> commands(const std::string& help) {
    std::vector<std::string> names;
    const std::size_t begin = help.find("\nSubcommands:\n");
    REQUIRE(begin != std::string::npos);
    const std::size_t end = help.find("\n\n", begin);
    for (const std::string& line : lines_of(help.substr(begin, end - begin))) {
        if (line.starts_with("  ") && line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

/// The formats that its help offers.
std::vector<std::string> formats(const std::string& help) {
    const std::string mark = "--format FORMAT             One of ";
    const std::size_t at = help.find(mark);
    REQUIRE(at != std::string::npos);
    std::istringstream words(help.substr(at + mark.size(), help.find('\n', at) - at - mark.size()));
    std::vector<std::string> names;
    for (std::string word; words >> word;) names.push_back(word.substr(0, word.find(',')));
    return names;
}

/// All that is called `fingerprint`, however deep.
void collect(const Json& json, Prints& prints) {
    if (!json.is_structured()) return;
    if (json.is_object() && json.contains("fingerprint")) prints.insert(json["fingerprint"].get<std::string>());
    for (const Json& part : json) collect(part, prints);
}

Prints prints_of(const std::string& json) {
    Prints prints;
    collect(Json::parse(json), prints);
    REQUIRE_FALSE(prints.empty());
    for (const std::string& print : prints) {
        std::uint64_t number = 0;
        CHECK_MESSAGE(parse_fingerprint(print, number), print);
        CHECK(number != 0);
    }
    return prints;
}

/// Those in the last column of a table, which each row has.
Prints prints_of_rows(const std::string& csv) {
    const std::vector<std::string> lines = lines_of(csv);
    REQUIRE(lines.size() > 1);
    CHECK(lines.front().ends_with(",fingerprint"));
    Prints prints;
    for (std::size_t i = 1; i < lines.size(); ++i) prints.insert(lines[i].substr(lines[i].rfind(',') + 1));
    return prints;
}

bool contains_all(const std::string& text, const Prints& prints) {
    return std::ranges::all_of(prints, [&](const std::string& print) { return text.find(print) != std::string::npos; });
}

/// The texts of all parts of a workbook.
std::string unpacked_workbook(const Scratch& folder, const std::string& file) {
    return folder
        .sh("python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); "
            "[print(z.read(name).decode()) for name in z.namelist()]' " +
            file)
        .out;
}

/// The data of a page, as its script reads them.
Json data_of_page(const Scratch& folder, const std::string& file) {
    return Json::parse(folder
                           .sh("python3 -c 'import base64, gzip, re, sys; page = open(sys.argv[1]).read(); "
                               "packed = re.search(\"id=\\\"data\\\">([^<]*)<\", page).group(1); "
                               "print(gzip.decompress(base64.b64decode(packed)).decode())' " +
                               file)
                           .out);
}

}  // namespace

TEST_CASE("Every command says in every format of which trajectories its result is") {
    const Scenarios folder;
    for (const std::string& name : commands(folder.corridor("--help").out)) {
        if (kSimulatesNothing.contains(name) || kWritesFiles.contains(name)) continue;
        CAPTURE(name);
        REQUIRE_MESSAGE(kPrints.contains(name), "say above how it is run, or why it has no fingerprint");
        const auto output = [&](const std::string& format) {
            const Finished finished = folder.corridor(kPrints.at(name) + " -q --format " + format);
            REQUIRE_MESSAGE(finished.exit_code == 0, finished.err);
            return finished.out;
        };
        const Prints expected = prints_of(output("json"));
        for (const std::string& format : formats(folder.corridor(name + " --help").out)) {
            CAPTURE(format);
            const std::string text = output(format);
            if (format == "csv") {
                for (const std::string& print : prints_of_rows(text)) CHECK(expected.contains(print));
            } else {
                CHECK(contains_all(text, expected));
            }
            CHECK((format == "csv" || format == "json" || text.find("trajectories ") != std::string::npos));
        }
    }
}

TEST_CASE("Every file of a run says of which trajectories it is, but the assumptions, which are there before") {
    const Scenarios folder;
    const Finished finished = folder.corridor("run . --draws 5 --out results --format json");
    REQUIRE(finished.exit_code == 0);
    const auto result = Json::parse(finished.out);
    const Prints expected{result["fingerprint"].get<std::string>()};
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "results")) {
        const std::string name = entry.path().filename().string();
        CAPTURE(name);
        if (name == "assumptions.csv") continue;
        const std::string content =
            name == "result.xlsx" ? unpacked_workbook(folder, "results/" + name) : content_of(entry.path());
        if (name == "audit.csv") {
            CHECK(content == "subject,fingerprint\n");  // it has prices to tell of, and the scenario has none
        } else if (name.ends_with(".csv")) {
            CHECK(prints_of_rows(content) == expected);
        } else {
            CHECK(contains_all(content, expected));
        }
    }
    const auto package = Json::parse(content_of(folder.path() / "results" / "datapackage.json"));
    CHECK(package["fingerprint"] == result["fingerprint"]);
    CHECK(package["prior_fingerprint"] == result["prior_fingerprint"]);
    for (const Json& resource : package["resources"]) {
        for (const Json& field : resource["schema"]["fields"]) {
            if (field["name"].get<std::string>().ends_with("fingerprint")) CHECK(field["type"] == "string");
        }
    }
    CHECK(Json::parse(content_of(folder.path() / "results" / "network.geojson"))["fingerprint"] ==
          result["fingerprint"]);
}

TEST_CASE("A trace says of which trajectory it is: that of a run with its replication alone") {
    const Scenarios folder;
    REQUIRE(folder.corridor("run . --draws 5 --replications 3 --events trace.json").exit_code == 0);
    const auto alone = Json::parse(folder.corridor("run . --draws 5 --replications 1 --format json").out);
    CHECK(Json::parse(content_of(folder.path() / "trace.json"))["otherData"]["fingerprint"] == alone["fingerprint"]);
}

TEST_CASE("A calibrated scenario says by which trajectories it was found") {
    const Scenarios folder;
    const Finished finished =
        folder.corridor("calibrate fitted.toml --members 60 -q --out calibrated.toml --format json");
    REQUIRE(finished.exit_code == 0);
    CHECK(content_of(folder.path() / "calibrated.toml")
              .find(", trajectories " + Json::parse(finished.out)["fingerprint"].get<std::string>() + "\"\n") !=
          std::string::npos);
}

TEST_CASE("The workbook of a sweep has the fingerprint of each point") {
    const Scenarios folder;
    folder.file("study.toml",
                "scenario = \"scenario.toml\"\nreplications = 3\ndesign = { kind = \"grid\" }\n"
                "[parameter]\n\"service.feeder.departures.per_week\" = [2, 5]\n");
    REQUIRE(folder.corridor("sweep study.toml -q").exit_code == 0);
    const Prints prints = prints_of_rows(folder.corridor("export study.sqlite -q").out);
    CHECK(prints.size() == 2);
    REQUIRE(folder.corridor("export study.sqlite -q --format xlsx --out points.xlsx").exit_code == 0);
    CHECK(contains_all(unpacked_workbook(folder, "points.xlsx"), prints));
}

TEST_CASE("Every page has the fingerprint of what it shows") {
    const Scenarios folder;
    const Finished built = folder.corridor("run . --draws 5 --report run.html --format json");
    if (built.err.find("built without the page") != std::string::npos) {
        MESSAGE("skipped: corridor was built without the page");
        return;
    }
    REQUIRE(built.exit_code == 0);
    CHECK(data_of_page(folder, "run.html")["run"]["fingerprint"] == Json::parse(built.out)["fingerprint"]);
    for (const std::string name : {"options", "sensitivity", "calibrate"}) {
        CAPTURE(name);
        const Finished finished = folder.corridor(kPrints.at(name) + " -q --format json --report " + name + ".html");
        REQUIRE(finished.exit_code == 0);
        Prints prints;
        collect(data_of_page(folder, name + ".html")["result"], prints);
        CHECK(prints == prints_of(finished.out));
    }
}

}  // namespace corridor::tests
