// A lock as model.md describes it, looked at afresh whenever something happens.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "corridor/base/time.h"
#include "corridor/model/model.h"

namespace corridor::reference {

/// What it counts in the period, of one direction.
struct LockCounts {
    std::int64_t lockages = 0, vessels = 0, turns = 0;
    std::int64_t waits = 0, wait_sum = 0;  ///< of the vessels in lockages that begin in the period
    std::int64_t busy = 0, waiting = 0;    ///< chamber-ms and vessel-ms
};

class Lock {
  public:
    struct Vessel {
        std::size_t vehicle = 0;
        bool is_traffic = false;
        model::VesselSize size;
        Tick arrived = 0;
    };

    /// `sizes`: by direction, of the vessels that may come.
    Lock(const model::Lock& lock, const model::Window& window, std::array<std::vector<model::VesselSize>, 2> sizes);

    void arrive(model::Direction direction, const Vessel& vessel) { queues_[index(direction)].push_back(vessel); }

    using Frees = std::function<void(const Vessel&, Tick)>;

    /// All have arrived who do now: says of each vessel that is let in when it is free.
    void look(Tick now, const Frees& frees);
    /// The first time after `now` at which it has to be looked at though nobody comes; the end of the period if none.
    Tick next_look(Tick now) const;

    /// At the end of the period, with those who still wait.
    LockCounts counts(model::Direction direction) const;

  private:
    struct Chamber {
        std::size_t side = 0;
        Tick idle_from = 0;
        bool is_turning = false;
    };

    static std::size_t index(model::Direction direction) { return static_cast<std::size_t>(direction); }
    bool holds(const std::vector<model::VesselSize>& vessels) const;
    std::size_t taken(std::size_t side, std::size_t first) const;
    bool is_full(std::size_t side, std::size_t first) const;
    bool may_start(std::size_t side, std::size_t first, Tick now) const;
    std::size_t provided_for(std::size_t side, Tick now) const;
    bool may_turn(std::size_t side, Tick now) const;
    void start(Chamber& chamber, Tick now, const Frees& frees);
    void turn(Chamber& chamber, Tick now);
    void keep_busy(Chamber& chamber, std::size_t counted_for, Tick now, Tick until);

    const model::Lock& lock_;
    model::Window window_;
    std::array<std::vector<model::VesselSize>, 2> sizes_;
    std::array<std::vector<Vessel>, 2> queues_;
    std::vector<Chamber> chambers_;
    std::array<LockCounts, 2> counts_;
};

}  // namespace corridor::reference
