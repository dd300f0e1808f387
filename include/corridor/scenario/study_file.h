// A study as it is written: the scenario, the parameters with their values, and the points that are to be run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/base/result.h"

namespace corridor::scenario {

enum class DesignKind { grid, list, latin_hypercube, sobol, morris, one_at_a_time };

/// "latin-hypercube": the word of the study file.
std::string_view label(DesignKind kind);

/// A value that a parameter takes.
struct Level {
    std::string text;        ///< "12 h", "7", as a reader of results sees it
    std::string assignment;  ///< TOML, as it stands behind the = of --set
    int line = 0;            ///< where it is written in the file of its parameter; 0 where it follows from others
    int column = 0;
};

/// Any number between two, in a unit; empty for plain numbers.
struct Span {
    double low = 0;
    double high = 0;
    std::string unit;
};

/// What varies: a path as `--set` takes it, with either levels, or a span, or the range that the scenario gives it.
struct Parameter {
    std::string path;
    std::vector<Level> levels;
    std::optional<Span> span;
    SourcePlace place;    ///< for messages
    std::string excerpt;  ///< the line there

    bool takes_scenario_range() const { return levels.empty() && !span; }
};

struct StudyFile {
    std::string file;      ///< as given by the user, or the study.toml of a folder
    std::string text;      ///< its content
    std::string scenario;  ///< the path of the scenario, for `read_scenario`
    std::optional<std::uint64_t> replications;
    std::optional<double> precision;  ///< share of the mean
    std::uint64_t most_replications = 10'000;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> measures;  ///< patterns of "measure/subject"
    DesignKind design = DesignKind::grid;
    std::uint64_t points = 0;           ///< of a Latin hypercube or a Sobol sequence
    std::uint64_t trajectories = 0;     ///< of Morris
    std::vector<Parameter> parameters;  ///< in the order of the file; of a list each has one level for each point
};

inline constexpr std::uint64_t kMostPoints = 1'000'000;

/// Reads a study file (or the study.toml of a folder) and the CSV file of a list. All errors are collected; whether
/// paths and values suit the scenario is not looked at. Files are read only below the folder of the study.
Result<StudyFile> read_study(const std::string& path);

}  // namespace corridor::scenario
