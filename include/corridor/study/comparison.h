// Reported figures beside what is simulated, and what that lets one conclude.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/estimate.h"
#include "corridor/study/prior.h"
#include "corridor/study/reading.h"
#include "corridor/study/study.h"

namespace corridor {

struct PriorSummary {
    double median = 0;
    Interval interval90;  ///< the 5 % and 95 % quantiles
};

/// One reading of one reported figure. All values are in `unit`; what is not defined is NaN.
struct ComparisonRow {
    std::string figure;  ///< id of the reported figure
    std::string figure_name;
    std::string reading;  ///< id of the reading
    std::string reading_name;
    std::string unit;  ///< of the simulated measure
    double reported = 0;
    scenario::FigureUse use = scenario::FigureUse::validate;
    std::vector<std::string> sources;
    Estimate simulated;                 ///< at the stated values
    std::optional<PriorSummary> prior;  ///< over the ranges; nothing where no draw has a value
    double naive = 0;                   ///< the same inputs multiplied out, without queues or capacity
    double ratio = 0;                   ///< simulated mean over reported
    double percentile = 0;              ///< of the report among the prior draws, 0..100
    double capacity_bound_share =
        0;                   ///< of the containers boarded on the services concerned: left behind at least once
    std::string conclusion;  ///< one sentence
    std::string measure;     ///< that is held against the report, over
    std::vector<std::string> subjects;  ///< these, added up
    std::size_t position = 0;           ///< of the reading in the scenario as it was written: 0 for the first
};

/// Below this share of containers left behind, capacity decides nothing and the comparison tests the demand
/// assumptions.
inline constexpr double kCapacityBinds = 0.05;

/// The services whose capacity bears on a subject of a measure: a service itself; those that use a link, call at a
/// terminal or may carry a demand; all for "total". Sorted, each once.
std::vector<Id<model::Service>> services_concerned(const model::Model& model, const std::vector<std::string>& subjects);

/// One row per target, ordered by the ids of figure and reading. `model` and `study` are at the stated values; the
/// headlines of `study` are those of the targets.
std::vector<ComparisonRow> compare(const scenario::Scenario& scenario, const model::Model& model,
                                   const MeasureCatalog& catalog, const std::vector<ReadingTarget>& targets,
                                   const StudyResult& study, const PriorResult& prior);

/// "validate": the word of the scenario file.
std::string_view label(scenario::FigureUse use);

/// What a figure of this use can show: "out of sample", "in sample (...)", "an upper bound".
std::string_view standing(scenario::FigureUse use);

/// Where a report lies among the prior draws.
enum class Verdict {
    undefined,     ///< nothing is simulated, or no draw has a value
    within_limit,  ///< of a limit: at most one draw in twenty exceeds it
    over_limit,    ///< of a limit: more do
    below,         ///< the 90 % interval: the assumptions, within their ranges, give more than was reported
    inside,
    inside_but_wide,  ///< the interval is wider than its median: it would agree with almost anything
    above             ///< the assumptions, within their ranges, give less than was reported
};
Verdict verdict(const ComparisonRow& row);

/// What a verdict means, and what a comparison tests where capacity bound for this share of the containers: parts of a
/// sentence.
std::string_view meaning(Verdict verdict);
std::string_view what_is_tested(double capacity_bound_share);

/// What a row lets one conclude, from its other fields.
std::string conclude(const ComparisonRow& row);

}  // namespace corridor
