// Containers one by one: those of continuous services, and whoever meets others at cranes in turn, yards and gates. A
// terminal steps its own containers in order of time until the next event of the global list, which holds one entry for
// it.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {
namespace {

bool later(const SoloMove& a, const SoloMove& b) {
    if (a.time != b.time) {
        return a.time > b.time;
    }
    return a.what != b.what ? a.what > b.what : a.number > b.number;
}

}  // namespace

/// The next release of containers that it steps.
Tick Replication::next_release(const SoloTerminal& terminal) const {
    Tick next = kNever;
    for (std::size_t i = 0; i < terminal.demands.size() && !terminal.lets_in_late; ++i) {
        next = std::min(next, demands_[terminal.demands[i]].releases.next());
    }
    return next;
}

/// The next instant at which anything else happens there.
Tick Replication::next_but_releases(Id<model::Terminal> id) const {
    const SoloTerminal& terminal = solo_[id.index()];
    Tick next = terminal.moves.empty() ? kNever : terminal.moves.front().time;
    const bool every_end = !terminal.facilities_in_turn.empty() && watches_room(id);
    for (const std::uint32_t facility : terminal.facilities_in_turn) {
        const FacilityState& state = facilities_[facility];
        next = std::min(next, state.queue_of_moves->next(state.cranes, now_, every_end));
    }
    const bool waits_for_gate = !terminal.lets_in_late && !yards_[id.index()].outside.empty() && !is_gate_open(id);
    return waits_for_gate ? std::min(next, gate_open_from(id, now_)) : next;
}

Tick Replication::next_solo(Id<model::Terminal> id) const {
    return std::min(next_release(solo_[id.index()]), next_but_releases(id));
}

void Replication::schedule_solo(Id<model::Terminal> id) {
    SoloTerminal& terminal = solo_[id.index()];
    if (terminal.starts_later || terminal.scheduled <= now_) {
        return;
    }
    const Tick next = next_solo(id);
    if (next < terminal.scheduled && next < model_.window.to) {
        terminal.scheduled = next;
        events_.schedule(next, EventKind::containers, id.index());
    }
}

void Replication::on_containers(Id<model::Terminal> id) {
    SoloTerminal& terminal = solo_[id.index()];
    if (terminal.scheduled != now_) {
        return;  // an earlier instant took its place
    }
    terminal.scheduled = now_;  // what happens now must not schedule this terminal again
    const bool may_come_in = !yards_[id.index()].outside.empty() && is_gate_open(id);  // it may have opened just now
    for (Tick next = may_come_in ? now_ : run_releases(id); next < model_.window.to; next = run_releases(id)) {
        if (events_.has_before({next, EventKind::containers, id.index()}) || is_stopped()) {
            break;
        }
        now_ = terminal.scheduled = next;
        reach(id.index(), Part::ends);
        if (!step(id, next)) {
            return events_.schedule(next, EventKind::containers, id.index());
        }
        if (terminal.starts_later) {
            break;
        }
    }
    terminal.scheduled = kNever;
    schedule_solo(id);
}

/// Containers that are released before anything else happens, here or elsewhere, come without a look at the cranes.
/// Returns the instant that comes next.
Tick Replication::run_releases(Id<model::Terminal> id) {
    SoloTerminal& terminal = solo_[id.index()];
    const Tick other = next_but_releases(id);
    const bool waits_outside = !yards_[id.index()].outside.empty();
    const bool watches = watches_room(id);
    const std::uint64_t asked = solo_moves_;
    for (;;) {
        const Tick next = next_release(terminal);
        if (next >= std::min(other, model_.window.to) || (!events_.empty() && next >= events_.next().time)) {
            return std::min(next, other);
        }
        now_ = terminal.scheduled = next;
        reach(id.index(), Part::comers);
        release_due(terminal);
        const bool is_as_before =
            solo_moves_ == asked && watches_room(id) == watches && yards_[id.index()].outside.empty() != waits_outside;
        if (!is_as_before) {
            return next_solo(id);
        }
    }
}

