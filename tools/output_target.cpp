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

// Where its links lead.
fs::path place_of(const std::string& file) {
    std::error_code failure;
    const fs::path place = fs::weakly_canonical(fs::absolute(file), failure);
    return failure ? fs::path(file) : place;
}

// Under whatever names.
bool is_same(const std::string& a, const std::string& b) {
    std::error_code ignored;
    return fs::equivalent(a, b, ignored) || place_of(a) == place_of(b);
}

}  // namespace

std::vector<std::string> files_of_store(const std::string& store) {
    return {store, store + "-wal", store + "-shm", store + "-journal", store + "-lock"};
}

int check_targets(const std::vector<OutputTarget>& targets, const std::vector<std::string>& inputs,
                  const Console& console) {
    std::map<fs::path, std::string> known;
    for (const OutputTarget& target : targets) {
        if (is_scenario(target.file)) {
            console.error(fmt::format("{}: '{}' is the name of a scenario or a study; give the results another",
                                      target.option, target.file));
            return kBadInput;
        }
        if (std::ranges::any_of(inputs, [&](const std::string& input) { return is_same(target.file, input); })) {
            console.error(fmt::format("{}: '{}' belongs to what is read; give the results another name", target.option,
                                      target.file));
            return kBadInput;
        }
        const auto [other, is_first] = known.emplace(place_of(target.file), target.option);
        if (is_first) continue;
        console.error(fmt::format("{} and {} both write '{}'; give one of them another name", other->second,
                                  target.option, target.file));
        return kBadInput;
    }
    return kFine;
}

}  // namespace corridor::tools
