// Where containers are handled one by one: at yards with limited room, by yard cranes, from vehicle to vehicle.
#include <fmt/format.h>

#include "compilation.h"
#include "corridor/base/unit.h"

namespace corridor::model {
namespace {

double teu(std::uint32_t quarters) { return quarters / double{kQuartersPerTeu}; }

/// A container that leaves on a continuous service has no vehicle to wait on: the crane holds it for a full yard.
bool is_held(const Model& model, const Leg& leg) {
    const bool is_continuous = model.lines[leg.line].dispatch == Dispatch::continuous;
    return is_continuous && model.terminals[model.stops[leg.alight].terminal].yard && needs_room(model, leg);
}

// Who does not fit into an empty yard would wait for ever, or always be lost.
void refuse_larger_than_yards(Compilation& compilation) {
    const Model& model = compilation.model;
    const auto check = [&](Id<Demand> id, Id<Terminal> place) {
        const Terminal& terminal = model.terminals[place];
        for (const BoxClass& box_class : model.demands[id].classes) {
            if (!terminal.yard || box_class.quarters <= terminal.yard->capacity_quarters) continue;
            compilation.error(compilation.scenario.terminals[same<scenario::Terminal>(place)],
                              fmt::format("terminal.{}.yard.capacity", terminal.id),
                              fmt::format("{} TEU have no room for a container of {} TEU of demand '{}' (it would "
                                          "never come in)",
                                          format_number(teu(terminal.yard->capacity_quarters)),
                                          format_number(teu(box_class.quarters)), model.demands[id].id),
                              "give the yard more room, or leave it out");
            return false;
        }
        return true;
    };
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<Demand> id{d};
        if (!check(id, model.demands[id].from)) return;
    }
    for (const Leg& leg : model.legs) {
        if (needs_room(model, leg) && !check(leg.demand, model.stops[leg.alight].terminal)) return;
    }
}

// Who loses patience would leave room behind at an instant at which nothing else happens there.
void refuse_patience(Compilation& compilation) {
    const Model& model = compilation.model;
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Demand& demand = model.demands[Id<Demand>{d}];
        const Terminal& from = model.terminals[demand.from];
        if (!demand.patience || !from.lets_in()) continue;
        compilation.error(compilation.scenario.demands[Id<scenario::Demand>{d}], subject(demand),
                          fmt::format("'patience' does not go with terminal '{}', which has a limited yard or a gate "
                                      "(who waits outside cannot be followed by road)",
                                      from.id),
                          "leave out 'patience', or the 'yard' and 'gate' of the terminal");
    }
}

}  // namespace

void compile_yards(Compilation& compilation) {
    Model& model = compilation.model;
    for (Facility& facility : model.facilities) {
        const Terminal& terminal = model.terminals[facility.terminal];
        facility.in_turn |= terminal.yard || terminal.yard_cranes.valid() || terminal.transfers_directly;
    }
    for (const Leg& leg : model.legs) {
        if (!is_held(model, leg)) continue;
        Facility& facility = model.facilities[model.stops[leg.board].facility];
        facility.in_turn = facility.may_hold = true;
    }
    refuse_larger_than_yards(compilation);
    refuse_patience(compilation);
}

}  // namespace corridor::model
