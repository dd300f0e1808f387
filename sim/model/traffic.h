// What the inputs ask of the corridor by plain arithmetic: expected flows, trips and work, without queues or chance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

/// Part of a flow; everything by default.
struct FlowPart {
    Window window;
    std::optional<bool> empty;  ///< only empty, or only laden containers
};

double length_ms(const Window& window);
Window overlap(const Window& a, const Window& b);

/// Share of the window in which a terminal is open.
double open_share(const Terminal& terminal, const Window& window);
/// Share of it in which vehicles may enter a link.
double open_share(const Link& link, const Window& window);

/// Share of the cranes' time in the window in which they can start moves: open, neither out nor, on average, down.
/// Where repair gangs are few, what is left out is the wait for one.
double working_share(const Facility& facility, const Terminal& terminal, const Window& window);

/// Containers released in the window, and TEU of a container on average over what `empty` selects.
double expected_containers(const Demand& demand, const FlowPart& part);
/// Share of a demand's containers that have a size.
double share_of(const Demand& demand, BoxSize size);
double mean_teu(const Demand& demand, std::optional<bool> empty = std::nullopt);
/// Tonnes of a container on average.
double mean_tonnes(const Demand& demand);

/// Expected moves and load at one stop, over the window of the model, with every container on its first itinerary.
struct StopTraffic {
    double boarding = 0.0;       ///< containers
    double alighting = 0.0;      ///< containers
    double move_ms = 0.0;        ///< mean times of all their moves
    double teu_aboard = 0.0;     ///< TEU on the hop from here
    double tonnes_aboard = 0.0;  ///< the same in tonnes
};

struct Traffic {
    IdVector<Leg, double> legs;  ///< containers, by the traffic equations
    IdVector<Stop, StopTraffic> stops;
    IdVector<Line, double> trips;  ///< begun in the window by the timetable, or by a fleet that leaves when ready
};

Traffic expected_traffic(const Model& model);

/// Mean time of a vehicle along a line, from the end of the trip before it: running, berthing and layover, without
/// handling. A vehicle that leaves when ready keeps its berth from trip to trip where no layover is due.
double travel_ms(const Model& model, const Line& line);
/// The same round all lines of a service.
double travel_ms(const Model& model, const Service& service);

/// Moves of one vehicle, and their mean times added up.
struct Handling {
    double moves = 0.0;
    double move_ms = 0.0;
};

/// Moves that take the time of the facility.
Handling moves_at(const Facility& facility, double moves);

/// Mean time that a facility's cranes need for the moves of one vehicle, as many working on it as may: at most
/// `on_vehicle`, where that is a limit.
double handling_ms(const Facility& facility, const Handling& handling, std::uint32_t on_vehicle);

/// Mean time that tugs take to bring a vehicle clear of its berth.
double leaving_ms(const Facility& facility);

/// Tug time that the calls of the window ask for.
double tug_ms(const Model& model, const Traffic& traffic, Id<Facility> facility);

/// How many of a port's tugs can be at work at a time, where all jobs take as many: of three, two where each takes two.
/// Where they differ, all.
std::uint32_t usable_tugs(const Tugs& tugs);

/// Tonnes that a vehicle may have on board where it boards at a stop, on average over the window: its payload, or what
/// the least depth of the way from there allows, as it changes. 0: no limit.
double mean_payload_t(const Model& model, Id<Stop> stop);
/// The same by the depths of some links alone.
double mean_payload_t(const Model& model, const Line& line, const std::vector<LinkUse>& way);

/// Mean time at the berth of one call of a line: berthing and moves, or the cut-off where that is longer, and leaving.
double call_ms(const Model& model, const Traffic& traffic, Id<Stop> stop);

/// Whether there is a vehicle for every load: continuous lines, and those on demand without a fleet.
bool has_vehicles_without_number(const Line& line);

/// Vehicle time of the trips that the window asks for, over what the fleet has; empty runs left out. Vehicles that
/// leave when ready are never short, and not counted.
double fleet_load(const Model& model, const Traffic& traffic, const Fleet& fleet);
/// Of the fleet that runs a service; 0 without one.
double fleet_load(const Model& model, const Traffic& traffic, const Service& service);

/// The same traffic, with the trips that the fleets can make.
Traffic trips_run(const Model& model, const Traffic& traffic);

/// "yibin - luzhou": from a stop to the next.
std::string hop_name(const Model& model, Id<Stop> stop);

/// Visits the stops of a line in order: (id, stop).
template <class Visit>
void for_each_stop(const Model& model, const Line& line, Visit visit) {
    for (std::uint32_t i = 0; i < line.stop_count; ++i) {
        const Id<Stop> id{std::size_t{line.first_stop.index()} + i};
        visit(id, model.stops[id]);
    }
}

/// Visits the legs of the best itinerary of a demand in order.
template <class Visit>
void for_each_leg(const Model& model, const Demand& demand, Visit visit) {
    if (demand.itineraries.empty()) return;
    for (Id<Leg> id = demand.itineraries.front().first; id.valid(); id = model.legs[id].next) visit(model.legs[id]);
}

/// Calls visit(leg) for the legs of all ways of a demand but the best.
template <class Visit>
void for_each_other_leg(const Model& model, const Demand& demand, Visit visit) {
    for (std::size_t i = 1; i < demand.itineraries.size(); ++i) {
        for (Id<Leg> id = demand.itineraries[i].first; id.valid(); id = model.legs[id].next) visit(model.legs[id]);
    }
}

}  // namespace corridor::model
