// What is closed, fewer or slower for a while.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/model/basics.h"
#include "corridor/model/terminal.h"
#include "corridor/model/way.h"

namespace corridor::model {

/// Resources, services or links that are closed, fewer or slower for a while.
struct Disruption {
    /// What fails together, and is repaired as one.
    struct Part {
        std::vector<Id<Facility>> facilities;  ///< cranes and berths
        std::vector<Id<Facility>> tugs;
        std::vector<Id<Terminal>> gates;
        std::vector<Id<Lock>> locks;
        std::vector<Id<Fleet>> fleets;  ///< of one that is closed or slowed, the lines too
        std::vector<Id<Line>> lines;
        std::vector<LinkUse> links;
    };

    std::string id;
    std::string name;
    std::vector<Part> parts;
    bool closes = false;
    bool cancels = false;   ///< departures of closed lines, which else are held
    double slowness = 1.0;  ///< factor on the times of crane moves, lockages, the work of tugs or runs
    std::uint32_t fewer_cranes = 0;
    double crane_share = 0.0;  ///< out, to the nearest whole number but at least one
    std::uint32_t fewer_berths = 0;
    std::uint32_t fewer_tugs = 0;
    std::uint32_t fewer_chambers = 0;
    std::uint32_t fewer_vehicles = 0;
    std::vector<Window> windows;          ///< of all parts, sorted and disjoint; or:
    std::optional<Breakdowns> at_random;  ///< with a stream for each part

    std::uint32_t cranes_out(const Facility& facility) const;
};

}  // namespace corridor::model
