#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compilation.h"
#include "corridor/base/unit.h"
#include "traffic.h"

namespace corridor::model {
namespace {

class Lint {
  public:
    explicit Lint(Compilation& compilation)
        : compilation_(compilation), model_(compilation.model), traffic_(expected_traffic(model_)) {}

    void run() {
        std::vector<bool> used(model_.services.size(), false);
        for (const Leg& leg : model_.legs) used[model_.lines[leg.line].service.index()] = true;
        for (std::size_t i = 0; i < model_.services.size(); ++i) {
            const Id<Service> id{i};
            if (!used[i]) warn(id, "is on no demand's way (its vehicles run empty)");
            for (const Id<Line> line : model_.services[id].lines) check_line(id, line);
            check_fleet(id);
        }
        for (std::size_t i = 0; i < compilation_.scenario.fleets.size(); ++i) check_shared_fleet(Id<Fleet>{i});
        const std::size_t demands = compilation_.scenario.demands.size();
        for (std::size_t i = 0; i < demands; ++i) check_releases(Id<Demand>{i});
    }

  private:
    void warn(Id<Service> id, std::string message, std::string hint = {}) {
        const scenario::Service& service = compilation_.scenario.services[same<scenario::Service>(id)];
        compilation_.warn(service, "service." + service.id, std::move(message), std::move(hint));
    }

    void check_line(Id<Service> id, Id<Line> line_id) {
        const Line& line = model_.lines[line_id];
        if (line.dispatch != Dispatch::timetable) return;
        if (!leaves(line.timetable)) {
            warn(id, fmt::format("never leaves {} within the run ({} to {})", label(line.direction),
                                 format_instant(model_.origin), format_instant(compilation_.scenario.end)));
            return;
        }
        check_cut_off(id, line_id);
    }

    bool leaves(const Timetable& timetable) const {
        const auto end = static_cast<double>(model_.window.to);
        if (timetable.headway_ms > 0.0) return timetable.random_phase || timetable.first_ms < end;
        return !timetable.listed.empty() && timetable.listed.front() < model_.window.to;
    }

    // What has to be done between the closing of the list and the departure: berthing and loading.
    void check_cut_off(Id<Service> id, Id<Line> line_id) {
        constexpr Tick kTolerated = Tick{30} * 60'000;
        const Line& line = model_.lines[line_id];
        const Facility& facility = model_.facilities[model_.stops[line.first_stop].facility];
        const Tick work = to_tick(call_ms(model_, traffic_, line.first_stop) - leaving_ms(facility));
        if (work - line.cut_off <= kTolerated) return;
        const Terminal& terminal = model_.terminals[model_.stops[line.first_stop].terminal];
        warn(id,
             fmt::format(
                 "departures from '{}' will be late by about {} (berthing and loading take {}, the cut-off is {})",
                 terminal.id, about(work - line.cut_off), about(work), format_duration(Duration{line.cut_off})),
             fmt::format("a cut_off of {} or more keeps the timetable", about(work)));
    }

    static std::string about(Tick time) {
        constexpr Tick kMinute = 60'000;
        return format_duration(Duration{(time + kMinute - 1) / kMinute * kMinute});
    }

    void check_fleet(Id<Service> id) {
        const Service& service = model_.services[id];
        if (!service.fleet.valid() || model_.fleets[service.fleet].is_shared()) return;
        const std::uint32_t vehicles = model_.fleets[service.fleet].vehicles;
        const double period_weeks = length_ms(model_.window) / kMillisecondsPerHour / kHoursPerWeek;
        std::vector<double> weekly;
        for (const Id<Line> line : service.lines) {
            if (model_.lines[line].dispatch == Dispatch::timetable)
                weekly.push_back(traffic_.trips[line] / period_weeks);
        }
        if (weekly.empty()) return;
        const auto [fewest, most] = std::minmax_element(weekly.begin(), weekly.end());
        if (weekly.size() > 1 && *most > *fewest * 1.01) {
            warn(id,
                 fmt::format("has {} departures a week forward and {} backward (its fleet gathers at one end)",
                             rounded(weekly[0]), rounded(weekly[1])),
                 "give both directions as many departures");
        }
        const double needed = fleet_load(model_, traffic_, service) * vehicles;
        if (needed > vehicles) {
            warn(id,
                 fmt::format("a fleet of {} cannot run {} departures a week (needs about {}): departures will be late",
                             vehicles, rounded(*most), std::ceil(needed)));
        } else if (vehicles > std::ceil(needed) + 1.0) {
            warn(id, fmt::format("has a fleet of {} where about {} would do for {} departures a week", vehicles,
                                 std::ceil(needed), rounded(*most)));
        }
    }

    void check_shared_fleet(Id<Fleet> id) {
        const Fleet& fleet = model_.fleets[id];
        const scenario::Fleet& source = compilation_.scenario.fleets[same<scenario::Fleet>(id)];
        const double needed = fleet_load(model_, traffic_, fleet) * fleet.vehicles;
        if (fleet.services.empty()) {
            compilation_.warn(source, subject(fleet), "runs no service",
                              "name it in a service: fleet = \"" + fleet.id + "\"");
        } else if (needed > fleet.vehicles) {
            compilation_.warn(source, subject(fleet),
                              fmt::format("{} vehicles cannot run the departures of {} services (they need about {}): "
                                          "departures will be late",
                                          fleet.vehicles, fleet.services.size(), std::ceil(needed)));
        }
    }

    static std::string rounded(double value) { return format_number(std::round(value * 10.0) / 10.0); }

    void check_releases(Id<Demand> id) {
        const scenario::Demand& source = compilation_.scenario.demands[same<scenario::Demand>(id)];
        const Demand& demand = model_.demands[id];
        const bool listed = source.release == scenario::ReleaseProcess::listed;
        if (!listed || (!demand.listed.empty() && demand.listed.front().time < model_.window.to)) return;
        compilation_.warn(source, "demand." + source.id,
                          fmt::format("releases nothing within the run ({} to {})", format_instant(model_.origin),
                                      format_instant(compilation_.scenario.end)));
    }

    Compilation& compilation_;
    const Model& model_;
    Traffic traffic_;
};

}  // namespace

void lint(Compilation& compilation) { Lint(compilation).run(); }

}  // namespace corridor::model
