#include <fmt/format.h>

#include "command_parts.h"

namespace corridor::tools {
namespace {

void add_study(CLI::App& app, Options& options) {
    add_replications(app, options);
    app.add_option_function<std::string>(
           "--precision", [&](const std::string& text) { options.precision = share("--precision", text); },
           "Go on until the 95 % interval of every headline is within this share of its mean, as in 1%")
        ->type_name("SHARE");
    add_whole(app, "--max-replications", 1, kMostReplications, options.most_replications,
              "With --precision: stop here at the latest (default: 10000)");
    add_whole(app, "--draws", 1, kMostReplications, options.draws,
              "Draws over the ranges for the prior predictive (default: the replications, at least 200)");
}

void add_results(CLI::App& app, Options& options) {
    add_repeated(app, "--require", "CHECK", options.requirements,
                 "Exit with 1 unless every reading of a reported figure is met, as in 'shipped within 20%', or the one "
                 "that is named, as in 'shipped/READING within 20%'; 'within 500' is in the unit of the figure; may "
                 "be repeated");
    app.add_option("--out", options.out,
                   "Write tables (CSV, described by datapackage.json), result.json, result.xlsx with charts and "
                   "network.geojson with flows here")
        ->type_name("FOLDER");
    app.add_flag("--force", options.replaces_results, "Replace the results that are in the folder");
}

void add_run(CLI::App& app, Options& options) {
    CLI::App& sub =
        add_command(app, options, "run", Command::run, "Simulate a scenario and compare it with what was reported",
                    "corridor run scenarios/upper-yangtze-2020h1\n"
                    "  corridor run scenarios/tutorial --set 'service.feeder.departures.per_week=\"7 /week\"'\n"
                    "  corridor run scenarios/tutorial --precision 1% --format json\n"
                    "  corridor run scenarios/tutorial --explain\n"
                    "  corridor run scenarios/tutorial --events timeline.json\n"
                    "  corridor run scenarios/tutorial --out results\n"
                    "  corridor run scenarios/tutorial --report report.html");
    add_scenario(sub, options);
    add_study(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    add_results(sub, options);
    sub.add_flag("--all", options.shows_everything, "Show every measure and every row");
    sub.add_flag("--explain", options.explains, "Say why containers waited, by cause and place");
    sub.add_option("--events", options.events,
                   "Write the timeline of every container and vehicle of the first replication:\n"
                   "FILE.csv, FILE.jsonl (JSON lines) or FILE.json (for trace viewers)")
        ->type_name("FILE");
    add_page(sub, options);
    add_verbosity(sub, options);
}

void add_compare(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(app, options, "compare", Command::compare, "Simulate, and show only the comparison",
                                "corridor compare scenarios/upper-yangtze-2020h1\n"
                                "  corridor compare scenarios/upper-yangtze-2020h1 "
                                "--require 'railed/outbound-teu within 20%'");
    add_scenario(sub, options);
    add_study(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    add_results(sub, options);
    add_verbosity(sub, options);
}

void add_check(CLI::App& app, Options& options) {
    CLI::App& sub =
        add_command(app, options, "check", Command::check, "Look for mistakes and bottlenecks without simulating",
                    "corridor check scenarios/upper-yangtze-2020h1\n"
                    "  corridor check scenarios/tutorial --set service.feeder.departures.per_week=1");
    add_scenario(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    sub.add_flag("--all", options.shows_everything, "Show every row");
    add_verbosity(sub, options);
}

void add_capacity(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(app, options, "capacity", Command::capacity,
                                "Find by how much all demand can grow before queues grow without end",
                                "corridor capacity scenarios/tutorial\n"
                                "  corridor capacity scenarios/tutorial --set service.feeder.departures.per_week=7");
    add_scenario(sub, options);
    add_replications(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    add_verbosity(sub, options);
}

void add_assumptions(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(app, options, "assumptions", Command::assumptions,
                                "List every number with its source, by how far it may be off",
                                "corridor assumptions scenarios/upper-yangtze-2020h1\n"
                                "  corridor assumptions scenarios/upper-yangtze-2020h1 --format csv");
    add_scenario(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    sub.add_flag("--all", options.shows_everything, "List documented defaults too");
    add_verbosity(sub, options);
}

void add_serve(CLI::App& app, Options& options) {
    constexpr std::uint64_t kMostPort = 65'535;
    CLI::App& sub = add_command(app, options, "serve", Command::serve,
                                "Show the report of a scenario in a browser, anew whenever one of its files is saved",
                                "corridor serve my-corridor\n"
                                "  corridor serve my-corridor --replications 50 --port 8123 --lang zh");
    add_scenario(sub, options);
    add_study(sub, options);
    add_language(sub, options);
    add_whole(sub, "--port", 0, kMostPort, options.port,
              "Port on this computer, which nobody else can reach (default: 8000; 0: any that is free)");
    add_verbosity(sub, options);
}

void add_show(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(app, options, "show", Command::show, "Show the network",
                                "corridor show scenarios/upper-yangtze-2020h1\n"
                                "  corridor show scenarios/upper-yangtze-2020h1 --format dot | dot -Tsvg > map.svg\n"
                                "  corridor show scenarios/upper-yangtze-2020h1 --format geojson > map.geojson");
    add_scenario(sub, options);
    add_format(sub, options, {"text", "dot", "geojson", "json"});
    add_verbosity(sub, options);
}

void add_schema(CLI::App& app, Options& options) {
    CLI::App& sub =
        add_command(app, options, "schema", Command::schema, "Print the JSON Schema of the scenario language",
                    "corridor schema > schema.json\n"
                    "  corridor schema --reference > keys.md");
    sub.add_flag_callback(
        "--reference", [&options] { options.schema = SchemaForm::reference; },
        "Print a reference of all keys in Markdown instead");
}

void add_verify(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(app, options, "verify", Command::verify,
                                "Simulate systems whose answers are known, and compare (about a minute)",
                                "corridor verify\n"
                                "  corridor verify mmc harbour-a relations\n"
                                "  corridor verify --format csv");
    sub.add_option("systems", options.systems, "Families or systems, as in mmc or mmc-a (default: all)")
        ->type_name("SYSTEM...");
    add_threads(sub, options);
    add_time_limit(sub, options);
    add_format(sub, options, {"table", "json", "csv"});
    add_verbosity(sub, options);
}

}  // namespace

void add_scenario_commands(CLI::App& app, Options& options) {
    add_run(app, options);
    add_compare(app, options);
    add_check(app, options);
    add_capacity(app, options);
    add_assumptions(app, options);
    add_serve(app, options);
    add_show(app, options);
    add_schema(app, options);
    add_verify(app, options);
}

}  // namespace corridor::tools
