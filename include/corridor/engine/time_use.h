// Where the time of containers goes between release and delivery.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corridor {

/// First the waits ashore, then with the vehicle, then on the way; last what is not waiting.
enum class TimeUse : std::uint8_t {
    empty,           ///< for an empty container to be loaded into
    gate,            ///< outside, until the gate opens
    yard_full,       ///< for room in a yard: outside, on board, or in the hook of a crane
    no_vehicle,      ///< ashore, for the next vehicle to come
    cut_off_missed,  ///< the same, after the list of a departure had closed that was still to leave
    vehicle_full,    ///< ashore, left behind at least once
    load,            ///< ashore, for a load that a departure has to have
    fleet,           ///< ashore, for a vehicle of the fleet that is due
    berth,           ///< for the berth or track of its vehicle
    berthing,        ///< while its vehicle berths or is shunted
    tugs,            ///< while its vehicle waits for tugs, or is towed clear of its berth
    crane,           ///< for a crane
    yard_crane,      ///< for a crane of the yard
    other_moves,     ///< while others are loaded or discharged
    departure,       ///< for the timetabled departure, or for the least headway behind the vehicle before
    lock,
    path,
    section,
    closed_terminal,  ///< until its terminal, or the quay or tracks of it, are open again
    closure,          ///< until its service runs again, or a link on the way is open
    depth,     ///< for deeper water: on the way, or ashore, where a vehicle could have taken it with its whole payload
    handling,  ///< its own crane moves
    transfer,  ///< least time from one leg to the next
    running,   ///< under way
    road       ///< by road
};
inline constexpr std::size_t kTimeUses = 25;

/// What a use of time is booked at.
enum class TimeUsePlace : std::uint8_t { boarding_stop, facility, terminal, line, demand };

struct TimeUseInfo {
    std::string_view
        label;  ///< in the subjects of measures: "vehicle-full"; closures at both kinds of places share one
    bool is_waiting = true;
    TimeUsePlace place = TimeUsePlace::boarding_stop;
    std::string_view meaning;
};

/// In the order of TimeUse.
const std::array<TimeUseInfo, kTimeUses>& time_uses();

}  // namespace corridor
