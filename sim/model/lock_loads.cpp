// What passes the locks, against what their chambers can take.
#include <algorithm>
#include <cmath>
#include <limits>

#include "way_loads.h"

namespace corridor::model {
namespace {

/// Vessels in the window by direction, and the largest of them.
struct Passing {
    PerDirection vessels{0.0, 0.0};
    VesselSize largest;

    void add(std::size_t direction, double count, const VesselSize& size) {
        if (count <= 0.0) return;
        vessels[direction] += count;
        largest = {std::max(largest.length_m, size.length_m), std::max(largest.beam_m, size.beam_m)};
    }
};

IdVector<Lock, Passing> passing(const Model& model, const Traffic& traffic) {
    IdVector<Lock, Passing> result(model.locks.size());
    for (const Stop& stop : model.stops) {
        for (const WayElement& element : stop.hop.way) {
            if (element.kind != WayElement::Kind::lock) continue;
            result[element.lock].add(static_cast<std::size_t>(element.direction), traffic.trips[stop.line],
                                     model.lines[stop.line].size);
        }
    }
    for (std::size_t i = 0; i < model.locks.size(); ++i) {
        const Lock& lock = model.locks[Id<Lock>{i}];
        for (std::size_t d = 0; d < 2; ++d) {
            result[Id<Lock>{i}].add(d, lock.traffic[d].per_ms * length_ms(model.window), lock.traffic_size);
        }
    }
    return result;
}

/// Chamber time for the full lockages of each direction; with two-way operation the emptier direction fills turns up.
PerDirection busy_ms(const Lock& lock, const Passing& passing) {
    const double fill = places_in_chamber(lock, passing.largest);
    const PerDirection lockages{passing.vessels[0] / fill, passing.vessels[1] / fill};
    const double cycles = std::max(lockages[0], lockages[1]);
    PerDirection busy{0.0, 0.0};
    for (std::size_t d = 0; d < 2; ++d) {
        const double returns = lock.two_way ? cycles - lockages[d] : 0.0;
        busy[d] = passing.vessels[d] * static_cast<double>(lock.entering + lock.leaving) +
                  (lockages[d] + returns) * static_cast<double>(lock.levelling[d]);
        if (!lock.two_way) busy[d] += lockages[d] * static_cast<double>(lock.levelling[1 - d]);
    }
    return busy;
}

}  // namespace

double places_in_chamber(const Lock& lock, const VesselSize& vessel) {
    if (lock.places > 0) return lock.places;
    if (vessel.length_m <= 0.0 || vessel.beam_m <= 0.0) return 1.0;
    return std::floor(lock.chamber.length_m / vessel.length_m) * std::floor(lock.chamber.beam_m / vessel.beam_m);
}

double most_through_lock(const Lock& lock, const VesselSize& vessel) {
    const double fill = places_in_chamber(lock, vessel);
    const double cycle = fill * static_cast<double>(lock.entering + lock.leaving) +
                         static_cast<double>(lock.levelling[0] + lock.levelling[1]);
    return cycle > 0.0 ? lock.chambers * fill / cycle * kMillisecondsPerHour : std::numeric_limits<double>::infinity();
}

IdVector<Lock, double> full_chambers(const Model& model, const Traffic& traffic) {
    IdVector<Lock, double> places(model.locks.size(), 1.0);
    const auto all = passing(model, traffic);
    for (std::size_t i = 0; i < model.locks.size(); ++i) {
        const Id<Lock> id{i};
        places[id] = places_in_chamber(model.locks[id], all[id].largest);
    }
    return places;
}

std::vector<LockLoad> lock_loads(const Model& model, const Traffic& traffic) {
    std::vector<LockLoad> loads;
    const auto all = passing(model, traffic);
    const double window = length_ms(model.window);
    for (std::size_t i = 0; i < model.locks.size(); ++i) {
        const Lock& lock = model.locks[Id<Lock>{i}];
        const Passing& vessels = all[Id<Lock>{i}];
        const PerDirection busy = busy_ms(lock, vessels);
        const double working = 1.0 - lock.disrupted_share;
        if (lock.two_way) {
            loads.push_back({subject(lock), (busy[0] + busy[1]) / (window * lock.chambers),
                             static_cast<double>(lock.chambers), working});
            continue;
        }
        for (const Direction direction : scenario::kDirections) {
            const auto d = static_cast<std::size_t>(direction);
            loads.push_back({subject(lock) + "." + std::string(label(direction)), busy[d] / (window * lock.chambers),
                             static_cast<double>(lock.chambers), working});
        }
    }
    return loads;
}

}  // namespace corridor::model
