// Static balance: what the inputs ask of each resource against what it has, before anything is simulated.
//
// Plain arithmetic over the measured window: expected volumes on the best itinerary of each demand, departures by the
// timetable, mean handling times. No queues, no chance, nothing left over from before the window.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"

namespace corridor::model {

enum class Resource {
    slots,     ///< TEU on board on one hop of a line
    payload,   ///< tonnes on board on one hop of a line, as the depth allows on average over the period
    cranes,    ///< crane-hours of a facility, quay, rail or yard, within its opening hours
    berths,    ///< berth- or track-hours of a facility
    tugs,      ///< tug-hours of a port
    yards,     ///< room of a terminal
    paths,     ///< vehicles on a link with paths
    headways,  ///< vehicles on a link with a least headway
    sections,  ///< time of each section of a link with alternating traffic: of a single track, of a one-way reach
    locks,     ///< chamber-hours of a lock, full chambers assumed
    fleet,     ///< vehicle-hours of a service with a timetable, or of a shared fleet
    empties    ///< empty containers of one size at a terminal, or at all of them where some are repositioned
};

/// "slots", "cranes", ...
std::string_view label(Resource resource);

/// What becomes of more than a resource can take.
enum class Excess {
    queues,          ///< it waits
    is_turned_away,  ///< of a yard or of waiting places: who finds no room
    may_go_around,   ///< of slots: demands that ride here on their best way have others, or the road
};

/// What is asked of a resource and what there is, per week.
struct Load {
    Resource resource = Resource::slots;
    std::string subject;  ///< "service.yibin-guoyuan.forward", "terminal.guoyuan.quay", "link.chengdu-neijiang.forward"
    std::string where;    ///< of slots, the hop: "yibin - luzhou"; of empties, the size: "20 ft"; else empty
    double offered = 0.0;
    double capacity = 0.0;  ///< more than 0, finite
    std::string_view unit;  ///< of both: "TEU/week", "crane-h/week", "berth-h/week", "trains/week", ...
    Excess excess = Excess::queues;
    std::string_view measure{};  ///< of the simulator, that shows how much is used; empty: there is none
    std::string measured_at{};   ///< its subject

    double share() const { return offered / capacity; }
};

/// Every limited resource, in the order of services, terminals, links and locks. Slots are those that the fleet can
/// run, and only such vehicles call, and are on the way. Resources without use are listed with an offer of 0; lines
/// that never leave in the window have no slots to list.
std::vector<Load> static_balance(const Model& model);

/// The highest share of a resource where what is too much queues: from 1 on there is no steady state, and the wait
/// grows with the length of the period. 0 where nothing is limited.
double highest_queueing_load(const std::vector<Load>& loads);

/// Whether a queue with this share of its resource offered has no steady state.
bool has_no_steady_state(double share);

/// A warning for every load above 0.95: no steady state is near; from 1 on there is none, and beyond the queue grows.
/// It says where not all take their best way, and where what finds no room is turned away.
/// For empties, which come back as often as they are taken where nothing is amiss, only beyond 1.
Diagnostics queue_warnings(const scenario::Scenario& scenario, const std::vector<Load>& loads);

/// What plain arithmetic expects of a measure of the simulator ("containers_shipped" of "service.s.forward.2020-01"),
/// in the measure's unit: volumes, lifts, departures, mean loads and running times. Nothing for measures that depend on
/// queues or chance, and for subjects that the measure does not have.
std::optional<double> naive(const Model& model, std::string_view measure, std::string_view subject);

}  // namespace corridor::model
