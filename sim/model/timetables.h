// Departures as the planner wrote them to departures in ticks.
#pragma once

#include "compilation.h"

namespace corridor::model {

Dispatch dispatch_of(const scenario::Departures& departures);

/// The departures of one direction of `service`; empty for services without a timetable.
Timetable compile_timetable(Compilation& compilation, const scenario::Service& service,
                            const scenario::Departures& departures, Direction direction);

/// Mean time between departures within the run; the whole run where there is at most one.
Tick mean_headway(const Model& model, const Timetable& timetable);

/// Departures within [from, to) as arithmetic has them: exact for listed times, else by the headway.
double expected_departures(const Timetable& timetable, const Window& window);

}  // namespace corridor::model
