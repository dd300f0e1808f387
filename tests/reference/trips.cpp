// What a vehicle does from its first stop to its last, and then.
#include <algorithm>
#include <optional>
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::begin_trip(Vehicle& vehicle, std::size_t l, Tick departure) {
    vehicle.line = l;
    vehicle.stop = line(l).first_stop.index();
    Line& state = lines_[l];
    state.alike = departure == state.last_scheduled ? state.alike + 1 : 0;
    state.last_scheduled = departure;
    const bool is_timetabled = line(l).dispatch == model::Dispatch::timetable;
    vehicle.trip = is_timetabled ? static_cast<std::uint64_t>(departure) * 256 + state.alike : state.trips;
    vehicle.rank = std::uint64_t{l} << 40 | state.trips++;
    vehicle.scheduled = departure;
    vehicle.trip_began = now_;
    vehicle.first_left = -1;
    vehicle.has_loaded = false;
    ++lines_[l].called;
}

void Simulation::start_trip(std::size_t l, Tick departure) {
    vehicles_.emplace_back();
    begin_trip(vehicles_.back(), l, departure);
    ask_for_berth(vehicles_.size() - 1);
}

void Simulation::go_on(std::size_t v) {
    stop(vehicles_[v].stop).last ? end_trip(v) : schedule_vehicle(now_, Kind::loads, v);
}

void Simulation::schedule_departure(std::size_t v) {
    const Vehicle& vehicle = vehicles_[v];
    schedule_vehicle(is_first_stop(vehicle) ? std::max(now_, vehicle.scheduled) : now_, Kind::leaves, v);
}

void Simulation::on_leaving(std::size_t v) {
    if (is_inside(window_, now_)) count_departure(vehicles_[v]);
    Vehicle& vehicle = vehicles_[v];
    note(Journal::Step::leaves, vehicle);
    vehicle.first_left = vehicle.first_left < 0 ? now_ : vehicle.first_left;
    for (const std::size_t c : vehicle.boarded) containers_[c].rolled = false;
    leave_berth(v);
    set_out(v);
}

void Simulation::count_departure(const Vehicle& vehicle) {
    Stop& state = stops_[vehicle.stop];
    ++state.departures;
    count_depth(vehicle);
    state.left_behind += static_cast<std::int64_t>(vehicle.left_behind);
    for (const std::size_t c : vehicle.cargo) state.load += quarters(containers_[c]);
    for (const std::size_t c : vehicle.boarded) {
        ++state.boarded;
        state.rolled += containers_[c].rolled ? 1 : 0;
        state.wait.add(now_ - containers_[c].ready);
        terminals_[stop(vehicle.stop).terminal.index()].dwell.add(now_ - containers_[c].entered);
    }
    if (vehicle.first_left >= 0) return;
    Line& line = lines_[vehicle.line];
    ++line.run;
    if (this->line(vehicle.line).dispatch != model::Dispatch::timetable) return;
    line.late += now_ > vehicle.scheduled ? 1 : 0;
    line.lateness.add(now_ - vehicle.scheduled);
}

void Simulation::on_arrival(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    if (vehicle.empty_run != nullptr) return end_empty_run(vehicle);
    ++vehicle.stop;
    if (stop(vehicle.stop).last && is_inside(window_, now_)) {
        lines_[vehicle.line].running.add(now_ - vehicle.first_left);
    }
    ask_for_berth(v);
}

void Simulation::end_trip(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    const Id<model::Pool> pool = line(vehicle.line).end_pool;
    if (pool.valid()) {
        const Tick layover = service(vehicle.line).layover;
        fleets_[model_.pools[pool].fleet.index()].busy += overlap(window_, vehicle.trip_began, now_);
        if (const auto next = layover == 0 ? next_departure(pool) : std::nullopt) {
            begin_trip(vehicle, next->first, next->second);
            return schedule_vehicle(now_, Kind::loads, v);
        }
        ++pools_[pool.index()].coming;
        schedule(now_ + layover, Kind::is_ready, pool.index(), pool.index());
    }
    vehicle.is_on_trip = false;
    leave_berth(v);
}

}  // namespace corridor::reference
