// How many containers are in the system, at every full minute; of runs beyond two years at fewer instants.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::engine {

class Census {
  public:
    void reset(Tick horizon);

    /// `step` more are there from `time` on.
    void add(Tick time, std::int32_t step) {
        const auto bin = static_cast<std::size_t>((time + spacing_ - 1) / spacing_);
        if (bin < changes_.size()) {
            changes_[bin] += step;
        }
    }

    Tick spacing() const { return spacing_; }

    /// From the instant (k - 1) * spacing() until k * spacing(), which is included.
    const std::vector<std::int32_t>& changes() const { return changes_; }

  private:
    Tick spacing_ = 1;
    std::vector<std::int32_t> changes_;
};

}  // namespace corridor::engine
