// The targets of libFuzzer without it: their seeds, and texts that are nearly these, the same in every run.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "corridor/base/random.h"
#include "fuzz/mutation.h"
#include "fuzz/targets.h"
#include "tools/shell.h"

namespace corridor::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(CORRIDOR_SOURCE_DIR "/" + folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<std::string> texts;
    for (const fs::path& file : files) texts.push_back(tests::content_of(file));
    return texts;
}

using Run = void (*)(std::string_view);

void check(const std::string& target, Run run, int mutations, const std::vector<std::string>& more = {}) {
    std::vector<std::string> seeds = files_in("tests/fuzz/corpus/" + target);
    seeds.insert(seeds.end(), more.begin(), more.end());
    REQUIRE(seeds.size() >= 10);
    for (const std::string& seed : seeds) {
        CAPTURE(seed);
        CHECK_NOTHROW(run(seed));
    }
    Stream stream = make_stream(1, 0, stream_key("mutation", target));
    for (int i = 0; i < mutations; ++i) {
        const std::string text = mutated(seeds, stream);
        CAPTURE(i);
        CAPTURE(text);
        CHECK_NOTHROW(run(text));
    }
}

}  // namespace

TEST_CASE("S17: A mutated scenario is a scenario that reads back, or is explained") {
    check("scenario", fuzz_scenario, 1000, files_in("scenarios/examples"));
}

TEST_CASE("S17: A mutated table is read or explained") { check("csv", fuzz_csv, 1000); }

TEST_CASE("S17: A mutated assignment is an override or explained") { check("path", fuzz_path, 1000); }

TEST_CASE("S17: A mutated study is a study or explained") { check("study", fuzz_study, 1000); }

TEST_CASE("S17: A mutated quantity or date is one that reads back, or an error inside its text") {
    check("measurement", fuzz_measurement, 10000);
}

TEST_CASE("S14, S17: A mutated store is read, repaired or refused, and never believed") {
    check("store", fuzz_store, 300);
}

TEST_CASE("A small scenario of any kind counts the same as with an event for each container") {
    const std::vector<std::string> seeds = files_in("tests/fuzz/corpus/differential");
    REQUIRE(seeds.size() >= 10);
    for (const std::string& seed : seeds) {
        CAPTURE(seed);
        CHECK_NOTHROW(CHECK(fuzz_differential(seed)));
    }
    Stream stream = make_stream(1, 0, stream_key("mutation", "differential"));
    int compared = 0;
    for (int i = 0; i < 250; ++i) {
        std::string bytes(500, ' ');
        for (char& byte : bytes) byte = static_cast<char>(stream() >> 56);
        CAPTURE(i);
        CHECK_NOTHROW(compared += fuzz_differential(bytes) ? 1 : 0);
    }
    CHECK(compared > 15);
}

}  // namespace corridor::fuzz
