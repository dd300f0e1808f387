// The plain way to simulate a corridor, to compare the engine with: every container is an individual with events of its
// own, every release and every crane move an event in one list. Nothing is drawn late, moved in batches or planned
// ahead. Written from docs/model.md; it shares the compiled model and the random streams with the engine and nothing
// else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::reference {

/// "demand: delivered": by the number of the demand. Containers, departures, TEU / 4, or ms; means of nothing are 0.
/// And "container 3 of demand 0: crane moves", what becomes of each (see journal.h).
using Counts = std::map<std::string, std::vector<double>>;

/// Whether it knows all there is: terminals with berths, cranes and yard cranes, first come first served or in turn by
/// priority and with limits at a vehicle, move times of demands, opening hours, gates, yards with room for those who
/// are released and those who land, background traffic, timetables and their exceptions, departures by load, payloads,
/// wagons, kept room, low water, fleets, shared ones with their empty runs, transfers, locks, links that vehicles enter
/// one by one, with extra times, choice of route, patience, containers collected after a fixed time; and cranes,
/// berths, links and services that are closed or slowed at dated times, but no closed services with fleets or least
/// loads.
///
/// What is not said is left out: who is first of those who do everything at one instant, where moves in turn take no
/// time; in which order times by road are drawn where patience is limited; and who has room first where berths without
/// berthing time come free before a limited yard. So is that in which the engine does not do as model.md says. It does
/// not keep the order of an instant at locks that vessels meet as soon as they leave a terminal; at terminals without
/// berthing time that vehicles reach out of sections in no time, or some out of a section or lock and others not; in
/// shared fleets beside moves in turn or departures by load; and for background calls at set times where containers
/// wait on board for room, or for yard cranes.
bool covers(const model::Model& model);

/// What one replication counts. Requires: covers(model).
Counts simulate(const model::Model& model, std::uint64_t seed, std::uint64_t replication);

/// The same by the engine, which must not mind whether somebody observes it, nor what it has simulated before.
Counts simulate_by_engine(const model::Model& model, std::uint64_t seed, std::uint64_t replication);

/// "demand 2: delivered: 14, not 13"; empty where both are the same.
std::string first_difference(const Counts& counts, const Counts& expected);

}  // namespace corridor::reference
