// When a point of a study has replications enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "corridor/study/estimate.h"

namespace corridor {

/// Exactly `replications`; with `precision`, at least these, and on until every headline's half-width is within this
/// share of its mean, `most` at the most.
struct StopRule {
    std::uint64_t replications = 20;
    std::optional<double> precision;
    std::uint64_t most = 10'000;

    std::uint64_t limit() const;  ///< there are never more
};

/// What the replications 0, 1, 2, ... of a point come to. Depends on them alone, not on when they were made.
class PointCourse {
  public:
    /// `headlines` are positions among the outputs.
    PointCourse(const StopRule& rule, std::size_t outputs, std::vector<std::size_t> headlines);

    /// Whether no more are wanted.
    bool is_over() const;

    /// Whether every headline is as precise as asked, or no precision is.
    bool is_precise() const;

    /// The next replication; without outputs where it failed.
    void add(const std::vector<double>& outputs);

    std::uint64_t replications() const { return replications_; }  ///< added, with those that failed
    std::uint64_t failures() const { return failures_; }
    const std::vector<Estimate>& estimates() const { return estimates_; }  ///< of those that did not fail

    /// How many there will be in the end, as far as can be told.
    std::uint64_t expected() const;

  private:
    double worst_half_width() const;

    StopRule rule_;
    std::vector<std::size_t> headlines_;
    std::vector<Estimate> estimates_;
    std::uint64_t replications_ = 0;
    std::uint64_t failures_ = 0;
};

}  // namespace corridor
