// Dated exceptions from a timetable: departures that are cancelled, and ones that are run besides.
#pragma once

#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

struct Compilation;

/// The departures that are run, and those that are not.
struct DatedDepartures {
    std::vector<Tick> run;  ///< sorted
    std::vector<Tick> cancelled;
};

/// The rule of `timetable` from 0 until the end of the exceptions, with them applied. `first_ms` is its first departure
/// where it has a headway.
DatedDepartures with_exceptions(const Timetable& timetable, const Exceptions& exceptions, double first_ms);

/// How many of sorted departures are inside the window.
std::uint64_t count_inside(const std::vector<Tick>& departures, const Window& window);

/// Lists what is run, where the hours are known before a replication. Warns of exceptions that change nothing.
void apply_exceptions(Compilation& compilation, const scenario::Service& service,
                      const scenario::Departures& departures, Direction direction, Timetable& timetable);

}  // namespace corridor::model