void Replication::release_due(const SoloTerminal& terminal) {
    for (std::size_t i = 0; i < terminal.demands.size() && !terminal.lets_in_late; ++i) {
        if (demands_[terminal.demands[i]].releases.next() <= now_) {
            release_one_by_one(Id<model::Demand>{terminal.demands[i]}, now_);
        }
    }
}

/// Everything of one terminal at one instant: ends of moves in turn, collections, discharges, empties that come into
/// the stock; the gate, releases, loads; then moves in turn start, unless somebody else may ask for them still at this
/// instant. False where it has to be gone on with after the trips that have ended.
bool Replication::step(Id<model::Terminal> id, Tick time) {
    SoloTerminal& terminal = solo_[id.index()];
    const auto take = [&](SoloMove::What what) {
        while (!terminal.moves.empty() && terminal.moves.front().time == time && terminal.moves.front().what == what) {
            std::pop_heap(terminal.moves.begin(), terminal.moves.end(), later);
            const Box box = terminal.moves.back().box;
            terminal.moves.pop_back();
            switch (what) {
                case SoloMove::What::collect:
                    free_room(id, box);
                    break;
                case SoloMove::What::discharge:
                    discharge_solo(box);
                    break;
                case SoloMove::What::emptied:
                    add_empty(box);
                    break;
                case SoloMove::What::load:
                    load_solo(box);
                    break;
            }
        }
    };
    for (const std::uint32_t facility : terminal.facilities_in_turn) {
        end_moves(Id<model::Facility>{facility});
    }
    take(SoloMove::What::collect);
    take(SoloMove::What::discharge);
    take(SoloMove::What::emptied);
    if (events_.has_before({time, EventKind::containers, id.index()})) {
        return false;
    }
    reach(id.index(), Part::comers);
    if (!yards_[id.index()].outside.empty()) {
        admit(id);
    }
    release_due(terminal);
    take(SoloMove::What::load);
    const bool is_alone = events_.empty() || events_.next().time > time;
    terminal.starts_later = !terminal.facilities_in_turn.empty() && (!is_alone || terminal.has_moves_without_time);
    terminal.starts_later ? events_.schedule(time, EventKind::starting, id.index()) : start_in_turn(terminal);
    return true;
}

/// Moves in turn start, and who has lost patience leaves.
void Replication::start_in_turn(const SoloTerminal& terminal) {
    for (const std::uint32_t facility : terminal.facilities_in_turn) {
        start_moves(Id<model::Facility>{facility});
    }
    for (const std::uint32_t facility : terminal.facilities_in_turn) {
        if (facilities_[facility].queue_of_moves->has_impatient(now_)) {
            dismiss_impatient(Id<model::Facility>{facility});
        }
    }
}

void Replication::on_starting(Id<model::Terminal> id) {
    SoloTerminal& terminal = solo_[id.index()];
    terminal.starts_later = false;
    start_in_turn(terminal);
    schedule_solo(id);
}

void Replication::release_one_by_one(Id<model::Demand> id, Tick time) {
    const model::Demand& demand = model_.demands[id];
    stepped_.clear();
    demands_[id.index()].releases.advance(time, 0, stepped_);
    book_releases(id, stepped_.data(), stepped_.size());
    look_at_queues(demand);
    for (const Box& box : stepped_) {
        demand.takes_empties ? ask_empty(id, box) : set_out(id, box);
    }
}

/// For an adaptive choice: whoever stands in the queues by now, and nobody who has left them.
void Replication::look_at_queues(const model::Demand& demand) {
    if (demand.choice != model::RouteChoice::adaptive) {
        return;
    }
    for (const model::Itinerary& itinerary : demand.itineraries) {
        for (Id<model::Leg> leg = itinerary.first; leg.valid(); leg = model_.legs[leg].next) {
            const Id<model::Stop> board = model_.legs[leg].board;
            collect_releases(board);
            if (stops_[board.index()].has_impatient) {
                dismiss_impatient(stops_[board.index()], now_);
            }
        }
    }
}

