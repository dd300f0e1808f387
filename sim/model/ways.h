// What stands between two terminals: the elements that a vehicle meets on its way.
#pragma once

#include <string>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

struct Compilation;

/// Lengths are in km in a scenario; whole micrometres, so that 100.5 m stay 100.5 m.
double metres(double km);

/// Whether a vessel fits into a chamber by itself, where a lock goes by size.
bool fits(const Lock& lock, const VesselSize& vessel);

/// "a vessel is 110 m long and 17 m wide, a chamber 100 m and 12 m"
std::string size_text(const Lock& lock, const VesselSize& vessel);

/// Expected time from end to end of a link: running, and what is on it, without waiting.
Tick expected_time(const Compilation& compilation, Id<Link> link, Direction direction);

/// Appends what a vehicle meets on a link, which may be its run alone.
void append_way(const Compilation& compilation, const LinkUse& use, std::vector<WayElement>& way);

/// Whether there is anything but the run.
bool has_way(const Compilation& compilation, const LinkUse& use);

/// Reports vessels of a service that do not fit a lock on their route.
void check_locks(Compilation& compilation, const scenario::Service& service, const std::vector<Hop>& hops);

}  // namespace corridor::model
