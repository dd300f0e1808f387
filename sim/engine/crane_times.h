// When the cranes of a pool can work: breakdowns drawn ahead per replication, and dated outages.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/model/model.h"
#include "time_stat.h"

namespace corridor::engine {

/// What breakdowns cost in the window.
struct BreakdownTally {
    std::vector<Tick> time_with_down;  ///< by the number of cranes down
    TimeStat repair_wait;              ///< from a failure until a gang begins, of failures in the window
    std::uint64_t failures = 0;
};

/// The cranes of one pool in one replication. A crane that is down stops in the middle of a move and goes on after its
/// repair; one that is out starts no move, but finishes the one it has begun. Failures come at work or idle.
class CraneTimes {
  public:
    CraneTimes(const model::CranePool& pool, Tick horizon);

    /// Draws the breakdowns of a replication; cranes begin in order, each just repaired.
    void draw(std::uint64_t seed, std::uint64_t replication);

    std::size_t size() const { return down_.size(); }

    /// The first instant from `time` on at which the crane is neither down nor out.
    Tick first_ready(std::size_t crane, Tick time) const;

    /// When `work` that begins at `start` ends.
    Tick end_of(std::size_t crane, Tick start, Tick work) const;

    void count(const model::Window& window, BreakdownTally& tally) const;

  private:
    struct Failure {
        Tick time = 0;
        Tick repair = 0;  ///< when a gang begins
    };

    void add_failure(std::size_t crane, Tick time, std::vector<Tick>& gangs);

    const model::CranePool* pool_;
    Tick horizon_;
    std::vector<std::vector<model::Window>> down_;  ///< by crane, in order
    std::vector<Failure> failures_;                 ///< of all cranes, in order
    std::vector<Stream> streams_;
};

}  // namespace corridor::engine
