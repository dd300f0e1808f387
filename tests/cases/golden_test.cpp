// The scenarios of the repository give the results that are kept beside them, and the trajectories whose fingerprints
// are in fingerprints.txt. With CORRIDOR_RENEW=1 in the environment the files are written anew instead.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "corridor/base/diagnostic.h"
#include "corridor/base/hash.h"
#include "corridor/engine/measures.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/fingerprint.h"
#include "corridor/study/study.h"
#include "corridor/version.h"
#include "replaced.h"
#include "tools/shell.h"

namespace corridor::tests {
namespace {

const std::string kSource = CORRIDOR_SOURCE_DIR;

std::string result_of(const std::string& arguments) {
    const Scratch scratch;
    const Finished finished = scratch.sh("cd '" + kSource + "' && \"$CORRIDOR\" " + arguments);
    INFO(finished.err);
    REQUIRE(finished.exit_code == 0);
    return finished.out;
}

// What a planner looks at first: volumes and costs of whole services, demands and terminals; what happens at locks, in
// low water and on links at all of their directions; what disruptions cost.
bool is_main(const std::string& name, const std::string& subject) {
    static const std::set<std::string> of_wholes{"name",
                                                 "containers_boarded",
                                                 "departures_run",
                                                 "departures_cancelled",
                                                 "containers_delivered",
                                                 "containers_by_road",
                                                 "door_to_door_time_mean",
                                                 "lifts",
                                                 "cost",
                                                 "cost_of_lifts",
                                                 "cost_of_storage",
                                                 "running_cost",
                                                 "tariff_income",
                                                 "tonne_km",
                                                 "emissions",
                                                 "emissions_wtt"};
    static const std::set<std::string> of_parts{
        "lock_wait_mean",     "lock_utilisation",  "vessels_per_lockage", "link_wait_mean", "depth_wait_mean",
        "depth_payload_mean", "depth_bound_share", "throughput_lost",     "backlog_most",   "time_to_recover_mean"};
    const bool is_whole = subject.find('.') == subject.rfind('.');
    return (is_whole && of_wholes.contains(name)) || of_parts.contains(name);
}

// Without the fingerprint, which the comparison has: what a change shows are the measures that it moves.
std::string main_measures(const std::string& csv) {
    std::istringstream lines(csv);
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
        const std::string name = line.substr(0, line.find(','));
        const std::string rest = line.substr(name.size() + 1);
        const std::string subject = rest.substr(0, rest.find(','));
        if (is_main(name, subject)) kept += line.substr(0, line.rfind(',')) + '\n';
    }
    return kept;
}

const std::string kHowToRenew =
    "If this was meant, CORRIDOR_RENEW=1 ctest --preset release -R cases/golden writes what is kept anew. Look at the "
    "diff; raise kResultsRevision in tools/cmake/version.h.in if a scenario that did not change gives other numbers; "
    "say why in a new line of tests/cases/results.txt.";

void renew_if_asked(const std::filesystem::path& path, const std::string& result) {
    const char* const renew = std::getenv("CORRIDOR_RENEW");
    if (renew == nullptr || std::string{renew} != "1") return;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << result;
}

void compare_with(const std::string& file, const std::string& result) {
    const std::filesystem::path path = kSource + "/scenarios/" + file;
    renew_if_asked(path, result);
    INFO("not what is kept in scenarios/", file, ". ", kHowToRenew);
    CHECK(result == content_of(path));
}

const std::filesystem::path kFingerprints = kSource + "/tests/cases/fingerprints.txt";

// Every scenario of the repository, by its place in the folder of scenarios.
std::set<std::string> scenario_files() {
    std::set<std::string> files;
    const std::filesystem::path folder = kSource + "/scenarios";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::filesystem::path& file = entry.path();
        if (file.extension() == ".toml" && file.filename() != "study.toml") {
            files.insert(file.lexically_relative(folder).generic_string());
        }
    }
    return files;
}

// Of two replications at its seed: what `corridor run FILE --replications 2 --format json` has as "fingerprint".
std::string fingerprint_of(const std::string& file) {
    const auto scenario = scenario::read_scenario(kSource + "/scenarios/" + file);
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    const StudyResult result = run_study(model.value(), measure_catalog(model.value()), {},
                                         {.seed = scenario.value().seed, .replications = 2});
    REQUIRE_MESSAGE(result.status.state == RunState::complete, result.status.reason);
    return fingerprint_text(result.fingerprint);
}

