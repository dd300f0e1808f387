// How much room of a yard may have been taken at most, found from changes in any order of time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::engine {

/// Time is cut into slices. What is taken in a slice counts before what is freed in it, so the bound is never too low.
class RoomBound {
  public:
    /// Nothing is taken; changes come at instants up to `horizon`.
    void reset(Tick horizon) {
        shift_ = 0;
        while ((horizon >> shift_) >= kSlices) {
            ++shift_;
        }
        slices_.assign(static_cast<std::size_t>(horizon >> shift_) + 1, {});
    }

    /// `quarters` more, or less, from `time` on.
    void change(Tick time, std::int64_t quarters) {
        Slice& slice = slices_[static_cast<std::size_t>(time >> shift_)];
        slice.change += quarters;
        slice.taken += std::max<std::int64_t>(quarters, 0);
    }

    /// At least as much as was taken at any instant.
    std::int64_t most() const {
        std::int64_t before = 0;
        std::int64_t most = 0;
        for (const Slice& slice : slices_) {
            most = std::max(most, before + slice.taken);
            before += slice.change;
        }
        return most;
    }

  private:
    static constexpr Tick kSlices = 1024;

    struct Slice {
        std::int64_t change = 0;
        std::int64_t taken = 0;
    };
    int shift_ = 0;
    std::vector<Slice> slices_;
};

}  // namespace corridor::engine
