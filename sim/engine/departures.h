// When a line departs, in one replication.
#pragma once

#include <vector>

#include "corridor/model/model.h"
#include "release_stream.h"

namespace corridor::engine {

/// The timetable of a line with its phase drawn. Departures are computed from their number, never accumulated; where
/// there are exceptions from a drawn phase, they are listed once it is drawn.
class DepartureTimes {
  public:
    explicit DepartureTimes(const model::Timetable& timetable) : timetable_(&timetable) {}

    void reset(std::uint64_t seed, std::uint64_t replication, const model::Window& window);

    /// The k-th departure, from 0; kNever beyond the last.
    Tick departure(std::uint64_t k) const;

    /// The first departure at or after `time`; kNever if there is none.
    Tick first_from(Tick time) const { return departure(first_number_from(time)); }
    /// Its number.
    std::uint64_t first_number_from(Tick time) const;

    /// Departures of the window that are cancelled by date.
    std::uint64_t cancelled() const { return cancelled_; }

  private:
    bool is_listed() const { return timetable_->headway_ms <= 0.0 || timetable_->exceptions.any(); }
    const std::vector<Tick>& listed() const { return timetable_->exceptions.any() ? drawn_ : timetable_->listed; }

    const model::Timetable* timetable_;
    double first_ms_ = 0.0;
    std::vector<Tick> drawn_;  ///< where there are exceptions from a drawn phase
    std::uint64_t cancelled_ = 0;
};

}  // namespace corridor::engine
