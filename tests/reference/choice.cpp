// Which way a container goes: one of its demand's itineraries, or the road.
#include <algorithm>
#include <cmath>

#include "simulation.h"

namespace corridor::reference {

std::size_t Simulation::choose(std::size_t d) {
    const model::Demand& demand = this->demand(d);
    if (demand.choice == scenario::RouteChoice::logit) return choose_by_logit(d);
    const bool is_cheapest = demand.choice == scenario::RouteChoice::cheapest;
    constexpr double kHour = 3'600'000.0;
    std::size_t chosen = demand.itineraries.front().first.index();
    std::optional<double> least;  // generalised cost, in ms
    for (const model::Itinerary& itinerary : demand.itineraries) {
        std::optional<double> time;
        if (is_cheapest) {
            time = itinerary.expected_hours * kHour;
        } else if (const auto arrives = arrival(demand, itinerary)) {
            time = static_cast<double>(*arrives - now_);
        }
        if (!time) continue;
        const double cost = *time + static_cast<double>(itinerary.surcharge);
        if (least && *least <= cost) continue;
        least = cost;
        chosen = itinerary.first.index();
    }
    if (!demand.road_time) return chosen;
    const double by_road = moments(*demand.road_time).mean + static_cast<double>(demand.road_surcharge);
    return !least || by_road < *least ? kNone : chosen;
}

std::size_t Simulation::choose_by_logit(std::size_t d) {
    const model::Demand& demand = this->demand(d);
    const double u = uniform01(demands_[d].choices);
    for (std::size_t i = 0; i < demand.itineraries.size(); ++i) {
        const bool is_last = i + 1 == demand.itineraries.size() && !demand.road_time;
        if (is_last || u < demand.itinerary_cumulative[i]) return demand.itineraries[i].first.index();
    }
    return kNone;
}

std::optional<Tick> Simulation::arrival(const model::Demand& demand, const model::Itinerary& itinerary) const {
    const bool is_adaptive = demand.choice == scenario::RouteChoice::adaptive;
    Tick time = now_;
    for (Id<model::Leg> id = itinerary.first; id.valid(); id = model_.legs[id].next) {
        const model::Leg& leg = model_.legs[id];
        const auto leaves = departure(leg, time, is_adaptive ? full_departures(demand, leg) : 0);
        if (!leaves) return std::nullopt;
        time = *leaves + leg.ride;
        if (leg.next.valid()) time += terminal(stop(leg.alight.index()).terminal.index()).transfer_time;
    }
    return time;
}

std::optional<Tick> Simulation::departure(const model::Leg& leg, Tick ready, std::size_t full) const {
    const std::size_t l = leg.line.index();
    if (line(l).dispatch != model::Dispatch::timetable) {  // half the time from one to the next, and more for each full
        return ready + leg.wait + static_cast<Tick>(full) * 2 * leg.wait;
    }
    const Tick cut_off = leg.board == line(l).first_stop ? line(l).cut_off : 0;
    for (const Tick departure : lines_[l].planned) {
        const Tick leaves = departure + leg.to_board;
        if (leaves - cut_off >= ready && full-- == 0) return leaves;
    }
    return std::nullopt;
}

std::size_t Simulation::full_departures(const model::Demand& demand, const model::Leg& leg) const {
    const std::vector<std::size_t>& waiting = stops_[leg.board.index()].waiting;
    const auto goes_first = [&](std::size_t c) { return this->demand(containers_[c].demand).rank <= demand.rank; };
    const auto ahead = static_cast<double>(std::count_if(waiting.begin(), waiting.end(), goes_first));
    const double capacity = line(leg.line.index()).capacity_quarters;
    return static_cast<std::size_t>(std::floor(ahead * demand.mean_quarters / capacity));
}

}  // namespace corridor::reference
