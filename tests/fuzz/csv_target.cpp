#include <string>

#include "corridor/scenario/study_file.h"
#include "fuzz/explained.h"
#include "fuzz/targets.h"
#include "scenario/test_folder.h"

namespace corridor::fuzz {
namespace {

constexpr std::string_view kList = "scenario = \"scenario.toml\"\ndesign = { kind = \"list\", file = \"table.csv\" }\n";

/// The two ports with "table.csv" for a table.
std::string naming(std::string_view table) {
    using scenario::changed;
    if (table == "timetable") return changed("per_week = { use = \"sailings\" }", "timetable = \"table.csv\"");
    if (table == "releases") return changed("rate = { use = \"boxes\" }", "releases = \"table.csv\"");
    const std::string_view root = table == "sources" ? "" : "tables.";
    return fmt::format("{}{} = \"table.csv\"\n{}", root, table, scenario::kTwoPorts);
}

}  // namespace

void fuzz_csv(std::string_view text) {
    static scenario::TestFolder folder("fuzz-csv");
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view table = text.substr(0, end);
    folder.write("table.csv", text.substr(std::min(end + 1, text.size())));
    if (table == "list") {
        folder.write("study.toml", kList);
        check_explained(scenario::read_study((folder.path() / "study.toml").string()));
        return;
    }
    const auto result = scenario::parse_scenario(naming(table), "scenario.toml", {}, folder.path().string());
    check_explained(result);
    check_read_back(result);
}

}  // namespace corridor::fuzz
