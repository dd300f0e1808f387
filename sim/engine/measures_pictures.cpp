// What only the pictures of a report show: how times are distributed, and how busy things are by month.
#include <fmt/format.h>

#include <chrono>

#include "measure_plan.h"
#include "model/calendar.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

template <class Times>
void add_distribution(MeasurePlan& plan, std::string_view name, const std::string& who, Times times) {
    for (const int limit : kTimeLimits) {
        const Tick ms = Duration{std::chrono::hours{limit}}.count();
        plan.add(name, fmt::format("{}.{} h", who, limit),
                 [times, ms](const Results& r) { return times(r).within_share(ms); });
    }
}

/// `there_is` tells how much time there is in a part of the window.
template <class ThereIs>
void add_months(MeasurePlan& plan, const model::Model& model, std::string_view name, const std::string& who,
                std::size_t subject, TimeByMonth Tally::*busy, ThereIs there_is) {
    for (std::size_t m = 0; m < model.months.size(); ++m) {
        plan.add(name, who + '.' + model.months[m].label, [=](const Results& r) {
            const model::Window month{r.model.months[m].from, r.model.months[m].to};
            return ratio(static_cast<double>((r.tally.*busy).spent(subject, m)), there_is(r, month));
        });
    }
}

void add_facility_months(MeasurePlan& plan, const model::Model& model, Id<model::Facility> id) {
    const model::Facility& facility = model.facilities[id];
    const std::string who = model::facility_subject(model, facility);
    if (facility.cranes.cranes != model::kUnlimited) {
        add_months(plan, model, "crane_utilisation", who, id.index(), &Tally::crane_busy,
                   [id](const Results& r, const model::Window& month) {
                       const model::Facility& of = r.model.facilities[id];
                       const auto open = model::open_time(r.model.terminals[of.terminal].open, month);
                       return of.cranes.cranes * static_cast<double>(open);
                   });
    }
    if (!facility.in_yard && facility.berths != model::kUnlimited) {
        add_months(plan, model, "berth_utilisation", who, id.index(), &Tally::berth_busy,
                   [id](const Results& r, const model::Window& month) {
                       return r.model.facilities[id].berths * model::length_ms(month);
                   });
    }
}

void add_fleet_months(MeasurePlan& plan, const model::Model& model, const std::string& who, Id<model::Fleet> id) {
    add_months(plan, model, "fleet_utilisation", who, id.index(), &Tally::fleet_busy,
               [id](const Results& r, const model::Window& month) {
                   return static_cast<double>(r.model.fleets[id].vehicles) * model::length_ms(month);
               });
}

}  // namespace

void add_picture_measures(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        add_distribution(plan, "dwell_within_share", subject(model.terminals.items()[t]),
                         [t](const Results& r) -> const TimeStat& { return r.tally.terminals.items()[t].dwell; });
    }
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        if (model.demands.items()[d].repositions) {
            continue;
        }
        add_distribution(plan, "door_to_door_within_share", subject(model.demands.items()[d]),
                         [d](const Results& r) -> const TimeStat& { return r.tally.demands.items()[d].door_to_door; });
    }
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        add_facility_months(plan, model, Id<model::Facility>{f});
    }
    for (std::size_t f = 0; f < model.fleets.size(); ++f) {
        const model::Fleet& fleet = model.fleets.items()[f];
        add_fleet_months(plan, model,
                         fleet.is_shared() ? subject(fleet) : subject(model.services[fleet.services.front()]),
                         Id<model::Fleet>{f});
    }
}

}  // namespace corridor::engine
