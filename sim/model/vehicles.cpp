#include <fmt/format.h>

#include "compilation.h"

namespace corridor::model {

namespace {

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
        compilation.vehicle_rooms.push_back(room);
    }
}

}  // namespace corridor::model
