// When the cranes of a pool can work, and how fast: breakdowns, outages, and disruptions of their terminal.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "corridor/model/model.h"
#include "failures.h"
#include "time_stat.h"

namespace corridor::engine {

/// What breakdowns cost in the window.
struct BreakdownTally {
    std::vector<Tick> time_with_down;  ///< by the number of cranes down
    TimeStat repair_wait;              ///< from a failure until a gang begins, of failures in the window
    std::uint64_t failures = 0;
};

/// What disruptions do to the cranes of one facility in one replication.
struct DisruptedCranes {
    struct Outage {
        model::Window window;
        std::uint32_t cranes = 0;
    };
    Windows closed;  ///< no move starts
    std::vector<Outage> outages;
    Steps slowness;  ///< factor on the time of a move that starts
};

/// The cranes of one pool in one replication. A crane that is down stops in the middle of a move and goes on after its
/// repair; one that is out starts no move, but finishes the one it has begun. Failures come at work or idle.
class CraneTimes {
  public:
    CraneTimes(const model::CranePool& pool, Tick horizon);

    /// Draws the breakdowns of a replication; cranes begin in order, each just repaired. `disrupted` may be null.
    void draw(std::uint64_t seed, std::uint64_t replication, const DisruptedCranes* disrupted);

    /// The first instant from `time` on at which the crane is neither down nor out, nor the facility closed.
    Tick first_ready(std::size_t crane, Tick time) const {
        const Ready& seen = ready_[crane];
        return time >= seen.since && time < seen.ready.to ? std::max(time, seen.ready.from) : find_ready(crane, time);
    }

    /// The same where cranes are unlimited.
    Tick first_ready(Tick time) const { return disrupted_ ? leave_windows(disrupted_->closed, time) : time; }

    /// When `work` that begins at `start` ends.
    Tick end_of(std::size_t crane, Tick start, Tick work) const {
        const Tick end = end_of(start, work);
        const model::Window& ready = ready_[crane].ready;
        return start >= ready.from && end <= ready.to ? end : find_end(crane, start, end);
    }

    /// The same where cranes are unlimited.
    Tick end_of(Tick start, Tick work) const {
        return disrupted_ == nullptr || disrupted_->slowness.empty() ? start + work : slowed_end(start, work);
    }

    void count(const model::Window& window, BreakdownTally& tally) const;

  private:
    /// A crane that is not ready from `since` until `ready`, and then without a break.
    struct Ready {
        Tick since = 0;
        model::Window ready;
    };

    Tick slowed_end(Tick start, Tick work) const;
    Tick find_ready(std::size_t crane, Tick time) const;
    Tick find_end(std::size_t crane, Tick start, Tick end) const;

    const model::CranePool* pool_;
    Tick horizon_;
    Failures failures_;
    const DisruptedCranes* disrupted_ = nullptr;
    std::vector<Windows> out_;          ///< by crane
    mutable std::vector<Ready> ready_;  ///< by crane: what was last seen
};

}  // namespace corridor::engine
