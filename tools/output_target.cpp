#include "output_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <system_error>

#include "exit_code.h"

namespace corridor::tools {
namespace {

namespace fs = std::filesystem;

bool is_scenario(const std::string& file) {
    std::string extension = fs::path(file).extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
    return extension == ".toml";
}

}  // namespace

std::vector<OutputTarget> targets_of_store(const std::string& option, const std::string& store) {
    std::vector<OutputTarget> targets;
    for (const char* const suffix : {"", "-wal", "-shm", "-journal", "-lock"})
        targets.push_back({option, store + suffix});
    return targets;
}

int check_targets(const std::vector<OutputTarget>& targets, const std::string& input, const Console& console) {
    std::map<fs::path, std::string> known;
    for (const OutputTarget& target : targets) {
        std::error_code failure;
        if (is_scenario(target.file) || fs::equivalent(target.file, input, failure)) {
            console.error(fmt::format("{}: '{}' is the name of a scenario or a study; give the results another",
                                      target.option, target.file));
            return kBadInput;
        }
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
