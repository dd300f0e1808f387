// Links, sections and locks, and what of them lies between two stops.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/law.h"
#include "corridor/base/time.h"
#include "corridor/model/basics.h"

namespace corridor::model {

/// The depth of a link from a time on; before the first it has the first.
struct DepthStep {
    Tick from = 0;
    double metres = 0.0;
};

struct Link {
    std::string id;
    std::string name;
    Mode mode = Mode::waterway;
    Id<Terminal> from;
    Id<Terminal> to;
    double km = 0.0;
    double paths_per_day = 0.0;           ///< trains per direction; 0: no limit
    DurationLaw extra_time = FixedLaw{};  ///< of a passage, beyond the running time
    Tick headway = 0;                     ///< least time between vehicles of one direction that enter a section
    bool alternating = false;             ///< in each section one direction at a time
    std::uint32_t sections = 1;           ///< of equal length
    std::vector<Window> open;             ///< sorted, disjoint; vehicles enter inside; empty: always open
    std::vector<DepthStep> depth;         ///< sorted; empty: enough for all
    std::array<Tick, 2> running_times{};  ///< by Direction
    bool is_disrupted = false;

    /// It may, where it is slowed at times.
    bool takes_extra_time() const { return !is_zero(extra_time) || is_disrupted; }
    bool has_entrance() const {
        return paths_per_day > 0.0 || headway > 0 || alternating || !open.empty() || !depth.empty() ||
               takes_extra_time();
    }
};

/// A part of a link that vehicles enter one by one: of an alternating link those of both directions, else of one.
struct Section {
    Id<Link> link;
};

struct LinkUse {
    Id<Link> link;
    Direction direction = Direction::forward;
};

/// What a lock sees of a vessel.
struct VesselSize {
    double length_m = 0.0;
    double beam_m = 0.0;
};

/// How deep a vessel lies in the water, and how deep the water has to be.
struct Draught {
    double empty_m = 0.0;       ///< with the clearance below the keel
    double metres_per_t = 0.0;  ///< above 0

    /// Containers and cargo with which it floats; below 0 it does not float at all.
    double payload_t(double depth_m) const { return (depth_m - empty_m) / metres_per_t; }
};

/// Vessels of one direction that pass a lock and are not modelled further: a Poisson stream.
struct LockTraffic {
    double per_ms = 0.0;
    std::uint64_t stream = 0;
};

/// A lock: chambers that take vessels from one level to the other. Vessels that go forward come from the upper level.
struct Lock {
    std::string id;
    std::string name;
    Id<Link> link;
    std::uint32_t chambers = 1;  ///< with one-way operation for each direction
    bool two_way = true;         ///< chambers take vessels up and down in turn; else they return empty
    std::uint32_t places = 0;    ///< vessels in a chamber; 0: by their size
    VesselSize chamber;          ///< where there are no `places`
    Tick entering = 0;           ///< of each vessel, one after the other
    Tick leaving = 0;
    std::array<Tick, 2> levelling{0, 0};  ///< by Direction: emptying with vessels that go forward, else filling
    bool waits_until_full = false;
    std::optional<Tick> longest_wait;  ///< for a full chamber
    std::array<LockTraffic, 2> traffic;
    VesselSize traffic_size;
    bool is_disrupted = false;
    double disrupted_share = 0.0;  ///< of chamber time, as of crane time

    /// Of a vessel alone, for which a chamber is ready.
    Tick passage(Direction direction) const {
        return entering + levelling[static_cast<std::size_t>(direction)] + leaving;
    }
};

/// What a vehicle meets on a hop, one after the other.
struct WayElement {
    enum class Kind { run, lock, enter, leave } kind = Kind::run;
    Tick time = 0;  ///< of a run
    std::array<double, 2> extra{
        0.0, 0.0};  ///< of a run: shares of the extra time of its link that are over before and after it
    Id<Lock> lock;
    Id<Link> link;                             ///< of a section
    Id<Section> section;                       ///< invalid where vehicles do not wait for one another
    bool at_end = false;                       ///< the section entered is the first of the link, the one left the last
    Direction direction = Direction::forward;  ///< of travel, along the link
};

/// The run from one stop to the next.
struct Hop {
    Tick running_time = 0;  ///< expected, with what is on the way but without waiting
    double km = 0.0;
    double trip_share = 0.0;                   ///< of the km of the line, or of its hops where it has no length
    std::vector<WayElement> way;               ///< empty where there is nothing but the run
    std::vector<LinkUse> links;                ///< in order of travel
    Direction direction = Direction::forward;  ///< of the service: along its route, or back
};

}  // namespace corridor::model
