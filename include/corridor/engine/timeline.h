// What every container and every vehicle did in one replication, event by event.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "corridor/engine/simulator.h"
#include "corridor/model/model.h"

namespace corridor {

enum class ContainerEvent : std::uint8_t {
    released,          ///< into the yard of its origin
    loading_begins,    ///< its crane move starts
    on_board,          ///< its crane move has ended
    departs,           ///< with its vehicle
    arrives,           ///< with its vehicle, at a stop where it may stay on board
    discharge_begins,  ///< its crane move starts
    ashore,            ///< its crane move has ended
    ready,             ///< for its next leg
    delivered,
    gives_up,   ///< waiting, and goes by road
    road_ends,  ///< arrives by road
};

enum class VehicleEvent : std::uint8_t {
    called,       ///< for a departure
    arrives,      ///< at a stop, and asks for a berth
    has_berth,    ///< was given one
    has_berthed,  ///< work can begin
    loads,        ///< takes on board who is ready
    departs,
    ends_trip,
};

struct TimelineEvent {
    Tick time = 0;
    bool is_vehicle = false;
    std::uint8_t event = 0;        ///< a ContainerEvent or VehicleEvent
    std::uint32_t entity = 0;      ///< index of the demand, or of the line of a vehicle
    std::uint32_t number = 0;      ///< of the container in its demand, or of the trip in the replication, from 1
    std::uint32_t trip = 0;        ///< of a container that is with a vehicle: the trip; 0: none
    std::uint32_t line = 0;        ///< of that trip
    Id<model::Terminal> terminal;  ///< where; invalid where it is not at one
    std::uint32_t containers = 0;  ///< on board of a vehicle
};

struct Timeline {
    RunStatus status;
    std::vector<TimelineEvent> events;  ///< in order of time, before the horizon; warm-up included
};

/// Hears events as they become known, which is before or after their time comes: containers are drawn and moved in
/// batches.
using TimelineListener = std::function<void(const TimelineEvent&)>;

/// Runs one replication and tells `listener` what happened, before the horizon. In order of time, and of events of one
/// time in the order in which they were told, it is the timeline.
RunStatus follow_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                          TimelineListener listener, const std::atomic<bool>* stop = nullptr);

/// Runs one replication and keeps what happened: 40 bytes an event, some ten events a container and leg.
Timeline record_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                         const std::atomic<bool>* stop = nullptr);

}  // namespace corridor
