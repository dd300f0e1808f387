// An estimate from its samples, for tests.
#pragma once

#include <vector>

#include "corridor/study/estimate.h"

namespace corridor {

inline Estimate estimate_of(const std::vector<double>& samples) {
    Estimate estimate;
    for (const double sample : samples) estimate.add(sample);
    return estimate;
}

}  // namespace corridor
