// When things fail and are repaired, drawn ahead: the cranes of a pool, or the parts of a disruption.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/model/model.h"
#include "windows.h"

namespace corridor::engine {

class Failures {
  public:
    struct Failure {
        Tick time = 0;
        Tick repair = 0;  ///< when a gang begins
    };

    explicit Failures(std::size_t count) : down_(count) {}

    /// Draws a replication up to `horizon`. All begin in order, just repaired; first failed, first repaired.
    void draw(const model::Breakdowns& breakdowns, Tick horizon, std::uint64_t seed, std::uint64_t replication);

    /// By number: when it is down, in order.
    const std::vector<Windows>& down() const { return down_; }

    const std::vector<Failure>& in_order() const { return failures_; }

  private:
    void add(const model::Breakdowns& breakdowns, std::size_t number, Tick time, std::vector<Tick>& gangs);

    std::vector<Windows> down_;
    std::vector<Failure> failures_;
    std::vector<Stream> streams_;
};

}  // namespace corridor::engine
