#include <filesystem>

#include "fuzz/explained.h"
#include "fuzz/targets.h"
#include "scenario/test_folder.h"

namespace corridor::fuzz {
namespace {

const std::filesystem::path& folder_with_base() {
    static scenario::TestFolder place("fuzz-scenario");
    static const scenario::TestFolder& filled = place.write("base.toml", scenario::kTwoPorts);
    return filled.path();
}

}  // namespace

void fuzz_scenario(std::string_view text) {
    const auto result = scenario::parse_scenario(std::string(text), "scenario.toml", {}, folder_with_base().string());
    check_explained(result);
    check_read_back(result);
}

}  // namespace corridor::fuzz
