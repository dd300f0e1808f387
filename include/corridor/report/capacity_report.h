// The most a corridor can carry, as text, JSON and CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/study/capacity.h"
#include "corridor/study/twin.h"

namespace corridor {

struct CapacityReport {
    std::string title;
    std::string hash;     ///< of the scenario
    std::string command;  ///< that gives this result again
    std::uint64_t seed = 0;
    std::uint64_t replications = 0;  ///< of each trial
    CapacityResult capacity;
    std::vector<CutRow> cuts;  ///< the most that can flow between pairs of terminals, without queues
    std::size_t cuts_omitted = 0;
};

/// The factor and its bottleneck, then the trials, then the cuts.
std::string capacity_text(const CapacityReport& report);

/// One object: scenario {title, hash}, version, command, seed, replications, fingerprint, growth {carried, refuted,
/// teu_per_day}, bottlenecks, trials, min_cuts, min_cuts_omitted.
std::string capacity_json(const CapacityReport& report);

/// The trials. Columns factor, released_per_day, growth_per_day, low95, high95, bounded (1 or 0), fingerprint.
std::string capacity_csv(const CapacityReport& report);

}  // namespace corridor
