// What the simulation counts, in the columns of the engine.
#include "columns.h"
#include "simulation.h"

namespace corridor::reference {
namespace {

double mean(const Samples& samples) {
    return samples.count > 0 ? static_cast<double>(samples.sum) / static_cast<double>(samples.count) : 0.0;
}

}  // namespace

Counts Simulation::counts() const {
    const auto length = static_cast<double>(window_.to - window_.from);
    Counts counts{
        {"demand: released", column(demands_, [](const Demand& d) { return d.released; })},
        {"demand: released in the period", column(demands_, [](const Demand& d) { return d.released_in_window; })},
        {"demand: delivered", column(demands_, [](const Demand& d) { return d.delivered; })},
        {"demand: by road", column(demands_, [](const Demand& d) { return d.by_road; })},
        {"demand: turned away", column(demands_, [](const Demand& d) { return d.lost; })},
        {"terminal: outside, number", column(terminals_, [](const Terminal& t) { return t.outside_wait.count; })},
        {"terminal: outside, mean", column(terminals_, [](const Terminal& t) { return mean(t.outside_wait); })},
        {"terminal: landing, number", column(terminals_, [](const Terminal& t) { return t.landing_wait.count; })},
        {"terminal: landing, mean", column(terminals_, [](const Terminal& t) { return mean(t.landing_wait); })},
        {"terminal: waiting to land", column(terminals_, [](const Terminal& t) { return t.landing_queue; })},
        {"terminal: room taken", column(terminals_, [](const Terminal& t) { return t.room; })},
        {"facility: blocked", column(facilities_, [](const Facility& f) { return f.blocked; })},
        {"demand: in the system", column(demands_, [](const Demand& d) { return d.in_system; })},
        {"demand: door to door, number", column(demands_, [](const Demand& d) { return d.door_to_door.count; })},
        {"demand: door to door, mean", column(demands_, [](const Demand& d) { return mean(d.door_to_door); })},
        {"stop: departures", column(stops_, [](const Stop& s) { return s.departures; })},
        {"stop: left behind", column(stops_, [](const Stop& s) { return s.left_behind; })},
        {"stop: boarded", column(stops_, [](const Stop& s) { return s.boarded; })},
        {"stop: rolled", column(stops_, [](const Stop& s) { return s.rolled; })},
        {"stop: load", column(stops_, [](const Stop& s) { return s.load; })},
        {"stop: payload", column(stops_, [](const Stop& s) { return s.payload_t; })},
        {"stop: bound by depth", column(stops_, [](const Stop& s) { return s.bound_by_depth; })},
        {"stop: wait", column(stops_, [](const Stop& s) { return mean(s.wait); })},
        {"line: departures", column(lines_, [](const Line& l) { return l.run; })},
        {"line: late", column(lines_, [](const Line& l) { return l.late; })},
        {"line: lateness", column(lines_, [](const Line& l) { return mean(l.lateness); })},
        {"line: running time", column(lines_, [](const Line& l) { return mean(l.running); })},
        {"line: cancelled", column(lines_, [](const Line& l) { return l.cancelled; })},
        {"line: outstanding", column(lines_, [](const Line& l) { return l.outstanding; })},
        {"facility: moves", column(facilities_, [](const Facility& f) { return f.lifts; })},
        {"facility: room moved", column(facilities_, [](const Facility& f) { return f.quarters; })},
        {"facility: cranes busy", column(facilities_, [](const Facility& f) { return f.busy; })},
        {"facility: waiting for cranes", column(facilities_, [](const Facility& f) { return f.queueing; })},
        {"facility: crane wait, number", column(facilities_, [](const Facility& f) { return f.crane_wait.count; })},
        {"facility: crane wait, mean", column(facilities_, [](const Facility& f) { return mean(f.crane_wait); })},
        {"facility: berths busy", column(facilities_, [](const Facility& f) { return f.berth_busy; })},
        {"facility: berth wait, number", column(facilities_, [](const Facility& f) { return f.berth_wait.count; })},
        {"facility: berth wait, mean", column(facilities_, [](const Facility& f) { return mean(f.berth_wait); })},
        {"facility: stay", column(facilities_, [](const Facility& f) { return mean(f.stay); })},
        {"facility: queue at the end", column(facilities_, [](const Facility& f) { return f.queue.size(); })},
        {"terminal: yard", column(terminals_, [&](const Terminal& t) { return static_cast<double>(t.yard) / length; })},
        {"terminal: dwell, number", column(terminals_, [](const Terminal& t) { return t.dwell.count; })},
        {"terminal: dwell, mean", column(terminals_, [](const Terminal& t) { return mean(t.dwell); })},
        {"fleet: busy", column(fleets_, [](const Fleet& f) { return f.busy; })},
        {"fleet: empty runs", column(fleets_, [](const Fleet& f) { return f.empty_runs; })},
    };
    std::vector<LockCounts> locks;
    for (const Lock& lock : locks_) {
        for (const auto direction : {model::Direction::forward, model::Direction::backward}) {
            locks.push_back(lock.counts(direction));
        }
    }
    counts.merge(Counts{
        {"link: passages", column(passages_, [](const Samples& waits) { return waits.count; })},
        {"link: wait", column(passages_, [](const Samples& waits) { return mean(waits); })},
        {"lock: lockages", column(locks, [](const LockCounts& l) { return l.lockages; })},
        {"lock: vessels", column(locks, [](const LockCounts& l) { return l.vessels; })},
        {"lock: turns", column(locks, [](const LockCounts& l) { return l.turns; })},
        {"lock: wait, number", column(locks, [](const LockCounts& l) { return l.waits; })},
        {"lock: wait, mean", column(locks,
                                    [](const LockCounts& l) {
                                        return mean(Samples{l.waits, l.wait_sum});
                                    })},
        {"lock: chambers busy", column(locks, [](const LockCounts& l) { return l.busy; })},
        {"lock: waiting", column(locks, [](const LockCounts& l) { return l.waiting; })},
    });
    counts.merge(journal_.entries());
    return counts;
}

}  // namespace corridor::reference
