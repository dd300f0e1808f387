// A Morris trajectory: from a random start every input moves once, two thirds of its range.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "corridor/base/random.h"

namespace corridor::study {

/// Four levels, steps of two thirds, in a random order of the inputs (Morris 1991, doi:10.1080/00401706.1991.10484804).
class Trajectory {
  public:
    static constexpr double kLast = 1.0 - 0x1p-53;  ///< the last level: just below 1, where quantiles end

    Trajectory(std::size_t dimensions, std::uint64_t seed, std::uint64_t number)
        : start_(dimensions), order_(dimensions) {
        Stream stream = make_stream(seed, number, stream_key("elementary effects", ""));
        for (double& x : start_) x = static_cast<double>(stream() >> 62) / 3.0;
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        for (std::size_t i = dimensions; i > 1; --i) {
            std::swap(order_[i - 1], order_[static_cast<std::size_t>(uniform01(stream) * static_cast<double>(i))]);
        }
    }

    const std::vector<std::size_t>& order() const { return order_; }
    double step(std::size_t dimension) const { return start_[dimension] < 0.5 ? kStep : -kStep; }

    /// `steps` inputs have moved.
    std::vector<double> point(std::size_t steps) const {
        std::vector<double> point = start_;
        for (std::size_t i = 0; i < steps; ++i) point[order_[i]] += step(order_[i]);
        for (double& x : point) x = std::clamp(x, 0.0, kLast);
        return point;
    }

  private:
    static constexpr double kStep = 2.0 / 3.0;

    std::vector<double> start_;
    std::vector<std::size_t> order_;
};

}  // namespace corridor::study
