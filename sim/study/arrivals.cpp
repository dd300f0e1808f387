#include "study/arrivals.h"

#include <algorithm>
#include <cmath>

#include "study/stations.h"

namespace corridor::study {
namespace {

using model::Dispatch;
using model::Line;
using model::Model;

// Of the gaps between listed departures; 0 where they are even.
double scv_of_gaps(const model::Timetable& timetable) {
    if (timetable.headway_ms > 0.0 || timetable.listed.size() < 3) return 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 1; i < timetable.listed.size(); ++i) {
        const auto gap = static_cast<double>(timetable.listed[i] - timetable.listed[i - 1]);
        sum += gap;
        squares += gap * gap;
    }
    const auto count = static_cast<double>(timetable.listed.size() - 1);
    return sum > 0.0 ? std::max(0.0, squares * count / (sum * sum) - 1.0) : 0.0;
}

// Whether every container of a demand that boards here calls a vehicle, at Poisson instants.
bool calls_poisson(const Line& line, const model::Demand& demand) {
    const bool are_single = demand.consignment.is_constant() && demand.consignment.sizes.front() == 1;
    const bool is_poisson = demand.release == model::ReleaseProcess::poisson && is_steady(demand) && !demand.patience;
    const bool fill = std::ranges::all_of(
        demand.classes, [&](const model::BoxClass& box) { return box.quarters >= line.minimum_quarters; });
    return are_single && is_poisson && fill;
}

bool is_called_by_poisson(const Model& model, const Line& line) {
    for (const model::Leg& leg : model.legs) {
        if (leg.board != line.first_stop) continue;
        const model::Demand& demand = model.demands[leg.demand];
        const bool is_first = !demand.itineraries.empty() && &model.legs[demand.itineraries.front().first] == &leg;
        if (!is_first || demand.repositions || !calls_poisson(line, demand)) return false;
    }
    return true;
}

}  // namespace

double Arrivals::rate() const {
    double sum = 0.0;
    for (const Part& part : parts) sum += part.rate;
    return sum;
}

double Arrivals::scv(double load) const {
    const double all = rate();
    if (all <= 0.0) return 1.0;
    double squares = 0.0;
    double mean = 0.0;
    for (const Part& part : parts) {
        const double share = part.rate / all;
        squares += share * share;
        mean += share * part.scv;
    }
    const double idle = 1.0 - std::min(1.0, load);
    const double weight = 1.0 / (1.0 + 4.0 * idle * idle * (1.0 / squares - 1.0));
    return weight * mean + 1.0 - weight;
}

void Arrivals::add(const Arrivals& more) {
    parts.insert(parts.end(), more.parts.begin(), more.parts.end());
    is_poisson = is_poisson && more.is_poisson;
}

bool leaves_at_once(const Model& model, const Line& line, const model::Stop& stop) {
    const model::Facility& facility = model.facilities[stop.facility];
    const model::Terminal& terminal = model.terminals[stop.terminal];
    const bool is_ready = !terminal.lets_in() && !terminal.yard_cranes.valid() && terminal.open.empty();
    const bool has_room = facility.berths == model::kUnlimited && is_zero(facility.entry_time) && !facility.tugs;
    const bool is_undisturbed = !facility.berths_disrupted && !facility.cranes.is_disrupted && !line.is_disrupted;
    return is_ready && has_room && is_undisturbed && facility.cranes.cranes == model::kUnlimited &&
           std::holds_alternative<FixedLaw>(facility.cranes.move_time) && line.least_headway == 0;
}

Arrivals departures_of(const Model& model, const model::Traffic& traffic, Id<Line> id) {
    const Line& line = model.lines[id];
    const double rate = traffic.trips[id] * kMillisecondsPerHour / model::length_ms(model.window);
    const model::Stop& first = model.stops[line.first_stop];
    Arrivals arrivals{.parts = {{rate, 1.0}}, .is_poisson = false};
    if (rate <= 0.0) return {};
    if (line.dispatch == Dispatch::timetable) {
        arrivals.parts.front().scv = scv_of_gaps(line.timetable);
    } else if (line.dispatch == Dispatch::on_demand && !line.pool.valid()) {
        double teu = 0.0;
        double containers = 0.0;
        const model::StopTraffic& here = traffic.stops[line.first_stop];
        teu += here.teu_aboard;
        containers += here.boarding;
        // So many containers make a load: of Poisson ones, the gaps are Erlang.
        const double each = containers > 0.0 ? teu / containers * model::kQuartersPerTeu : 1.0;
        arrivals.parts.front().scv = 1.0 / std::max(1.0, std::round(line.minimum_quarters / each));
        arrivals.is_poisson = leaves_at_once(model, line, first) && is_called_by_poisson(model, line);
    }
    return arrivals;
}

}  // namespace corridor::study
