// Terminals as the planner wrote them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "corridor/base/time.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"

namespace corridor::scenario {

enum class Mode { waterway, railway };
inline constexpr std::array<Mode, 2> kModes{Mode::waterway, Mode::railway};

/// A number of identical servers; no value means unlimited, which the planner has to write ("unlimited").
using Places = std::optional<Param>;

/// Each crane breaks down, at work or idle, and is repaired. A gang repairs one crane at a time.
struct Breakdowns {
    Law time_to_failure;  ///< from the end of a repair to the next failure
    Law time_to_repair;
    Places gangs;
};

/// Cranes that start no move over [from, to): maintenance, lent to others.
struct CraneOutage {
    Instant from;
    Instant to;
    std::optional<Param> cranes;  ///< no value: all
};

/// Who gets a crane that is free, of vehicles that wait for moves of equal priority.
enum class CraneSharing {
    first_come,  ///< who asked first, for as many cranes as may work on it
    even,        ///< who has the fewest cranes at work
};

/// Cranes of one kind: how many, and how long one move takes (from `rate`, a fixed time, or from a law).
struct Cranes {
    Places count;
    Law move_time;
    std::optional<Breakdowns> breakdowns;
    std::vector<CraneOutage> out;
    std::optional<Param> per_vehicle;  ///< most that work on one vehicle at a time; no value: no limit
    CraneSharing sharing = CraneSharing::first_come;
};

/// Berths (waterway) or tracks (railway): how many, and the time to berth or shunt in before work starts.
struct Berths {
    Places count;
    Law entry_time;         ///< berthing or shunting time; 0 by default
    Places waiting_places;  ///< background calls that find these and the berths taken go elsewhere
};

/// What tugs do for a vehicle: how many of them, for how long.
struct TugJob {
    Param tugs;
    Law time;
};

/// Tugs (or pilots) of a port, beside its berths. A vehicle that has a berth takes tugs to dock, and again to leave.
struct Tugs {
    Param count;
    std::optional<TugJob> docking;
    std::optional<TugJob> leaving;
};

/// A weekly opening window, in minutes since Monday 00:00; `to` may be 7 * 1440.
struct WeeklyWindow {
    int from_minute = 0;
    int to_minute = 0;
};

/// A dated change of the opening hours: closed, or open in spite of the weekly hours, over [from, to).
struct DatedWindow {
    Instant from;
    Instant to;
    bool open = false;
};

enum class BoxSize { ft20, ft40, ft45 };
inline constexpr std::array<BoxSize, 3> kBoxSizes{BoxSize::ft20, BoxSize::ft40, BoxSize::ft45};
inline constexpr std::array<double, 3> kTeuOfSize{1.0, 2.0, 2.25};

/// Numbers of containers by size; no value where nothing is said.
using CountBySize = std::array<std::optional<Param>, kBoxSizes.size()>;

/// The empty containers that a terminal keeps.
struct EmptyStock {
    CountBySize stock;  ///< at the start of the warm-up; none by default
    CountBySize low;    ///< with fewer it asks for more; 0 by default
    CountBySize high;   ///< what it has beyond may be sent to others; no value: it sends none
};

/// What a terminal charges the containers of the corridor.
struct TerminalCost {
    std::array<std::optional<Param>, 2> lift;  ///< by Mode: quay_lift, rail_lift; money per lift or per TEU lifted
    std::optional<Param> storage;              ///< money per TEU and time in the yard beyond:
    std::optional<Param> free_time;
};

/// Emissions of a transport or hub operation, from the making of the fuel (well to tank) and from its use.
struct EmissionFactors {
    std::optional<Param> energy;        ///< of vehicles: per km when full, or per t-km; no value: see wtt and ttw
    std::optional<Param> energy_empty;  ///< per km without load; no value: as full
    Param wtt;  ///< well to tank: per unit of `energy`; without it per t-km or vehicle-km; of hubs, per lift or visit
    Param ttw;  ///< tank to wheel, likewise
};

/// Weekly hours, and dated closures and extra hours, later ones winning.
struct Hours {
    std::vector<WeeklyWindow> opening;  ///< empty: always
    std::vector<DatedWindow> calendar;
};

/// What becomes of a container that is released where the yard is full.
enum class FullYard { wait, turn_away };

/// Room for the containers of a terminal.
struct Yard {
    Param capacity;  ///< TEU
    FullYard when_full = FullYard::wait;
};

/// How a container changes between a vessel and a train.
enum class Transfer { yard, direct };

/// A port, a rail yard, or both. What it cannot handle is absent: a terminal without `quay_cranes` takes no barges.
struct Terminal : Entity {
    std::optional<double> latitude;               ///< degrees, WGS 84, -90..90
    std::optional<double> longitude;              ///< degrees, WGS 84, -180..180
    std::array<std::optional<Berths>, 2> berths;  ///< by Mode: berths, rail_tracks
    std::array<std::optional<Cranes>, 2> cranes;  ///< by Mode: quay_cranes, rail_cranes
    std::optional<Tugs> tugs;                     ///< of its berths
    Param transfer_time;                          ///< least time from discharge until ready for the next leg
    std::vector<WeeklyWindow> opening;            ///< crane moves start only inside; empty: always
    std::vector<DatedWindow> calendar;            ///< dated closures and extra hours, later ones win
    std::optional<EmptyStock> empties;
    std::optional<TerminalCost> cost;
    std::optional<EmissionFactors> emissions;
    std::optional<Yard> yard;           ///< no value: room for all
    std::optional<Cranes> yard_cranes;  ///< between quay or rail and the stack; no value: no such move
    std::optional<Hours> gate;          ///< when released containers come in and collected ones leave
    Transfer transfer = Transfer::yard;
};

}  // namespace corridor::scenario
