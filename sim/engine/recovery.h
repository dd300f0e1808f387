// What disruptions did: a replication against the same one without them.
#pragma once

#include <vector>

#include "census.h"
#include "windows.h"

namespace corridor::engine {

/// The backlog is how many containers more there are than without disruptions. A disruption is over when the backlog
/// has come back within 1 % of the mean number without disruptions, or within one container, and stays there until the
/// next one begins; one that is not is taken together with the next.
struct Recovery {
    double backlog_most = 0.0;   ///< containers, at the minutes of the census in the period
    std::vector<Tick> times;     ///< from the start of a disruption until it is over, in order; 0 without a backlog
    std::size_t unfinished = 0;  ///< 1 where the last is not over at the end of the period
};

/// `windows` are those of all disruptions, merged.
Recovery recovery_of(const Census& disrupted, const Census& undisturbed, const Windows& windows,
                     const model::Window& period);

}  // namespace corridor::engine
