// The scenarios of the repository give the results that are kept beside them. With CORRIDOR_RENEW=1 in the environment
// the files are written anew instead.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "corridor/base/hash.h"
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

void compare_with(const std::string& file, const std::string& result) {
    const std::filesystem::path path = kSource + "/scenarios/" + file;
    const char* const renew = std::getenv("CORRIDOR_RENEW");
    if (renew != nullptr && std::string{renew} == "1") {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << result;
    }
    INFO("expected in scenarios/", file, "; CORRIDOR_RENEW=1 writes it anew");
    CHECK(result == content_of(path));
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

TEST_CASE("What is kept is that of the revision of results, and each revision has its reason") {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource + "/scenarios")) {
        if (entry.path().parent_path().filename() == "expected") files.insert(entry.path());
    }
    REQUIRE(files.size() == 7);
    std::uint64_t fingerprint = kHashOfNothing;
    for (const std::filesystem::path& file : files) fingerprint = fnv1a(content_of(file), fingerprint);
    std::istringstream lines(content_of(kSource + "/tests/cases/results.txt"));
    std::string last;
    for (std::string line; std::getline(lines, line);) last = line;
    INFO(
        "after a change of results raise kResultsRevision in tools/cmake/version.h.in, and add a line with the reason");
    CHECK(last.starts_with(fmt::format("{} {:016x} ", kResultsRevision, fingerprint)));
}

TEST_CASE("The variants beside the scenarios are sound") {
    for (const char* const file : {"three-gorges-2020/maintenance.toml", "rhine-2018/rastatt.toml"}) {
        CHECK(result_of(std::string{"check scenarios/"} + file + " --format csv").size() > 100);
    }
}

}  // namespace
}  // namespace corridor::tests
