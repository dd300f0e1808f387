// The most a corridor can carry: by how much all demand can grow before queues grow without end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/model/model.h"
#include "corridor/study/estimate.h"
#include "corridor/study/study.h"

namespace corridor {

struct CapacityPlan {
    std::uint64_t seed = 1;
    std::uint64_t replications = 20;  ///< of every trial; at least 2, for an interval
    unsigned threads = 1;
    double precision = 0.01;  ///< the search ends where a factor this share larger is refuted
};

/// Queues count as growing where, for some demand, the backlog takes in more than this share of what is released, or
/// where vehicles wait longer by more than this share of the time that passes - at a lock, for a path, a headway or a
/// section, for tugs -; with 95 % confidence over all demands together, and over all these waits (Bonferroni).
inline constexpr double kGrowingShare = 0.01;

/// All demand times `factor`, simulated.
struct GrowthTrial {
    double factor = 1.0;
    double released_per_day = 0.0;     ///< containers
    Estimate growth_per_day;           ///< containers in the system, from the second to the last third of the period
    std::vector<std::string> growing;  ///< demands whose backlog grows: "demand.exports"
    std::vector<std::string> growing_waits;  ///< where vehicles wait ever longer: "lock.dam.forward"

    double unserved_share = 0.0;        ///< of what is released, turned away at full yards or gone by road
    bool leaves_more_unserved = false;  ///< than at the stated demand, by more than kGrowingShare

    bool is_bounded() const { return growing.empty() && growing_waits.empty() && !leaves_more_unserved; }
};

/// How much of a resource was used in a trial.
struct ResourceUse {
    std::string resource;  ///< "slots", "cranes", "berths", "fleet", "locks", ..., as in the static balance
    std::string subject;
    double share = 0.0;  ///< of "empties" of a demand: how many of its containers found none when they were released
    bool queue_grows = false;  ///< vehicles wait there ever longer
};

struct CapacityResult {
    RunStatus status;               ///< complete, or that of the first replication that was not
    std::uint64_t fingerprint = 0;  ///< of all trajectories of all trials
    std::vector<GrowthTrial> trials;
    std::optional<double> carried;  ///< the largest factor tried that is bounded
    std::optional<double> refuted;  ///< the smallest that is not; nothing where even 1,000 times is carried
    double teu_per_day = 0.0;       ///< released at `carried`
    /// At `refuted`: where vehicles wait ever longer, then those used the most and within 3 % of it.
    std::vector<ResourceUse> bottlenecks;
};

/// The same corridor with all demand times `factor`, even over the year: releases at their mean rate over the period
/// (listed ones as they are listed, their containers rounded so that sums are kept). Background calls stay as they are.
model::Model with_demand_times(const model::Model& model, double factor);

/// Tries factors by bisection, all with the same random numbers. `watch.progress` counts the replications of one trial.
/// The same to the last bit for any number of threads.
CapacityResult find_capacity(const model::Model& model, const CapacityPlan& plan, const StudyWatch& watch = {});

}  // namespace corridor
