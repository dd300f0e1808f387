#include <fmt/format.h>

#include "compilation.h"
#include "ways.h"

namespace corridor::model {
namespace {

std::optional<Draught> draught(Compilation& compilation, const scenario::VehicleType& vehicle,
                               const VehicleRoom& room) {
    Numbers& numbers = compilation.numbers;
    const double empty = metres(numbers.positive(*vehicle.draught_empty));
    const double loaded = metres(numbers.positive(*vehicle.draught_loaded));
    const double clearance = vehicle.keel_clearance ? metres(numbers.not_negative(*vehicle.keel_clearance)) : 0.0;
    if (loaded > empty) return Draught{empty + clearance, (loaded - empty) / room.payload_t};
    compilation.error(vehicle, fmt::format("vehicle.{}.draught_loaded", vehicle.id),
                      fmt::format("must be more than 'draught_empty' ({} m against {} m)", loaded, empty));
    return std::nullopt;
}

VehicleRoom anywhere(Compilation& compilation, const scenario::VehicleType& vehicle) {
    constexpr double kLargestTeu = 1e8;
    double teu = compilation.numbers.positive(*vehicle.capacity);
    if (teu > kLargestTeu) {
        compilation.numbers.error(*vehicle.capacity, fmt::format("must be at most {} TEU", kLargestTeu));
        teu = kLargestTeu;
    }
    return {.quarters = static_cast<std::uint32_t>(teu * kQuartersPerTeu + 0.5)};
}

VehicleRoom on_wagons(Compilation& compilation, const scenario::VehicleType& vehicle) {
    VehicleRoom room;
    room.wagons = compilation.numbers.count(*vehicle.wagons, 1, scenario::kMostWagons);
    room.teu_per_wagon = compilation.numbers.count(*vehicle.teu_per_wagon, 1, 4);
    room.quarters = room.wagons * room.teu_per_wagon * kQuartersPerTeu;
    return room;
}

}  // namespace

void compile_vehicles(Compilation& compilation) {
    for (const scenario::VehicleType& vehicle : compilation.scenario.vehicle_types) {
        VehicleRoom room = vehicle.wagons ? on_wagons(compilation, vehicle) : anywhere(compilation, vehicle);
        if (vehicle.payload) room.payload_t = compilation.numbers.positive(*vehicle.payload);
        if (vehicle.cranes) room.cranes = compilation.numbers.count(*vehicle.cranes, 1.0, scenario::kMostPlaces);
        if (vehicle.draught_loaded && vehicle.draught_empty) room.draught = draught(compilation, vehicle, room);
        if (vehicle.length && vehicle.beam) {
            room.size = VesselSize{metres(compilation.numbers.positive(*vehicle.length)),
                                   metres(compilation.numbers.positive(*vehicle.beam))};
        }
        compilation.vehicle_rooms.push_back(room);
    }
}

}  // namespace corridor::model
