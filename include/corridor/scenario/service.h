// Vehicle types, services, timetables and fleets as the planner wrote them.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/terminal.h"
#include "corridor/scenario/way.h"

namespace corridor::scenario {

struct VehicleType : Entity {
    Mode mode = Mode::waterway;
    std::optional<Param> capacity;       ///< TEU, of any container anywhere; or:
    std::optional<Param> wagons;         ///< of a train, each of which takes whole containers
    std::optional<Param> teu_per_wagon;  ///< given with `wagons`
    std::optional<Param> payload;        ///< t of containers and cargo; no value: no limit
    std::optional<EmissionFactors> emissions;
    std::optional<Param> cranes;          ///< most that work on it at a time; no value: no limit
    std::optional<Param> length;          ///< km
    std::optional<Param> beam;            ///< km
    std::optional<Param> draught_empty;   ///< km
    std::optional<Param> draught_loaded;  ///< km, with `payload`
    std::optional<Param> keel_clearance;  ///< km of water below the keel; no value: none
};

/// Whose departures `departures` describes.
enum class Directions {
    one_way,     ///< only along the route; vehicles are not followed further
    each,        ///< the same number along the route and back, each end with its own timetable
    round_trip,  ///< a departure is a trip along the route and back again
};

/// Evenly spread departures whose hour of the day is not known: the phase is drawn once per replication and direction.
struct PerWeek {
    Param departures;  ///< a frequency (1/h); a plain number was per week
};
/// The k-th departure is `first` + k x `headway`.
struct Headway {
    Param headway;
    Instant first;
};
/// The same minutes of every week, since Monday 00:00, sorted.
struct Weekly {
    std::vector<int> minutes;
};
/// Dated departures, sorted.
struct Dated {
    std::vector<Instant> times;
};
/// A vehicle leaves as soon as it has been handled; the fleet sets the frequency.
struct WhenReady {};
/// A vehicle leaves as soon as it can be filled.
struct WhenFull {};
/// Small vehicles are always there: each container leaves alone as soon as it is loaded.
struct Continuous {};

using DepartureRule = std::variant<PerWeek, Headway, Weekly, Dated, WhenReady, WhenFull, Continuous>;

/// Departures by a rule, and dated exceptions from it.
struct Departures {
    DepartureRule rule;
    std::vector<DatedWindow> cancelled;  ///< as written; a single departure has from == to
    std::vector<Instant> extra;          ///< departures beside the rule, sorted
};

enum class NoVehicle { wait, cancel };  ///< what a departure does when no vehicle of the fleet is there

/// A number that is given for a terminal.
struct AtTerminal {
    Id<Terminal> terminal;
    Param value;
};

/// How vehicles of a shared fleet move without a departure.
enum class EmptyRuns {
    none,
    on_demand,  ///< the nearest that waits elsewhere is fetched where a departure finds none
    home,       ///< one that has nothing to do goes back to where fewer wait than began there
};

/// Vehicles that several services run with.
struct Fleet : Entity {
    std::vector<AtTerminal> vehicles;  ///< where they wait at the beginning
    EmptyRuns repositioning = EmptyRuns::none;
};

/// What it costs to run a service, and what the cargo pays for a ride.
struct ServiceCost {
    std::optional<Param> per_departure;
    std::optional<Param> per_km;    ///< vehicle-km
    std::optional<Param> per_hour;  ///< time charter of each vehicle of the fleet, at work or idle
    std::optional<Param> tariff;    ///< per TEU, container or TEU-km; no value: the cargo bears the cost of running
};

struct Service : Entity {
    std::vector<Id<Terminal>> route;  ///< two stops at least; first == last makes a loop
    std::vector<Id<Link>> links;      ///< along the route; empty: the fastest links of the vehicle's mode
    Directions directions = Directions::one_way;
    Id<VehicleType> vehicle;
    std::optional<Param> fleet;  ///< vehicles of its own; or:
    Id<Fleet> shared_fleet;      ///< neither: as many as the timetable needs
    Departures departures;
    std::optional<Departures> return_departures;  ///< with `each`: the timetable at the far end, if it differs
    std::optional<Param> minimum_load;            ///< TEU; no departure is made with less, but for:
    std::optional<Param> longest_wait;            ///< after which a departure is made with whatever is there
    std::vector<AtTerminal> keep_room;  ///< TEU, or a share of the capacity, that those who boarded earlier and ride on
                                        ///< from a terminal leave to those who board there
    std::optional<Param> least_headway;  ///< from one departure to the next, of vehicles that leave when ready
    Param cut_off;                       ///< containers must be ready this long before departure
    NoVehicle no_vehicle = NoVehicle::wait;
    std::optional<Param> layover;  ///< least time between the end of a trip and the vehicle's next departure
    std::optional<ServiceCost> cost;
};

}  // namespace corridor::scenario
