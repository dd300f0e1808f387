#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "compilation.h"

namespace corridor::model {
namespace {

/// Who asks for the cranes of a facility.
struct Users {
    std::set<std::uint32_t> ranks;
    bool differ = false;       ///< in the time of their moves, or in how long they wait
    bool are_limited = false;  ///< some of them to fewer cranes than there are
    bool are_vehicles = false;
};

bool is_continuous(const Model& model, const Leg& leg) {
    return model.lines[leg.line].dispatch == Dispatch::continuous;
}

/// Whether a vehicle that allows for so many cranes may have fewer than there are.
bool is_limit(const Facility& facility, std::uint32_t on_vehicle) {
    return cranes_at_a_vehicle(facility, on_vehicle) != facility.cranes.cranes;
}

/// Vehicles can be at the cranes together, and it matters who gets the next.
bool are_shared_evenly(const Facility& facility) {
    return facility.cranes.sharing == CraneSharing::even && facility.cranes.cranes > 1 && facility.berths != 1;
}

IdVector<Facility, Users> users_of_cranes(const Model& model) {
    IdVector<Facility, Users> users(model.facilities.size());
    for (const Leg& leg : model.legs) {
        const Demand& demand = model.demands[leg.demand];
        for (const Id<Stop> stop : {leg.board, leg.alight}) {
            Users& here = users[model.stops[stop].facility];
            here.ranks.insert(demand.rank);
            here.differ = here.differ || demand.move_time.has_value();
            if (is_continuous(model, leg)) continue;
            here.are_vehicles = true;
            here.are_limited |= is_limit(model.facilities[model.stops[stop].facility], model.lines[leg.line].cranes);
        }
    }
    for (const Demand& demand : model.demands) {
        for (const Itinerary& itinerary : demand.itineraries) {
            const Leg& leg = model.legs[itinerary.first];
            const bool may_leave = demand.patience && is_continuous(model, leg);
            users[model.stops[leg.board].facility].differ |= may_leave;
        }
    }
    for (const Background& background : model.backgrounds) {
        Users& here = users[background.facility];
        here.ranks.insert(background.rank);
        here.are_vehicles = true;
        here.are_limited |= is_limit(model.facilities[background.facility], kUnlimited);
    }
    return users;
}

}  // namespace

void rank_priorities(Compilation& compilation) {
    std::set<int, std::greater<>> priorities{0};
    for (const scenario::Demand& demand : compilation.scenario.demands) priorities.insert(demand.priority);
    constexpr int kAfterAll = -1;
    const auto& empties = compilation.scenario.empties;
    const int of_empties = empties ? empties->priority.value_or(kAfterAll) : 0;
    if (empties && empties->policy != Repositioning::none) priorities.insert(of_empties);
    const auto rank = [&](int priority) {
        return static_cast<std::uint32_t>(std::distance(priorities.begin(), priorities.find(priority)));
    };
    Model& model = compilation.model;
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<Demand> id{d};
        model.demands[id].rank = rank(compilation.scenario.demands[same<scenario::Demand>(id)].priority);
    }
    model.empties.rank = rank(of_empties);
    for (Background& background : model.backgrounds) background.rank = rank(0);
}

void refuse_empties(Compilation& compilation, const Leg& leg) {
    const Model& model = compilation.model;
    const Terminal& sender = model.terminals[model.demands[leg.demand].from];
    const Service& service = model.services[model.lines[leg.line].service];
    compilation.error(
        compilation.scenario.terminals[same<scenario::Terminal>(model.demands[leg.demand].from)],
        subject(sender) + ".empties.high",
        fmt::format("empties for '{}' have a priority of their own on service '{}', whose departures wait "
                    "for a load",
                    model.terminals[model.demands[leg.demand].to].id, service.id),
        "give the service a timetable, or [empties] the priority of the demands that board there");
}

// A departure that waits for a load counts containers in one row of which none leaves.
void refuse_where_loads_are_awaited(Compilation& compilation) {
    const Model& model = compilation.model;
    IdVector<Line, std::set<std::uint32_t>> ranks(model.lines.size());
    for (const Leg& leg : model.legs) {
        const Line& line = model.lines[leg.line];
        if (line.minimum_quarters == 0 || leg.board != line.first_stop) continue;
        const Demand& demand = model.demands[leg.demand];
        ranks[leg.line].insert(demand.rank);
        if (ranks[leg.line].size() == 1 && !demand.patience) continue;
        const std::string& service = model.services[line.service].id;
        if (demand.repositions) return refuse_empties(compilation, leg);
        const auto& source = compilation.scenario.demands[same<scenario::Demand>(leg.demand)];
        compilation.error(source, subject(demand),
                          fmt::format("'patience', or a 'priority' of its own, does not go with service '{}', whose "
                                      "departures wait for a load",
                                      service),
                          "give the service a timetable, or all who board there the same priority and no patience");
        return;
    }
}

void compile_turns(Compilation& compilation) {
    refuse_where_loads_are_awaited(compilation);
    Model& model = compilation.model;
    const IdVector<Facility, Users> users = users_of_cranes(model);
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const Id<Facility> id{f};
        Facility& facility = model.facilities[id];
        const Users& here = users[id];
        const bool limited = facility.cranes.cranes != kUnlimited;
        const bool take_time = limited || !is_zero(facility.cranes.move_time);
        facility.shares_cranes = take_time && (here.are_limited || (here.are_vehicles && are_shared_evenly(facility)));
        facility.in_turn = facility.shares_cranes || (limited && (here.ranks.size() > 1 || here.differ));
    }
}

}  // namespace corridor::model
