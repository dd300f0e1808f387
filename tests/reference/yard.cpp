// Gate and yard of terminals.
#include <utility>
#include <variant>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

Tick Simulation::gate_opens(std::size_t t, Tick time) const {
    for (const Window& open : terminal(t).gate_open) {
        if (time < open.to) return std::max(time, open.from);
    }
    return terminal(t).gate_open.empty() ? time : window_.to;
}

void Simulation::let_in(std::size_t t) {
    Terminal& state = terminals_[t];
    if (const Tick opens = gate_opens(t, now_); opens > now_) return schedule(opens, Kind::lets_in, t, t);
    while (!state.outside.empty() && state.landing.empty()) {
        const std::size_t c = state.outside.front();
        if (!has_room_ashore(t, c)) break;
        state.outside.pop_front();
        take_room(t, c);
        if (terminal(t).lets_in() && is_inside(window_, now_)) state.outside_wait.add(now_ - containers_[c].released);
        containers_[c].entered = containers_[c].ready = now_;
        enter_yard(c, Id<model::Terminal>{t});
    }
    const auto& yard = terminal(t).yard;
    if (!yard || yard->when_full == scenario::FullYard::wait) return;
    for (const std::size_t c : std::exchange(state.outside, {})) {
        Demand& demand = demands_[containers_[c].demand];
        demand.in_system -= overlap(window_, now_, window_.to);
        demand.lost += is_inside(window_, now_) ? 1 : 0;
    }
}

void Simulation::enter_yard(std::size_t c, Id<model::Terminal> terminal) {
    terminals_[terminal.index()].yard += overlap(window_, now_, window_.to);
    stops_[leg(containers_[c].leg).board.index()].waiting.push_back(c);
}

void Simulation::land(std::size_t c) {
    Container& container = containers_[c];
    const model::Leg& ride = leg(container.leg);
    if (ride.next.valid()) {
        const Id<model::Terminal> terminal = stop(ride.alight.index()).terminal;
        container.leg = ride.next.index();
        container.entered = now_;
        container.ready = now_ + model_.terminals[terminal].transfer_time;
        return enter_yard(c, terminal);
    }
    deliver(c);
}

void Simulation::deliver(std::size_t c) {
    const Container& container = containers_[c];
    Demand& state = demands_[container.demand];
    journal_.delivery(container.demand, container.number, now_);
    ++state.delivered;
    state.in_system -= overlap(window_, now_, window_.to);
    if (is_inside(window_, now_)) state.door_to_door.add(now_ - container.released);
    if (!demand(container.demand).collected_after) return;
    const auto& after = std::get<FixedLaw>(*demand(container.demand).collected_after);
    const std::size_t to = demand(container.demand).to.index();
    const Tick collected = gate_opens(to, now_ + to_tick(after.value_ms));
    Terminal& terminal = terminals_[to];
    terminal.yard += overlap(window_, now_, collected);
    if (is_inside(window_, collected)) terminal.dwell.add(collected - now_);
    schedule(collected, Kind::collected, c, c);
}

}  // namespace corridor::reference
