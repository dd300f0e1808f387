// How each measure of the catalogue follows from the sums of a replication.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts.h"
#include "corridor/engine/measures.h"
#include "disruptions.h"
#include "explanation.h"
#include "flows.h"
#include "model/traffic.h"
#include "recovery.h"
#include "tally.h"

namespace corridor::engine {

/// A yard's occupancy: exact means, and the spread of its samples.
struct YardSummary {
    double mean = 0.0;
    double sd = 0.0;
    double p95 = 0.0;
    double p99 = 0.0;
    double most = 0.0;
    std::int64_t fewest = 0;  ///< below 0 there is a defect, and nothing else is computed
    std::vector<double> by_month;
};

/// The same replication without disruptions, and what they did to it.
struct Disturbance {
    const Tally* undisturbed = nullptr;
    const Disruptions* disruptions = nullptr;
    Recovery recovery;
};

/// What the measures of one replication are computed from.
struct Results {
    const model::Model& model;
    const Tally& tally;
    const Flows& flows;
    const std::vector<YardSummary>& yards;  ///< by terminal
    const Accounts& accounts;
    const Disturbance& disturbance;          ///< filled where the model takes a census
    const TimeAccounts* time_use = nullptr;  ///< where the plan has causes
};

/// `samples` is memory to work in.
YardSummary summarise(const Occupancy& yard, std::vector<std::int32_t>& samples);

/// Names and formulas, in the fixed order of the catalogue. A formula takes every number from the model that was run,
/// so that one plan serves all models of one shape.
class MeasurePlan {
  public:
    using Formula = std::function<double(const Results&)>;

    explicit MeasurePlan(const model::Model& model, Details details = {});
    explicit MeasurePlan(std::vector<MeasureInfo> infos);  ///< names alone: of results that are only reported

    const std::vector<MeasureInfo>& infos() const { return infos_; }
    std::vector<double> evaluate(const Results& results) const;

    Details details() const { return details_; }

    /// Whether these are the measures of `model`, compiled from the same scenario at whatever values.
    bool fits(const model::Model& model) const;

    void add(std::string_view name, std::string subject, Formula formula);

  private:
    Details details_;
    Currency currency_ = Currency::none;
    std::vector<std::uint64_t> outline_;
    std::vector<MeasureInfo> infos_;
    std::vector<Formula> formulas_;
};

/// All that the names and formulas of a plan depend on beside the ids, in a fixed order: which entities there are, how
/// they hang together, and what of them has no limit.
std::vector<std::uint64_t> measure_outline(const model::Model& model);

// The parts of the catalogue, one file each.
void add_flow_measures(MeasurePlan& plan, const model::Model& model);
void add_service_measures(MeasurePlan& plan, const model::Model& model);
void add_demand_measures(MeasurePlan& plan, const model::Model& model);
void add_terminal_measures(MeasurePlan& plan, const model::Model& model);
void add_empties_measures(MeasurePlan& plan, const model::Model& model);
void add_room_measures(MeasurePlan& plan, const model::Model& model);
void add_carriage_measures(MeasurePlan& plan, const model::Model& model);
void add_cost_measures(MeasurePlan& plan, const model::Model& model);
void add_emission_measures(MeasurePlan& plan, const model::Model& model);

/// Legs of one demand from one boarding to one alighting, in whatever itineraries: a row of the audit table.
struct Ride {
    std::string subject;  ///< "demand.exports.ride.yibin-guoyuan.forward.yibin.guoyuan"
    std::vector<std::size_t> legs;
};
std::vector<Ride> rides_of(const model::Model& model);

/// Adds one member over legs, in order.
template <class Value>
MeasurePlan::Formula sum_of_rides(const Ride& ride, Value value) {
    return [legs = ride.legs, value](const Results& r) {
        double sum = 0.0;
        for (const std::size_t leg : legs) {
            sum += value(r.accounts.rides[leg]);
        }
        return sum;
    };
}
void add_time_use_measures(MeasurePlan& plan, const model::Model& model);
void add_picture_measures(MeasurePlan& plan, const model::Model& model);
void add_way_measures(MeasurePlan& plan, const model::Model& model);
void add_disruption_measures(MeasurePlan& plan, const model::Model& model);  ///< none without a census

inline constexpr double kHour = kMillisecondsPerHour;

/// Length of the measurement window.
inline double window_ms(const Results& r) { return model::length_ms(r.model.window); }

/// Containers of a demand released in the window.
inline double released(const Results& r, Id<model::Demand> id) {
    return static_cast<double>(r.tally.demands[id].released_in_window);
}

/// numerator / denominator, NaN where nothing was counted.
double ratio(double numerator, double denominator);

}  // namespace corridor::engine
