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

    /// At time k * spacing(), all that has happened by then included.
    std::vector<std::int32_t> counts() const;

  private:
    Tick spacing_ = 1;
    std::vector<std::int32_t> changes_;
};

}  // namespace corridor::engine
