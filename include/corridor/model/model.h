// The compiled scenario: indices, tables, calendars, itineraries at one set of values. Immutable, shared by all
// threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/currency.h"
#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/model/basics.h"
#include "corridor/model/demand.h"
#include "corridor/model/disruption.h"
#include "corridor/model/prices.h"
#include "corridor/model/service.h"
#include "corridor/model/terminal.h"
#include "corridor/model/way.h"

namespace corridor::model {

/// A part of the window that some measures are kept by: a calendar month, or in `in_weeks` a week.
struct Month {
    std::string label;  ///< "2020-01", or the first day of the week, "2020-01-06"
    Tick from = 0;      ///< clipped to the window
    Tick to = 0;
};

struct Model {
    Instant origin;             ///< tick 0: the start of the warm-up
    Window window;              ///< measured; its end is the horizon
    std::vector<Month> months;  ///< of the window, in order
    std::vector<Tick> delivered_within;
    Currency currency = Currency::none;
    bool counts_money = false;      ///< anything has a price
    bool counts_emissions = false;  ///< anything has an emission factor
    bool shares_runs = false;       ///< some service does
    bool charges_storage = false;   ///< some terminal does

    IdVector<Terminal> terminals;
    IdVector<Facility> facilities;
    IdVector<Link> links;
    IdVector<Fleet> fleets;  ///< shared ones first
    IdVector<Pool> pools;
    IdVector<Lock> locks;
    IdVector<Section> sections;
    IdVector<Service> services;
    IdVector<Line> lines;
    IdVector<Stop> stops;
    IdVector<Leg> legs;
    IdVector<Demand> demands;  ///< those of the scenario, then the ways of repositioned empties
    IdVector<Background> backgrounds;
    Empties empties;
    IdVector<Disruption> disruptions;
    bool takes_census = false;  ///< of the containers in the system, to compare with and without disruptions

    /// Lifts cost or emit something, and one can stand in for two.
    bool counts_direct_lifts() const {
        return (counts_money || counts_emissions) &&
               std::any_of(terminals.begin(), terminals.end(), [](const Terminal& t) { return t.transfers_directly; });
    }
};

/// Whether a container that ends this leg stays in the yard: for its next leg, or until it is collected.
inline bool needs_room(const Model& model, const Leg& leg) {
    return leg.next.valid() || model.demands[leg.demand].collected_after.has_value();
}

/// The same corridor, without its disruptions; the random streams are the same.
Model undisturbed(const Model& model);

/// The same corridor, with what is measured by month measured by week instead, from Monday to Sunday; the first and the
/// last may be shorter. Its disruptions are not compared with the undisturbed corridor.
Model in_weeks(const Model& model);

/// "service.yibin-guoyuan", "terminal.guoyuan": the subjects of measures and messages.
inline std::string subject(const Terminal& t) { return "terminal." + t.id; }
inline std::string subject(const Link& l) { return "link." + l.id; }
inline std::string subject(const Fleet& f) { return "fleet." + f.id; }
inline std::string subject(const Lock& l) { return "lock." + l.id; }
inline std::string subject(const Service& s) { return "service." + s.id; }
inline std::string subject(const Demand& d) { return (d.repositions ? "empties." : "demand.") + d.id; }
inline std::string subject(const Background& b) { return "background." + b.id; }
inline std::string subject(const Disruption& d) { return "disruption." + d.id; }

/// How many cranes can work at a time on one vehicle that allows for `on_vehicle` of them; kUnlimited: all it has use
/// for.
inline std::uint32_t cranes_at_a_vehicle(const Facility& facility, std::uint32_t on_vehicle) {
    std::uint32_t most = facility.cranes.cranes;
    for (const std::uint32_t limit : {facility.cranes.per_vehicle, on_vehicle}) {
        if (limit != kUnlimited && (most == kUnlimited || limit < most)) most = limit;
    }
    return most;
}

inline std::string_view label(Direction d) { return d == Direction::forward ? "forward" : "backward"; }

}  // namespace corridor::model
