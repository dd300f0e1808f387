#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <thread>

#include "command_parts.h"
#include "corridor/base/text.h"
#include "corridor/version.h"
#include "exit_code.h"
#include "options.h"

namespace corridor::tools {
namespace {

class CommandLine {
  public:
    CommandLine() : app_("Simulates the flow of containers through a freight corridor.", "corridor") {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", fmt::format("corridor {}", kVersion));
        app_.footer(
            "corridor COMMAND --help explains a command.\n"
            "Exit codes: 0 fine, 1 a --require or verify failed, 2 bad scenario or usage, 3 disk, permissions,\n"
            "memory or time, 4 a defect of corridor, 130 interrupted.");
        options_.threads = std::max(1U, std::thread::hardware_concurrency());
        add_scenario_commands(app_, options_);
        add_study_commands(app_, options_);
        add_sweep_commands(app_, options_);
        add_command(app_, options_, "version", Command::version, "Print the version", "corridor version");
    }

    std::variant<Options, Farewell> parse(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::Success& request) {
            return Farewell{.exit_code = kFine, .text = text_of(request)};
        } catch (const CLI::ParseError& mistake) {
            return Farewell{.exit_code = kBadInput, .text = explain(mistake)};
        }
        return options_;
    }

  private:
    std::string text_of(const CLI::Success& request) const {
        const std::string what = request.what();
        if (dynamic_cast<const CLI::CallForHelp*>(&request) == nullptr) return what + '\n';
        const auto chosen = app_.get_subcommands();
        return chosen.empty() ? app_.help() : chosen.front()->help("corridor");
    }

    std::string explain(const CLI::ParseError& mistake) const {
        const auto chosen = app_.get_subcommands();
        const std::vector<std::string> rest = app_.remaining(true);
        if (dynamic_cast<const CLI::ExtrasError*>(&mistake) != nullptr && !rest.empty()) {
            return chosen.empty() ? unknown_command(rest.front()) : unexpected(*chosen.front(), rest.front());
        }
        if (chosen.empty()) {
            return rest.empty() ? "a command is needed; try corridor --help" : unknown_command(rest.front());
        }
        return fmt::format("{}; try corridor {} --help", problem_of(mistake), chosen.front()->get_name());
    }

    // CLI11 counts where a user thinks of a value that is missing or given twice.
    static std::string problem_of(const CLI::ParseError& mistake) {
        std::string what = mistake.what();
        if (dynamic_cast<const CLI::ArgumentMismatch*>(&mistake) == nullptr) return what;
        const std::string option = what.substr(0, what.find(':'));
        const bool is_missing = what.ends_with("missing");
        return is_missing ? fmt::format("{} needs a value", option) : fmt::format("{} is given more than once", option);
    }

    std::string unknown_command(const std::string& word) const {
        std::vector<std::string> names;
        for (const CLI::App* sub : app_.get_subcommands({})) names.push_back(sub->get_name());
        if (word.starts_with('-')) return fmt::format("unknown option '{}'; try corridor --help", word);
        const std::string_view best = nearest(word, {names.begin(), names.end()});
        const std::string hint = best.empty() ? fmt::format("commands are {}", fmt::join(names, ", "))
                                              : fmt::format("did you mean '{}'?", best);
        return fmt::format("unknown command '{}'; {}", word, hint);
    }

    static std::string unexpected(const CLI::App& sub, const std::string& word) {
        if (!word.starts_with('-')) return fmt::format("unexpected argument '{}'", word);
        std::vector<std::string> names;
        for (const CLI::Option* option : sub.get_options()) {
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        }
        const std::string given = word.substr(0, word.find('='));
        const std::string_view best = nearest(given, {names.begin(), names.end()});
        const std::string hint = best.empty() ? fmt::format("try corridor {} --help", sub.get_name())
                                              : fmt::format("did you mean '{}'?", best);
        return fmt::format("unknown option '{}'; {}", given, hint);
    }

    Options options_;
    CLI::App app_;
};

}  // namespace

std::variant<Options, Farewell> parse_command_line(int argc, const char* const* argv) {
    return CommandLine().parse(argc, argv);
}

}  // namespace corridor::tools
