#include "command_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/page.h"

namespace corridor::tools {
namespace {

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = failure == std::errc{} && end == text.data() + text.size();
    if (is_whole && value >= least && value <= most) return value;
    throw refusal(option, fmt::format("must be a whole number from {} to {}, got '{}'", least, most, text));
}

const std::map<std::string, Format>& formats() {
    static const std::map<std::string, Format> all{
        {"table", Format::table}, {"json", Format::json},       {"csv", Format::csv},  {"text", Format::text},
        {"dot", Format::dot},     {"geojson", Format::geojson}, {"xlsx", Format::xlsx}};
    return all;
}

}  // namespace

CLI::ValidationError refusal(const std::string& option, const std::string& problem) {
    return CLI::ValidationError(option, problem);
}

double share(const std::string& option, const std::string& text) {
    Measurement parsed;
    UnitError fault;
    if (!parse_measurement(text, parsed, fault) || parsed.dimension != kNumber) {
        throw refusal(option, fmt::format("must be a share such as 1% or 0.01, got '{}'", text));
    }
    if (parsed.value > 0 && parsed.value < 1) return parsed.value;
    const bool is_percentage = parsed.value >= 1 && parsed.value < 100 && !text.ends_with('%');
    const std::string hint = is_percentage ? fmt::format(" (did you mean {}%?)", text) : "";
    throw refusal(option, fmt::format("must lie between 0% and 100%, got '{}'{}", text, hint));
}

CLI::App& add_command(CLI::App& app, Options& options, const std::string& name, Command command,
                      const std::string& what, const std::string& examples) {
    CLI::App& sub = *app.add_subcommand(name, what);
    sub.callback([&options, command] { options.command = command; });
    sub.footer("Examples:\n  " + examples + "\n");
    return sub;
}

void add_whole(CLI::App& app, const std::string& option, std::uint64_t least, std::uint64_t most,
               const std::function<void(std::uint64_t)>& take, const std::string& help) {
    const auto read = [option, least, most, take](const std::string& text) {
        take(whole_number(option, text, least, most));
    };
    app.add_option_function<std::string>(option, read, help)->type_name("N");
}

CLI::Option* add_repeated(CLI::App& app, const std::string& option, const std::string& type,
                          std::vector<std::string>& target, const std::string& help) {
    return app.add_option(option, target, help)
        ->type_name(type)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_scenario(CLI::App& app, Options& options) {
    app.add_option("scenario", options.scenario,
                   "Folder with a scenario.toml, a scenario file, or - for standard input")
        ->required()
        ->type_name("SCENARIO");
    add_repeated(app, "--set", "PATH=VALUE", options.overrides,
                 "Replace one value, as in --set service.feeder.departures.per_week=5; may be repeated");
}

void add_verbosity(CLI::App& app, Options& options) {
    CLI::Option* const quiet = app.add_flag_callback(
        "-q,--quiet", [&] { options.verbosity = Verbosity::quiet; }, "Errors only, no progress");
    app.add_flag_callback(
           "-v,--verbose", [&] { options.verbosity = Verbosity::verbose; }, "Say what is being done")
        ->excludes(quiet);
}

void add_format(CLI::App& app, Options& options, std::vector<std::string_view> allowed) {
    options.format = Format::table;
    const std::string choice = fmt::format("{}", fmt::join(allowed, ", "));
    const auto take = [&options, allowed = std::move(allowed), choice](const std::string& name) {
        if (std::ranges::find(allowed, name) == allowed.end()) {
            const std::string_view best = nearest(name, allowed);
            const std::string hint = best.empty() ? "" : fmt::format(" (did you mean '{}'?)", best);
            throw refusal("--format", fmt::format("must be one of {}, got '{}'{}", choice, name, hint));
        }
        options.format = formats().at(name);
    };
    app.add_option_function<std::string>("--format", take, "One of " + choice)->type_name("FORMAT");
}

void add_page(CLI::App& app, Options& options) {
    app.add_option("--report", options.page, "Write the report to send on: one HTML file that needs nothing else")
        ->type_name("FILE");
    add_language(app, options);
}

void add_language(CLI::App& app, Options& options) {
    app.add_option("--lang", options.language, "Language of the report: en or zh")
        ->check(CLI::IsMember(std::vector<std::string>(std::begin(kPageLanguages), std::end(kPageLanguages))))
        ->type_name("LANGUAGE");
}

void add_time_limit(CLI::App& app, Options& options) {
    constexpr double kMost = 24 * 366;
    const auto take = [&options](const std::string& text) {
        Measurement parsed;
        UnitError fault;
        const bool is_time = parse_measurement(text, parsed, fault) && parsed.dimension == kDuration;
        if (!is_time || !(parsed.value > 0) || parsed.value > kMost) {
            throw refusal("--max-time",
                          fmt::format("must be a time of at most 366 d with its unit, as in '10 min', got '{}'", text));
        }
        options.most_time = parsed.value;
    };
    app.add_option_function<std::string>("--max-time", take,
                                         "Stop after so much time, as in '10 min' (default: no limit)")
        ->type_name("TIME");
}

void add_size_limit(CLI::App& app, Options& options) {
    constexpr std::uint64_t kMostContainers = 500'000'000;
    const auto take = [&options](std::uint64_t most) { options.most_containers = static_cast<double>(most); };
    add_whole(app, "--max-containers", 1, kMostContainers, std::function<void(std::uint64_t)>(take),
              "Refuse what has more containers and background moves in a replication at its stated values\n"
              "(default: 500000000)");
}

void add_threads(CLI::App& app, Options& options) {
    constexpr std::uint64_t kMostThreads = 1024;
    add_whole(app, "--threads", 1, kMostThreads, options.threads,
              "Threads (default: one per core); they do not change the results");
}

void add_seed_and_threads(CLI::App& app, Options& options) {
    constexpr std::uint64_t kMostSeed = ~std::uint64_t{0};
    add_whole(app, "--seed", 0, kMostSeed, options.seed, "Seed of all randomness (default: the scenario's)");
    add_threads(app, options);
    add_time_limit(app, options);
    add_size_limit(app, options);
}

void add_replications(CLI::App& app, Options& options) {
    add_seed_and_threads(app, options);
    add_whole(app, "--replications", 1, kMostReplications, options.replications,
              "Number of replications (default: the scenario's)");
}

}  // namespace corridor::tools
