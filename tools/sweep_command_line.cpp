#include <fmt/format.h>

#include "command_parts.h"

namespace corridor::tools {
namespace {

void add_sweep(CLI::App& app, Options& options) {
    CLI::App& sub = add_command(
        app, options, "sweep", Command::sweep,
        "Run a study: many points, into a store that survives whatever ends the process",
        "corridor sweep scenarios/tutorial/study.toml\n"
        "  corridor sweep scenarios/tutorial/study.toml --store results.sqlite     # again: goes on where it was\n"
        "  corridor sweep scenarios/tutorial/study.toml --shard 2/5 --store shard-2.sqlite");
    sub.add_option("study", options.scenario, "A study file, or a folder with a study.toml")
        ->required()
        ->type_name("STUDY");
    sub.add_option("--store", options.store, "Where the results are kept (default: STUDY with .sqlite for .toml)")
        ->type_name("FILE");
    const auto take_shard = [&options](const std::string& text) {
        options.shard = shard_in(text);
        if (fmt::format("{}/{}", options.shard.number, options.shard.count) != text) {
            throw refusal("--shard", fmt::format("must be a number and how many there are, as in 2/5, got '{}'", text));
        }
    };
    sub.add_option_function<std::string>("--shard", take_shard,
                                         "Run one share of the points, for one of several machines; then merge")
        ->type_name("I/N");
    add_page(sub, options);
    sub.add_flag("--force", options.replaces_results, "Replace the report if it is there");
    add_threads(sub, options);
    add_time_limit(sub, options);
    add_size_limit(sub, options);
    add_verbosity(sub, options);
}

void add_export(CLI::App& app, Options& options) {
    CLI::App& sub =
        add_command(app, options, "export", Command::export_store, "Write the results of a sweep for other programs",
                    "corridor export study.sqlite > points.csv\n"
                    "  corridor export study.sqlite --replications --out replications.csv\n"
                    "  corridor export study.sqlite --format xlsx --out points.xlsx");
    sub.add_option("store", options.scenario, "The store of a sweep")->required()->type_name("STORE");
    sub.add_flag("--replications", options.exports_replications,
                 "One row for each replication, instead of means by point");
    add_format(sub, options, {"csv", "xlsx"});
    sub.add_option("--out", options.out, "File to write (default: standard output)")->type_name("FILE");
    sub.add_flag("--force", options.replaces_results, "Replace the file that is there");
    add_verbosity(sub, options);
}

void add_merge(CLI::App& app, Options& options) {
    CLI::App& sub =
        add_command(app, options, "merge", Command::merge, "Put the stores of all shards of a study together",
                    "corridor merge study.sqlite shard-1.sqlite shard-2.sqlite shard-3.sqlite");
    sub.add_option("store", options.scenario, "The store to make")->required()->type_name("STORE");
    sub.add_option("shards", options.shards, "The stores of the shards")->required()->type_name("SHARD...");
    add_verbosity(sub, options);
}

}  // namespace

void add_sweep_commands(CLI::App& app, Options& options) {
    add_sweep(app, options);
    add_export(app, options);
    add_merge(app, options);
}

}  // namespace corridor::tools