// By scenario.
std::map<std::string, std::string> kept_fingerprints() {
    std::istringstream lines(content_of(kFingerprints));
    std::map<std::string, std::string> kept;
    std::string fingerprint;
    for (std::string file; lines >> fingerprint >> file;) kept[file] = fingerprint;
    return kept;
}

TEST_CASE("The tutorial gives the whole result that is kept with it") {
    const std::string json = result_of("run scenarios/tutorial --replications 3 --draws 10 --format json");
    compare_with("tutorial/expected/result.json",
                 replaced(json, std::string{"\"version\": \""} + kVersion, "\"version\": \"*"));
}

// The comparison, and the main measures of two replications.
void compare_corridor(const std::string& name) {
    const std::string size = " scenarios/" + name + " --replications 2 --draws 20 --format csv";
    compare_with(name + "/expected/comparison.csv", result_of("compare" + size));
    const std::string measures = main_measures(result_of("run" + size));
    CHECK(measures.size() > 1000);
    compare_with(name + "/expected/measures.csv", measures);
}

TEST_CASE("The upper Yangtze gives the comparison and the main measures that are kept with it") {
    compare_corridor("upper-yangtze-2020h1");
}

TEST_CASE("Three Gorges gives the comparison and the main measures that are kept with it") {
    compare_corridor("three-gorges-2020");
}

TEST_CASE("The Rhine gives the comparison and the main measures that are kept with it") {
    compare_corridor("rhine-2018");
}

TEST_CASE("Every scenario of the repository has the trajectories whose fingerprints are kept") {
    std::map<std::string, std::string> found;
    std::string lines;
    for (const std::string& file : scenario_files()) {
        CAPTURE(file);
        found[file] = fingerprint_of(file);
        lines += found[file] + ' ' + file + '\n';
    }
    renew_if_asked(kFingerprints, lines);
    const std::map<std::string, std::string> kept = kept_fingerprints();
    for (const auto& entry : found) {
        INFO(entry.first, " has other trajectories than those kept in tests/cases/fingerprints.txt, or none there. ",
             kHowToRenew);
        const auto place = kept.find(entry.first);
        CHECK((place == kept.end() ? "" : place->second) == entry.second);
    }
    INFO("tests/cases/fingerprints.txt has scenarios that are gone. ", kHowToRenew);
    CHECK(kept.size() == found.size());
}

TEST_CASE("A fingerprint that is kept is what the command prints for the same replications") {
    const std::string file = "examples/lock.toml";
    const std::string json = result_of("run scenarios/" + file + " --replications 2 --draws 1 --format json");
    CHECK(json.find("\"fingerprint\": \"" + kept_fingerprints().at(file) + '"') != std::string::npos);
}

TEST_CASE("What is kept is that of the revision of results, and each revision has its reason") {
    std::set<std::filesystem::path> files{kFingerprints};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource + "/scenarios")) {
        if (entry.path().parent_path().filename() == "expected") files.insert(entry.path());
    }
    REQUIRE(files.size() == 8);
    std::uint64_t fingerprint = kHashOfNothing;
    for (const std::filesystem::path& file : files) fingerprint = fnv1a(content_of(file), fingerprint);
    std::istringstream lines(content_of(kSource + "/tests/cases/results.txt"));
    std::string last;
    for (std::string line; std::getline(lines, line);) last = line;
    const std::string expected = fmt::format("{} {:016x} ", kResultsRevision, fingerprint);
    INFO("the last line of tests/cases/results.txt has to begin with '", expected, "' and say what changed and why. ",
         kHowToRenew);
    CHECK(last.starts_with(expected));
}

TEST_CASE("The variants beside the scenarios are sound") {
    for (const char* const file : {"three-gorges-2020/maintenance.toml", "rhine-2018/rastatt.toml"}) {
        CHECK(result_of(std::string{"check scenarios/"} + file + " --format csv").size() > 100);
    }
}

}  // namespace
}  // namespace corridor::tests
