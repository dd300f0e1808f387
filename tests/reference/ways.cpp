// What a vehicle meets between two stops: sections of links, and locks.
#include <array>
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {
namespace {

/// Whole ms, so that the parts of a link have no more than all of it.
Tick part(Tick whole, double share) { return static_cast<Tick>(static_cast<double>(whole) * share); }

}  // namespace

void Simulation::set_out(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    const model::Hop& hop = stop(vehicle.stop).hop;
    vehicle.element = 0;
    hop.way.empty() ? schedule_vehicle(now_ + slowed_run(vehicle, hop.running_time), Kind::arrives, v) : go_on_way(v);
}

const std::vector<model::WayElement>& Simulation::way(const Vehicle& vehicle) const {
    return vehicle.empty_run != nullptr ? vehicle.empty_run->way : stop(vehicle.stop).hop.way;
}

const model::Line& Simulation::line_like(const Vehicle& vehicle) const {
    if (vehicle.empty_run == nullptr) return line(vehicle.line);
    const model::Fleet& fleet = model_.fleets[model_.pools[vehicle.empty_run->to].fleet];
    return model_.lines[model_.services[fleet.services.front()].lines.front()];
}

void Simulation::go_on_way(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    const std::vector<model::WayElement>& way = this->way(vehicle);
    if (vehicle.element == way.size()) return schedule_vehicle(now_, Kind::arrives, v);
    const model::WayElement& element = way[vehicle.element++];
    switch (element.kind) {
        case model::WayElement::Kind::run: {
            const bool is_last = vehicle.element == way.size();
            const Tick delay = part(vehicle.delay, element.extra[1]) - part(vehicle.delay, element.extra[0]);
            const Tick time = slowed_run(vehicle, element.time) + delay;
            return schedule_vehicle(now_ + time, is_last ? Kind::arrives : Kind::goes_on, v);
        }
        case model::WayElement::Kind::enter:
            return ask_to_enter(v, element);
        case model::WayElement::Kind::leave:
            leave_section(vehicle, element);
            return go_on_way(v);
        case model::WayElement::Kind::lock:
            return await_lock(v, element);
    }
}

void Simulation::ask_to_enter(std::size_t v, const model::WayElement& element) {
    if (stands_aside(v, element)) return;
    if (!element.section.valid()) return enter(v, element);
    sections_[element.section.index()].ask({v, element.direction, element.at_end, now_});
    schedule(now_, Kind::lets_enter, element.section.index(), element.section.index());
}

void Simulation::enter(std::size_t v, const model::WayElement& element) {
    Vehicle& vehicle = vehicles_[v];
    if (element.at_end) vehicle.delay = slowed_run(vehicle, delay_on(element)) + extra_time(vehicle, element);
    go_on_way(v);
}

Tick Simulation::extra_time(const Vehicle& vehicle, const model::WayElement& element) const {
    const model::Link& link = model_.links[element.link];
    if (is_zero(link.extra_time)) return 0;
    std::uint64_t key = 0;
    std::uint64_t place = 0;
    if (const model::Pool::EmptyRun* const run = vehicle.empty_run) {
        key = model_.pools[run->from].extra_stream;
        place = stream_key("run to", terminal(model_.pools[run->to].terminal.index()).name);
    } else {
        const model::Line& line = this->line(vehicle.line);
        key = line.extra_stream;
        place = vehicle.stop - line.first_stop.index();
    }
    for (const std::uint64_t part : {vehicle.trip, place, stream_key("link", link.name)})
        key = make_stream(key, part, 0)();
    Stream stream = make_stream(seed_, number_, key);
    return draw(link.extra_time, stream);
}

bool Simulation::stands_aside(std::size_t v, const model::WayElement& element) {
    Vehicle& vehicle = vehicles_[v];
    const model::Link& link = model_.links[element.link];
    if (!element.at_end || floats(vehicle, link, now_)) return false;
    --vehicle.element;
    for (const model::DepthStep& step : link.depth) {
        if (step.from <= now_ || !floats(vehicle, link, step.from)) continue;
        vehicle.waited += step.from - now_;
        schedule_vehicle(step.from, Kind::goes_on, v);
        break;
    }
    return true;
}

void Simulation::leave_section(Vehicle& vehicle, const model::WayElement& element) {
    if (element.section.valid()) {
        sections_[element.section.index()].leave(element.direction);
        schedule(now_, Kind::lets_enter, element.section.index(), element.section.index());
    }
    if (!element.at_end) return;
    vehicle.delay = 0;
    const Tick waited = std::exchange(vehicle.waited, 0);
    const std::size_t d = static_cast<std::size_t>(element.direction);
    if (is_inside(window_, now_)) passages_[2 * element.link.index() + d].add(waited);
}

void Simulation::let_enter(std::size_t section) {
    while (const auto request = sections_[section].turn(now_)) {
        Vehicle& vehicle = vehicles_[request->vehicle];
        vehicle.waited += now_ - request->asked;
        if (stands_aside(request->vehicle, way(vehicle)[vehicle.element - 1])) {
            sections_[section].pass_over();
        } else {
            sections_[section].let_in(now_);
            enter(request->vehicle, way(vehicle)[vehicle.element - 1]);
        }
    }
    schedule(sections_[section].next_look(now_), Kind::lets_enter, section, section);
}

void Simulation::await_lock(std::size_t v, const model::WayElement& element) {
    const Vehicle& vehicle = vehicles_[v];
    const std::size_t l = element.lock.index();
    locks_[l].arrive(element.direction, {v, false, line_like(vehicle).size, now_});
    schedule(now_, Kind::looks_at_lock, l, l);
}

void Simulation::begin_lock(std::size_t l, std::uint64_t seed, std::uint64_t number) {
    const model::Lock& lock = model_.locks.items()[l];
    std::array<std::vector<model::VesselSize>, 2> sizes;
    const auto note = [&](const std::vector<model::WayElement>& way, const model::VesselSize& size) {
        for (const model::WayElement& element : way) {
            const bool passes = element.kind == model::WayElement::Kind::lock && element.lock.index() == l;
            if (passes) sizes[static_cast<std::size_t>(element.direction)].push_back(size);
        }
    };
    for (const model::Stop& stop : model_.stops) note(stop.hop.way, model_.lines[stop.line].size);
    for (const model::Pool& pool : model_.pools) {
        const model::Fleet& fleet = model_.fleets[pool.fleet];
        const model::Line& line = model_.lines[model_.services[fleet.services.front()].lines.front()];
        for (const model::Pool::EmptyRun& run : pool.runs) note(run.way, line.size);
    }
    for (std::size_t d = 0; d < sizes.size(); ++d) {
        if (lock.traffic[d].per_ms > 0.0) sizes[d].push_back(lock.traffic_size);
        traffic_.push_back({make_stream(seed, number, lock.traffic[d].stream), 0.0});
        await_traffic(2 * l + d);
    }
    locks_.emplace_back(lock, window_, sizes);
}

void Simulation::await_traffic(std::size_t t) {
    const double per_ms = model_.locks.items()[t / 2].traffic[t % 2].per_ms;
    if (per_ms == 0.0) return;
    traffic_[t].time += exponential(traffic_[t].stream) / per_ms;
    if (traffic_[t].time < static_cast<double>(window_.to)) schedule(to_tick(traffic_[t].time), Kind::traffic, t, t);
}

void Simulation::on_traffic(std::size_t t) {
    await_traffic(t);
    const model::VesselSize size = model_.locks.items()[t / 2].traffic_size;
    locks_[t / 2].arrive(static_cast<model::Direction>(t % 2), {0, true, size, now_});
    schedule(now_, Kind::looks_at_lock, t / 2, t / 2);
}

void Simulation::look_at_lock(std::size_t l) {
    locks_[l].look(now_, [this](const Lock::Vessel& vessel, Tick free) {
        if (!vessel.is_traffic) schedule_vehicle(free, Kind::goes_on, vessel.vehicle);
    });
    schedule(locks_[l].next_look(now_), Kind::looks_at_lock, l, l);
}

}  // namespace corridor::reference
