// A scenario as one text.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "scenario/test_folder.h"

namespace corridor::scenario {
namespace {

namespace files = std::filesystem;

TEST_CASE("Every scenario and every exact case is the same again when it is read from its flat text") {
    std::vector<files::path> found;
    for (const std::string folder : {"/scenarios", "/scenarios/verification", "/tests/bench"}) {
        for (const auto& entry : files::recursive_directory_iterator(CORRIDOR_SOURCE_DIR + folder)) {
            if (entry.path().extension() == ".toml") found.push_back(entry.path());
        }
    }
    std::size_t read = 0;
    for (const files::path& path : found) {
        const auto scenario = read_scenario(path.string());
        if (!scenario.ok()) continue;  // studies, and overlays of no scenario
        CAPTURE(path);
        const auto again = parse_scenario(flat_text(scenario.value()));
        REQUIRE_MESSAGE(again.ok(), render(again.diagnostics()));
        CHECK(again.value().hash == scenario.value().hash);
        CHECK(again.value().quantities.size() == scenario.value().quantities.size());
        ++read;
    }
    CHECK(read > 100);
}

TEST_CASE("A flat text holds what it extends, its tables, its overrides, and any text there may be") {
    TestFolder folder("flat");
    folder.write("base.toml", kTwoPorts);
    folder.write("scenario.toml", "extends = \"base.toml\"\ntitle = \"</script> \\\"quoted\\\" \\\\ 果园 \\u2028\"\n");
    const auto scenario = folder.read("scenario.toml", {{"run.replications=7"}});
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const std::string text = flat_text(scenario.value());
    CHECK(text.find("extends") == std::string::npos);
    const auto again = parse_scenario(text);
    REQUIRE_MESSAGE(again.ok(), render(again.diagnostics()));
    CHECK(again.value().title == scenario.value().title);
    CHECK(again.value().replications == 7);
    CHECK(again.value().hash == scenario.value().hash);
}

}  // namespace
}  // namespace corridor::scenario
