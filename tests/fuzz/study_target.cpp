#include "corridor/scenario/study_file.h"
#include "fuzz/explained.h"
#include "fuzz/targets.h"
#include "scenario/test_folder.h"

namespace corridor::fuzz {
namespace {

scenario::TestFolder& folder_with_points() {
    static scenario::TestFolder place("fuzz-study");
    static scenario::TestFolder& filled =
        place.write("points.csv", "terminal.a.quay_cranes.count,run.seed\n1,2\n3,4\n");
    return filled;
}

}  // namespace

void fuzz_study(std::string_view text) {
    folder_with_points().write("study.toml", text);
    check_explained(scenario::read_study((folder_with_points().path() / "study.toml").string()));
}

}  // namespace corridor::fuzz
