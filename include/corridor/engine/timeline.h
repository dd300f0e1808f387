// What every container and every vehicle did in one replication, event by event.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/model.h"

namespace corridor {

enum class ContainerEvent : std::uint8_t {
    released,
    has_empty,          ///< there is an empty container for it
    comes_in,           ///< through the gate of its origin, or into a yard that has room
    turned_away,        ///< by a yard that is full
    unstacking_begins,  ///< a yard crane takes it out of the stack
    unstacked,          ///< that move has ended
    loading_begins,     ///< its crane move starts
    on_board,           ///< its crane move has ended
    departs,            ///< with its vehicle
    arrives,            ///< with its vehicle, at a stop where it may stay on board
    discharge_begins,   ///< its crane move starts
    ashore,             ///< its crane move has ended
    stacking_begins,    ///< a yard crane brings it into the stack
    stacked,            ///< that move has ended
    ready,              ///< for its next leg
    delivered,
    chooses_road,  ///< at once, at its origin
    gives_up,      ///< waiting, and goes by road
    road_ends,     ///< arrives by road
};
inline constexpr std::size_t kContainerEvents = 19;

enum class VehicleEvent : std::uint8_t {
    called,       ///< for a departure
    arrives,      ///< at a stop, and asks for a berth
    has_berth,    ///< was given one
    docks,        ///< with the tugs it needs
    has_berthed,  ///< work can begin
    loads,        ///< takes on board who is ready
    asks_tugs,    ///< to leave
    departs,      ///< with tugs: casts off
    clears,       ///< its berth, with tugs
    awaits_lock,
    enters_lock,  ///< when its lockage begins
    leaves_lock,
    awaits_section,  ///< of a link with paths, a headway, alternating traffic or hours of opening
    enters_section,
    leaves_section,
    awaits_depth,  ///< stands aside, until there is water enough
    floats,        ///< goes on
    ends_trip,
    begins_empty_run,  ///< without containers, to another place of its fleet
    ends_empty_run,
};
inline constexpr std::size_t kVehicleEvents = 20;

/// "loading_begins"
std::string_view name(ContainerEvent event);
std::string_view name(VehicleEvent event);

/// Where something happens.
struct TimelinePlace {
    enum class Kind : std::uint8_t { none, terminal, lock, link } kind = Kind::none;
    model::Direction direction = model::Direction::forward;  ///< of a lock or link
    std::uint32_t index = 0;
};

struct TimelineEvent {
    Tick time = 0;
    bool is_vehicle = false;
    std::uint8_t event = 0;        ///< a ContainerEvent or VehicleEvent
    std::uint32_t entity = 0;      ///< index of the demand, or of the line of a vehicle; on an empty run, that of its
                                   ///< fleet, counted on from the lines
    std::uint32_t number = 0;      ///< of the container in its demand, or of the trip or empty run, which has a number
                                   ///< of its own in the replication, from 1
    std::uint32_t trip = 0;        ///< of a container that is with a vehicle: the trip; 0: none
    std::uint32_t line = 0;        ///< of that trip
    std::uint32_t containers = 0;  ///< on board of a vehicle
    TimelinePlace place;
};

struct Timeline {
    RunStatus status;
    std::uint64_t fingerprint = 0;      ///< of the trajectory
    std::vector<TimelineEvent> events;  ///< in order of time, before the horizon; warm-up included
};

/// Hears events as they become known, which is before or after their time comes: containers are drawn and moved in
/// batches.
using TimelineListener = std::function<void(const TimelineEvent&)>;

/// How a replication went that was listened to.
struct Followed {
    RunStatus status;
    std::uint64_t fingerprint = 0;  ///< of the trajectory
};

/// Runs one replication and tells `listener` what happened, before the horizon. In order of time, and of events of one
/// time in the order in which they were told, it is the timeline.
Followed follow_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                         TimelineListener listener, const std::atomic<bool>* stop = nullptr);

/// One call of a trip, as it is drawn in a string-line diagram.
struct TripCall {
    Tick arrives = 0;
    Tick departs = 0;              ///< when it left, or ended its trip
    std::uint32_t containers = 0;  ///< on board when it left; 0 at the end
};

/// A departure of a line, on its way.
struct Trip {
    Id<model::Line> line;
    std::vector<TripCall> calls;  ///< at the stops of its line, as far as it came before the horizon
};

struct TripRecord {
    RunStatus status;
    std::vector<Trip> trips;  ///< in order of their first arrival; warm-up included
};

/// Runs one replication and keeps where its vehicles were when.
TripRecord record_trips(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                        const std::atomic<bool>* stop = nullptr);

/// Runs one replication and keeps what happened: 40 bytes an event, some ten events a container and leg.
Timeline record_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                         const std::atomic<bool>* stop = nullptr);

}  // namespace corridor
