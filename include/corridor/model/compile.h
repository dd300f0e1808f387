// From a Scenario and one set of values to a Model.
#pragma once

#include "corridor/base/result.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"

namespace corridor::model {

/// Compiles `scenario` at `values`: resolves routes to links (fastest of the vehicle's mode), expands round trips and
/// timetables, enumerates itineraries on the service network, spreads volumes over months.
///
/// The scenario must be one that the reader accepts; what it has checked is not checked again. A drawn value may be out
/// of bounds, which is an error under the value's own path; drawn counts are rounded, drawn shares scaled to add up
/// to 1.
///
/// Errors are those that need the whole network: unreachable destinations (with what is reachable), containers that no
/// vehicle on any way can take, routes without links, terminals that never open, cycles that take no time. Warnings:
/// services that never leave within the run or that nobody uses, cut-offs shorter than berthing and loading take,
/// fleets of the wrong size.
Result<Model> compile(const scenario::Scenario& scenario, const scenario::Values& values);

/// How many containers and background moves a replication is expected to have, the warm-up's included.
double expected_size(const Model& model);

}  // namespace corridor::model
