#include "corridor/engine/time_use.h"

namespace corridor {

const std::array<TimeUseInfo, kTimeUses>& time_uses() {
    using Place = TimeUsePlace;
    static constexpr std::array<TimeUseInfo, kTimeUses> kAll{{
        {"empty", true, Place::demand, "for an empty container"},
        {"gate", true, Place::terminal, "outside, until the gate opens"},
        {"yard-full", true, Place::terminal, "for room in the yard"},
        {"no-vehicle", true, Place::boarding_stop, "ashore, for the next vehicle"},
        {"cut-off-missed", true, Place::boarding_stop, "ashore, after a list had closed, for the next vehicle"},
        {"vehicle-full", true, Place::boarding_stop, "ashore, since a vehicle left it behind"},
        {"load", true, Place::boarding_stop, "ashore, for the load a departure has to have"},
        {"fleet", true, Place::boarding_stop, "ashore, for a vehicle of the fleet when one is due"},
        {"berth", true, Place::facility, "for the berth or track of its vehicle"},
        {"berthing", true, Place::facility, "while its vehicle berths or is shunted in"},
        {"tugs", true, Place::facility, "while its vehicle waits for tugs or is towed off"},
        {"crane", true, Place::facility, "for a crane"},
        {"yard-crane", true, Place::facility, "for a crane of the yard"},
        {"other-moves", true, Place::facility, "at the berth, while others are moved"},
        {"departure", true, Place::boarding_stop, "for its vehicle to leave"},
        {"lock", true, Place::line, "on the way, for a lock"},
        {"path", true, Place::line, "on the way, for a path or behind the vehicle before"},
        {"section", true, Place::line, "on the way, for a single track or one-way reach"},
        {"closure", true, Place::facility, "for a terminal, service or link to be open"},
        {"closure", true, Place::line, "for a terminal, service or link to be open"},
        {"depth", true, Place::line, "on the way or ashore, for deeper water"},
        {"handling", false, Place::facility, "its own crane moves"},
        {"transfer", false, Place::terminal, "least time from one leg to the next"},
        {"running", false, Place::line, "under way"},
        {"road", false, Place::demand, "by road"},
    }};
    return kAll;
}

}  // namespace corridor
