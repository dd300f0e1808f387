// What is counted when a vehicle leaves a stop.
#include <numeric>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;

void Replication::count_departure(Vehicle& vehicle) {
    const model::Line& line = model_.lines[vehicle.line];
    const bool first = vehicle.stop == line.first_stop;
    vehicle.first_left = first ? now_ : vehicle.first_left;
    mix(static_cast<std::uint64_t>(now_) ^ (std::uint64_t{vehicle.stop.index()} << 48) ^ vehicle.cargo.size());
    const Load load = load_on(vehicle);
    hold(check_load(model_.services[line.service], line, load));
    hold(check_draught(model_.services[line.service], vehicle.payload_t, load));
    hold(check_departure(model_.services[line.service], now_, vehicle.loaded));
    if (line.dispatch == Dispatch::when_ready) {
        tally_.headways[vehicle.stop].leave(now_, inside(model_.window, now_));
    }
    if (!inside(model_.window, now_)) {
        return;
    }
    const Box* boarded = vehicle.cargo.data() + vehicle.boarded_from;
    const Box* const direct = vehicle.cargo.data() + vehicle.cargo.size() - vehicle.direct;
    const auto count = static_cast<std::size_t>(direct - boarded);
    if (vehicle.by_rank.empty()) {
        count_boarded(boarded, count, now_, vehicle.rolled, Through::yard);
    } else {
        const auto add = [](std::size_t sum, const Boarded& part) { return sum + part.count; };
        const std::size_t booked = std::accumulate(vehicle.by_rank.begin(), vehicle.by_rank.end(), std::size_t{0}, add);
        hold(check_boarded(model_.services[line.service], count, booked));
    }
    for (const Boarded& part : vehicle.by_rank) {
        count_boarded(boarded, part.count, now_, part.rolled, Through::yard);
        boarded += part.count;
    }
    count_boarded(direct, vehicle.direct, now_, 0, Through::lift);
    if (model_.shares_runs) {
        share_run(vehicle, load);
    }
    count_depth(vehicle);
    StopTally& tally = tally_.stops[vehicle.stop];
    ++tally.departures;
    tally.full += has_room(vehicle, load) ? 0U : 1U;
    tally.left_someone += vehicle.left_behind > 0 ? 1U : 0U;
    tally.left_behind += vehicle.left_behind;
    tally.held_back += vehicle.held_back;
    tally.load_quarters += load.quarters;
    tally.offered_quarters += line.capacity_quarters;
    if (first) {
        LineTally& trips = tally_.lines[vehicle.line];
        ++trips.departures;
        trips.held.add(vehicle.held);
        if (line.dispatch == Dispatch::timetable) {
            trips.late += now_ > vehicle.scheduled ? 1U : 0U;
            trips.lateness.add(now_ - vehicle.scheduled);
        }
    }
}

/// Whether one more container, of the smallest or lightest who board here, would have found room.
bool Replication::has_room(const Vehicle& vehicle, const Load& load) const {
    const model::Line& line = model_.lines[vehicle.line];
    const StopState& stop = stops_[vehicle.stop.index()];
    if (line.wagons == 0 && line.payload_t == 0.0) {
        return load.quarters + stop.smallest_quarters <= line.capacity_quarters;
    }
    return stop.lightest.empty() || stowage_of(vehicle).has_room(stop.lightest);
}

}  // namespace corridor::engine
