// What is fed with mutated texts, by libFuzzer and by fuzz_test.cpp: each takes any bytes, and throws where a promise
// is broken.
#pragma once

#include <string_view>

namespace corridor::fuzz {

/// Any text is a quantity or an error inside the text; a quantity that is shown reads back as nearly itself.
void fuzz_measurement(std::string_view text);

/// Any text is a scenario, or is explained; "base.toml", which it may extend, is two ports.
void fuzz_scenario(std::string_view text);

/// The first line is the key of a table ("demand", "timetable"; "list" for the points of a study), the rest a CSV file
/// that a scenario names: it is read, or explained.
void fuzz_csv(std::string_view text);

/// Each line is an assignment as --set takes it, over two ports: a scenario, or explained.
void fuzz_path(std::string_view text);

/// Any text is a study, or is explained; "points.csv" is a list of points.
void fuzz_study(std::string_view text);

/// Each line is an edit of a store (see store_target.cpp): reading, exporting, merging and repairing it throw nothing
/// but StoreErrors, and what comes out is well formed.
void fuzz_store(std::string_view text);

/// Any bytes are a small scenario (see reference/small_scenario.h), which the engine and a simulation with an event for
/// each container count alike. Returns whether there was anything to compare: the reader may refuse it.
bool fuzz_differential(std::string_view bytes);

}  // namespace corridor::fuzz
