// Departures, loads, waits and fleets, by service, line and boarding stop.
#include "measure_plan.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

/// Adds one member over stops, in order.
template <class Member>
double sum(const Results& r, const std::vector<Id<model::Stop>>& stops, Member member) {
    double total = 0.0;
    for (const Id<model::Stop> stop : stops) {
        total += static_cast<double>(r.tally.stops[stop].*member);
    }
    return total;
}

/// What is said of one boarding stop, of a line, and of a whole service alike.
void add_load_measures(MeasurePlan& plan, const std::string& who, const std::vector<Id<model::Stop>>& stops) {
    plan.add("load_factor", who, [stops](const Results& r) {
        return ratio(sum(r, stops, &StopTally::load_quarters), sum(r, stops, &StopTally::offered_quarters));
    });
    plan.add("teu_per_departure", who, [stops](const Results& r) {
        return ratio(sum(r, stops, &StopTally::load_quarters) / model::kQuartersPerTeu,
                     sum(r, stops, &StopTally::departures));
    });
    plan.add("containers_boarded", who, [stops](const Results& r) { return sum(r, stops, &StopTally::boarded); });
    plan.add("containers_rolled", who, [stops](const Results& r) { return sum(r, stops, &StopTally::rolled); });
    plan.add("rolled_share", who, [stops](const Results& r) {
        return ratio(sum(r, stops, &StopTally::rolled), sum(r, stops, &StopTally::boarded));
    });
    plan.add("wait_mean", who, [stops](const Results& r) {
        double hours = 0.0;
        double boxes = 0.0;
        for (const Id<model::Stop> stop : stops) {
            const TimeStat& wait = r.tally.stops[stop].wait;
            if (wait.count() > 0) {
                hours += wait.mean_ms() / kHour * static_cast<double>(wait.count());
                boxes += static_cast<double>(wait.count());
            }
        }
        return ratio(hours, boxes);
    });
}

/// Whether room is kept, for a stop ahead, from those who board at `stop`.
bool leaves_room(const model::Model& model, const model::Line& line, Id<model::Stop> stop) {
    const std::size_t last = std::size_t{line.first_stop.index()} + line.stop_count - 1;
    for (std::size_t ahead = std::size_t{stop.index()} + 1; ahead < last; ++ahead) {
        if (model.stops[Id<model::Stop>{ahead}].kept_quarters > 0) {
            return true;
        }
    }
    return false;
}

