// The scenario at a point of a sweep.
#pragma once

#include <cstdint>

#include "corridor/base/result.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/sweep.h"

namespace corridor::study {

/// Errors that are of a value of the point are at its parameter in the study file.
Result<scenario::Scenario> scenario_at(const Sweep& sweep, std::uint64_t point);

}  // namespace corridor::study
