// Links and locks as the planner wrote them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/terminal.h"

namespace corridor::scenario {

enum class Direction { forward, backward };
inline constexpr std::array<Direction, 2> kDirections{Direction::forward, Direction::backward};

/// How the two directions use a link.
enum class LinkTraffic {
    both_ways,   ///< they do not hinder each other
    alternating  ///< in each section one direction at a time
};

/// The depth of a waterway from an instant on; before the first it has the first.
struct DepthStep {
    Instant from;
    Param depth;  ///< km
};

/// A waterway reach or a railway line between two terminals; forward (downstream on a waterway) is from -> to.
struct Link : Entity {
    Mode mode = Mode::waterway;
    Id<Terminal> from;
    Id<Terminal> to;
    Param length;                                      ///< km
    std::array<std::optional<Param>, 2> speed;         ///< by Direction, over ground; or:
    std::array<std::optional<Param>, 2> running_time;  ///< by Direction
    std::optional<Law> extra_time;                     ///< of each passage, beyond the running time
    std::optional<Param> paths_per_day;                ///< trains per direction and day, evenly spread from midnight on
    std::optional<Param> headway;                      ///< least time between vehicles of one direction
    LinkTraffic traffic = LinkTraffic::both_ways;      ///< of a waterway
    std::optional<Param> tracks;                       ///< of a railway: a single one is alternating
    std::optional<Param> crossing_places;              ///< between sections of equal length, where traffic alternates
    std::vector<WeeklyWindow> opening;                 ///< vehicles enter it only inside; empty: always
    std::vector<DatedWindow> calendar;                 ///< dated closures and extra hours, later ones win
    std::vector<DepthStep> depth;                      ///< of a waterway, sorted; empty: enough
    std::vector<std::pair<double, double>> geometry;   ///< (longitude, latitude) along the line, for maps; may be empty
};

enum class LockOperation {
    two_way,  ///< a chamber takes vessels up and down in turn
    one_way   ///< each direction has chambers of its own, which return empty
};

/// When a lock begins to lock vessels through.
enum class LockStart {
    when_waiting,  ///< as soon as a chamber is idle and a vessel waits
    when_full      ///< when the chamber takes no more, or the first vessel has waited for the longest wait
};

/// Vessels that pass a lock and are not modelled further.
struct LockTraffic {
    std::array<std::optional<Param>, 2> rate;  ///< vessels per time, by Direction
    std::optional<Param> length;               ///< km, of each
    std::optional<Param> beam;                 ///< km
};

/// A lock on a waterway. Its chambers are alike, and hold `places` vessels each or those whose size fits.
struct Lock : Entity {
    Id<Link> link;
    std::optional<Param> at;  ///< km from the beginning of the link; no value: half-way
    Param chambers;           ///< with one-way operation for each direction
    LockOperation operation = LockOperation::two_way;
    std::optional<Param> places;
    std::optional<Param> chamber_length;  ///< km
    std::optional<Param> chamber_width;   ///< km
    Param entering_time;                  ///< of each vessel, one after the other
    Param leaving_time;
    std::optional<Param> cycle_time;  ///< filling and emptying together; or:
    std::optional<Param> filling_time;
    std::optional<Param> emptying_time;
    LockStart start = LockStart::when_waiting;
    std::optional<Param> longest_wait;  ///< for a full chamber
    std::optional<LockTraffic> traffic;
};

}  // namespace corridor::scenario
