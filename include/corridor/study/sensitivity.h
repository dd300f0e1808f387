// Which input moves which output: elementary effects and Sobol indices of anything that can be asked at a point.
//
// Chance is a factor among the others: a point is asked in a random history with a number, and how much of the variance
// comes from the history alone is an index like that of an input.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "corridor/engine/simulator.h"
#include "corridor/study/estimate.h"
#include "corridor/study/study.h"

namespace corridor {

/// What came of one question.
struct Answer {
    RunStatus status;
    std::vector<double> outputs;    ///< empty where there is no answer at this point; NaN where one is undefined
    std::uint64_t fingerprint = 0;  ///< of the trajectory; 0 where there is none
};

/// Answers at a point of [0, 1)^dimensions, in the random history `chance`; used by one thread at a time.
using Experiment = std::function<Answer(const std::vector<double>& point, std::uint64_t chance)>;
using MakeExperiment = std::function<Experiment()>;  ///< called once per thread, on it

struct EffectsPlan {
    std::uint64_t seed = 1;
    std::uint64_t trajectories = 10;  ///< each asks dimensions + 1 times, in one random history
    unsigned threads = 1;
};

/// How an output answers to steps of 2/3 of one input's range, the others anywhere (Morris 1991,
/// doi:10.1080/00401706.1991.10484804; the mean of absolute effects: Campolongo et al. 2007).
struct Effects {
    double mean_absolute = 0;  ///< per whole range, in the output's unit
    double mean = 0;
    double sd = 0;                         ///< large where effects depend on the other inputs, or are not linear
    std::optional<Interval> absolute95{};  ///< of `mean_absolute` over trajectories (Student's t); nothing from one
};

struct EffectsResult {
    RunStatus status;
    std::uint64_t trajectories = 0;             ///< that count
    std::uint64_t refused = 0;                  ///< in which some point had no answer, or an output was undefined
    std::uint64_t fingerprint = 0;              ///< of all trajectories asked for, in their order
    std::vector<std::vector<Effects>> outputs;  ///< (outputs x dimensions)
};

EffectsResult elementary_effects(const MakeExperiment& make_experiment, std::size_t dimensions, std::size_t outputs,
                                 const EffectsPlan& plan, const StudyWatch& watch = {});

struct IndicesPlan {
    std::uint64_t seed = 1;
    std::uint64_t rows = 256;        ///< each asks groups + 3 times
    std::uint64_t resamples = 1000;  ///< bootstrap samples behind an interval
    unsigned threads = 1;
};

/// A share of an output's variance, with its 95 % bootstrap interval over rows (percentiles). Estimates may fall
/// slightly below 0.
struct Index {
    double value = 0;
    Interval interval;
};

/// First order: what of the variance would go if this were known. Total: what would be left if all else were known.
struct Indices {
    Index first;
    Index total;
};

struct OutputIndices {
    double mean = 0;
    double sd = 0;
    std::vector<Indices> groups;
    Indices chance;
};

struct IndicesResult {
    RunStatus status;
    std::uint64_t rows = 0;         ///< that count
    std::uint64_t refused = 0;      ///< in which some point had no answer, or an output was undefined
    std::uint64_t fingerprint = 0;  ///< of all trajectories asked for, in their order
    std::vector<OutputIndices> outputs;
};

/// Sobol indices of groups of inputs and of chance. Rows are points of a Sobol sequence of 2 x dimensions, shifted at
/// random; first order by Saltelli et al. 2010 (doi:10.1016/j.cpc.2009.09.018, table 2 b, outputs centred), total by
/// Jansen 1999 (table 2 f). `groups` holds the positions of inputs; one in no group stays where the row has it. At most
/// 1,800 dimensions. The same to the last bit for any number of threads.
IndicesResult sobol_indices(const MakeExperiment& make_experiment, std::size_t dimensions,
                            const std::vector<std::vector<std::size_t>>& groups, std::size_t outputs,
                            const IndicesPlan& plan, const StudyWatch& watch = {});

inline constexpr std::size_t kMostDimensions = 1800;

}  // namespace corridor
