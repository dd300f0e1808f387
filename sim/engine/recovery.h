// What disruptions did: a replication against the same one without them.
#pragma once

#include <vector>

#include "census.h"
#include "windows.h"

namespace corridor::engine {

/// The backlog is how many containers more there are than without disruptions; it is none within 1 % of the mean number
/// without disruptions, or within one container. It is gone at the first minute after its peak, and after the end of
/// the disruption, at which it is none and is none on average over the week from then on (or until the next disruption
/// begins); the peak is the most in the week in which there is most. What is not gone when the next one begins is taken
/// together with it. Where deliveries come at other times ever after, as those of shuttles do, the difference never
/// comes to rest: that is why a moment is not enough, and why it need not stay.
struct Recovery {
    double backlog_most = 0.0;   ///< containers, at the minutes of the census in the period
    std::vector<Tick> times;     ///< from the end of a disruption until it is gone, in order; 0 where it is gone before
    std::size_t unfinished = 0;  ///< 1 where it is not gone at the end of the period
};

/// `windows` are those of all disruptions, merged.
Recovery recovery_of(const Census& disrupted, const Census& undisturbed, const Windows& windows,
                     const model::Window& period);

}  // namespace corridor::engine
