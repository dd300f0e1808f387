// What is found once for all replications: who feeds which queue, who is looked at, who is alone.
#include <algorithm>
#include <variant>

#include "replication.h"

namespace corridor::engine {
namespace {

/// A move without a time may end before somebody asks who would have gone before it.
bool may_take_no_time(const DurationLaw& law) {
    const auto* const discrete = std::get_if<DiscreteLaw>(&law);
    const auto is_none = [](double ms) { return to_tick(ms) == 0; };
    return is_zero(law) || (discrete != nullptr && std::ranges::any_of(discrete->values_ms, is_none));
}

}  // namespace

void Replication::connect() {
    std::vector<std::size_t> legs_on_line(model_.lines.size());
    sorting_.turns.assign(model_.legs.size(), 0);
    for (const model::Leg& leg : model_.legs) {
        ++legs_on_line[leg.line.index()];
        StopState& stop = stops_[leg.board.index()];
        for (const model::BoxClass& box_class : model_.demands[leg.demand].classes) {
            const std::uint32_t quarters = box_class.quarters;
            const bool none_yet = stop.largest_quarters == 0;
            stop.smallest_quarters = none_yet ? quarters : std::min(stop.smallest_quarters, quarters);
            stop.largest_quarters = std::max(stop.largest_quarters, quarters);
            const auto is_alike = [&](const model::BoxClass& other) { return other.size == box_class.size; };
            const auto alike = std::find_if(stop.lightest.begin(), stop.lightest.end(), is_alike);
            if (alike == stop.lightest.end()) {
                stop.lightest.push_back(box_class);
            } else if (box_class.tonnes < alike->tonnes) {
                *alike = box_class;
            }
        }
    }
    for (const model::Leg& leg : model_.legs) {
        sole_leg_.push_back(legs_on_line[leg.line.index()] == 1 ? 1 : 0);
        StopState& stop = stops_[leg.board.index()];
        stop.first_rank = std::min(stop.first_rank, model_.demands[leg.demand].rank);
    }
    for (const model::Leg& leg : model_.legs) {
        StopState& stop = stops_[leg.board.index()];
        const std::size_t lines_behind = model_.demands[leg.demand].rank - stop.first_rank;
        stop.behind.resize(std::max(stop.behind.size(), lines_behind));
    }
    connect_impatient();
    connect_cranes();
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        connect_demand(Id<model::Demand>{d});
    }
    connect_landings();
    connect_stacks();
    connect_gates();
    connect_yards();
}

/// Finds the legs that containers of limited patience wait for from their release on.
void Replication::connect_impatient() {
    impatient_leg_.assign(model_.legs.size(), 0);
    for (const model::Demand& demand : model_.demands) {
        for (const model::Itinerary& itinerary : demand.itineraries) {
            if (demand.patience) {
                impatient_leg_[itinerary.first.index()] = 1;
                stops_[model_.legs[itinerary.first].board.index()].has_impatient = true;
            }
        }
    }
}

/// Finds whose moves can be planned ahead: those of vehicles, if the cranes alone decide how long they take; and those
/// of yard cranes, unless some go before others or lose patience.
void Replication::connect_cranes() {
    using Start = CraneQueue::Start;
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        const model::Facility& facility = model_.facilities.items()[f];
        facilities_[f].start = Start::in_time;
        if (facility.in_turn && may_take_no_time(facility.cranes.move_time)) {
            solo_[facility.terminal.index()].has_moves_without_time = true;
        }
        if (facility.in_turn && !facility.may_hold && !may_take_no_time(facility.cranes.move_time)) {
            facilities_[f].start = facility.in_yard ? Start::in_order : Start::ahead;
        }
    }
    std::vector<std::uint32_t> ranks(model_.terminals.size(), ~0U);
    for (const model::Leg& leg : model_.legs) {
        const model::Demand& demand = model_.demands[leg.demand];
        const bool is_alone = model_.lines[leg.line].dispatch == model::Dispatch::continuous;
        for (const Id<model::Stop> stop : {leg.board, leg.alight}) {
            const model::Terminal& terminal = model_.terminals[model_.stops[stop].terminal];
            std::uint32_t& rank = ranks[model_.stops[stop].terminal.index()];
            const bool is_other_rank = rank != ~0U && rank != demand.rank;
            rank = demand.rank;
            if (terminal.yard_cranes.valid() && (is_other_rank || demand.patience)) {
                facilities_[terminal.yard_cranes.index()].start = Start::in_time;
            }
            if (is_alone || demand.move_time) {
                facilities_[model_.stops[stop].facility.index()].start = Start::in_time;
            }
            if (demand.move_time && may_take_no_time(*demand.move_time)) {
                solo_[model_.stops[stop].terminal.index()].has_moves_without_time = true;
            }
        }
    }
}