void add_stop_measures(MeasurePlan& plan, const model::Model& model, const std::string& who, Id<model::Stop> stop) {
    add_load_measures(plan, who, {stop});
    const auto wait = [stop](const Results& r) -> const TimeStat& { return r.tally.stops[stop].wait; };
    plan.add("wait_sd", who, [wait](const Results& r) { return wait(r).sd_ms() / kHour; });
    plan.add("wait_p50", who, [wait](const Results& r) { return wait(r).percentile_ms(0.5) / kHour; });
    plan.add("wait_p95", who, [wait](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
    plan.add("wait_min", who, [wait](const Results& r) { return wait(r).shortest_ms() / kHour; });
    plan.add("wait_max", who, [wait](const Results& r) { return wait(r).longest_ms() / kHour; });
    const auto per_departure = [stop](std::uint64_t StopTally::*member) {
        return [stop, member](const Results& r) {
            const StopTally& tally = r.tally.stops[stop];
            return ratio(static_cast<double>(tally.*member), static_cast<double>(tally.departures));
        };
    };
    plan.add("left_behind_mean", who, per_departure(&StopTally::left_behind));
    plan.add("left_behind_share", who, per_departure(&StopTally::left_someone));
    plan.add("full_share", who, per_departure(&StopTally::full));
    const model::Line& line = model.lines[model.stops[stop].line];
    if (leaves_room(model, line, stop)) {
        plan.add("held_back_mean", who, per_departure(&StopTally::held_back));
    }
    if (line.dispatch == model::Dispatch::when_ready) {
        plan.add("headway_mean", who, [stop](const Results& r) { return r.tally.headways[stop].mean_ms() / kHour; });
        plan.add("headway_variation", who, [stop](const Results& r) { return r.tally.headways[stop].variation(); });
    }
}

void add_line_counts(MeasurePlan& plan, const std::string& who, std::vector<Id<model::Line>> lines) {
    const auto count = [&](std::uint64_t LineTally::*member) {
        return [lines, member](const Results& r) {
            double total = 0.0;
            for (const Id<model::Line> line : lines) {
                total += static_cast<double>(r.tally.lines[line].*member);
            }
            return total;
        };
    };
    plan.add("departures_run", who, count(&LineTally::departures));
    plan.add("departures_late", who, count(&LineTally::late));
    plan.add("departures_cancelled", who, count(&LineTally::cancelled));
    plan.add("departures_outstanding", who, count(&LineTally::outstanding));
}

void add_line_measures(MeasurePlan& plan, const model::Model& model, const std::string& who, Id<model::Line> line) {
    plan.add("lateness_mean", who, [line](const Results& r) { return r.tally.lines[line].lateness.mean_ms() / kHour; });
    plan.add("running_time_mean", who,
             [line](const Results& r) { return r.tally.lines[line].running.mean_ms() / kHour; });
    if (model.lines[line].least_headway > 0) {
        plan.add("held_mean", who, [line](const Results& r) { return r.tally.lines[line].held.mean_ms() / kHour; });
    }
}

/// Of all vehicles of a fleet together, in the window.
double fleet_ms(const Results& r, Id<model::Fleet> id) {
    const Tick window = r.model.window.to - r.model.window.from;
    return static_cast<double>(r.model.fleets[id].vehicles) * static_cast<double>(window);
}

void add_fleet_utilisation(MeasurePlan& plan, const std::string& who, Id<model::Fleet> id) {
    plan.add("fleet_utilisation", who,
             [id](const Results& r) { return static_cast<double>(r.tally.fleets[id].busy_ms) / fleet_ms(r, id); });
}

/// Of a fleet that a service has for itself.
void add_own_fleet_measures(MeasurePlan& plan, const model::Service& service, Id<model::Service> id) {
    const std::string who = subject(service);
    add_fleet_utilisation(plan, who, service.fleet);
    plan.add("fleet_cycle_time_mean", who, [id](const Results& r) {
        const std::vector<Id<model::Line>>& lines = r.model.services[id].lines;
        double trips = 0.0;
        for (const Id<model::Line> line : lines) {
            trips += static_cast<double>(r.tally.lines[line].departures);
        }
        return ratio(fleet_ms(r, r.model.services[id].fleet) * static_cast<double>(lines.size()), trips) / kHour;
    });
}

/// Vehicle-km of the departures of a fleet.
double service_km(const Results& r, Id<model::Fleet> fleet) {
    double km = 0.0;
    for (const Id<model::Service> service : r.model.fleets[fleet].services) {
        for (const Id<model::Line> line : r.model.services[service].lines) {
            for (const Id<model::Stop> stop : model::boarding_stops(r.model.lines[line])) {
                km += static_cast<double>(r.tally.stops[stop].departures) * r.model.stops[stop].hop.km;
            }
        }
    }
    return km;
}

void add_shared_fleet_measures(MeasurePlan& plan, const model::Model& model, Id<model::Fleet> id) {
    const std::string who = subject(model.fleets[id]);
    add_fleet_utilisation(plan, who, id);
    plan.add("empty_runs", who, [id](const Results& r) { return static_cast<double>(r.tally.fleets[id].empty_runs); });
    plan.add("empty_vehicle_km", who, [id](const Results& r) { return r.tally.fleets[id].empty_km; });
    plan.add("empty_running_share", who, [id](const Results& r) {
        const double empty = r.tally.fleets[id].empty_km;
        return ratio(empty, empty + service_km(r, id));
    });
}

}  // namespace

void add_service_measures(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        const model::Service& service = model.services.items()[s];
        std::vector<Id<model::Stop>> all;
        for (const Id<model::Line> line : service.lines) {
            const auto stops = model::boarding_stops(model.lines[line]);
            all.insert(all.end(), stops.begin(), stops.end());
        }
        add_load_measures(plan, subject(service), all);
        add_line_counts(plan, subject(service), service.lines);
        for (const Id<model::Line> line : service.lines) {
            const std::string who = subject(service) + '.' + std::string(model::label(model.lines[line].direction));
            add_line_counts(plan, who, {line});
            add_line_measures(plan, model, who, line);
        }
        for (const Id<model::Stop> stop : all) {
            add_stop_measures(plan, model, model::boarding_subject(model, stop), stop);
        }
        if (service.fleet.valid() && !model.fleets[service.fleet].is_shared()) {
            add_own_fleet_measures(plan, service, Id<model::Service>{s});
        }
    }
    for (std::size_t f = 0; f < model.fleets.size(); ++f) {
        const Id<model::Fleet> id{f};
        if (model.fleets[id].is_shared()) {
            add_shared_fleet_measures(plan, model, id);
        }
    }
}

}  // namespace corridor::engine
