// What the engine counts, in the columns of the simulation with an event for each container.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <variant>
#include <vector>

#include "columns.h"
#include "engine/replication.h"
#include "event_per_container.h"
#include "listener.h"

namespace corridor::reference {
namespace {

/// By direction, of all in a row.
template <class Tally>
std::vector<Tally> in_a_row(const auto& by_direction) {
    std::vector<Tally> all;
    for (const auto& directions : by_direction) all.insert(all.end(), directions.begin(), directions.end());
    return all;
}

Counts counts_of_vehicles(const engine::Tally& tally) {
    using engine::DepthTally, engine::FleetTally, engine::LineTally, engine::LinkTally, engine::LockTally,
        engine::StopTally;
    const auto& stops = tally.stops;
    const auto& lines = tally.lines;
    const auto locks = in_a_row<LockTally>(tally.locks);
    const auto links = in_a_row<LinkTally>(tally.links);
    std::vector<DepthTally> depths(tally.stops.size());
    if (tally.depths.size() > 0) depths.assign(tally.depths.begin(), tally.depths.end());
    return {
        {"link: passages", column(links, [](const LinkTally& l) { return l.passages; })},
        {"link: wait", column(links, [](const LinkTally& l) { return or_none(l.wait.mean_ms()); })},
        {"lock: lockages", column(locks, [](const LockTally& l) { return l.lockages; })},
        {"lock: vessels", column(locks, [](const LockTally& l) { return l.vessels; })},
        {"lock: turns", column(locks, [](const LockTally& l) { return l.turns; })},
        {"lock: wait, number", column(locks, [](const LockTally& l) { return l.wait.count(); })},
        {"lock: wait, mean", column(locks, [](const LockTally& l) { return or_none(l.wait.mean_ms()); })},
        {"lock: chambers busy", column(locks, [](const LockTally& l) { return l.busy_ms; })},
        {"lock: waiting", column(locks, [](const LockTally& l) { return l.waiting_ms; })},
        {"stop: departures", column(stops, [](const StopTally& s) { return s.departures; })},
        {"stop: left behind", column(stops, [](const StopTally& s) { return s.left_behind; })},
        {"stop: boarded", column(stops, [](const StopTally& s) { return s.boarded; })},
        {"stop: rolled", column(stops, [](const StopTally& s) { return s.rolled; })},
        {"stop: load", column(stops, [](const StopTally& s) { return s.load_quarters; })},
        {"stop: payload", column(depths, [](const DepthTally& d) { return d.payload_t; })},
        {"stop: bound by depth", column(depths, [](const DepthTally& d) { return d.bound; })},
        {"stop: wait", column(stops, [](const StopTally& s) { return or_none(s.wait.mean_ms()); })},
        {"line: departures", column(lines, [](const LineTally& l) { return l.departures; })},
        {"line: late", column(lines, [](const LineTally& l) { return l.late; })},
        {"line: lateness", column(lines, [](const LineTally& l) { return or_none(l.lateness.mean_ms()); })},
        {"line: running time", column(lines, [](const LineTally& l) { return or_none(l.running.mean_ms()); })},
        {"line: cancelled", column(lines, [](const LineTally& l) { return l.cancelled; })},
        {"line: outstanding", column(lines, [](const LineTally& l) { return l.outstanding; })},
        {"fleet: busy", column(tally.fleets, [](const FleetTally& f) { return f.busy_ms; })},
        {"fleet: empty runs", column(tally.fleets, [](const FleetTally& f) { return f.empty_runs; })},
    };
}

Counts counts_of_demands(const engine::Tally& tally) {
    using engine::DemandTally;
    const auto& demands = tally.demands;
    const auto delivered = [](const DemandTally& d) {
        return std::accumulate(d.delivered_of_class.begin(), d.delivered_of_class.end(), std::uint64_t{0});
    };
    return {
        {"demand: released", column(demands, [](const DemandTally& d) { return d.released; })},
        {"demand: released in the period", column(demands, [](const DemandTally& d) { return d.released_in_window; })},
        {"demand: delivered", column(demands, delivered)},
        {"demand: by road", column(demands, [](const DemandTally& d) { return d.by_road; })},
        {"demand: turned away", column(demands, [](const DemandTally& d) { return d.lost; })},
        {"demand: in the system", column(demands, [](const DemandTally& d) { return d.in_system_ms; })},
        {"demand: door to door, number", column(demands, [](const DemandTally& d) { return d.door_to_door.count(); })},
        {"demand: door to door, mean",
         column(demands, [](const DemandTally& d) { return or_none(d.door_to_door.mean_ms()); })},
    };
}

Counts counts_of_places(const engine::Tally& tally) {
    using engine::FacilityTally, engine::TerminalTally;
    const auto& facilities = tally.facilities;
    const auto& terminals = tally.terminals;
    const auto outside_of = [](const TerminalTally& t) { return t.room.outside.count(); };
    return {
        {"terminal: outside, number", column(terminals, outside_of)},
        {"terminal: outside, mean",
         column(terminals, [](const TerminalTally& t) { return or_none(t.room.outside.mean_ms()); })},
        {"terminal: landing, number", column(terminals, [](const TerminalTally& t) { return t.room.landing.count(); })},
        {"terminal: landing, mean",
         column(terminals, [](const TerminalTally& t) { return or_none(t.room.landing.mean_ms()); })},
        {"terminal: waiting to land", column(terminals, [](const TerminalTally& t) { return t.room.landing_ms; })},
        {"terminal: room taken", column(terminals, [](const TerminalTally& t) { return t.room.taken_ms; })},
        {"facility: blocked", column(facilities, [](const FacilityTally& f) { return f.blocked_ms; })},
        {"facility: moves", column(facilities, [](const FacilityTally& f) { return f.moves; })},
        {"facility: room moved", column(facilities, [](const FacilityTally& f) { return f.move_quarters; })},
        {"facility: cranes busy", column(facilities, [](const FacilityTally& f) { return f.crane_busy_ms; })},
        {"facility: waiting for cranes", column(facilities, [](const FacilityTally& f) { return f.crane_queue_ms; })},
        {"facility: crane wait, number",
         column(facilities, [](const FacilityTally& f) { return f.crane_wait.count(); })},
        {"facility: crane wait, mean",
         column(facilities, [](const FacilityTally& f) { return or_none(f.crane_wait.mean_ms()); })},
        {"facility: berths busy", column(facilities, [](const FacilityTally& f) { return f.berth_busy_ms; })},
        {"facility: berth wait, number",
         column(facilities, [](const FacilityTally& f) { return f.berth_wait.count(); })},
        {"facility: berth wait, mean",
         column(facilities, [](const FacilityTally& f) { return or_none(f.berth_wait.mean_ms()); })},
        {"facility: stay", column(facilities, [](const FacilityTally& f) { return or_none(f.stay.mean_ms()); })},
        {"facility: queue at the end", column(facilities, [](const FacilityTally& f) { return f.queue_at_end; })},
        {"terminal: yard", column(terminals, [](const TerminalTally& t) { return t.yard.mean(); })},
        {"terminal: dwell, number", column(terminals, [](const TerminalTally& t) { return t.dwell.count(); })},
        {"terminal: dwell, mean", column(terminals, [](const TerminalTally& t) { return or_none(t.dwell.mean_ms()); })},
    };
}

Counts counts_of(const engine::Tally& tally) {
    Counts counts = counts_of_vehicles(tally);
    counts.merge(counts_of_demands(tally));
    counts.merge(counts_of_places(tally));
    return counts;
}

/// Of vehicles that are free at one instant the engine sees those last whose last move ends in turn, and it looks for a
/// load as soon as one is free. That matters where several services, or places, want them.
bool shares_plainly(const model::Model& model) {
    const auto all = [](const auto& items, auto holds) { return std::all_of(items.begin(), items.end(), holds); };
    return all(model.fleets, [](const model::Fleet& f) { return !f.is_shared(); }) ||
           (all(model.facilities, [](const model::Facility& f) { return !f.in_turn && !f.shares_cranes; }) &&
            all(model.lines, [](const model::Line& l) { return l.minimum_quarters == 0; }));
}

bool waits_on_board(const model::Model& model, Id<model::Terminal> terminal) {
    const auto lands = [&](const model::Leg& leg) {
        return model.stops[leg.alight].terminal == terminal && model::needs_room(model, leg);
    };
    return model.terminals[terminal].yard && std::any_of(model.legs.begin(), model.legs.end(), lands);
}

/// At one instant the engine hears background calls before moves end on which those of other containers wait: loads
/// that free room for those on board, and moves of yard cranes. And who takes a berth that comes free at the instant at
/// which room does, and has berthed at once, asks for room before those outside, or after them: that is not said.
bool keeps_order_at_yards(const model::Model& model) {
    const auto is_no_tie = [&](const model::Background& b) {
        const Id<model::Terminal> t = model.facilities[b.facility].terminal;
        return b.arrivals == scenario::ReleaseProcess::poisson ||
               !(model.terminals[t].yard_cranes.valid() || waits_on_board(model, t));
    };
    const auto takes_time = [&](const model::Facility& f) {
        return f.berths == model::kUnlimited || !is_zero(f.entry_time) || !waits_on_board(model, f.terminal);
    };
    return std::all_of(model.backgrounds.begin(), model.backgrounds.end(), is_no_tie) &&
           std::all_of(model.facilities.begin(), model.facilities.end(), takes_time);
}

/// Closed or slowed cranes, berths and links, and services, at dated times. Closed ones have no fleets, and no least
/// loads.
bool is_known(const model::Model& model, const model::Disruption& disruption) {
    const bool is_plain = !disruption.at_random && (disruption.closes || disruption.slowness > 1.0);
    const auto may_close = [&](Id<model::Line> id) {
        const model::Line& line = model.lines[id];
        return line.dispatch == model::Dispatch::timetable && line.minimum_quarters == 0 && !line.pool.valid();
    };
    const auto is_known_part = [&](const model::Disruption::Part& part) {
        return part.tugs.empty() && part.gates.empty() && part.locks.empty() && part.fleets.empty() &&
               (!disruption.closes || std::all_of(part.lines.begin(), part.lines.end(), may_close));
    };
    return is_plain && std::all_of(disruption.parts.begin(), disruption.parts.end(), is_known_part);
}

}  // namespace

bool covers(const model::Model& model) {
    const auto all = [](const auto& items, auto holds) { return std::all_of(items.begin(), items.end(), holds); };
    return all(model.disruptions, [&](const model::Disruption& d) { return is_known(model, d); }) &&
           !model.empties.kept && shares_plainly(model) && keeps_order_at_yards(model) &&
           all(model.terminals, [](const model::Terminal& t) { return !t.transfers_directly && !t.gate_disrupted; }) &&
           all(model.facilities,
               [](const model::Facility& f) {
                   const bool takes_turns = f.in_turn || f.shares_cranes || f.in_yard;
                   const bool is_plain = !f.in_yard || cranes_at_a_vehicle(f, model::kUnlimited) == f.cranes.cranes;
                   return is_plain && !f.tugs && !f.waiting_places && !f.cranes.breakdowns && f.cranes.out.empty() &&
                          !(takes_turns && is_zero(f.cranes.move_time));
               }) &&
           all(model.lines,
               [](const model::Line& l) {
                   return l.dispatch == model::Dispatch::timetable || l.dispatch == model::Dispatch::on_demand;
               }) &&
           all(model.demands, [](const model::Demand& d) {
               const bool draws_once = !d.road_time || !d.patience || std::holds_alternative<FixedLaw>(*d.road_time);
               const bool is_fixed = !d.collected_after || std::holds_alternative<FixedLaw>(*d.collected_after);
               return is_fixed && draws_once && !(d.move_time && is_zero(*d.move_time));
           });
}

Counts simulate_by_engine(const model::Model& model, std::uint64_t seed, std::uint64_t replication) {
    const auto count = [&](engine::Replication& simulation) {
        const RunStatus status = simulation.run(seed, replication);
        if (status.state != RunState::complete) throw std::runtime_error(status.reason);
        return counts_of(simulation.tally());
    };
    engine::Replication used(model);
    static_cast<void>(used.run(seed, replication + 1));
    Counts counts = count(used);

    Listener listener(model);
    engine::Replication observed(model);
    observed.observe(listener);
    if (const std::string difference = first_difference(count(observed), counts); !difference.empty()) {
        throw std::runtime_error("observed for the first time, not unobserved for the second: " + difference);
    }
    counts.merge(listener.journal().entries());
    return counts;
}

std::string first_difference(const Counts& counts, const Counts& expected) {
    for (const auto& [what, values] : expected) {
        const auto column = counts.find(what);
        if (column == counts.end()) return fmt::format("{}: missing", what);
        for (std::size_t i = 0; i < std::min(values.size(), column->second.size()); ++i) {
            if (column->second[i] != values[i]) {
                return fmt::format("{} of number {}: {}, not {}", what, i, column->second[i], values[i]);
            }
        }
        if (values.size() != column->second.size()) {
            return fmt::format("{}: {} values, not {}", what, column->second.size(), values.size());
        }
    }
    for (const auto& [what, values] : counts) {
        if (!expected.contains(what)) return fmt::format("{}: {} values, not expected", what, values.size());
    }
    return {};
}

}  // namespace corridor::reference