/// A container that is ready now chooses its way and goes to its first vehicle.
void Replication::set_out(Id<model::Demand> id, Box box) {
    const model::Demand& demand = model_.demands[id];
    box.leg = demand.has_alternatives() ? choose_leg(id, now_) : demand.itineraries.front().first.index();
    if (box.leg == kByRoad) {
        return send_by_road(id, box, ByRoad::by_choice, now_);
    }
    if (model_.terminals[demand.from].lets_in()) {
        return come_to_gate(box);
    }
    const model::Leg& leg = leg_of(box);
    if (model_.lines[leg.line].dispatch == model::Dispatch::continuous) {
        return load_solo(box, deadline_of(box));
    }
    if (demand.patience) {
        impose_patience(&box, 1);
    }
    await(box);
}

void Replication::add_solo(Id<model::Terminal> id, SoloMove::What what, Tick time, const Box& box) {
    SoloTerminal& terminal = solo_[id.index()];
    terminal.moves.push_back({what, time, solo_moves_++, box});
    std::push_heap(terminal.moves.begin(), terminal.moves.end(), later);
    schedule_solo(id);
}

/// One crane move, then it is on its way; by road, if the move has not begun by `deadline`.
void Replication::load_solo(const Box& box, Tick deadline) {
    const model::Stop& stop = model_.stops[leg_of(box).board];
    const Id<model::Facility> facility = stop.facility;
    const Id<model::Facility> yard_cranes = model_.terminals[stop.terminal].yard_cranes;
    if (yard_cranes.valid()) {
        return ask_crane(yard_cranes, {.by = CraneRequest::By::container_from_stack, .deadline = deadline, .box = box});
    }
    if (queue_of(facility) != nullptr) {
        return ask_crane(facility, {.by = CraneRequest::By::container_to_load, .deadline = deadline, .box = box});
    }
    facilities_[facility.index()].cranes.serve(now_, 1, moves_);
    count_moves(facility, moves_, &box);
    if (is_observed()) {
        tell_moves(ContainerMove::What::load, kNoVehicle, facility, &box);
    }
    depart_solo(box, moves_.last_end);
}

void Replication::depart_solo(const Box& box, Tick departure) {
    const model::Leg& leg = leg_of(box);
    const model::Stop& stop = model_.stops[leg.board];
    tally_.terminals[stop.terminal].yard.leave(departure);
    free_room(stop.terminal, box);
    if (inside(model_.window, departure)) {
        count_boarded(&box, 1, departure, 0, Through::yard);
    }
    const Tick arrival = departure + slowed(leg.line, leg.ride);
    tell([&](Observer& observer) { observer.rides(box, departure, arrival); });
    if (arrival >= model_.window.to) {
        ++tally_.demands[leg.demand].unfinished_of_class[box.box_class];
        return;
    }
    const model::Stop& alight = model_.stops[leg.alight];
    if (facilities_[alight.facility.index()].cranes.instant() && queue_of(alight.facility) == nullptr) {
        const Tick now = now_;
        now_ = arrival;  // nobody has to wait at the other end, so the container runs ahead
        discharge_solo(box);
        now_ = now;
        return;
    }
    add_solo(alight.terminal, SoloMove::What::discharge, arrival, box);
}

void Replication::discharge_solo(const Box& box) {
    const Id<model::Facility> facility = model_.stops[leg_of(box).alight].facility;
    if (queue_of(facility) != nullptr) {
        return ask_crane(facility, {.by = CraneRequest::By::container_to_land, .box = box});
    }
    facilities_[facility.index()].cranes.serve(now_, 1, moves_);
    count_moves(facility, moves_, &box);
    if (is_observed()) {
        tell_moves(ContainerMove::What::discharge, kNoVehicle, facility, &box);
    }
    settle_discharged(&box, 1, moves_.end.data());
}

}  // namespace corridor::engine
