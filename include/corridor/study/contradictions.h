// Facts that cannot all be true.
#pragma once

#include "corridor/base/diagnostic.h"
#include "corridor/scenario/scenario.h"

namespace corridor {

/// A warning for every two reported figures that can be read as the same measure of the same subjects over the same
/// window, but whose values lie further apart than their reporting errors explain (1.96 standard deviations).
Diagnostics contradictions(const scenario::Scenario& scenario);

}  // namespace corridor
