// Departures that wait for a load: a vehicle is called when there is enough for it, or when somebody has waited too
// long.
#include <algorithm>

#include "simulation.h"

namespace corridor::reference {

/// After whatever has happened at this instant.
void Simulation::look_for_loads() {
    looks_for_loads_.erase(now_);
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        if (line(l).minimum_quarters > 0) look_for_load(l);
    }
}

void Simulation::look_for_load(std::size_t l) {
    Line& state = lines_[l];
    while (wants_load(l) && load_is_ready(l)) {
        Tick departure = now_;
        if (line(l).dispatch == model::Dispatch::timetable) {
            departure = state.held.front();
            state.held.pop_front();
        }
        depart(l, departure);
    }
    if (const auto deadline = load_deadline(l); deadline > now_) look_for_loads_at(*deadline);
    const std::size_t first = line(l).first_stop.index();
    for (const std::size_t c : stops_[first].waiting) {
        if (containers_[c].ready > now_) look_for_loads_at(containers_[c].ready);
    }
    for (const Id<model::Link> link : stop(first).shallows) {
        for (const model::DepthStep& step : model_.links[link].depth) {
            if (step.from > now_) look_for_loads_at(step.from);
        }
    }
}

void Simulation::look_for_loads_at(Tick time) {
    const bool is_new = time >= now_ && looks_for_loads_.insert(time).second;
    if (is_new) schedule(time, Kind::looks_for_loads, 0, 0);
}

bool Simulation::wants_load(std::size_t l) const {
    if (line(l).dispatch == model::Dispatch::timetable) return !lines_[l].held.empty();
    const Id<model::Pool> pool = line(l).pool;
    if (!pool.valid() || pools_[pool.index()].there > 0) return true;
    return fetches_vehicles(pool) && nearest_run(pool) != nullptr;
}

std::vector<std::size_t> Simulation::ready_for(std::size_t l) const {
    std::vector<std::size_t> ready = in_order(line(l).first_stop.index());
    std::erase_if(ready, [this](std::size_t c) { return containers_[c].ready > now_; });
    return ready;
}

bool Simulation::load_is_ready(std::size_t l) const {
    const std::vector<std::size_t> ready = ready_for(l);
    Vehicle empty;
    empty.line = l;
    empty.stop = line(l).first_stop.index();
    empty.payload_t = payload_now(empty);
    const auto fits = [&](std::size_t c) { return may_board(empty, containers_[c]); };
    const bool is_in_vain = std::none_of(ready.begin(), ready.end(), fits);
    if (line(l).dispatch == model::Dispatch::on_demand && is_in_vain) return false;
    if (const auto deadline = load_deadline(l); deadline && *deadline <= now_) return true;
    Vehicle vehicle = empty;
    std::uint32_t load = 0;
    std::size_t before = lines_[l].called + lines_[l].due.size();
    for (const std::size_t c : ready) {
        if (!fits(c)) continue;
        if (!may_board(vehicle, containers_[c])) {
            if (before-- == 0) return true;
            vehicle = empty;
            load = 0;
        }
        vehicle.cargo.push_back(c);
        load += quarters(containers_[c]);
        const bool is_enough = load >= line(l).minimum_quarters || !has_room_for_anybody(vehicle);
        if (before == 0 && is_enough) return true;
    }
    return false;
}

/// Whom a vehicle is called for already waits for that one.
std::optional<Tick> Simulation::load_deadline(std::size_t l) const {
    const Line& state = lines_[l];
    if (!line(l).longest_wait) return std::nullopt;
    if (line(l).dispatch == model::Dispatch::timetable) {
        return state.held.empty() ? std::nullopt : std::optional(state.held.front() + *line(l).longest_wait);
    }
    const std::vector<std::size_t> ready = ready_for(l);
    if (ready.empty() || state.called > 0 || !state.due.empty()) return std::nullopt;
    return containers_[ready.front()].ready + *line(l).longest_wait;
}

bool Simulation::has_room_for_anybody(const Vehicle& vehicle) const {
    return std::any_of(model_.legs.begin(), model_.legs.end(), [&](const model::Leg& leg) {
        const auto& classes = model_.demands[leg.demand].classes;
        const auto fits = [&](const model::BoxClass& box) { return has_room(vehicle, box); };
        return leg.board.index() == vehicle.stop && std::any_of(classes.begin(), classes.end(), fits);
    });
}

}  // namespace corridor::reference
