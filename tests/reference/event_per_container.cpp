#include "event_per_container.h"

#include <chrono>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

Simulation::Simulation(const model::Model& model, std::uint64_t seed, std::uint64_t number)
    : model_(model),
      seed_(seed),
      number_(number),
      window_(model.window),
      journal_(model.window.to),
      facilities_(model.facilities.size()),
      stops_(model.stops.size()),
      lines_(model.lines.size()),
      demands_(model.demands.size()),
      terminals_(model.terminals.size()),
      fleets_(model.fleets.size()) {
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        facilities_[f].moves = make_stream(seed, number, facility(f).cranes.stream);
        facilities_[f].entries = make_stream(seed, number, facility(f).entry_stream);
    }
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        list_departures(l, seed, number);
        await_closing(l);
    }
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        demands_[d].classes = make_stream(seed, number, demand(d).class_stream);
        demands_[d].patience = make_stream(seed, number, demand(d).patience_stream);
        demands_[d].choices = make_stream(seed, number, demand(d).choice_stream);
        demands_[d].moves = make_stream(seed, number, demand(d).move_stream);
        demands_[d].road = make_stream(seed, number, demand(d).road_stream);
        list_releases(d, make_stream(seed, number, demand(d).release_stream));
        await_release(d);
    }
    for (const model::Pool& pool : model.pools) pools_.push_back({pool.at_start, 0, 0});
    for (std::size_t b = 0; b < model.backgrounds.size(); ++b) {
        calls_.push_back({make_stream(seed, number, background(b).stream), 0, 0.0});
        await_call(b);
    }
    for (std::size_t l = 0; l < model.locks.size(); ++l) begin_lock(l, seed, number);
    const Tick since_midnight = (model.origin - std::chrono::floor<std::chrono::days>(model.origin)).count();
    for (const model::Section& section : model.sections) {
        sections_.emplace_back(model.links[section.link], closures(section.link), since_midnight, window_.to);
    }
    list_disruptions();
    passages_.resize(2 * model.links.size());
}

void Simulation::run() {
    while (!events_.empty() && events_.top().time < window_.to) {
        const Event event = events_.top();
        events_.pop();
        now_ = event.time;
        dispatch(event);
        if (event.kind != Kind::looks_for_loads) look_for_loads_at(now_);
    }
    close();
}

void Simulation::dispatch(const Event& event) {
    switch (event.kind) {
        case Kind::restored:
            return on_restored(event.subject);
        case Kind::move_ends:
            return on_move_end(event.subject);
        case Kind::makes_up:
            return make_up(event.subject);
        case Kind::road_ends:
            return deliver(event.subject);
        case Kind::opens:
            return look_at_cranes(event.subject);
        case Kind::arrives:
            return on_arrival(event.subject);
        case Kind::goes_on:
            return go_on_way(event.subject);
        case Kind::traffic:
            return on_traffic(event.subject);
        case Kind::lets_enter:
            return let_enter(event.subject);
        case Kind::looks_at_lock:
            return look_at_lock(event.subject);
        case Kind::has_berthed:
            return on_berthed(event.subject);
        case Kind::is_handled:
            return go_on(event.subject);
        case Kind::is_ready:
            return on_ready(event.subject);
        case Kind::calls:
            return on_call(event.subject);
        case Kind::collected:
            return free_room(event.subject);
        case Kind::lets_in:
            return let_in(event.subject);
        case Kind::released:
            return on_release(event.subject);
        case Kind::list_closes:
            return on_closing(event.subject);
        case Kind::looks_for_loads:
            return look_for_loads();
        case Kind::loads:
            return on_loading(event.subject);
        case Kind::starts_in_turn:
            facilities_[event.subject].starts_now = false;
            return start_moves(event.subject);
        case Kind::gives_up:
            return on_giving_up(event.subject);
        case Kind::leaves:
            return vehicles_[event.subject].line == kNone ? leave_berth(event.subject) : on_leaving(event.subject);
    }
}

void Simulation::close() {
    now_ = window_.to;
    for (const Request& request : under_way_) {
        if (!request.has_ended) count_busy(request.facility, request.began, now_);
    }
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        if (!counts_cranes(f)) continue;
        for (const Request& request : facilities_[f].waiting) {
            facilities_[f].queueing += overlap(window_, request.asked, now_);
        }
    }
    for (std::size_t t = 0; t < terminals_.size(); ++t) {
        for (const Landing& landing : terminals_[t].landing) count_landing(t, landing);
    }
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        if (line(l).dispatch != model::Dispatch::timetable) continue;
        for (const Tick due : lines_[l].due) lines_[l].outstanding += is_inside(window_, due) ? 1 : 0;
        for (const Tick held : lines_[l].closed) lines_[l].outstanding += is_inside(window_, held) ? 1 : 0;
        for (const Tick held : lines_[l].held) lines_[l].outstanding += is_inside(window_, held) ? 1 : 0;
    }
    for (const Vehicle& vehicle : vehicles_) {
        if (vehicle.without_room > 0) count_blocked(vehicle);
        if (vehicle.entered >= 0) {
            facilities_[facility_of(vehicle)].berth_busy += overlap(window_, vehicle.entered, now_);
        }
        if (const model::Pool::EmptyRun* const run = vehicle.empty_run) {
            fleets_[model_.pools[run->to].fleet.index()].busy += overlap(window_, vehicle.trip_began, now_);
        }
        if (!vehicle.is_on_trip) continue;
        const bool is_timetabled = line(vehicle.line).dispatch == model::Dispatch::timetable;
        if (is_timetabled && vehicle.first_left < 0 && is_inside(window_, vehicle.scheduled))
            ++lines_[vehicle.line].outstanding;
        if (line(vehicle.line).pool.valid()) {
            const Id<model::Fleet> fleet = model_.pools[line(vehicle.line).pool].fleet;
            fleets_[fleet.index()].busy += overlap(window_, vehicle.trip_began, now_);
        }
    }
}

Counts simulate(const model::Model& model, std::uint64_t seed, std::uint64_t replication) {
    Simulation simulation(model, seed, replication);
    simulation.run();
    return simulation.counts();
}

}  // namespace corridor::reference
