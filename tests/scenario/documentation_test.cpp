// The documentation says what the program does.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <string>

#include "corridor/engine/measures.h"
#include "corridor/scenario/reader.h"

namespace corridor {
namespace {

std::string text_of(const std::string& file) {
    std::ifstream stream(CORRIDOR_SOURCE_DIR "/" + file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("docs/scenario.md ends with the reference that the reader's own table of keys prints") {
    const std::string page = text_of("docs/scenario.md");
    const std::string reference = scenario::key_reference();
    REQUIRE(page.size() > reference.size());
    // To renew it: replace everything from "# The keys of a scenario" on by the output of `corridor schema
    // --reference`.
    CHECK(page.substr(page.find("# The keys of a scenario")) == reference);
}

TEST_CASE("docs/scenario.md has a row for every measure, with its unit and meaning") {
    const std::string page = text_of("docs/scenario.md");
    for (const MeasureDescription& measure : measure_descriptions()) {
        const std::string row =
            fmt::format("| `{}` | {} | {} | {} |\n", measure.name, measure.unit, measure.subjects, measure.meaning);
        CHECK_MESSAGE(page.find(row) != std::string::npos, row);
    }
}

TEST_CASE("README shows the tutorial as it is") {
    CHECK(text_of("README.md").find(text_of("scenarios/tutorial/scenario.toml")) != std::string::npos);
}

}  // namespace corridor
