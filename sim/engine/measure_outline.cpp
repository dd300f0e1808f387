#include "measure_plan.h"

namespace corridor::engine {
namespace {

using Outline = std::vector<std::uint64_t>;

void add_terminals(Outline& outline, const model::Model& model) {
    for (const model::Terminal& terminal : model.terminals) {
        for (const Id<model::Facility> facility : terminal.facilities) {
            outline.push_back(facility.index());
        }
        const bool turns_away = terminal.yard && terminal.yard->when_full == model::FullYard::turn_away;
        outline.push_back((terminal.yard ? 1U : 0U) + (turns_away ? 2U : 0U) + (terminal.has_gate ? 4U : 0U) +
                          (terminal.transfers_directly ? 8U : 0U));
        outline.push_back(terminal.yard_cranes.index());
    }
    // Stocks that nobody keeps at the values of a draw have no measures.
    for (const model::Terminal& terminal : model.terminals) {
        for (const model::EmptyStock& stock : terminal.empties) {
            outline.push_back(stock.kept ? 1 : 0);
        }
    }
    for (const model::Facility& facility : model.facilities) {
        outline.push_back(facility.terminal.index());
        outline.push_back(static_cast<std::uint64_t>(facility.mode));
        outline.push_back(facility.cranes.cranes == model::kUnlimited ? 0 : 1);
        outline.push_back(facility.berths == model::kUnlimited ? 0 : 1);
        outline.push_back(facility.tugs ? 1 : 0);
        outline.push_back(facility.may_hold ? 1 : 0);
        // How many cranes can be down, and be repaired at a time, is part of the formulas.
        outline.push_back(facility.cranes.breakdowns ? facility.cranes.cranes : 0);
        outline.push_back(facility.cranes.breakdowns ? facility.cranes.breakdowns->gangs + std::uint64_t{1} : 0);
    }
}

void add_services(Outline& outline, const model::Model& model) {
    for (const model::Link& link : model.links) {
        outline.push_back(static_cast<std::uint64_t>(link.mode));
        outline.push_back(link.has_entrance() ? 1 : 0);
        outline.push_back(link.paths_per_day > 0.0 || link.headway > 0 ? 1 : 0);
        outline.push_back(link.alternating ? 1 : 0);
        outline.push_back(link.open.empty() ? 0 : 1);
        outline.push_back(link.depth.empty() ? 0 : 1);
    }
    for (const model::Service& service : model.services) {
        outline.push_back(static_cast<std::uint64_t>(service.mode));
        outline.push_back(service.fleet.index());
        outline.push_back(service.lines.size());
        for (const Id<model::Line> line : service.lines) {
            outline.push_back(line.index());
        }
    }
    for (const model::Fleet& fleet : model.fleets) {
        outline.push_back(fleet.is_shared() ? 1 : 0);
    }
    for (const model::Line& line : model.lines) {
        outline.push_back(line.service.index());
        outline.push_back(static_cast<std::uint64_t>(line.direction));
        outline.push_back(line.first_stop.index());
        outline.push_back(line.stop_count);
        outline.push_back(line.dispatch == model::Dispatch::when_ready ? 1 : 0);
        outline.push_back(line.least_headway > 0 ? 1 : 0);
    }
}

/// Who has a price or an emission factor.
void add_costs(Outline& outline, const model::Model& model) {
    outline.push_back(static_cast<std::uint64_t>(model.currency));
    outline.push_back((model.counts_money ? 1U : 0U) + (model.counts_emissions ? 2U : 0U));
    if (!model.counts_money && !model.counts_emissions) return;
    for (const model::Terminal& terminal : model.terminals) {
        outline.push_back((terminal.storage ? 1U : 0U) + (terminal.emissions ? 2U : 0U));
    }
    for (const model::Facility& facility : model.facilities) {
        outline.push_back(facility.lift ? 1 : 0);
    }
    for (const model::Service& service : model.services) {
        const bool has_tariff = service.cost && service.cost->tariff;
        const bool uses_energy = service.emissions && service.emissions->energy_per_km > 0.0;
        outline.push_back((service.cost ? 1U : 0U) + (has_tariff ? 2U : 0U) + (service.emissions ? 4U : 0U) +
                          (uses_energy ? 8U : 0U));
    }
    for (const model::Demand& demand : model.demands) {
        const bool may_go_by_road = demand.road_time || demand.patience;
        outline.push_back((demand.road_cost ? 1U : 0U) + (demand.road_emissions ? 2U : 0U) +
                          (may_go_by_road ? 4U : 0U) + (demand.collected_after ? 8U : 0U));
    }
}

void add_locks(Outline& outline, const model::Model& model) {
    for (const model::Lock& lock : model.locks) {
        outline.push_back(lock.link.index());
        outline.push_back(lock.two_way ? 1 : 0);
    }
}

// Values decide which links are fastest and which itineraries are good, so which demand uses which link.
void add_ways(Outline& outline, const model::Model& model) {
    for (const model::Stop& stop : model.stops) {
        outline.push_back(stop.terminal.index());
        outline.push_back(stop.kept_quarters > 0 ? 1 : 0);
        outline.push_back(static_cast<std::uint64_t>(stop.hop.direction));
        outline.push_back(stop.hop.links.size());
        outline.push_back(stop.shallows.size());
        for (const model::LinkUse& use : stop.hop.links) {
            outline.push_back(use.link.index());
        }
    }
    for (const model::Leg& leg : model.legs) {
        outline.push_back(leg.demand.index());
        outline.push_back(leg.board.index());
        outline.push_back(leg.alight.index());
    }
}

}  // namespace

std::vector<std::uint64_t> measure_outline(const model::Model& model) {
    Outline outline{model.months.size(), model.delivered_within.size(), model.terminals.size(), model.facilities.size(),
                    model.links.size(),  model.services.size(),         model.lines.size(),     model.stops.size(),
                    model.legs.size(),   model.demands.size()};
    outline.push_back(model.disruptions.size());
    outline.push_back(model.takes_census ? 1 : 0);
    outline.push_back(model.backgrounds.size());
    // A limit is part of a subject: "demand.exports.72 h".
    for (const Tick limit : model.delivered_within) {
        outline.push_back(static_cast<std::uint64_t>(limit));
    }
    add_costs(outline, model);
    add_terminals(outline, model);
    add_services(outline, model);
    add_ways(outline, model);
    add_locks(outline, model);
    return outline;
}

}  // namespace corridor::engine
