// Lifts, cranes, berths and yards.
#include "measure_plan.h"
#include "model/calendar.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

constexpr double kHour = kMillisecondsPerHour;

double window_ms(const Results& r) { return static_cast<double>(r.model.window.to - r.model.window.from); }

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

void add_berth_measures(MeasurePlan& plan, const std::string& who, Id<model::Facility> id, std::uint32_t berths) {
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
    plan.add("turnaround_mean", who, [id](const Results& r) { return r.tally.facilities[id].stay.mean_ms() / kHour; });
    plan.add("moves_per_berth_hour", who, [id](const Results& r) {
        const FacilityTally& tally = r.tally.facilities[id];
        return ratio(static_cast<double>(tally.moves), static_cast<double>(tally.berth_busy_ms) / kHour);
    });
}

void add_facility_measures(MeasurePlan& plan, const model::Model& model, Id<model::Facility> id) {
    const model::Facility& facility = model.facilities[id];
    const std::string who = model::facility_subject(model, facility);
    plan.add("lifts", who, [id](const Results& r) { return static_cast<double>(r.tally.facilities[id].moves); });
    plan.add("lifts_teu", who, [id](const Results& r) { return lifts_teu(r.tally.facilities[id]); });
    if (facility.cranes.cranes != model::kUnlimited) {
        add_crane_measures(plan, who, id);
    }
    add_berth_measures(plan, who, id, facility.berths);
}

void add_yard_measures(MeasurePlan& plan, const model::Model& model, std::size_t t, const std::string& who) {
    plan.add("yard_mean", who, [t](const Results& r) { return r.yards[t].mean; });
    for (std::size_t month = 0; month < model.months.size(); ++month) {
        plan.add("yard_mean", who + '.' + model.months[month].label,
                 [t, month](const Results& r) { return r.yards[t].by_month[month]; });
    }
    plan.add("yard_sd", who, [t](const Results& r) { return r.yards[t].sd; });
    plan.add("yard_p95", who, [t](const Results& r) { return r.yards[t].p95; });
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
        const auto dwell = [t](const Results& r) -> const TimeStat& { return r.tally.terminals.items()[t].dwell; };
        plan.add("dwell_mean", who, [dwell](const Results& r) { return dwell(r).mean_ms() / kHour; });
        plan.add("dwell_sd", who, [dwell](const Results& r) { return dwell(r).sd_ms() / kHour; });
        plan.add("dwell_p50", who, [dwell](const Results& r) { return dwell(r).percentile_ms(0.5) / kHour; });
        plan.add("dwell_p95", who, [dwell](const Results& r) { return dwell(r).percentile_ms(0.95) / kHour; });
        add_yard_measures(plan, model, t, who);
    }
}

}  // namespace corridor::engine
