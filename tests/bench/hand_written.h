// Workload W3 (w3.toml) written by hand, twice: the measure of what a general engine costs.
#pragma once

#include <cstdint>

namespace corridor::bench {

/// What both programs and the engine must agree on, within chance.
struct HandWritten {
    double river_minutes = 0.0;  ///< mean from release to discharge at Guoyuan
    double rail_minutes = 0.0;   ///< mean from release to departure of the train
    double delivered = 0.0;      ///< containers
};

/// Containers never enter the event list: releases are drawn when a departure asks, crane pools are the
/// Kiefer-Wolfowitz recursion. Nothing is measured but the three figures.
HandWritten run_lazy(std::uint64_t seed);

/// The classic way: an event for every release and every crane move, in a 4-ary heap.
HandWritten run_event_per_container(std::uint64_t seed);

}  // namespace corridor::bench
