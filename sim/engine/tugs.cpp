// Tugs: a vehicle that has its berth takes some of the port's tugs to dock, and again to leave.
//
// Tugs come first asked, first served: who needs more of them than are free holds up those behind it. The berth is
// taken from the instant it is given until tugs have brought the vehicle clear of it.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Facility;

/// How many a vehicle at its berth needs for what it is about to do.
std::uint32_t Replication::tugs_for(const Vehicle& vehicle) const {
    const auto& tugs = model_.facilities[facility_of(vehicle)].tugs;
    if (!tugs) {
        return 0;
    }
    return vehicle.leaves ? tugs->leaving.tugs : tugs->docking;
}

bool Replication::needs_tugs_to_leave(const Vehicle& vehicle) const {
    const auto& tugs = model_.facilities[facility_of(vehicle)].tugs;
    return tugs && tugs->leaving.tugs > 0;
}

void Replication::ask_for_tugs(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    vehicle.asked_for_tugs = now_;
    const Id<Facility> facility = facility_of(vehicle);
    facilities_[facility.index()].waiting_for_tugs.push_back(index);
    send_tugs(facility);
}

void Replication::send_tugs(Id<Facility> facility) {
    FacilityState& state = facilities_[facility.index()];
    while (!state.waiting_for_tugs.empty()) {
        const std::uint32_t first = state.waiting_for_tugs.front();
        const std::uint32_t needed = tugs_for(vehicles_[first]);
        if (needed + tugs_out(facility) > state.free_tugs) {
            return;
        }
        state.waiting_for_tugs.pop_front();
        state.free_tugs -= needed;
        begin_with_tugs(first);
    }
}

Tick Replication::draw_tug_time(const Vehicle& vehicle) {
    const Id<Facility> facility = facility_of(vehicle);
    FacilityState& state = facilities_[facility.index()];
    const Facility& of = model_.facilities[facility];
    return vehicle.leaves ? draw(of.tugs->leaving.time, state.leaving) : draw(of.entry_time, state.entry);
}

/// A vehicle departs when it casts off.
void Replication::begin_with_tugs(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const Id<Facility> facility = facility_of(vehicle);
    const Tick time = draw_tug_time(vehicle);
    const bool is_disrupted = model_.facilities[facility].tugs->is_disrupted;
    const Tick end = now_ + (is_disrupted ? disruptions_.tugs_of(facility).slowed(now_, time) : time);
    FacilityTally& tally = tally_.facilities[facility];
    tally.tug_busy_ms += tugs_for(vehicle) * clipped(model_.window, now_, end);
    if (inside(model_.window, now_)) {
        tally.tug_wait.add(now_ - vehicle.asked_for_tugs);
    }
    if (!vehicle.leaves) {
        tell_of(index, &Observer::docks);
        return events_.schedule(end, EventKind::entered, index);
    }
    if (!vehicle.has_ended && !vehicle.background.valid()) {
        count_departure(vehicle);
        cast_off(vehicle);
        tell_of(index, &Observer::casts_off);
    }
    events_.schedule(end, EventKind::cleared, index);
}

/// Where a least headway is kept, who is ready to cast off waits until so long after the one before it has done so,
/// which may be later than was planned.
bool Replication::waits_to_cast_off(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const Tick headway = vehicle.line.valid() ? model_.lines[vehicle.line].least_headway : 0;
    if (headway == 0 || vehicle.stop != model_.lines[vehicle.line].first_stop) {
        return false;
    }
    LineState& state = lines_[vehicle.line.index()];
    if (std::find(state.casting_off.begin(), state.casting_off.end(), index) == state.casting_off.end()) {
        state.casting_off.push_back(index);
        vehicle.asked_for_tugs = now_;
    }
    if (state.casting_off.front() != index) {
        return true;
    }
    const Tick from = state.cast_off + headway;
    if (from > now_) {
        events_.schedule(from, EventKind::leaving, index);
        return true;
    }
    vehicle.held += now_ - vehicle.asked_for_tugs;
    return false;
}

void Replication::cast_off(const Vehicle& vehicle) {
    const Tick headway = model_.lines[vehicle.line].least_headway;
    if (headway == 0 || vehicle.stop != model_.lines[vehicle.line].first_stop) {
        return;
    }
    LineState& state = lines_[vehicle.line.index()];
    state.cast_off = now_;
    state.last_departure = std::max(state.last_departure, now_);
    state.casting_off.pop_front();
    if (!state.casting_off.empty()) {
        events_.schedule(now_ + headway, EventKind::leaving, state.casting_off.front());
    }
}

void Replication::free_tugs(std::uint32_t index) {
    const Vehicle& vehicle = vehicles_[index];
    FacilityState& state = facilities_[facility_of(vehicle).index()];
    state.free_tugs += tugs_for(vehicle);
    hold(check_tugs(model_, model_.facilities[facility_of(vehicle)], state.free_tugs));
}

/// Berth and tugs are free at once: who gets the berth asks for tugs behind those who have asked before.
void Replication::on_cleared(std::uint32_t index) {
    const Id<Facility> facility = facility_of(vehicles_[index]);
    free_tugs(index);
    end_call(index, now_);
    send_tugs(facility);
}

}  // namespace corridor::engine
