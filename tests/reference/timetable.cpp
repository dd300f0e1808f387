// When vehicles depart, and which they are.
#include <algorithm>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::list_departures(std::size_t l, std::uint64_t seed, std::uint64_t number) {
    const model::Timetable& timetable = line(l).timetable;
    const Tick cut_off = line(l).cut_off;
    std::vector<Tick>& all = lines_[l].planned;
    all = timetable.listed;
    if (timetable.headway_ms > 0.0) {
        double first = timetable.first_ms;
        if (timetable.random_phase) {
            Stream phase = make_stream(seed, number, timetable.stream);
            first = uniform01(phase) * timetable.headway_ms;
        }
        constexpr Tick kYear = 366 * Tick{86'400'000};
        const Tick until = timetable.exceptions.any() ? timetable.exceptions.until : window_.to + 3 * kYear;
        for (double k = 0.0; all.empty() || all.back() < until; k += 1.0) {
            all.push_back(to_tick(first + k * timetable.headway_ms));
        }
    }
    lines_[l].cancelled = static_cast<std::int64_t>(timetable.cancelled);
    std::erase_if(all, [&](Tick departure) {
        const auto holds_it = [&](const Window& window) { return is_inside(window, departure); };
        const std::vector<Window>& cancelled = timetable.exceptions.cancelled;
        const bool falls_out = std::any_of(cancelled.begin(), cancelled.end(), holds_it);
        lines_[l].cancelled += falls_out && is_inside(window_, departure) ? 1 : 0;
        return falls_out;
    });
    all.insert(all.end(), timetable.exceptions.extra.begin(), timetable.exceptions.extra.end());
    std::sort(all.begin(), all.end());
    for (const Tick departure : all) {
        if (departure >= cut_off && departure < window_.to + cut_off) lines_[l].departures.push_back(departure);
    }
}

void Simulation::await_closing(std::size_t l) {
    const Line& state = lines_[l];
    if (state.next < state.departures.size()) {
        schedule(state.departures[state.next] - line(l).cut_off, Kind::list_closes, l, l);
    }
}

void Simulation::on_closing(std::size_t l) {
    Line& state = lines_[l];
    const Tick departure = state.departures[state.next++];
    await_closing(l);
    if (falls_into_closure(l, departure)) return;
    if (line(l).minimum_quarters == 0) return depart(l, departure);
    state.held.push_back(departure);
    look_for_load(l);
}

bool Simulation::falls_into_closure(std::size_t l, Tick departure) {
    if (!is_line_closed(l, departure, false)) return false;
    if (is_line_closed(l, departure, true)) {
        lines_[l].cancelled += is_inside(window_, departure) ? 1 : 0;
    } else {
        lines_[l].closed.push_back(departure);
        schedule(opens_again(l, departure), Kind::makes_up, l, l);
    }
    return true;
}

void Simulation::make_up(std::size_t l) {
    const Tick departure = lines_[l].closed.front();
    lines_[l].closed.pop_front();
    depart(l, departure);
}

void Simulation::depart(std::size_t l, Tick departure) {
    Line& state = lines_[l];
    const Id<model::Pool> pool = line(l).pool;
    if (!pool.valid()) return start_trip(l, departure);
    if (pools_[pool.index()].there > 0) {
        --pools_[pool.index()].there;
        return start_trip(l, departure);
    }
    if (fetch_vehicle(pool) || service(l).no_vehicle == scenario::NoVehicle::wait) {
        state.due.push_back(departure);
    } else {
        state.cancelled += is_inside(window_, departure) ? 1 : 0;
    }
}

}  // namespace corridor::reference
