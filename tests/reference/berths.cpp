// Berths (tracks), and the background traffic that takes them.
#include <algorithm>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::await_call(std::size_t b) {
    Calls& calls = calls_[b];
    const model::Background& background = this->background(b);
    const auto n = static_cast<double>(calls.next);
    if (background.arrivals == scenario::ReleaseProcess::listed) {
        if (calls.next == background.listed.size()) return;
        calls.time = static_cast<double>(background.listed[calls.next].time);
    } else if (background.arrivals == scenario::ReleaseProcess::even) {
        calls.time = (n + 0.5) / background.per_ms;
    } else {
        calls.time += exponential(calls.stream) / background.per_ms;
    }
    if (calls.time < static_cast<double>(window_.to)) schedule(to_tick(calls.time), Kind::calls, b, b);
}

void Simulation::on_call(std::size_t b) {
    Calls& calls = calls_[b];
    const bool is_listed = background(b).arrivals == scenario::ReleaseProcess::listed;
    Vehicle vehicle;
    vehicle.background = b;
    vehicle.rank = std::uint64_t{lines_.size() + b} << 40 | calls.next;
    vehicle.stay = is_listed ? background(b).listed[calls.next].stay : draw(background(b).stay, calls.stream);
    vehicle.moves = background(b).moves(calls.stream);
    vehicle.is_on_trip = false;
    ++calls.next;
    await_call(b);
    vehicles_.push_back(vehicle);
    ask_for_berth(vehicles_.size() - 1);
}

void Simulation::ask_for_berth(std::size_t v) {
    vehicles_[v].arrived = now_;
    note(Journal::Step::arrives, vehicles_[v]);
    const std::size_t f = facility_of(vehicles_[v]);
    facilities_[f].queue.push_back(v);
    give_berths(f);
}

/// First come, first served.
void Simulation::give_berths(std::size_t f) {
    Facility& state = facilities_[f];
    const std::uint32_t berths = facility(f).berths;
    while (!state.queue.empty() && !is_closed(f) && (berths == model::kUnlimited || state.berthed < berths)) {
        const std::size_t next = state.queue.front();
        state.queue.pop_front();
        take_berth(next);
    }
}

void Simulation::take_berth(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    const std::size_t f = facility_of(vehicle);
    ++facilities_[f].berthed;
    vehicle.entered = now_;
    if (facility(f).berths != model::kUnlimited && is_inside(window_, now_)) {
        facilities_[f].berth_wait.add(now_ - vehicle.arrived);
    }
    schedule_vehicle(now_ + draw(facility(f).entry_time, facilities_[f].entries), Kind::has_berthed, v);
}

void Simulation::leave_berth(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    Facility& state = facilities_[facility_of(vehicle)];
    state.berth_busy += overlap(window_, vehicle.entered, now_);
    if (is_inside(window_, now_)) state.stay.add(now_ - vehicle.arrived);
    vehicle.entered = -1;
    --state.berthed;
    give_berths(facility_of(vehicle));
}

void Simulation::on_berthed(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    note(Journal::Step::has_berthed, vehicle);
    if (vehicle.line == kNone) {
        if (vehicle.moves == 0) return schedule_vehicle(now_ + vehicle.stay, Kind::leaves, v);
        for (std::uint32_t i = 0; i < vehicle.moves; ++i) ask_for_crane(v, kNone, Request::What::discharge);
        return;
    }
    vehicle.has_loaded = vehicle.came_to_a_stand = false;
    const auto stays = [&](std::size_t c) { return leg(containers_[c].leg).alight.index() != vehicle.stop; };
    const auto ashore = std::stable_partition(vehicle.cargo.begin(), vehicle.cargo.end(), stays);
    const std::vector<std::size_t> landing(ashore, vehicle.cargo.end());
    vehicle.cargo.erase(ashore, vehicle.cargo.end());
    landing.empty() ? go_on(v) : discharge(v, landing);
}

}  // namespace corridor::reference
