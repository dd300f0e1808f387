// Crane moves, first come first served or in turn.
#include <algorithm>
#include <tuple>
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::ask_for_crane(std::size_t v, std::size_t c, bool loads) {
    Vehicle& vehicle = vehicles_[v];
    ++vehicle.pending;
    const std::size_t f = facility_of(vehicle);
    const std::uint32_t rank = c == kNone ? background(vehicle.background).rank : demand(containers_[c].demand).rank;
    facilities_[f].waiting.push_back({c, v, loads, rank, requests_++, now_});
    look_at_cranes(f);
}

void Simulation::look_at_cranes(std::size_t f) {
    if (!is_in_turn(f)) return start_moves(f);
    if (!std::exchange(facilities_[f].starts_now, true)) schedule(now_, Kind::starts_in_turn, f, f);
}

bool Simulation::may_have_one_more(std::size_t f, const Vehicle& vehicle) const {
    const std::uint32_t on_vehicle = vehicle.line == kNone ? model::kUnlimited : line(vehicle.line).cranes;
    const std::uint32_t of_terminal = facility(f).cranes.per_vehicle;
    return (on_vehicle == model::kUnlimited || vehicle.cranes < on_vehicle) &&
           (of_terminal == model::kUnlimited || vehicle.cranes < of_terminal);
}

std::size_t Simulation::next_in_turn(std::size_t f) const {
    const std::vector<Request>& waiting = facilities_[f].waiting;
    const bool is_even = facility(f).cranes.sharing == scenario::CraneSharing::even;
    const auto key = [&](const Request& request) {
        return std::tuple(request.rank, is_even ? vehicles_[request.vehicle].cranes : 0U, request.number);
    };
    std::size_t next = waiting.size();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (!may_have_one_more(f, vehicles_[waiting[i].vehicle])) continue;
        if (next == waiting.size() || key(waiting[i]) < key(waiting[next])) next = i;
    }
    return next;
}

void Simulation::start_moves(std::size_t f) {
    Facility& state = facilities_[f];
    const std::uint32_t cranes = facility(f).cranes.cranes;
    while (cranes == model::kUnlimited || state.at_work < cranes) {
        const std::size_t next = is_in_turn(f) ? next_in_turn(f) : 0;
        if (next == state.waiting.size()) return;
        if (!is_open(f)) return await_opening(f);
        Request request = state.waiting[next];
        state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(next));
        ++state.at_work;
        ++vehicles_[request.vehicle].cranes;
        request.began = now_;
        if (counts_cranes(f)) count_start(f, request);
        const Tick end = now_ + draw(facility(f).cranes.move_time, state.moves);
        under_way_.push_back(request);
        schedule(end, Kind::move_ends, request.number, under_way_.size() - 1);
    }
}

bool Simulation::is_open(std::size_t f) const {
    const auto holds_now = [this](const Window& open) { return now_ >= open.from && now_ < open.to; };
    const std::vector<Window>& hours = open_hours(f);
    return hours.empty() || std::any_of(hours.begin(), hours.end(), holds_now);
}

void Simulation::await_opening(std::size_t f) {
    const std::vector<Window>& hours = open_hours(f);
    const auto is_later = [this](const Window& open) { return open.from > now_; };
    const auto next = std::find_if(hours.begin(), hours.end(), is_later);
    if (next == hours.end() || facilities_[f].opens_at == next->from) return;
    facilities_[f].opens_at = next->from;
    schedule(next->from, Kind::opens, f, f);
}

bool Simulation::counts_cranes(std::size_t f) const {
    return facility(f).cranes.cranes != model::kUnlimited || is_in_turn(f);
}

void Simulation::count_start(std::size_t f, const Request& request) {
    Facility& state = facilities_[f];
    if (is_inside(window_, now_)) state.crane_wait.add(now_ - request.asked);
    state.queueing += overlap(window_, request.asked, now_);
}

void Simulation::count_busy(std::size_t f, Tick from, Tick to) {
    if (!counts_cranes(f)) return;
    if (open_hours(f).empty()) facilities_[f].busy += overlap(window_, from, to);
    for (const Window& open : open_hours(f)) {
        facilities_[f].busy += overlap({std::max(window_.from, open.from), std::min(window_.to, open.to)}, from, to);
    }
}

void Simulation::on_move_end(std::size_t index) {
    under_way_[index].has_ended = true;
    const Request request = under_way_[index];
    Vehicle& vehicle = vehicles_[request.vehicle];
    const std::size_t f = facility_of(vehicle);
    --facilities_[f].at_work;
    --vehicle.cranes;
    count_busy(f, request.began, now_);
    facilities_[f].lifts += is_inside(window_, now_) ? 1 : 0;
    if (request.container != kNone) move(request, f);
    --vehicle.pending;
    on_moved(request.vehicle);
    look_at_cranes(f);
}

void Simulation::on_moved(std::size_t v) {
    const Vehicle& vehicle = vehicles_[v];
    if (vehicle.pending > 0) return;
    if (vehicle.line == kNone) return schedule_vehicle(now_ + vehicle.stay, Kind::leaves, v);
    if (vehicle.without_room > 0) return come_to_a_stand(v);
    vehicle.has_loaded ? schedule_departure(v) : schedule_vehicle(now_, Kind::is_handled, v);
}

void Simulation::move(const Request& request, std::size_t f) {
    const Container& container = containers_[request.container];
    journal_.move(container.demand, container.number, request.asked, request.began, now_);
    if (is_inside(window_, now_)) facilities_[f].quarters += quarters(containers_[request.container]);
    if (request.loads) {
        const std::size_t t = facility(f).terminal.index();
        terminals_[t].yard -= overlap(window_, now_, window_.to);
        free_room(request.container);
    } else {
        land(request.container);
    }
}

}  // namespace corridor::reference
