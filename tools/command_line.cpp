#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <thread>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/version.h"
#include "exit_code.h"
#include "options.h"

namespace corridor::tools {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000;
constexpr std::uint64_t kMostThreads = 1024;

CLI::ValidationError refusal(const std::string& option, const std::string& problem) {
    return CLI::ValidationError(option, problem);
}

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = failure == std::errc{} && end == text.data() + text.size();
    if (is_whole && value >= least && value <= most) return value;
    throw refusal(option, fmt::format("must be a whole number from {} to {}, got '{}'", least, most, text));
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

void add_whole(CLI::App& app, const std::string& option, std::uint64_t least, std::uint64_t most,
               std::optional<std::uint64_t>& target, const std::string& help) {
    const auto take = [option, least, most, &target](const std::string& text) {
        target = whole_number(option, text, least, most);
    };
    app.add_option_function<std::string>(option, take, help)->type_name("N");
}

void add_scenario(CLI::App& app, Options& options) {
    app.add_option("scenario", options.scenario,
                   "Folder with a scenario.toml, a scenario file, or - for standard input")
        ->required()
        ->type_name("SCENARIO");
    app.add_option("--set", options.overrides,
                   "Replace one value, as in --set service.feeder.departures.per_week=5; may be repeated")
        ->type_name("PATH=VALUE")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_verbosity(CLI::App& app, Options& options) {
    CLI::Option* const quiet = app.add_flag_callback(
        "-q,--quiet", [&] { options.verbosity = Verbosity::quiet; }, "Errors only, no progress");
    app.add_flag_callback(
           "-v,--verbose", [&] { options.verbosity = Verbosity::verbose; }, "Say what is being done")
        ->excludes(quiet);
}

const std::map<std::string, Format>& formats() {
    static const std::map<std::string, Format> all{
        {"table", Format::table}, {"json", Format::json},       {"csv", Format::csv},  {"text", Format::text},
        {"dot", Format::dot},     {"geojson", Format::geojson}, {"xlsx", Format::xlsx}};
    return all;
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

// How many replications, draws and threads.
struct StudySize {
    std::optional<std::uint64_t> most_replications;
    std::optional<std::uint64_t> threads;
};

void add_replications(CLI::App& app, Options& options, StudySize& size) {
    constexpr std::uint64_t kMostSeed = ~std::uint64_t{0};
    add_whole(app, "--seed", 0, kMostSeed, options.seed, "Seed of all randomness (default: the scenario's)");
    add_whole(app, "--replications", 1, kMostReplications, options.replications,
              "Number of replications (default: the scenario's)");
    add_whole(app, "--threads", 1, kMostThreads, size.threads,
              "Threads (default: one per core); they do not change the results");
}

void add_study(CLI::App& app, Options& options, StudySize& size) {
    add_replications(app, options, size);
    app.add_option_function<std::string>(
           "--precision", [&](const std::string& text) { options.precision = share("--precision", text); },
           "Go on until the 95 % interval of every headline is within this share of its mean, as in 1%")
        ->type_name("SHARE");
    add_whole(app, "--max-replications", 1, kMostReplications, size.most_replications,
              "With --precision: stop here at the latest (default: 10000)");
    add_whole(app, "--draws", 1, kMostReplications, options.draws,
              "Draws over the ranges for the prior predictive (default: the replications, at least 200)");
}

void add_results(CLI::App& app, Options& options) {
    app.add_option(
           "--require", options.requirements,
           "Exit with 1 unless every reading of a reported figure is met, as in 'shipped within 20%', or the one "
           "that is named, as in 'shipped/READING within 20%'; 'within 500' is in the unit of the figure; may "
           "be repeated")
        ->type_name("CHECK")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--out", options.out,
                   "Write result.json, measures.csv, comparison.csv, theory.csv, audit.csv, assumptions.csv and "
                   "network.geojson here")
        ->type_name("FOLDER");
    app.add_flag("--force", options.replaces_results, "Replace the results that are in the folder");
}

class CommandLine {
  public:
    CommandLine() : app_("Simulates the flow of containers through a freight corridor.", "corridor") {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", fmt::format("corridor {}", kVersion));
        app_.footer(
            "corridor COMMAND --help explains a command.\n"
            "Exit codes: 0 fine, 1 a --require failed, 2 bad scenario or usage, 3 disk, permissions or memory,\n"
            "4 a defect of corridor, 130 interrupted.");
        add_run();
        add_compare();
        add_check();
        add_capacity();
        add_options();
        add_sensitivity();
        add_calibrate();
        add_sweep();
        add_export();
        add_merge();
        add_optimise();
        add_assumptions();
        add_show();
        add_schema();
        add_command("version", Command::version, "Print the version", "corridor version");
    }

    std::variant<Options, Farewell> parse(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::Success& request) {
            return Farewell{.exit_code = kFine, .text = text_of(request)};
        } catch (const CLI::ParseError& mistake) {
            return Farewell{.exit_code = kBadInput, .text = explain(mistake)};
        }
        options_.most_replications = size_.most_replications.value_or(options_.most_replications);
        options_.threads =
            static_cast<unsigned>(size_.threads.value_or(std::max(1U, std::thread::hardware_concurrency())));
        return options_;
    }

  private:
    CLI::App& add_command(const std::string& name, Command command, const std::string& what,
                          const std::string& examples) {
        CLI::App& sub = *app_.add_subcommand(name, what);
        sub.callback([this, command] { options_.command = command; });
        sub.footer("Examples:\n  " + examples + "\n");
        return sub;
    }

    void add_run() {
        CLI::App& sub =
            add_command("run", Command::run, "Simulate a scenario and compare it with what was reported",
                        "corridor run scenarios/upper-yangtze-2020h1\n"
                        "  corridor run scenarios/tutorial --set 'service.feeder.departures.per_week=\"7 /week\"'\n"
                        "  corridor run scenarios/tutorial --precision 1% --format json\n"
                        "  corridor run scenarios/tutorial --explain\n"
                        "  corridor run scenarios/tutorial --events timeline.json\n"
                        "  corridor run scenarios/tutorial --out results");
        add_scenario(sub, options_);
        add_study(sub, options_, size_);
        add_format(sub, options_, {"table", "json", "csv"});
        add_results(sub, options_);
        sub.add_flag("--all", options_.shows_everything, "Show every measure and every row");
        sub.add_flag("--explain", options_.explains, "Say why containers waited, by cause and place");
        sub.add_option("--events", options_.events,
                       "Write the timeline of every container and vehicle of the first replication:\n"
                       "FILE.csv, FILE.jsonl (JSON lines) or FILE.json (for trace viewers)")
            ->type_name("FILE");
        add_verbosity(sub, options_);
    }

    void add_compare() {
        CLI::App& sub = add_command("compare", Command::compare, "Simulate, and show only the comparison",
                                    "corridor compare scenarios/upper-yangtze-2020h1\n"
                                    "  corridor compare scenarios/upper-yangtze-2020h1 "
                                    "--require 'railed/outbound-teu within 20%'");
        add_scenario(sub, options_);
        add_study(sub, options_, size_);
        add_format(sub, options_, {"table", "json", "csv"});
        add_results(sub, options_);
        add_verbosity(sub, options_);
    }

    void add_check() {
        CLI::App& sub = add_command("check", Command::check, "Look for mistakes and bottlenecks without simulating",
                                    "corridor check scenarios/upper-yangtze-2020h1\n"
                                    "  corridor check scenarios/tutorial --set service.feeder.departures.per_week=1");
        add_scenario(sub, options_);
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_flag("--all", options_.shows_everything, "Show every row");
        add_verbosity(sub, options_);
    }

    void add_capacity() {
        CLI::App& sub = add_command(
            "capacity", Command::capacity, "Find by how much all demand can grow before queues grow without end",
            "corridor capacity scenarios/tutorial\n"
            "  corridor capacity scenarios/tutorial --set service.feeder.departures.per_week=7");
        add_scenario(sub, options_);
        add_replications(sub, options_, size_);
        add_format(sub, options_, {"table", "json", "csv"});
        add_verbosity(sub, options_);
    }

    void add_options() {
        CLI::App& sub = add_command(
            "options", Command::options, "Compare options with a do-minimum, replication by replication",
            "corridor options scenarios/tutorial 'daily: service.feeder.departures.per_week=7'\n"
            "  corridor options scenarios/tutorial daily.toml larger-barges.toml --growth 2025=1.2 --growth 2030=1.5\n"
            "  corridor options scenarios/tutorial 'two cranes: terminal.port.quay_cranes.count=2' --format csv");
        add_scenario(sub, options_);
        sub.add_option("options", options_.variants,
                       "Each a scenario, which as a rule extends SCENARIO, or settings over it:\n"
                       "'NAME: PATH=VALUE; PATH=VALUE'")
            ->required()
            ->type_name("OPTION...");
        add_replications(sub, options_, size_);
        add_growth(sub);
        sub.add_option_function<std::string>(
               "--difference", [this](const std::string& text) { options_.difference = share("--difference", text); },
               "Tell how many replications show a difference of this share of the do-minimum (default: 1%)")
            ->type_name("SHARE");
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_flag("--all", options_.shows_everything, "Show every measure that differs");
        add_verbosity(sub, options_);
    }

    void add_growth(CLI::App& sub) {
        const auto take = [this](const std::vector<std::string>& texts) {
            options_.growths.clear();
            for (const std::string& text : texts) options_.growths.push_back(growth_of(text));
        };
        sub.add_option_function<std::vector<std::string>>(
               "--growth", take, "A year to look at, with all demand times a factor, as in 2030=1.5; may be repeated")
            ->type_name("YEAR=FACTOR")
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }

    static Growth growth_of(const std::string& text) {
        constexpr double kLeast = 0.01;
        constexpr double kMost = 100;
        const std::size_t equals = text.find('=');
        const std::string factor = equals == std::string::npos ? text : text.substr(equals + 1);
        Measurement parsed;
        UnitError fault;
        const bool is_number = parse_measurement(factor, parsed, fault) && parsed.dimension == kNumber;
        if (is_number && parsed.value >= kLeast && parsed.value <= kMost) {
            return {.name = equals == std::string::npos ? "" : text.substr(0, equals), .factor = parsed.value};
        }
        throw refusal("--growth", fmt::format("must be a year and a factor from {} to {}, as in 2030=1.5, got '{}'",
                                              kLeast, kMost, text));
    }

    void add_sensitivity() {
        constexpr std::uint64_t kMostRows = 1'000'000;
        CLI::App& sub = add_command("sensitivity", Command::sensitivity,
                                    "Tell which range moves which result, and how much is chance",
                                    "corridor sensitivity scenarios/upper-yangtze-2020h1\n"
                                    "  corridor sensitivity scenarios/upper-yangtze-2020h1 --rows 1024 --format csv");
        add_scenario(sub, options_);
        add_whole(sub, "--rows", 16, kMostRows, options_.rows,
                  "Rows behind the Sobol indices (default: 256); each takes a run for each input, and three");
        add_whole(sub, "--trajectories", 2, kMostRows, options_.trajectories,
                  "Trajectories of the screening (default: 10); each takes a run for each range, and one");
        add_whole(sub, "--inputs", 1, 1000, options_.inputs,
                  "Inputs that have indices of their own, the others one together (default: 10)");
        add_seed_and_threads(sub);
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_flag("--all", options_.shows_everything, "Show every output and every range");
        add_verbosity(sub, options_);
    }

    void add_calibrate() {
        CLI::App& sub = add_command(
            "calibrate", Command::calibrate,
            "Find the values within the ranges that agree with the figures to calibrate on",
            "corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml\n"
            "  corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml --leave-one-out --format json\n"
            "  corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml \\\n"
            "      --out scenarios/upper-yangtze-2020h1/calibrated.toml");
        add_scenario(sub, options_);
        add_whole(sub, "--members", 20, 100'000, options_.members,
                  "Members of the ensemble (default: 200, or twice the ranges); each takes a run, and one for each "
                  "assimilation");
        add_whole(sub, "--assimilations", 1, 100, options_.assimilations,
                  "Steps in which the members move towards the figures (default: 4)");
        sub.add_flag("--leave-one-out", options_.leaves_one_out,
                     "Also predict each figure from the others that are calibrated on");
        add_seed_and_threads(sub);
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_option("--out", options_.out,
                       "Write a scenario that extends SCENARIO with the calibrated ranges, in its folder or above")
            ->type_name("FILE");
        sub.add_flag("--force", options_.replaces_results, "Replace the file if it is there");
        sub.add_flag("--all", options_.shows_everything, "Show every range, the uninformed too");
        add_verbosity(sub, options_);
    }

    void add_sweep() {
        CLI::App& sub = add_command(
            "sweep", Command::sweep, "Run a study: many points, into a store that survives whatever ends the process",
            "corridor sweep scenarios/tutorial/study.toml\n"
            "  corridor sweep scenarios/tutorial/study.toml --store results.sqlite     # again: goes on where it was\n"
            "  corridor sweep scenarios/tutorial/study.toml --shard 2/5 --store shard-2.sqlite");
        sub.add_option("study", options_.scenario, "A study file, or a folder with a study.toml")
            ->required()
            ->type_name("STUDY");
        sub.add_option("--store", options_.store, "Where the results are kept (default: STUDY with .sqlite for .toml)")
            ->type_name("FILE");
        const auto take_shard = [this](const std::string& text) {
            options_.shard = shard_in(text);
            if (fmt::format("{}/{}", options_.shard.number, options_.shard.count) != text) {
                throw refusal("--shard",
                              fmt::format("must be a number and how many there are, as in 2/5, got '{}'", text));
            }
        };
        sub.add_option_function<std::string>("--shard", take_shard,
                                             "Run one share of the points, for one of several machines; then merge")
            ->type_name("I/N");
        add_whole(sub, "--threads", 1, kMostThreads, size_.threads,
                  "Threads (default: one per core); they do not change the results");
        add_verbosity(sub, options_);
    }

    void add_export() {
        CLI::App& sub = add_command("export", Command::export_store, "Write the results of a sweep for other programs",
                                    "corridor export study.sqlite > points.csv\n"
                                    "  corridor export study.sqlite --replications --out replications.csv\n"
                                    "  corridor export study.sqlite --format xlsx --out points.xlsx");
        sub.add_option("store", options_.scenario, "The store of a sweep")->required()->type_name("STORE");
        sub.add_flag("--replications", options_.exports_replications,
                     "One row for each replication, instead of means by point");
        add_format(sub, options_, {"csv", "xlsx"});
        sub.add_option("--out", options_.out, "File to write (default: standard output)")->type_name("FILE");
        sub.add_flag("--force", options_.replaces_results, "Replace the file that is there");
        add_verbosity(sub, options_);
    }

    void add_merge() {
        CLI::App& sub = add_command("merge", Command::merge, "Put the stores of all shards of a study together",
                                    "corridor merge study.sqlite shard-1.sqlite shard-2.sqlite shard-3.sqlite");
        sub.add_option("store", options_.scenario, "The store to make")->required()->type_name("STORE");
        sub.add_option("shards", options_.shards, "The stores of the shards")->required()->type_name("SHARD...");
        add_verbosity(sub, options_);
    }

    void add_optimise() {
        CLI::App& sub = add_command(
            "optimise", Command::optimise, "Find the cheapest change that meets a target",
            "corridor optimise scenarios/tutorial --vary service.feeder.departures.per_week=2..7 \\\n"
            "      --require 'door_to_door_time_mean demand.exports <= 45'\n"
            "  corridor optimise scenarios/tutorial --vary service.feeder.departures.per_week=2..7 \\\n"
            "      --vary terminal.port.quay_cranes.count=1..4 --price terminal.port.quay_cranes.count=0.5 \\\n"
            "      --require 'door_to_door_time_mean demand.exports <= 45'");
        add_scenario(sub, options_);
        add_repeated(sub, "--vary", "PATH=LOW..HIGH", options_.varied,
                     "A number to choose: whole numbers from LOW to HIGH, or with a step, as in\n"
                     "'link.river.speed=8 km/h..13 km/h step 1 km/h'; may be repeated")
            ->required();
        add_repeated(sub, "--require", "TARGET", options_.requirements,
                     "What the mean over replications has to be, as in 'MEASURE SUBJECT <= VALUE' or >=, in the\n"
                     "unit of the measure; may be repeated")
            ->required();
        add_repeated(sub, "--price", "PATH=PRICE", options_.prices,
                     "Price of one unit of what is varied (default: 1); the sum is minimised");
        sub.add_option("--minimise", options_.minimised,
                       "Minimise the mean of a measure in place of the price, as in 'cost total'")
            ->type_name("'MEASURE SUBJECT'");
        sub.add_option_function<std::string>(
               "--tolerance", [this](const std::string& text) { options_.tolerance = share("--tolerance", text); },
               "Share of a bound (or of the least mean) within which either answer will do (default: 2%)")
            ->type_name("SHARE");
        add_seed_and_threads(sub);
        add_whole(sub, "--replications", 2, kMostReplications, options_.replications,
                  "Fresh replications that confirm the result (default: 100)");
        add_whole(sub, "--max-replications", 20, kMostReplications, size_.most_replications,
                  "Of a point that is too close to call (default: 10000)");
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_flag("--all", options_.shows_everything, "Show every point that was asked");
        add_verbosity(sub, options_);
    }

    static CLI::Option* add_repeated(CLI::App& sub, const std::string& option, const std::string& type,
                                     std::vector<std::string>& target, const std::string& help) {
        return sub.add_option(option, target, help)
            ->type_name(type)
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }

    void add_seed_and_threads(CLI::App& sub) {
        constexpr std::uint64_t kMostSeed = ~std::uint64_t{0};
        add_whole(sub, "--seed", 0, kMostSeed, options_.seed, "Seed of all randomness (default: the scenario's)");
        add_whole(sub, "--threads", 1, kMostThreads, size_.threads,
                  "Threads (default: one per core); they do not change the results");
    }

    void add_assumptions() {
        CLI::App& sub = add_command("assumptions", Command::assumptions,
                                    "List every number with its source, by how far it may be off",
                                    "corridor assumptions scenarios/upper-yangtze-2020h1\n"
                                    "  corridor assumptions scenarios/upper-yangtze-2020h1 --format csv");
        add_scenario(sub, options_);
        add_format(sub, options_, {"table", "json", "csv"});
        sub.add_flag("--all", options_.shows_everything, "List documented defaults too");
        add_verbosity(sub, options_);
    }

    void add_show() {
        CLI::App& sub =
            add_command("show", Command::show, "Show the network",
                        "corridor show scenarios/upper-yangtze-2020h1\n"
                        "  corridor show scenarios/upper-yangtze-2020h1 --format dot | dot -Tsvg > map.svg\n"
                        "  corridor show scenarios/upper-yangtze-2020h1 --format geojson > map.geojson");
        add_scenario(sub, options_);
        add_format(sub, options_, {"text", "dot", "geojson", "json"});
        add_verbosity(sub, options_);
    }

    void add_schema() {
        CLI::App& sub = add_command("schema", Command::schema, "Print the JSON Schema of the scenario language",
                                    "corridor schema > schema.json\n"
                                    "  corridor schema --reference > keys.md");
        sub.add_flag_callback(
            "--reference", [this] { options_.schema = SchemaForm::reference; },
            "Print a reference of all keys in Markdown instead");
    }

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
    StudySize size_;
    CLI::App app_;
};

}  // namespace

std::variant<Options, Farewell> parse_command_line(int argc, const char* const* argv) {
    return CommandLine().parse(argc, argv);
}

}  // namespace corridor::tools
