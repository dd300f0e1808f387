#include "output_target.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <system_error>

#include "exit_code.h"

namespace corridor::tools {

int check_targets(const std::vector<OutputTarget>& targets, const Console& console) {
    namespace fs = std::filesystem;
    std::map<fs::path, std::string> known;
    for (const OutputTarget& target : targets) {
        if (fs::path(target.file).extension() == ".toml") {
            console.error(fmt::format("{}: '{}' is the name of a scenario or a study; give the results another",
                                      target.option, target.file));
            return kBadInput;
        }
        std::error_code failure;
        const fs::path place = fs::weakly_canonical(fs::absolute(target.file), failure);
        const auto [other, is_first] = known.emplace(failure ? fs::path(target.file) : place, target.option);
        if (is_first) continue;
        console.error(fmt::format("{} and {} both write '{}'; give one of them another name", other->second,
                                  target.option, target.file));
        return kBadInput;
    }
    return kFine;
}

}  // namespace corridor::tools
