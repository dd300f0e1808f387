// The containers of one demand, drawn lazily: nothing happens until somebody asks who has been released by now.
#pragma once

#include <algorithm>
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
    Tick next() const { return next_ahead_ < ahead_.size() ? ahead_[next_ahead_].released : next_; }

    /// Appends every container released up to and including `until`, in order of time, bound for `leg`.
    void advance(Tick until, std::uint32_t leg, std::vector<Box>& out);

    /// Draws everyone released up to and including `until`, for `advance` to hand out later.
    void look_ahead(Tick until);
    /// Calls visit(box) for everyone who has been drawn and not handed out, in order of time.
    template <class Visit>
    void for_each_ahead(Visit visit) const {
        std::for_each(ahead_.begin() + static_cast<std::ptrdiff_t>(next_ahead_), ahead_.end(), visit);
    }

  private:
    void draw(Tick until, std::uint32_t leg, std::vector<Box>& out);
    template <class Emit>
    void advance_poisson(Tick until, Emit emit_at);
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
    std::vector<Box> ahead_;     ///< drawn; handed out before `next_ahead_`
    std::size_t next_ahead_ = 0;
};

}  // namespace corridor::engine
