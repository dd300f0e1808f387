// What a replication must never do. Each check says what is wrong, or nothing.
#pragma once

#include <optional>
#include <string>

#include "corridor/model/model.h"
#include "stowage.h"

namespace corridor::engine {

using Finding = std::optional<std::string>;

/// What is on board when a vehicle leaves.
struct Load {
    std::uint64_t quarters = 0;  ///< quarter TEU
    double tonnes = 0.0;         ///< 0 where the vehicle type has no payload
    BySize by_size{};            ///< of a train that is made up of wagons
};

/// "demand.d: released 12 laden 40 ft containers but accounts for 11"
Finding check_books(const model::Demand& demand, const model::BoxClass& box_class, std::uint64_t released,
                    std::uint64_t accounted);

/// Room, wagons and payload of the vehicle.
Finding check_load(const model::Service& service, const model::Line& line, const Load& load);

/// What the depth allows, where the line has a payload.
Finding check_draught(const model::Service& service, double payload_t, const Load& load);

/// `taken` counts the berths (tracks) that are booked, `there` the vehicles at them.
Finding check_berths(const model::Model& model, const model::Facility& facility, std::uint32_t taken,
                     std::uint32_t there);

/// `free` counts the tugs that are at no vehicle.
Finding check_tugs(const model::Model& model, const model::Facility& facility, std::uint32_t free);

/// A vehicle leaves when its last container is loaded, or later.
Finding check_departure(const model::Service& service, Tick departure, Tick loaded);

/// What is booked as boarded is what came on board.
Finding check_boarded(const model::Service& service, std::size_t boarded, std::size_t booked);

/// `fewest` is the least number of containers ever seen in the yard.
Finding check_yard(const model::Terminal& terminal, std::int64_t fewest);

/// Empties of one terminal and size since the origin.
struct EmptiesBook {
    std::int64_t initial = 0;
    std::int64_t returned = 0;  ///< by demands and from other terminals, and emptied
    std::int64_t at_hand = 0;
    std::int64_t taken = 0;  ///< by demands
    std::int64_t sent = 0;   ///< to other terminals
};

/// initial + returned = at hand + taken + sent
Finding check_empties(const model::Terminal& terminal, model::BoxSize size, const EmptiesBook& book);
/// What containers are said to have done in the window is the time they were in the system, in container-ms.
Finding check_time_use(std::int64_t in_system, std::int64_t explained);

/// `taken` is the room given, in quarter TEU.
Finding check_room(const model::Terminal& terminal, std::uint64_t taken);

/// "fleet.river: of 3 vehicles, 2 are on trips, in layovers, on empty runs or waiting"
Finding check_fleet(const model::Model& model, const model::Fleet& fleet, std::uint32_t accounted);

/// Events come in order of time.
Finding check_clock(Tick now, Tick next);

}  // namespace corridor::engine
