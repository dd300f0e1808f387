// Crane moves, first come first served or in turn.
#include <algorithm>
#include <tuple>
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

std::size_t Simulation::facility_for(std::size_t v, Request::What what) const {
    const std::size_t f = facility_of(vehicles_[v]);
    const bool is_of_stack = what == Request::What::into_stack || what == Request::What::out_of_stack;
    return is_of_stack ? model_.terminals[facility(f).terminal].yard_cranes.index() : f;
}

void Simulation::ask_for_crane(std::size_t v, std::size_t c, Request::What what) {
    Vehicle& vehicle = vehicles_[v];
    if (what != Request::What::into_stack) ++vehicle.pending;
    const std::size_t f = facility_for(v, what);
    const std::uint32_t rank = c == kNone ? background(vehicle.background).rank : demand(containers_[c].demand).rank;
    facilities_[f].waiting.push_back({c, v, what, f, rank, requests_++, now_});
    look_at_cranes(f);
}

/// Out of the stack first, where there is one.
void Simulation::load_container(std::size_t v, std::size_t c) {
    const Id<model::Terminal> terminal = stop(vehicles_[v].stop).terminal;
    const bool is_stacked = model_.terminals[terminal].yard_cranes.valid();
    ask_for_crane(v, c, is_stacked ? Request::What::out_of_stack : Request::What::load);
}

void Simulation::look_at_cranes(std::size_t f) {
    if (!is_in_turn(f)) return start_moves(f);
    if (!std::exchange(facilities_[f].starts_now, true)) schedule(now_, Kind::starts_in_turn, f, f);
}

bool Simulation::may_have_one_more(std::size_t f, std::size_t v) const {
    if (facility(f).in_yard) return true;
    const Vehicle& vehicle = vehicles_[v];
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
        if (!may_have_one_more(f, waiting[i].vehicle)) continue;
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
        if (is_closed(f)) return;  // until that ends
        if (!is_open(f)) return await_opening(f);
        Request request = state.waiting[next];
        state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(next));
        ++state.at_work;
        if (!facility(f).in_yard) ++vehicles_[request.vehicle].cranes;
        request.began = now_;
        if (counts_cranes(f)) count_start(f, request);
        const Tick end = now_ + slowed_move(f, move_time(f, request));
        under_way_.push_back(request);
        schedule(end, Kind::move_ends, std::uint64_t{f} << 40 | request.number, under_way_.size() - 1);
    }
}

/// Yard cranes and unlimited ones know no times of demands.
Tick Simulation::move_time(std::size_t f, const Request& request) {
    const bool has_count = facility(f).cranes.cranes != model::kUnlimited;
    if (request.container != kNone && has_count && !facility(f).in_yard) {
        const std::size_t d = containers_[request.container].demand;
        if (const auto& own_time = demand(d).move_time) return draw(*own_time, demands_[d].moves);
    }
    return draw(facility(f).cranes.move_time, facilities_[f].moves);
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
    const std::size_t f = request.facility;
    --facilities_[f].at_work;
    count_busy(f, request.began, now_);
    facilities_[f].lifts += is_inside(window_, now_) ? 1 : 0;
    if (request.container != kNone) move(request);
    if (!facility(f).in_yard) --vehicles_[request.vehicle].cranes;
    if (request.what != Request::What::into_stack) {
        --vehicles_[request.vehicle].pending;
        on_moved(request.vehicle);
    }
    look_at_cranes(f);
}

void Simulation::on_moved(std::size_t v) {
    const Vehicle& vehicle = vehicles_[v];
    if (vehicle.pending > 0) return;
    if (vehicle.line == kNone) return schedule_vehicle(now_ + vehicle.stay, Kind::leaves, v);
    if (vehicle.without_room > 0) return come_to_a_stand(v);
    vehicle.has_loaded ? schedule_departure(v) : schedule_vehicle(now_, Kind::is_handled, v);
}

void Simulation::move(const Request& request) {
    const Container& container = containers_[request.container];
    journal_.move(container.demand, container.number, request.asked, request.began, now_);
    if (is_inside(window_, now_)) facilities_[request.facility].quarters += quarters(container);
    switch (request.what) {
        case Request::What::discharge: {
            const model::Leg& ride = leg(container.leg);
            const Id<model::Terminal> terminal = stop(ride.alight.index()).terminal;
            const bool is_stacked = model_.terminals[terminal].yard_cranes.valid() && model::needs_room(model_, ride);
            return is_stacked ? ask_for_crane(request.vehicle, request.container, Request::What::into_stack)
                              : land(request.container);
        }
        case Request::What::into_stack:
            return land(request.container);
        case Request::What::out_of_stack:
            return ask_for_crane(request.vehicle, request.container, Request::What::load);
        case Request::What::load:
            return load(request);
    }
}

void Simulation::load(const Request& request) {
    const Id<model::Terminal> terminal = facility(request.facility).terminal;
    terminals_[terminal.index()].yard -= overlap(window_, now_, window_.to);
    free_room(request.container);
}

}  // namespace corridor::reference
