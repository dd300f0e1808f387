// By how much a report may be off.
#pragma once

#include <cstdint>

#include "corridor/base/random.h"
#include "corridor/scenario/scenario.h"

namespace corridor::study {

/// What a simulated value is multiplied by to be what would be reported: 1 + error x z, with a standard normal z of its
/// own per figure and draw.
inline double reporting_error(const scenario::Reported& figure, std::uint64_t seed, std::uint64_t draw) {
    if (figure.error == 0) return 1;
    Stream stream = make_stream(seed, draw, stream_key("reporting error", figure.name));
    return 1 + figure.error * normal(stream);
}

}  // namespace corridor::study
