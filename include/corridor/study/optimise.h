// The cheapest change that meets a target: a search over values of a scenario, each judged by simulation.
//
// Every point is asked with common random numbers. Whether a point meets the target is decided by a fully sequential
// test of feasibility (ranking.h), so clear cases cost 20 replications and close ones more. Where the price of a point
// is known beforehand, points are asked from the cheapest on, and the first that meets the target is the answer; where
// a measure is minimised, all points are asked, and the best of those that meet the target is picked by Kim and
// Nelson's procedure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/study/estimate.h"
#include "corridor/study/ranking.h"
#include "corridor/study/study.h"

namespace corridor {

/// A number of the scenario that may be chosen, from `low` to `high` in steps.
struct Variable {
    std::string path;
    std::string unit;  ///< as it is written, "km/h"; empty: plain numbers
    double low = 0;
    double high = 0;
    double step = 1;
    double price = 1;  ///< of one unit

    double steps() const;                        ///< how many values: more, perhaps, than can be counted
    std::size_t count() const;                   ///< the same, of a range that was checked
    double value(std::size_t i) const;           ///< low + i x step
    std::string assignment(double value) const;  ///< as --set takes it: "path=7", "path=\"8 km/h\""
};

/// Reads "PATH=LOW..HIGH" (whole numbers) or "PATH=LOW..HIGH step STEP", with or without a unit.
Result<Variable> parse_variable(std::string_view text);

/// A bound on the mean of a measure.
struct MeanRequirement {
    std::string text;
    std::string measure;
    std::string subject;
    bool is_at_most = true;
    double bound = 0;  ///< in the unit of the measure
    std::string unit;  ///< as written; empty where none was
};

/// Reads "MEASURE SUBJECT <= VALUE" or the same with >=.
Result<MeanRequirement> parse_mean_requirement(std::string_view text);

struct MeasureName {
    std::string measure;
    std::string subject;
};

using Point = std::vector<double>;

struct OptimisePlan {
    std::vector<Variable> variables;
    std::vector<MeanRequirement> requirements;
    std::optional<MeasureName> minimised;  ///< nothing: the price, that is the sum of value x price over the variables
    double tolerance = 0.02;  ///< share of a bound, or of the least mean, within which either answer will do
    double error = 0.05;      ///< probability of a wrong choice
    std::uint64_t most_replications = 10'000;  ///< of one point
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

inline constexpr std::size_t kMostPoints = 100'000;
inline constexpr std::size_t kMostCompared = 1'000;  ///< points, where a measure is minimised

/// A point that was asked.
struct Candidate {
    Point point;
    double price = 0;
    Feasibility verdict = Feasibility::open;
    bool is_certain = true;
    std::uint64_t replications = 0;
    std::vector<Estimate> means;  ///< by requirement; empty where the point makes no model
    Estimate minimised;           ///< of the measure, where one is
    std::string refusal;          ///< why the point makes no model, or a measure is not there
    double excess = 0;            ///< the largest by which a mean exceeds its bound, as a share of it
    std::size_t binding = 0;      ///< the requirement it is of
};

struct OptimiseResult {
    RunStatus status;
    std::size_t points = 0;             ///< there are
    std::uint64_t fingerprint = 0;      ///< of all trajectories that were looked at, in their order
    std::vector<Candidate> asked;       ///< in their order
    std::optional<std::size_t> chosen;  ///< position in `asked`
};

/// A model at a point, or why there is none.
using MakeModel = std::function<Result<model::Model>(const Point& point)>;

/// The same to the last bit for any number of threads.
OptimiseResult optimise(const MakeModel& make_model, const OptimisePlan& plan, const StudyWatch& watch = {});

/// A requirement, or the minimised measure, on fresh replications.
struct Confirmed {
    Estimate base;
    Estimate chosen;
    Estimate change;  ///< paired
    Estimate met;     ///< 1 in a replication whose own value is within the bound, else 0
};

struct Confirmation {
    RunStatus status;
    std::uint64_t replications = 0;
    std::uint64_t fingerprint = 0;  ///< of all trajectories of both
    std::vector<Confirmed> requirements;
    Confirmed minimised;
    Estimate all_met;  ///< 1 in a replication that meets every requirement
};

/// Runs the base and the chosen point with common random numbers, on a seed of their own.
Confirmation confirm(const model::Model& base, const model::Model& chosen, const OptimisePlan& plan,
                     const StudyPlan& fresh, const StudyWatch& watch = {});

/// The 95 % interval of a probability that was met in `successes` of `trials` (Wilson 1927,
/// doi:10.1080/01621459.1927.10502953); trials are 1 or more.
Interval wilson_interval(double successes, double trials);

}  // namespace corridor
