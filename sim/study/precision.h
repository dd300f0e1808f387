// How sure the mean of a headline is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "corridor/study/estimate.h"

namespace corridor::study {

/// Half-width as a share of the mean; 0 where nothing varies, infinite where it is not known. More replications do not
/// help a headline that no replication defines: it asks for none.
inline double relative_half_width(const Estimate& estimate) {
    if (estimate.samples() == 0) return 0;
    const std::optional<double> half = estimate.half_width();
    if (!half) return std::numeric_limits<double>::infinity();
    return *half == 0 ? 0 : *half / std::abs(estimate.mean());
}

/// How many replications will do, `least` to `most`, from the half-width after `replications` of them: it shrinks with
/// the square root of their number.
inline std::uint64_t replications_needed(std::uint64_t replications, double half_width, double precision,
                                         std::uint64_t least, std::uint64_t most) {
    const double excess = half_width / precision;
    const double needed = static_cast<double>(replications) * excess * excess;
    if (!(needed < static_cast<double>(most))) return most;
    return std::max(least, static_cast<std::uint64_t>(std::ceil(needed)));
}

}  // namespace corridor::study
