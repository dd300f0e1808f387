// Money, by demand, service, terminal and ride.
#include <fmt/format.h>

#include <algorithm>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

template <class Value>
MeasurePlan::Formula over_demands(Value value) {
    return [value](const Results& r) {
        double sum = 0.0;
        for (const DemandAccount& demand : r.accounts.demands) {
            sum += value(demand);
        }
        return sum;
    };
}

bool may_go_by_road(const model::Model& model) {
    return std::any_of(model.demands.begin(), model.demands.end(),
                       [](const model::Demand& demand) { return demand.road_cost.has_value(); });
}

bool has_storage(const model::Model& model) { return model.charges_storage; }

bool has_lifts(const model::Model& model) {
    return std::any_of(model.facilities.begin(), model.facilities.end(),
                       [](const model::Facility& facility) { return facility.lift.has_value(); });
}

struct Part {
    std::string_view name;
    double (*of)(const DemandAccount&);
};

std::vector<Part> parts(const model::Model& model) {
    std::vector<Part> all{{"cost", [](const DemandAccount& a) { return a.cost(); }},
                          {"cost_of_rides", [](const DemandAccount& a) { return a.ride_cost; }}};
    if (has_lifts(model)) all.push_back({"cost_of_lifts", [](const DemandAccount& a) { return a.lift_cost; }});
    if (has_storage(model)) all.push_back({"cost_of_storage", [](const DemandAccount& a) { return a.storage_cost; }});
    if (may_go_by_road(model)) all.push_back({"cost_of_road", [](const DemandAccount& a) { return a.road_cost; }});
    return all;
}

/// What the rides do not tell: time in the yard before going by road, and at the destination until collected.
void add_stored(MeasurePlan& plan, const model::Model& model, Id<model::Demand> id) {
    const model::Demand& demand = model.demands[id];
    const auto add = [&](std::string_view part, Stored DemandAccount::*stored) {
        const std::string who = fmt::format("{}.{}", subject(demand), part);
        plan.add("storage_teu_days", who,
                 [=](const Results& r) { return (r.accounts.demands[id].*stored).teu_hours / kHoursPerDay; });
        plan.add("cost_of_storage", who, [=](const Results& r) { return (r.accounts.demands[id].*stored).cost; });
    };
    const bool may_go_by_road = demand.road_time || demand.patience;
    if (may_go_by_road && model.terminals[demand.from].storage) add("road", &DemandAccount::before_road);
    if (demand.collected_after && model.terminals[demand.to].storage) {
        add("collected", &DemandAccount::before_collection);
    }
}

void add_demands(MeasurePlan& plan, const model::Model& model) {
    const auto cost = over_demands([](const DemandAccount& a) { return a.cost(); });
    const auto teu = over_demands([](const DemandAccount& a) { return a.set_out.teu; });
    for (const Part& part : parts(model)) plan.add(part.name, "total", over_demands(part.of));
    plan.add("cost_per_teu", "total", [cost, teu](const Results& r) { return ratio(cost(r), teu(r)); });
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        const std::string who = subject(model.demands[id]);
        for (const Part& part : parts(model)) {
            plan.add(part.name, who, [id, of = part.of](const Results& r) { return of(r.accounts.demands[id]); });
        }
        plan.add("cost_per_teu", who, [id](const Results& r) {
            const DemandAccount& account = r.accounts.demands[id];
            return ratio(account.cost(), account.set_out.teu);
        });
        if (model.demands[id].road_cost) {
            plan.add("cost_of_road", who + ".road",
                     [id](const Results& r) { return r.accounts.demands[id].road_cost; });
        }
        add_stored(plan, model, id);
    }
}

void add_services(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        const Id<model::Service> id{s};
        if (!model.services[id].cost) continue;
        const std::string who = subject(model.services[id]);
        plan.add("running_cost", who, [id](const Results& r) { return r.accounts.services[id].running_cost; });
        plan.add("running_cost_per_teu", who, [id](const Results& r) {
            const ServiceAccount& account = r.accounts.services[id];
            return ratio(account.running_cost, account.teu);
        });
        if (!model.services[id].cost->tariff) continue;
        plan.add("tariff_income", who, [id](const Results& r) { return r.accounts.services[id].income; });
    }
}

void add_terminals(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        const std::string who = subject(model.terminals[id]);
        const auto lifts_cost = [&](Id<model::Facility> facility) {
            return facility.valid() && model.facilities[facility].lift.has_value();
        };
        const auto& facilities = model.terminals[id].facilities;
        if (std::any_of(facilities.begin(), facilities.end(), lifts_cost)) {
            plan.add("cost_of_lifts", who, [id](const Results& r) { return r.accounts.hubs[id].lift_cost; });
        }
        if (!model.terminals[id].storage) continue;
        plan.add("storage_teu_days", who,
                 [id](const Results& r) { return r.accounts.hubs[id].storage_teu_hours / kHoursPerDay; });
        plan.add("cost_of_storage", who, [id](const Results& r) { return r.accounts.hubs[id].storage_cost; });
    }
}

void add_ride_cost(MeasurePlan& plan, const model::Model& model, const Ride& ride) {
    const model::Leg& leg = model.legs.items()[ride.legs.front()];
    const auto add = [&](std::string_view name, double RideAccount::*member) {
        plan.add(name, ride.subject, sum_of_rides(ride, [member](const RideAccount& a) { return a.*member; }));
    };
    if (model.services[model.lines[leg.line].service].cost) {
        add("running_cost", &RideAccount::running_cost);
        add("cost_of_rides", &RideAccount::ride_cost);
    }
    if (model.facilities[model.stops[leg.board].facility].lift ||
        model.facilities[model.stops[leg.alight].facility].lift) {
        add("cost_of_lifts", &RideAccount::lift_cost);
    }
    if (model.terminals[model.stops[leg.board].terminal].storage) {
        plan.add("storage_teu_days", ride.subject,
                 sum_of_rides(ride, [](const RideAccount& a) { return a.storage_teu_hours / kHoursPerDay; }));
        add("cost_of_storage", &RideAccount::storage_cost);
    }
}

}  // namespace

void add_cost_measures(MeasurePlan& plan, const model::Model& model) {
    if (!model.counts_money) return;
    add_demands(plan, model);
    add_services(plan, model);
    add_terminals(plan, model);
    for (const Ride& ride : rides_of(model)) add_ride_cost(plan, model, ride);
}

}  // namespace corridor::engine
