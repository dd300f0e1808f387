// When terminals are closed and services send no vehicle, in one replication: which waits are for that.
#pragma once

#include <vector>

#include "disruptions.h"

namespace corridor::engine {

class ClosedTimes {
  public:
    explicit ClosedTimes(const model::Model& model);

    /// A replication begins.
    void draw(const Disruptions& disruptions);

    /// The list of a timetabled departure closes; in order of time. `falls_out`: its service is closed at its time.
    void list_closes(Id<model::Line> line, Tick departure, Tick now, bool falls_out);

    /// How long of `wait` no crane of a facility begins a move: outside the opening hours, or closed by a disruption.
    Tick at_facility(std::size_t facility, const model::Window& wait) const;

    /// How long of `wait` those at a stop miss a vehicle since its service is closed. Of a timetable: from the list (or
    /// at later stops the time) of a departure that falls out until that of the next that does not, or until the end of
    /// the closure where departures are held for it; so a closure between two departures keeps nobody waiting. Of
    /// others: while the service is closed. At later stops by the running time later.
    Tick before_next(Id<model::Stop> stop, const model::Window& wait) const;

    /// The same at a first stop where a departure is due that has no vehicle: while the service is closed, too.
    Tick while_due(Id<model::Stop> stop, const model::Window& wait) const;

  private:
    /// Disjoint, in order of time.
    struct Closures {
        Windows held;           ///< departures of this time wait for its end
        Windows of_service;     ///< those, and when departures are cancelled
        Windows of_lists;       ///< without a departure that was to leave, by the closing of lists
        Windows of_departures;  ///< the same by their times
    };

    const model::Model& model_;
    std::vector<Windows> outside_hours_;  ///< by facility
    std::vector<Windows> facilities_;     ///< disruptions included
    std::vector<Closures> lines_;
    std::vector<Tick> to_stop_;  ///< by stop: running time of its line to there
};

}  // namespace corridor::engine
