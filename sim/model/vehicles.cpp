#include <fmt/format.h>

#include "compilation.h"

namespace corridor::model {

void compile_vehicles(Compilation& compilation) {
    constexpr double kLargestTeu = 1e8;
    for (const scenario::VehicleType& vehicle : compilation.scenario.vehicle_types) {
        double teu = compilation.numbers.positive(vehicle.capacity);
        if (teu > kLargestTeu) {
            compilation.numbers.error(vehicle.capacity, fmt::format("must be at most {} TEU", kLargestTeu));
            teu = kLargestTeu;
        }
        VehicleRoom room;
        room.quarters = static_cast<std::uint32_t>(teu * kQuartersPerTeu + 0.5);
        if (vehicle.payload) room.payload_t = compilation.numbers.positive(*vehicle.payload);
        if (vehicle.cranes) room.cranes = compilation.numbers.count(*vehicle.cranes, 1.0, scenario::kMostPlaces);
        compilation.vehicle_rooms.push_back(room);
    }
}

}  // namespace corridor::model
