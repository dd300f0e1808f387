// From text to a checked Scenario.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/scenario/scenario.h"

namespace corridor::scenario {

/// "service.yibin-guoyuan.departures.per_week=7": replaces one value, as an overlay would. The value is TOML; bare text
/// that is not TOML ("12 h") is taken as a string.
struct Override {
    std::string assignment;
};

/// Reads a scenario file (or the scenario.toml of a folder, or standard input for "-"), its `extends` chain and its CSV
/// tables, applies `overrides`, and checks everything that concerns a single scenario text: syntax, keys, units,
/// ranges, references, sources, and that no input descends from a figure used for validation. All errors are collected.
/// Files are read only below the folder of the scenario given.
Result<Scenario> read_scenario(const std::string& path, const std::vector<Override>& overrides = {});

/// The same for text that is already there; `name` stands for the file in messages. CSV tables are looked up in
/// `folder`.
Result<Scenario> parse_scenario(const std::string& text, const std::string& name = "scenario.toml",
                                const std::vector<Override>& overrides = {}, const std::string& folder = ".");

/// `base` with more of its values replaced: as if it had been read with these overrides too, without its files being
/// opened again. It has to have been read from a text. May be called from several threads at once.
Result<Scenario> read_again(const Scenario& base, const std::vector<Override>& overrides);

/// The texts that a scenario was read from, each under a line with its name.
std::string text_of(const Scenario& scenario);

/// The files that it was read from: its own, those that it extends, its CSV tables.
std::vector<std::string> files_of(const Scenario& scenario);

/// The scenario as one TOML text, with what it extends, its CSV tables and its overrides in their places. Read again it
/// gives the same hash.
std::string flat_text(const Scenario& scenario);

/// Findings about a scenario made after it was read, with the place their path names, the line there and those of the
/// related places: they look like the reader's own.
Diagnostics located(const Scenario& scenario, Diagnostics findings);

/// JSON Schema (draft 2020-12) of the scenario language, made from the reader's own table of keys.
std::string json_schema();

/// Markdown reference of every key: meaning, unit, default, example; made from the same table.
std::string key_reference();

}  // namespace corridor::scenario
