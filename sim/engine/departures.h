// When a line departs, in one replication.
#pragma once

#include "corridor/model/model.h"
#include "release_stream.h"

namespace corridor::engine {

/// The timetable of a line with its phase drawn. Departures are computed from their number, never accumulated.
class DepartureTimes {
  public:
    explicit DepartureTimes(const model::Timetable& timetable) : timetable_(&timetable) {}

    void reset(std::uint64_t seed, std::uint64_t replication);

    /// The k-th departure, from 0; kNever beyond the last.
    Tick departure(std::uint64_t k) const;

    /// The first departure at or after `time`; kNever if there is none.
    Tick first_from(Tick time) const { return departure(first_number_from(time)); }
    /// Its number.
    std::uint64_t first_number_from(Tick time) const;

  private:
    const model::Timetable* timetable_;
    double first_ms_ = 0.0;
};

}  // namespace corridor::engine
