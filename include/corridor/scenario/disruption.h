// Disruptions as the planner wrote them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/terminal.h"
#include "corridor/scenario/way.h"

namespace corridor::scenario {

/// What becomes of departures whose time lies in the closure of their service.
enum class ClosedDepartures { hold, cancel };

/// What of a terminal is disrupted; `whole` is its cranes of every kind, its berths and tracks, and its gate.
enum class TerminalPart { whole, quay, rail, yard, gate, tugs };

/// A terminal or one of its parts, a lock, a fleet, or a service or a link or one of its directions.
struct DisruptedPart {
    std::string subject;  ///< as written: "terminal.guoyuan.quay"
    Id<Terminal> terminal;
    Id<Lock> lock;
    Id<Fleet> fleet;
    Id<Service> service;
    Id<Link> link;
    TerminalPart part = TerminalPart::whole;  ///< of the terminal
    std::optional<Direction> direction;       ///< of the service or link
};

/// Resources, services or links that are closed, fewer or slower for a while: one effect, in dated windows or at
/// random.
struct Disruption : Entity {
    std::vector<DisruptedPart> of;
    bool closed = false;
    std::optional<Param> slowed;        ///< factor on crane moves, lockages, the work of tugs or running times, >= 1
    std::optional<Param> fewer_cranes;  ///< cranes out, or:
    std::optional<Param> crane_share;   ///< share of the cranes that is out
    std::optional<Param> fewer_berths;
    std::optional<Param> fewer_tugs;
    std::optional<Param> fewer_chambers;
    std::optional<Param> fewer_vehicles;
    ClosedDepartures departures = ClosedDepartures::hold;
    std::vector<DatedWindow> windows;     ///< of all parts; or:
    std::optional<Breakdowns> at_random;  ///< of each part by itself
};

}  // namespace corridor::scenario
