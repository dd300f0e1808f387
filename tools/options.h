// What the user asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "corridor/study/sweep.h"

namespace corridor::tools {

enum class Command {
    run,
    compare,
    check,
    capacity,
    options,
    sensitivity,
    calibrate,
    sweep,
    export_store,
    merge,
    optimise,
    assumptions,
    serve,
    show,
    schema,
    verify,
    version
};
enum class Format { table, json, csv, text, dot, geojson, xlsx };
enum class Verbosity { quiet, normal, verbose };
enum class SchemaForm { json_schema, reference };

/// A year that is looked at: all demand times `factor`.
struct Growth {
    std::string name;
    double factor = 1.0;
};

struct Options {
    Command command = Command::version;
    std::string scenario;                ///< folder, file or "-"; of `sweep` the study, of the stores one
    std::vector<std::string> overrides;  ///< "path=value"
    std::vector<std::string> requirements;
    Format format = Format::table;
    Verbosity verbosity = Verbosity::normal;
    bool shows_everything = false;
    bool explains = false;
    std::optional<std::string> events;  ///< file of the timelines of the first replication
    std::optional<std::string> page;    ///< file of the report as a page
    std::string language = "en";        ///< of the page
    std::uint16_t port = 8000;          ///< of `serve`; 0: any that is free
    std::vector<std::string> variants;  ///< of `options`: scenarios, or settings over the do-minimum
    std::vector<Growth> growths{{}};    ///< of `options`: at least one
    double difference = 0.01;           ///< of `options`: share of the do-minimum that is to be seen
    std::optional<std::uint64_t> rows;  ///< of `sensitivity`, as the next two
    std::optional<std::uint64_t> trajectories;
    std::optional<std::uint64_t> inputs;
    std::optional<std::uint64_t> members;  ///< of `calibrate`, as the next two
    std::optional<std::uint64_t> assimilations;
    bool leaves_one_out = false;
    std::optional<std::string> store;  ///< of `sweep`
    Shard shard;                       ///< of `sweep`
    std::vector<std::string> shards;   ///< of `merge`: stores
    bool exports_replications = false;
    std::vector<std::string> systems;  ///< of `verify`: families and systems; all where there are none
    std::vector<std::string> varied;   ///< of `optimise`: "path=low..high", as the next three
    std::vector<std::string> prices;   ///< "path=price"
    std::optional<std::string> minimised;
    double tolerance = 0.02;
    SchemaForm schema = SchemaForm::json_schema;
    std::optional<std::string> out;
    bool replaces_results = false;
    std::optional<std::uint64_t> seed;  ///< the scenario's where not given, and so on
    std::optional<std::uint64_t> replications;
    std::optional<double> precision;  ///< share of the mean
    std::uint64_t most_replications = 10'000;
    std::optional<std::uint64_t> draws;
    unsigned threads = 1;
    std::optional<double> most_time;        ///< h
    std::optional<double> most_containers;  ///< of a replication at the stated values
};

/// The command with the scenario and its overrides, as a shell would take it again.
std::string command_text(const Options& options);

/// A word as a shell would take it.
std::string shell_quoted(const std::string& word);

/// Nothing to do but to say something and end: help, or a mistake in the command line.
struct Farewell {
    int exit_code = 0;
    std::string text;  ///< for standard output where the code is 0, else for standard error
};

/// Reads the command line. Mistakes give exit code 2 and say what was probably meant.
std::variant<Options, Farewell> parse_command_line(int argc, const char* const* argv);

}  // namespace corridor::tools
