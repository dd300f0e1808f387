// tests/failures.md and SECURITY.md name tests that are there.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <string>

#include "tools/shell.h"

namespace corridor::tests {

TEST_CASE("Every test that the tables of failures and of promises name is in the file that they name") {
    const std::filesystem::path folder = CORRIDOR_SOURCE_DIR "/tests";
    const std::string table = content_of(folder / "failures.md") + content_of(CORRIDOR_SOURCE_DIR "/SECURITY.md");
    const std::regex reference("`([A-Za-z0-9_./]+): \"([^\"`]+)\"`");
    std::size_t references = 0;
    for (auto found = std::sregex_iterator(table.begin(), table.end(), reference); found != std::sregex_iterator();
         ++found, ++references) {
        const std::string file = (*found)[1];
        const std::string name = (*found)[2];
        CAPTURE(file);
        CAPTURE(name);
        CHECK(content_of(folder / file).find(name) != std::string::npos);
    }
    CHECK(references > 250);
}

}  // namespace corridor::tests
