#include <fmt/format.h>

#include <string_view>

#include "options.h"

namespace corridor::tools {
namespace {

std::string_view name_of(Command command) {
    switch (command) {
        case Command::run:
            return "run";
        case Command::compare:
            return "compare";
        case Command::check:
            return "check";
        case Command::capacity:
            return "capacity";
        case Command::options:
            return "options";
        case Command::sensitivity:
            return "sensitivity";
        case Command::calibrate:
            return "calibrate";
        case Command::sweep:
            return "sweep";
        case Command::export_store:
            return "export";
        case Command::merge:
            return "merge";
        case Command::optimise:
            return "optimise";
        case Command::serve:
            return "serve";
        case Command::assumptions:
            return "assumptions";
        case Command::show:
            return "show";
        case Command::schema:
            return "schema";
        case Command::verify:
            return "verify";
        case Command::version:
            return "version";
    }
    return "";
}

}  // namespace

std::string shell_quoted(const std::string& word) {
    constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+%@";
    if (!word.empty() && word.find_first_not_of(kSafe) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return quoted + "'";
}

std::string command_text(const Options& options) {
    std::string line = fmt::format("corridor {} {}", name_of(options.command), shell_quoted(options.scenario));
    for (const std::string& assignment : options.overrides) line += " --set " + shell_quoted(assignment);
    return line;
}

}  // namespace corridor::tools
