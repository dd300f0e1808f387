// The containers of one demand, drawn lazily: nothing happens until somebody asks who has been released by now.
#pragma once

#include <vector>

#include "box.h"
#include "corridor/model/model.h"

namespace corridor::engine {

/// Consignment after consignment of one demand in one replication.
class ReleaseStream {
  public:
    explicit ReleaseStream(const model::Demand& demand) : demand_(&demand) {}

    void reset(std::uint64_t seed, std::uint64_t replication);

    /// Time of the next consignment; kNever when there is none.
    Tick next() const { return next_; }

    /// Appends every container released up to and including `until`, in order of time, bound for `leg`.
    void advance(Tick until, std::uint32_t leg, std::vector<Box>& out);

  private:
    void advance_poisson(Tick until, std::uint32_t leg, std::vector<Box>& out);
    void advance_one_by_one(Tick until, std::uint32_t leg, std::vector<Box>& out);
    void schedule_from(double time_ms, double work);
    void schedule_even();
    void schedule_listed();
    void emit(Tick time, std::uint32_t containers, std::uint32_t leg, std::vector<Box>& out);

    const model::Demand* demand_;
    Stream gaps_{0};
    Stream classes_{0};
    Tick next_ = kNever;
    double next_ms_ = 0.0;       ///< the unrounded time of the next Poisson consignment
    std::size_t segment_ = 0;    ///< of the rate in force
    double work_before_ = 0.0;   ///< even: consignments of all segments before `segment_`
    std::uint64_t emitted_ = 0;  ///< consignments so far
};

}  // namespace corridor::engine
