// Yards with limited room, gates, and what they make wait or turn away.
#include <algorithm>

#include "measure_plan.h"
#include "model/calendar.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

bool turns_away(const model::Model& model, const model::Demand& demand) {
    const auto& yard = model.terminals[demand.from].yard;
    return yard && yard->when_full == model::FullYard::turn_away;
}

double turned_away(const Results& r, Id<model::Demand> id) { return static_cast<double>(r.tally.demands[id].lost); }

void add_losses(MeasurePlan& plan, const model::Model& model) {
    std::vector<Id<model::Demand>> all;
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        if (!turns_away(model, model.demands[id]) || model.demands[id].repositions) continue;
        all.push_back(id);
        const std::string who = subject(model.demands[id]);
        plan.add("containers_lost", who, [id](const Results& r) { return turned_away(r, id); });
        plan.add("lost_share", who, [id](const Results& r) { return ratio(turned_away(r, id), released(r, id)); });
    }
    if (all.empty()) return;
    plan.add("containers_lost", "total", [all](const Results& r) {
        double sum = 0.0;
        for (const Id<model::Demand> id : all) sum += turned_away(r, id);
        return sum;
    });
}

void add_outside(MeasurePlan& plan, const std::string& who, Id<model::Terminal> id) {
    const auto tally = [id](const Results& r) -> const YardTally& { return r.tally.terminals[id].room; };
    plan.add("outside_wait_mean", who, [tally](const Results& r) { return tally(r).outside.mean_ms() / kHour; });
    plan.add("outside_wait_p95", who,
             [tally](const Results& r) { return tally(r).outside.percentile_ms(0.95) / kHour; });
    plan.add("outside_for_gate_mean", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).outside_gate_ms) / window_ms(r); });
    plan.add("outside_for_room_mean", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).outside_room_ms) / window_ms(r); });
    plan.add("waiting_for_room_at_end", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).waiting_at_end); });
}

void add_room(MeasurePlan& plan, const std::string& who, Id<model::Terminal> id) {
    const auto tally = [id](const Results& r) -> const YardTally& { return r.tally.terminals[id].room; };
    plan.add("yard_utilisation", who, [id, tally](const Results& r) {
        const double capacity = r.model.terminals[id].yard->capacity_quarters;
        return static_cast<double>(tally(r).taken_ms) / (capacity * window_ms(r));
    });
    plan.add("yard_full_share", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).full_ms) / window_ms(r); });
    plan.add("landing_wait_mean", who, [tally](const Results& r) { return tally(r).landing.mean_ms() / kHour; });
    plan.add("landing_queue_mean", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).landing_ms) / window_ms(r); });
    plan.add("yard_stuck_time", who,
             [tally](const Results& r) { return static_cast<double>(tally(r).stuck_ms) / kHour; });
}

void add_collection(MeasurePlan& plan, const std::string& who, Id<model::Terminal> id) {
    plan.add("collection_for_gate_mean", who, [id](const Results& r) {
        return static_cast<double>(r.tally.terminals[id].room.collect_ms) / window_ms(r);
    });
}

void add_blocking(MeasurePlan& plan, const model::Model& model, Id<model::Facility> id) {
    const model::Facility& facility = model.facilities[id];
    const std::string who = model::facility_subject(model, facility);
    if (model.terminals[facility.terminal].yard && !facility.in_yard) {
        plan.add("vehicles_blocked_mean", who, [id](const Results& r) {
            return static_cast<double>(r.tally.facilities[id].blocked_ms) / window_ms(r);
        });
    }
    if (facility.may_hold && facility.cranes.cranes != model::kUnlimited) {
        plan.add("crane_blocked_share", who, [id](const Results& r) {
            const double cranes = r.model.facilities[id].cranes.cranes;
            return static_cast<double>(r.tally.facilities[id].crane_held_ms) / (cranes * window_ms(r));
        });
    }
}

}  // namespace

void add_room_measures(MeasurePlan& plan, const model::Model& model) {
    add_losses(plan, model);
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        const model::Terminal& terminal = model.terminals[id];
        const std::string who = subject(terminal);
        if (terminal.yard) add_room(plan, who, id);
        if (terminal.lets_in()) add_outside(plan, who, id);
        if (terminal.has_gate) add_collection(plan, who, id);
        if (terminal.transfers_directly) {
            plan.add("direct_transfers", who,
                     [id](const Results& r) { return static_cast<double>(r.tally.terminals[id].direct); });
        }
    }
    for (std::size_t f = 0; f < model.facilities.size(); ++f) add_blocking(plan, model, Id<model::Facility>{f});
}

}  // namespace corridor::engine
