// Lifts, cranes, berths and yards.
#include <algorithm>

#include "measure_plan.h"
#include "model/calendar.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

double lifts_teu(const FacilityTally& tally) {
    return static_cast<double>(tally.move_quarters) / model::kQuartersPerTeu + tally.background_teu;
}

double crane_ms(const model::Model& model, Id<model::Facility> id) {
    const model::Facility& facility = model.facilities[id];
    const auto open = static_cast<double>(model::open_time(model.terminals[facility.terminal].open, model.window));
    return facility.cranes.cranes * open;
}

void add_crane_measures(MeasurePlan& plan, const std::string& who, Id<model::Facility> id) {
    const auto wait = [id](const Results& r) -> const TimeStat& { return r.tally.facilities[id].crane_wait; };
    plan.add("crane_utilisation", who, [id](const Results& r) {
        return ratio(static_cast<double>(r.tally.facilities[id].crane_busy_ms), crane_ms(r.model, id));
    });
    plan.add("crane_wait_mean", who, [wait](const Results& r) { return wait(r).mean_ms() / kHour; });
    plan.add("crane_wait_sd", who, [wait](const Results& r) { return wait(r).sd_ms() / kHour; });
    plan.add("crane_wait_p95", who, [wait](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
    plan.add("crane_wait_share", who, [wait](const Results& r) { return wait(r).positive_share(); });
    plan.add("crane_queue_mean", who, [id](const Results& r) {
        return static_cast<double>(r.tally.facilities[id].crane_queue_ms) / window_ms(r);
    });
}

/// What follows from how long how many cranes were down; `share` of that time is counted for each number.
template <class Share>
MeasurePlan::Formula mean_by_down(Id<model::Facility> id, Share share) {
    return [id, share](const Results& r) {
        const std::vector<Tick>& times = r.tally.breakdowns[id].time_with_down;
        double sum = 0.0;
        for (std::size_t down = 0; down < times.size(); ++down) {
            sum += static_cast<double>(times[down]) * share(down);
        }
        return sum / window_ms(r);
    };
}

void add_breakdown_measures(MeasurePlan& plan, const std::string& who, Id<model::Facility> id, std::size_t cranes,
                            std::size_t gangs) {
    const auto n = static_cast<double>(cranes);
    const auto one_if = [](bool holds) { return holds ? 1.0 : 0.0; };
    const auto add = [&](std::string_view name, auto share) { plan.add(name, who, mean_by_down(id, share)); };
    plan.add("crane_failures", who,
             [id](const Results& r) { return static_cast<double>(r.tally.breakdowns[id].failures); });
    add("crane_availability", [n](std::size_t down) { return 1.0 - static_cast<double>(down) / n; });
    add("cranes_down_mean", [](std::size_t down) { return static_cast<double>(down); });
    add("all_cranes_up_share", [one_if](std::size_t down) { return one_if(down == 0); });
    add("all_cranes_down_share", [one_if, cranes](std::size_t down) { return one_if(down == cranes); });
    if (gangs == model::kUnlimited) return;
    plan.add("repair_wait_mean", who,
             [id](const Results& r) { return r.tally.breakdowns[id].repair_wait.mean_ms() / kHour; });
    add("gang_utilisation",
        [gangs](std::size_t down) { return static_cast<double>(std::min(down, gangs)) / static_cast<double>(gangs); });
    plan.add("repair_at_once_share", who,
             [id](const Results& r) { return 1.0 - r.tally.breakdowns[id].repair_wait.positive_share(); });
}

void add_berth_measures(MeasurePlan& plan, const std::string& who, Id<model::Facility> id, std::uint32_t berths,
                        bool waiting_places) {
    const auto wait = [id](const Results& r) -> const TimeStat& { return r.tally.facilities[id].berth_wait; };
    if (berths != model::kUnlimited) {
        plan.add("berth_utilisation", who, [id](const Results& r) {
            return static_cast<double>(r.tally.facilities[id].berth_busy_ms) /
                   (r.model.facilities[id].berths * window_ms(r));
        });
        plan.add("berth_wait_mean", who, [wait](const Results& r) { return wait(r).mean_ms() / kHour; });
        plan.add("berth_wait_p95", who, [wait](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
        plan.add("berth_wait_max", who, [wait](const Results& r) { return wait(r).longest_ms() / kHour; });
        plan.add("berth_queue_at_end", who,
                 [id](const Results& r) { return static_cast<double>(r.tally.facilities[id].queue_at_end); });
    }
    if (waiting_places) {
        plan.add("calls_turned_away", who,
                 [id](const Results& r) { return static_cast<double>(r.tally.facilities[id].turned_away); });
        plan.add("turned_away_share", who, [id](const Results& r) {
            const FacilityTally& tally = r.tally.facilities[id];
            return ratio(static_cast<double>(tally.turned_away), static_cast<double>(tally.calls));
        });
    }
    plan.add("turnaround_mean", who, [id](const Results& r) { return r.tally.facilities[id].stay.mean_ms() / kHour; });
    plan.add("moves_per_berth_hour", who, [id](const Results& r) {
        const FacilityTally& tally = r.tally.facilities[id];
        return ratio(static_cast<double>(tally.moves), static_cast<double>(tally.berth_busy_ms) / kHour);
    });
}

void add_tug_measures(MeasurePlan& plan, const std::string& who, Id<model::Facility> id) {
    const auto wait = [id](const Results& r) -> const TimeStat& { return r.tally.facilities[id].tug_wait; };
    plan.add("tug_utilisation", who, [id](const Results& r) {
        return static_cast<double>(r.tally.facilities[id].tug_busy_ms) /
               (r.model.facilities[id].tugs->count * window_ms(r));
    });
    plan.add("tug_wait_mean", who, [wait](const Results& r) { return wait(r).mean_ms() / kHour; });
    plan.add("tug_wait_p95", who, [wait](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
    plan.add("tug_wait_max", who, [wait](const Results& r) { return wait(r).longest_ms() / kHour; });
    plan.add("tug_wait_share", who, [wait](const Results& r) { return wait(r).positive_share(); });
}

/// Where calls of several kinds share tugs, it matters whose they are.
void add_background_measures(MeasurePlan& plan, const model::Background& background, Id<model::Background> id) {
    const std::string who = subject(background);
    plan.add("calls_ended", who, [id](const Results& r) { return static_cast<double>(r.tally.backgrounds[id].ended); });
    plan.add("berth_wait_mean", who,
             [id](const Results& r) { return r.tally.backgrounds[id].berth_wait.mean_ms() / kHour; });
    plan.add("turnaround_mean", who, [id](const Results& r) { return r.tally.backgrounds[id].stay.mean_ms() / kHour; });
}

void add_facility_measures(MeasurePlan& plan, const model::Model& model, Id<model::Facility> id) {
    const model::Facility& facility = model.facilities[id];
    const std::string who = model::facility_subject(model, facility);
    plan.add("lifts", who, [id](const Results& r) { return static_cast<double>(r.tally.facilities[id].moves); });
    plan.add("lifts_teu", who, [id](const Results& r) { return lifts_teu(r.tally.facilities[id]); });
    if (facility.cranes.cranes != model::kUnlimited) {
        add_crane_measures(plan, who, id);
    }
    if (facility.cranes.breakdowns) {
        add_breakdown_measures(plan, who, id, facility.cranes.cranes, facility.cranes.breakdowns->gangs);
    }
    if (!facility.in_yard) {
        add_berth_measures(plan, who, id, facility.berths, facility.waiting_places.has_value());
    }
    if (facility.tugs) {
        add_tug_measures(plan, who, id);
    }
}

void add_yard_measures(MeasurePlan& plan, const model::Model& model, std::size_t t, const std::string& who) {
    plan.add("yard_mean", who, [t](const Results& r) { return r.yards[t].mean; });
    for (std::size_t month = 0; month < model.months.size(); ++month) {
        plan.add("yard_mean", who + '.' + model.months[month].label,
                 [t, month](const Results& r) { return r.yards[t].by_month[month]; });
    }
    plan.add("yard_sd", who, [t](const Results& r) { return r.yards[t].sd; });
    plan.add("yard_p95", who, [t](const Results& r) { return r.yards[t].p95; });
    plan.add("yard_p99", who, [t](const Results& r) { return r.yards[t].p99; });
    plan.add("yard_max", who, [t](const Results& r) { return r.yards[t].most; });
}

void add_terminal_totals(MeasurePlan& plan, const model::Terminal& terminal, const std::string& who) {
    const auto total = [facilities = terminal.facilities](auto value) {
        return [facilities, value](const Results& r) {
            double sum = 0.0;
            for (const Id<model::Facility> id : facilities) {
                sum += id.valid() ? value(r.tally.facilities[id]) : 0.0;
            }
            return sum;
        };
    };
    plan.add("lifts", who, total([](const FacilityTally& tally) { return static_cast<double>(tally.moves); }));
    plan.add("lifts_teu", who, total(lifts_teu));
}

}  // namespace

void add_terminal_measures(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const model::Terminal& terminal = model.terminals.items()[t];
        const std::string who = subject(terminal);
        add_terminal_totals(plan, terminal, who);
        for (const Id<model::Facility> facility : terminal.facilities) {
            if (facility.valid()) {
                add_facility_measures(plan, model, facility);
            }
        }
        if (terminal.yard_cranes.valid()) {
            add_facility_measures(plan, model, terminal.yard_cranes);
        }
        const auto dwell = [t](const Results& r) -> const TimeStat& { return r.tally.terminals.items()[t].dwell; };
        plan.add("dwell_mean", who, [dwell](const Results& r) { return dwell(r).mean_ms() / kHour; });
        plan.add("dwell_sd", who, [dwell](const Results& r) { return dwell(r).sd_ms() / kHour; });
        plan.add("dwell_p50", who, [dwell](const Results& r) { return dwell(r).percentile_ms(0.5) / kHour; });
        plan.add("dwell_p95", who, [dwell](const Results& r) { return dwell(r).percentile_ms(0.95) / kHour; });
        add_yard_measures(plan, model, t, who);
    }
    for (std::size_t b = 0; b < model.backgrounds.size(); ++b) {
        const Id<model::Background> id{b};
        const model::Background& background = model.backgrounds[id];
        if (model.facilities[background.facility].tugs) {
            add_background_measures(plan, background, id);
        }
    }
}

}  // namespace corridor::engine
