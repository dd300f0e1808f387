#include <fmt/format.h>

#include "command_parts.h"
#include "corridor/base/unit.h"

namespace corridor::tools {
namespace {

Growth growth_of(const std::string& text) {
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
    throw refusal("--growth",
                  fmt::format("must be a year (or now) and a factor from {} to {}, as in 2030=1.5, got '{}'", kLeast,
                              kMost, text));
}

void add_growth(CLI::App& sub, Options& options) {
    const auto take = [&options](const std::vector<std::string>& texts) {
        options.growths.clear();
        for (const std::string& text : texts) options.growths.push_back(growth_of(text));
    };
    sub.add_option_function<std::vector<std::string>>(
           "--growth", take, "A year to look at, with all demand times a factor, as in 2030=1.5; may be repeated")
        ->type_name("YEAR=FACTOR")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_options(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(
        app, options, "options", Command::options, "Compare options with a do-minimum, replication by replication",
        "corridor options scenarios/tutorial 'daily: service.feeder.departures.per_week=7'\n"
        "  corridor options scenarios/tutorial daily.toml larger-barges.toml --growth 2025=1.2 --growth 2030=1.5\n"
        "  corridor options scenarios/tutorial 'two cranes: terminal.port.quay_cranes.count=2' --format csv");
    add_scenario(sub, options);
    sub.add_option("options", options.variants,
                   "Each a scenario, which as a rule extends SCENARIO, or settings over it:\n"
                   "'NAME: PATH=VALUE; PATH=VALUE'")
        ->required()
        ->type_name("OPTION...");
    add_replications(sub, options);
    add_growth(sub, options);
    sub.add_option_function<std::string>(
           "--difference", [&options](const std::string& text) { options.difference = share("--difference", text); },
           "Tell how many replications show a difference of this share of the do-minimum (default: 1%)")
        ->type_name("SHARE");
    add_format(sub, options, {"table", "json", "csv"});
    add_page(sub, options);
    sub.add_flag("--force", options.replaces_results, "Replace the report if it is there");
    sub.add_flag("--all", options.shows_everything, "Show every measure that differs");
    add_verbosity(sub, options);
}

void add_sensitivity(CLI::App& app, Options& options) {
    constexpr std::uint64_t kMostRows = 1'000'000;
    CLI::App& sub = add_command(app, options, "sensitivity", Command::sensitivity,
                                "Tell which range moves which result, and how much is chance",
                                "corridor sensitivity scenarios/upper-yangtze-2020h1\n"
                                "  corridor sensitivity scenarios/upper-yangtze-2020h1 --rows 1024 --format csv");
    add_scenario(sub, options);
    add_whole(sub, "--rows", 16, kMostRows, options.rows,
              "Rows behind the Sobol indices (default: 256); each takes a run for each input, and three");
    add_whole(sub, "--trajectories", 2, kMostRows, options.trajectories,
              "Trajectories of the screening (default: 10); each takes a run for each range, and one");
    add_whole(sub, "--inputs", 1, 1000, options.inputs,
              "Inputs that have indices of their own, the others one together (default: 10)");
    add_seed_and_threads(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    add_page(sub, options);
    sub.add_flag("--force", options.replaces_results, "Replace the report if it is there");
    sub.add_flag("--all", options.shows_everything, "Show every output and every range");
    add_verbosity(sub, options);
}

void add_calibrate(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(
        app, options, "calibrate", Command::calibrate,
        "Find the values within the ranges that agree with the figures to calibrate on",
        "corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml\n"
        "  corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml --leave-one-out --format json\n"
        "  corridor calibrate scenarios/upper-yangtze-2020h1/calibration.toml \\\n"
        "      --out scenarios/upper-yangtze-2020h1/calibrated.toml");
    add_scenario(sub, options);
    add_whole(sub, "--members", 20, 100'000, options.members,
              "Members of the ensemble (default: 200, or twice the ranges); each takes a run, and one for each "
              "assimilation");
    add_whole(sub, "--assimilations", 1, 100, options.assimilations,
              "Steps in which the members move towards the figures (default: 4)");
    sub.add_flag("--leave-one-out", options.leaves_one_out,
                 "Also predict each figure from the others that are calibrated on");
    add_seed_and_threads(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    sub.add_option("--out", options.out,
                   "Write a scenario that extends SCENARIO with the calibrated ranges, in its folder or above")
        ->type_name("FILE");
    add_page(sub, options);
    sub.add_flag("--force", options.replaces_results, "Replace the files if they are there");
    sub.add_flag("--all", options.shows_everything, "Show every range, the uninformed too");
    add_verbosity(sub, options);
}

void add_optimise(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(
        app, options, "optimise", Command::optimise, "Find the cheapest change that meets a target",
        "corridor optimise scenarios/tutorial --vary service.feeder.departures.per_week=2..7 \\\n"
        "      --require 'door_to_door_time_mean demand.exports <= 45'                 # fewest departures\n"
        "  corridor optimise scenarios/tutorial --vary 'link.river.speed=15 km/h..22 km/h step 0.5 km/h' \\\n"
        "      --require 'door_to_door_time_mean demand.exports <= 47'                 # least speed\n"
        "  corridor optimise scenarios/examples/shuttle.toml --set 'demand.gate.rate=400 containers/d' \\\n"
        "      --vary service.shuttle.fleet=1..6 \\\n"
        "      --require 'door_to_door_time_mean demand.gate <= 12'                    # smallest fleet\n"
        "  corridor optimise scenarios/examples/shuttle.toml --vary terminal.gate.quay_cranes.count=1..2 \\\n"
        "      --vary terminal.port.quay_cranes.count=2..3 --price terminal.port.quay_cranes.count=1.5 \\\n"
        "      --require 'door_to_door_time_mean demand.gate <= 6.7'                   # which crane first");
    add_scenario(sub, options);
    add_repeated(sub, "--vary", "PATH=LOW..HIGH", options.varied,
                 "A number to choose: whole numbers from LOW to HIGH, or with a step, as in\n"
                 "'link.river.speed=8 km/h..13 km/h step 1 km/h'; may be repeated")
        ->required();
    add_repeated(sub, "--require", "TARGET", options.requirements,
                 "What the mean over replications has to be, as in 'MEASURE SUBJECT <= VALUE' or >=, in the\n"
                 "unit of the measure; may be repeated")
        ->required();
    add_repeated(sub, "--price", "PATH=PRICE", options.prices,
                 "Price of one unit of what is varied (default: 1); the sum is minimised");
    sub.add_option("--minimise", options.minimised,
                   "Minimise the mean of a measure in place of the price, as in 'cost total'")
        ->type_name("'MEASURE SUBJECT'");
    sub.add_option_function<std::string>(
           "--tolerance", [&options](const std::string& text) { options.tolerance = share("--tolerance", text); },
           "Share of a bound (or of the least mean) within which either answer will do (default: 2%)")
        ->type_name("SHARE");
    add_seed_and_threads(sub, options);
    add_whole(sub, "--replications", 2, kMostReplications, options.replications,
              "Fresh replications that confirm the result (default: 100)");
    add_whole(sub, "--max-replications", 20, kMostReplications, options.most_replications,
              "Of a point that is too close to call (default: 10000)");
    add_format(sub, options, {"table", "json", "csv"});
    sub.add_flag("--all", options.shows_everything, "Show every point that was asked");
    add_verbosity(sub, options);
}

}  // namespace

void add_study_commands(CLI::App& app, Options& options) {
    add_options(app, options);
    add_sensitivity(app, options);
    add_calibrate(app, options);
    add_optimise(app, options);
}

}  // namespace corridor::tools