/// Finds the demands that land in one place.
void Replication::connect_landings() {
    std::vector<Id<model::Facility>> landers(demands_.size());
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        demands_[d].lands_in_one_place = !model_.demands.items()[d].road_time;
    }
    for (const model::Leg& leg : model_.legs) {
        if (leg.next.valid()) {
            continue;
        }
        Id<model::Facility>& lander = landers[leg.demand.index()];
        const Id<model::Facility> here = model_.stops[leg.alight].facility;
        demands_[leg.demand.index()].lands_in_one_place &= !lander.valid() || lander == here;
        lander = here;
    }
}

/// Finds the terminals whose yard cranes serve nobody but those who land for good, from cranes of one kind.
void Replication::connect_stacks() {
    using Start = CraneQueue::Start;
    std::vector<Id<model::Facility>> landers(solo_.size());
    for (std::size_t t = 0; t < solo_.size(); ++t) {
        const Id<model::Facility> yard_cranes = model_.terminals.items()[t].yard_cranes;
        solo_[t].may_stack_late = yard_cranes.valid() && facilities_[yard_cranes.index()].start == Start::in_order;
    }
    for (const model::Leg& leg : model_.legs) {
        solo_[model_.stops[leg.board].terminal.index()].may_stack_late = false;
        const std::size_t terminal = model_.stops[leg.alight].terminal.index();
        const Id<model::Facility> here = model_.stops[leg.alight].facility;
        const model::Demand& demand = model_.demands[leg.demand];
        const bool lands_for_good = !leg.next.valid() && !demand.returns_empties && !demand.repositions;
        const bool is_known_ahead = facilities_[here.index()].start == Start::ahead;
        solo_[terminal].may_stack_late &= lands_for_good && is_known_ahead &&
                                          demands_[leg.demand.index()].lands_in_one_place &&
                                          (!landers[terminal].valid() || landers[terminal] == here);
        landers[terminal] = here;
    }
}

/// Whether containers of a demand can meet none but each other in the queues they look at: then all they see is known
/// when a vehicle asks for them.
bool Replication::sees_its_own_alone(const model::Demand& demand) const {
    return !demand.patience && std::ranges::all_of(demand.itineraries, [this](const model::Itinerary& itinerary) {
        const model::Leg& leg = model_.legs[itinerary.first];
        return !leg.next.valid() && sole_leg_[itinerary.first.index()] != 0 &&
               model_.lines[leg.line].minimum_quarters == 0;
    });
}

/// Finds whether a demand is stepped by its terminal, or else which stops it feeds.
void Replication::connect_demand(Id<model::Demand> id) {
    const model::Demand& demand = model_.demands[id];
    for (const model::Itinerary& itinerary : demand.itineraries) {
        sorting_.turns[itinerary.first.index()] = id.index() + 1;
    }
    const auto is_continuous = [this](const model::Itinerary& itinerary) {
        return model_.lines[model_.legs[itinerary.first].line].dispatch == model::Dispatch::continuous;
    };
    // Who looks at the queues of others has to be released in its turn, not when a vehicle asks.
    const bool looks =
        demand.choice == model::RouteChoice::adaptive && demand.has_alternatives() && !sees_its_own_alone(demand);
    // An empty is taken, or comes back by road, at an instant of its own.
    const bool moves_empties = demand.takes_empties || (demand.returns_empties && demand.road_time);
    // Who waits for room or for the gate is let in in its turn.
    const bool is_let_in = model_.terminals[demand.from].lets_in();
    if (demand.repositions) {
        return;
    }
    if (looks || moves_empties || is_let_in ||
        std::any_of(demand.itineraries.begin(), demand.itineraries.end(), is_continuous)) {
        solo_[demand.from.index()].demands.push_back(id.index());
        return;
    }
    for (const model::Itinerary& itinerary : demand.itineraries) {
        StopState& stop = stops_[model_.legs[itinerary.first].board.index()];
        if (stop.feeders.empty() || stop.feeders.back() != id.index()) {
            stop.feeders.push_back(id.index());
        }
        const bool alone = !demand.has_alternatives() && sole_leg_[itinerary.first.index()] != 0;
        stop.order = alone ? Order::by_time : Order::any;
    }
}

}  // namespace corridor::engine
