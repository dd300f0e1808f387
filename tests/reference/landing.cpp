// Those on board who wait for room in the yard.
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::take_room(std::size_t t, std::size_t c) {
    if (!terminal(t).yard) return;
    containers_[c].room_at = t;
    terminals_[t].taken += quarters(containers_[c]);
    terminals_[t].room += quarters(containers_[c]) * overlap(window_, now_, window_.to);
}

void Simulation::free_room(std::size_t c) {
    const std::size_t t = std::exchange(containers_[c].room_at, kNone);
    if (t == kNone) return;
    terminals_[t].taken -= quarters(containers_[c]);
    terminals_[t].room -= quarters(containers_[c]) * overlap(window_, now_, window_.to);
    give_room(t);
}

bool Simulation::has_room_ashore(std::size_t t, std::size_t c) const {
    const auto& yard = terminal(t).yard;
    return !yard || terminals_[t].taken + quarters(containers_[c]) <= yard->capacity_quarters;
}

void Simulation::discharge(std::size_t v, const std::vector<std::size_t>& containers) {
    const std::size_t t = facility(facility_of(vehicles_[v])).terminal.index();
    for (const std::size_t c : containers) {
        if (!model::needs_room(model_, leg(containers_[c].leg))) {
            ask_for_crane(v, c, Request::What::discharge);
            continue;
        }
        terminals_[t].landing.push_back({c, v, now_});
        if (vehicles_[v].without_room++ == 0) vehicles_[v].blocked_since = now_;
        give_room(t);
    }
    come_to_a_stand(v);
}

/// First come, first served; and then to those outside.
void Simulation::give_room(std::size_t t) {
    Terminal& state = terminals_[t];
    while (!state.landing.empty() && has_room_ashore(t, state.landing.front().container)) {
        const Landing landing = state.landing.front();
        state.landing.pop_front();
        Vehicle& vehicle = vehicles_[landing.vehicle];
        if (terminal(t).yard && is_inside(window_, now_)) state.landing_wait.add(now_ - landing.asked);
        count_landing(t, landing);
        if (--vehicle.without_room == 0) count_blocked(vehicle);
        take_room(t, landing.container);
        ask_for_crane(landing.vehicle, landing.container, Request::What::discharge);
    }
    if (state.landing.empty() && !state.outside.empty()) schedule(now_, Kind::lets_in, t, t);
}

void Simulation::count_landing(std::size_t t, const Landing& landing) {
    terminals_[t].landing_queue += overlap(window_, landing.asked, now_);
}

void Simulation::count_blocked(const Vehicle& vehicle) {
    facilities_[facility_of(vehicle)].blocked += overlap(window_, vehicle.blocked_since, now_);
}

/// Nothing is under way and nothing more can be: then it loads, once, even where room comes free at this very instant;
/// model.md says no more, and the engine does so.
void Simulation::come_to_a_stand(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    const bool stands = vehicle.pending == 0 && vehicle.without_room > 0;
    if (!stands || vehicle.has_loaded || stop(vehicle.stop).last) return;
    if (!std::exchange(vehicle.came_to_a_stand, true)) schedule_vehicle(now_, Kind::loads, v);
}

}  // namespace corridor::reference
