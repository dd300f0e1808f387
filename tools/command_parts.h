// What the command lines of several commands have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "options.h"

namespace corridor::tools {

inline constexpr std::uint64_t kMostReplications = 1'000'000;

/// What CLI11 is to throw for a value that is wrong.
CLI::ValidationError refusal(const std::string& option, const std::string& problem);

/// A share of more than 0 and less than 1, as in "1%" or "0.01"; refuses anything else.
double share(const std::string& option, const std::string& text);

/// A command with its examples, one a line.
CLI::App& add_command(CLI::App& app, Options& options, const std::string& name, Command command,
                      const std::string& what, const std::string& examples);

/// An option that takes a whole number.
void add_whole(CLI::App& app, const std::string& option, std::uint64_t least, std::uint64_t most,
               const std::function<void(std::uint64_t)>& take, const std::string& help);

template <class Target>
void add_whole(CLI::App& app, const std::string& option, std::uint64_t least, std::uint64_t most, Target& target,
               const std::string& help) {
    const auto take = [&target](std::uint64_t number) { target = static_cast<Target>(number); };
    add_whole(app, option, least, most, std::function<void(std::uint64_t)>(take), help);
}

/// An option that may be given more than once, with one value each time.
CLI::Option* add_repeated(CLI::App& app, const std::string& option, const std::string& type,
                          std::vector<std::string>& target, const std::string& help);

void add_scenario(CLI::App& app, Options& options);
void add_verbosity(CLI::App& app, Options& options);
void add_format(CLI::App& app, Options& options, std::vector<std::string_view> allowed);
void add_language(CLI::App& app, Options& options);
/// --report and --lang.
void add_page(CLI::App& app, Options& options);
/// --max-time.
void add_time_limit(CLI::App& app, Options& options);
/// --max-containers.
void add_size_limit(CLI::App& app, Options& options);
void add_threads(CLI::App& app, Options& options);
void add_seed_and_threads(CLI::App& app, Options& options);
void add_replications(CLI::App& app, Options& options);

// The commands by theme.
void add_scenario_commands(CLI::App& app, Options& options);  ///< what is asked of one scenario
void add_study_commands(CLI::App& app, Options& options);     ///< what takes many points of a scenario
void add_sweep_commands(CLI::App& app, Options& options);     ///< sweeps and their stores

}  // namespace corridor::tools
