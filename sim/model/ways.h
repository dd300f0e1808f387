// What stands between two terminals: the elements that a vehicle meets on its way.
#pragma once

#include <string>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

struct Compilation;
struct Traffic;

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

/// The share of time for which vessels occupy the chambers of a lock if every lockage is full.
struct LockLoad {
    std::string subject;  ///< with the direction where chambers serve one
    double busy = 0.0;    ///< of the time of all chambers
    double chambers = 1.0;
    double vessels_per_hour = 0.0;
    double working_share = 1.0;  ///< of the time of all chambers, what disruptions leave on average
};

/// Of the locks in their order, and of their directions.
std::vector<LockLoad> lock_loads(const Model& model, const Traffic& traffic);

/// Reports vessels of a service that do not fit a lock on their route.
void check_locks(Compilation& compilation, const scenario::Service& service, const std::vector<Hop>& hops);

}  // namespace corridor::model
