// The scenario as the planner wrote it: plain aggregates, text turned into numbers, nothing compiled.
//
// Entities of a kind are sorted by name (bytes of UTF-8), so the order of tables in the file changes nothing.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/quantity.h"

namespace corridor::scenario {

struct Terminal;
struct Link;
struct Lock;
struct VehicleType;
struct Fleet;
struct Service;
struct Demand;
struct Disruption;

/// What every table has: its id in the file, its display name (default: the id) and its place.
/// Random streams are seeded by the name, so an id can be renamed without changing a draw.
struct Entity {
    std::string id;
    std::string name;
    SourcePlace place;
};

enum class SourceKind {
    reported,
    derived,
    assumed,
    calibrated  ///< fitted to figures for calibration, from which it is derived
};

/// Where numbers come from.
struct Source : Entity {
    std::string title;
    std::string url;
    SourceKind kind = SourceKind::assumed;
    std::string period;
    std::vector<Id<Source>> derived_from;
};

// ---- chance -------------------------------------------------------------------------------------------------------

enum class LawKind { fixed, exponential, uniform, triangular, erlang, hyperexponential, discrete, lognormal };

/// A distribution of durations. Parameters by kind:
/// fixed {value}; exponential {mean}; uniform {low, high}; triangular {low, mode, high}; erlang {mean} and `shape`;
/// hyperexponential {mean_1, mean_2} and weights {p_1}; discrete {values...} and weights; lognormal {mean, sd}.
struct Law {
    LawKind kind = LawKind::fixed;
    std::vector<Param> durations;
    std::vector<Param> weights;
    int shape = 1;
};

/// A distribution of counts (containers in a consignment, moves of a call): `sizes[i]` with chance `shares[i]`.
/// A single size has the share 1. Shares add up to 1.
struct CountLaw {
    std::vector<Param> sizes;
    std::vector<Param> shares;  ///< empty for a single size
};

// ---- places -------------------------------------------------------------------------------------------------------

enum class Mode { waterway, railway };
inline constexpr std::array<Mode, 2> kModes{Mode::waterway, Mode::railway};

/// A number of identical servers; no value means unlimited, which the planner has to write ("unlimited").
using Places = std::optional<Param>;

/// Each crane breaks down, at work or idle, and is repaired. A gang repairs one crane at a time.
struct Breakdowns {
    Law time_to_failure;  ///< from the end of a repair to the next failure
    Law time_to_repair;
    Places gangs;
};

/// Cranes that start no move over [from, to): maintenance, lent to others.
struct CraneOutage {
    Instant from;
    Instant to;
    std::optional<Param> cranes;  ///< no value: all
};

/// Who gets a crane that is free, of vehicles that wait for moves of equal priority.
enum class CraneSharing {
    first_come,  ///< who asked first, for as many cranes as may work on it
    even,        ///< who has the fewest cranes at work
};

/// Cranes of one kind: how many, and how long one move takes (from `rate`, a fixed time, or from a law).
struct Cranes {
    Places count;
    Law move_time;
    std::optional<Breakdowns> breakdowns;
    std::vector<CraneOutage> out;
    std::optional<Param> per_vehicle;  ///< most that work on one vehicle at a time; no value: no limit
    CraneSharing sharing = CraneSharing::first_come;
};

/// Berths (waterway) or tracks (railway): how many, and the time to berth or shunt in before work starts.
struct Berths {
    Places count;
    Law entry_time;         ///< berthing or shunting time; 0 by default
    Places waiting_places;  ///< background calls that find these and the berths taken go elsewhere
};

/// What tugs do for a vehicle: how many of them, for how long.
struct TugJob {
    Param tugs;
    Law time;
};

/// Tugs (or pilots) of a port, beside its berths. A vehicle that has a berth takes tugs to dock, and again to leave.
struct Tugs {
    Param count;
    std::optional<TugJob> docking;
    std::optional<TugJob> leaving;
};

/// A weekly opening window, in minutes since Monday 00:00; `to` may be 7 * 1440.
struct WeeklyWindow {
    int from_minute = 0;
    int to_minute = 0;
};

/// A dated change of the opening hours: closed, or open in spite of the weekly hours, over [from, to).
struct DatedWindow {
    Instant from;
    Instant to;
    bool open = false;
};

enum class BoxSize { ft20, ft40, ft45 };
inline constexpr std::array<BoxSize, 3> kBoxSizes{BoxSize::ft20, BoxSize::ft40, BoxSize::ft45};
inline constexpr std::array<double, 3> kTeuOfSize{1.0, 2.0, 2.25};

/// Numbers of containers by size; no value where nothing is said.
using CountBySize = std::array<std::optional<Param>, kBoxSizes.size()>;

/// The empty containers that a terminal keeps.
struct EmptyStock {
    CountBySize stock;  ///< at the start of the warm-up; none by default
    CountBySize low;    ///< with fewer it asks for more; 0 by default
    CountBySize high;   ///< what it has beyond may be sent to others; no value: it sends none
};

/// What a terminal charges the containers of the corridor.
struct TerminalCost {
    std::array<std::optional<Param>, 2> lift;  ///< by Mode: quay_lift, rail_lift; money per lift or per TEU lifted
    std::optional<Param> storage;              ///< money per TEU and time in the yard beyond:
    std::optional<Param> free_time;
};

/// Emissions of a transport or hub operation, from the making of the fuel (well to tank) and from its use.
struct EmissionFactors {
    std::optional<Param> energy;        ///< of vehicles: per km when full, or per t-km; no value: see wtt and ttw
    std::optional<Param> energy_empty;  ///< per km without load; no value: as full
    Param wtt;  ///< well to tank: per unit of `energy`; without it per t-km or vehicle-km; of hubs, per lift or visit
    Param ttw;  ///< tank to wheel, likewise
};

/// Weekly hours, and dated closures and extra hours, later ones winning.
struct Hours {
    std::vector<WeeklyWindow> opening;  ///< empty: always
    std::vector<DatedWindow> calendar;
};

/// What becomes of a container that is released where the yard is full.
enum class FullYard { wait, turn_away };

/// Room for the containers of a terminal.
struct Yard {
    Param capacity;  ///< TEU
    FullYard when_full = FullYard::wait;
};

/// How a container changes between a vessel and a train.
enum class Transfer { yard, direct };

/// A port, a rail yard, or both. What it cannot handle is absent: a terminal without `quay_cranes` takes no barges.
struct Terminal : Entity {
    std::optional<double> latitude;               ///< degrees, WGS 84, -90..90
    std::optional<double> longitude;              ///< degrees, WGS 84, -180..180
    std::array<std::optional<Berths>, 2> berths;  ///< by Mode: berths, rail_tracks
    std::array<std::optional<Cranes>, 2> cranes;  ///< by Mode: quay_cranes, rail_cranes
    std::optional<Tugs> tugs;                     ///< of its berths
    Param transfer_time;                          ///< least time from discharge until ready for the next leg
    std::vector<WeeklyWindow> opening;            ///< crane moves start only inside; empty: always
    std::vector<DatedWindow> calendar;            ///< dated closures and extra hours, later ones win
    std::optional<EmptyStock> empties;
    std::optional<TerminalCost> cost;
    std::optional<EmissionFactors> emissions;
    std::optional<Yard> yard;           ///< no value: room for all
    std::optional<Cranes> yard_cranes;  ///< between quay or rail and the stack; no value: no such move
    std::optional<Hours> gate;          ///< when released containers come in and collected ones leave
    Transfer transfer = Transfer::yard;
};

enum class Direction { forward, backward };
inline constexpr std::array<Direction, 2> kDirections{Direction::forward, Direction::backward};

/// How the two directions use a link.
enum class LinkTraffic {
    both_ways,   ///< they do not hinder each other
    alternating  ///< in each section one direction at a time
};

/// The depth of a waterway from an instant on; before the first it has the first.
struct DepthStep {
    Instant from;
    Param depth;  ///< km
};

/// A waterway reach or a railway line between two terminals; forward (downstream on a waterway) is from -> to.
struct Link : Entity {
    Mode mode = Mode::waterway;
    Id<Terminal> from;
    Id<Terminal> to;
    Param length;                                      ///< km
    std::array<std::optional<Param>, 2> speed;         ///< by Direction, over ground; or:
    std::array<std::optional<Param>, 2> running_time;  ///< by Direction
    std::optional<Law> extra_time;                     ///< of each passage, beyond the running time
    std::optional<Param> paths_per_day;                ///< trains per direction and day, evenly spread from midnight on
    std::optional<Param> headway;                      ///< least time between vehicles of one direction
    LinkTraffic traffic = LinkTraffic::both_ways;      ///< of a waterway
    std::optional<Param> tracks;                       ///< of a railway: a single one is alternating
    std::optional<Param> crossing_places;              ///< between sections of equal length, where traffic alternates
    std::vector<WeeklyWindow> opening;                 ///< vehicles enter it only inside; empty: always
    std::vector<DatedWindow> calendar;                 ///< dated closures and extra hours, later ones win
    std::vector<DepthStep> depth;                      ///< of a waterway, sorted; empty: enough
    std::vector<std::pair<double, double>> geometry;   ///< (longitude, latitude) along the line, for maps; may be empty
};

enum class LockOperation {
    two_way,  ///< a chamber takes vessels up and down in turn
    one_way   ///< each direction has chambers of its own, which return empty
};

/// When a lock begins to lock vessels through.
enum class LockStart {
    when_waiting,  ///< as soon as a chamber is idle and a vessel waits
    when_full      ///< when the chamber takes no more, or the first vessel has waited for the longest wait
};

/// Vessels that pass a lock and are not modelled further.
struct LockTraffic {
    std::array<std::optional<Param>, 2> rate;  ///< vessels per time, by Direction
    std::optional<Param> length;               ///< km, of each
    std::optional<Param> beam;                 ///< km
};

/// A lock on a waterway. Its chambers are alike, and hold `places` vessels each or those whose size fits.
struct Lock : Entity {
    Id<Link> link;
    std::optional<Param> at;  ///< km from the beginning of the link; no value: half-way
    Param chambers;           ///< with one-way operation for each direction
    LockOperation operation = LockOperation::two_way;
    std::optional<Param> places;
    std::optional<Param> chamber_length;  ///< km
    std::optional<Param> chamber_width;   ///< km
    Param entering_time;                  ///< of each vessel, one after the other
    Param leaving_time;
    std::optional<Param> cycle_time;  ///< filling and emptying together; or:
    std::optional<Param> filling_time;
    std::optional<Param> emptying_time;
    LockStart start = LockStart::when_waiting;
    std::optional<Param> longest_wait;  ///< for a full chamber
    std::optional<LockTraffic> traffic;
};

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

// ---- services -----------------------------------------------------------------------------------------------------

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

// ---- demand -------------------------------------------------------------------------------------------------------

enum class ReleaseProcess { poisson, even, listed };

/// Consignments at a known time.
struct ListedRelease {
    Instant time;
    int containers = 1;
};

/// How a container finds its itinerary among the alternatives at release.
enum class RouteChoice {
    timetable,  ///< the one that arrives first if every departure is on time and has room
    cheapest,   ///< the one with the least expected time, for all
    logit,      ///< at random, the likelier the less time it is expected to take
    adaptive,   ///< as timetable, with the queues as they stand: full departures are passed over
};

/// A flow of containers from an origin to a destination.
struct Demand : Entity {
    Id<Terminal> from;
    Id<Terminal> to;
    std::optional<Param> volume;   ///< containers or TEU over the period; or:
    std::optional<Param> rate;     ///< containers or TEU per time
    std::map<int, Param> profile;  ///< relative rate by month, key year * 12 + month - 1; other months 1
    ReleaseProcess release = ReleaseProcess::poisson;
    std::vector<ListedRelease> listed;
    CountLaw consignment;                ///< containers released together
    std::array<Param, 3> box_share;      ///< share of containers by BoxSize; adds up to 1
    Param empty_share;                   ///< share of containers that are empty
    Param tonnes_per_teu;                ///< laden, with the box
    Param tonnes_per_teu_empty;          ///< empty box
    int priority = 0;                    ///< 0..9; at cranes and for boarding the highest goes first
    std::optional<Law> move_time;        ///< of a crane move of these containers, if not that of the cranes
    std::optional<Law> patience;         ///< wait at the origin after which a container goes by road
    std::optional<Law> collected_after;  ///< time from discharge at the destination until it leaves the yard
    int itineraries = 1;                 ///< how many alternatives are considered at release (1..16)
    std::vector<Id<Service>> via;        ///< services to use, in order; empty: any
    RouteChoice choice = RouteChoice::timetable;
    std::optional<Param> logit_scale;    ///< per time, for logit
    std::optional<Law> road_time;        ///< door to door by road, an alternative that is always open
    bool takes_empties = false;          ///< each container is one of the origin's stock of empties, or waits for one
    bool returns_empties = false;        ///< each container comes into the destination's stock
    std::optional<Law> emptied_after;    ///< time from delivery until a laden one does; 0 by default
    std::optional<Param> road_cost;      ///< money per container, TEU, km or TEU-km
    std::optional<Param> road_distance;  ///< km from door to door
    std::optional<EmissionFactors> road_emissions;
    std::optional<Param> value_of_time;     ///< money per container-h or TEU-h; no value: money counts for nothing
    std::optional<Param> transfer_penalty;  ///< time that a change of vehicle is felt to cost beside what it takes
};

/// How the surpluses and deficits of terminals are matched.
enum class Repositioning {
    none,
    threshold,  ///< the nearest pair of terminals first
    plan,       ///< such that all together travel as little as possible
};

/// What is done about empty containers that are where nobody needs them.
struct Empties {
    Repositioning policy = Repositioning::none;
    Param review;                 ///< time from one look at the stocks to the next
    Param look_ahead;             ///< levels are for what is expected to be taken in so long, and more
    Param tonnes_per_teu;         ///< of repositioned containers
    std::optional<int> priority;  ///< 0..9; no value: after all others
};

/// Calls of vehicles that are not modelled further: they take a berth and crane moves from those that are.
struct Background : Entity {
    Id<Terminal> terminal;
    Mode mode = Mode::waterway;
    std::optional<Param> rate;  ///< calls per time; or listed
    ReleaseProcess arrivals = ReleaseProcess::poisson;
    struct Call {
        Instant time;
        Param stay;
    };
    std::vector<Call> listed;
    CountLaw moves;      ///< crane moves per call
    Param teu_per_move;  ///< TEU per move, for lifts in TEU; default 1.5
    Law stay;            ///< time at the berth beside berthing and moves
};

// ---- disruptions ----------------------------------------------------------------------------------------------------

/// What becomes of departures whose time lies in the closure of their service.
enum class ClosedDepartures { hold, cancel };

/// What of a terminal is disrupted; `whole` is its cranes of every kind, its berths and tracks, and its gate.
enum class TerminalPart { whole, quay, rail, yard, gate, tugs };

/// A terminal or one of its parts, a lock, a fleet, or a service or a link or one of its directions.
struct DisruptedPart {
    std::string subject;  ///< as written: "terminal.guoyuan.quay"
    Id<Terminal> terminal;
    Id<Lock> lock;
    Id<Fleet> fleet;
    Id<Service> service;
    Id<Link> link;
    TerminalPart part = TerminalPart::whole;  ///< of the terminal
    std::optional<Direction> direction;       ///< of the service or link
};

/// Resources, services or links that are closed, fewer or slower for a while: one effect, in dated windows or at
/// random.
struct Disruption : Entity {
    std::vector<DisruptedPart> of;
    bool closed = false;
    std::optional<Param> slowed;        ///< factor on crane moves, lockages, the work of tugs or running times, >= 1
    std::optional<Param> fewer_cranes;  ///< cranes out, or:
    std::optional<Param> crane_share;   ///< share of the cranes that is out
    std::optional<Param> fewer_berths;
    std::optional<Param> fewer_tugs;
    std::optional<Param> fewer_chambers;
    std::optional<Param> fewer_vehicles;
    ClosedDepartures departures = ClosedDepartures::hold;
    std::vector<DatedWindow> windows;     ///< of all parts; or:
    std::optional<Breakdowns> at_random;  ///< of each part by itself
};

// ---- reported figures ---------------------------------------------------------------------------------------------

/// A limit is an upper bound, such as a design capacity: what is simulated should stay below it.
enum class FigureUse { calibrate, validate, limit };

/// One way to understand a reported figure: which measure, of which subjects (added up).
struct Reading : Entity {
    std::string measure;                ///< "containers_shipped"
    std::vector<std::string> subjects;  ///< "service.yibin-guoyuan.forward"; added up
    double factor = 1.0;                ///< the simulated sum is multiplied by this before it is compared
};

/// A published figure that a simulated measure is held against. Never an input.
struct Reported : Entity {
    Param value;    ///< in the unit as published (may be a plain number of "containers or TEU")
    Instant start;  ///< window; default: the period
    Instant end;
    double error = 0.0;  ///< relative reporting error, one standard deviation
    FigureUse use = FigureUse::validate;
    std::string calibrate_on;  ///< id of the reading that inputs are fitted to; empty where that is the only one
    std::vector<Id<Source>> sources;
    std::vector<Reading> readings;
    std::string note;
};

// ---- the whole ----------------------------------------------------------------------------------------------------

struct SourceText;

struct Scenario {
    std::string file;                        ///< as given by the user
    std::shared_ptr<const SourceText> text;  ///< what it was read from, for messages; none for one made in memory
    std::string title;
    std::string description;
    std::string hash;  ///< of the merged scenario with its tables, 16 hex digits; order and comments do not matter
    Instant start;     ///< the period is [start, end)
    Instant end;
    Param warm_up;  ///< simulated before `start`, not measured
    int replications = 20;
    std::uint64_t seed = 1;
    Currency currency = Currency::none;
    std::vector<Param> delivered_within;  ///< time limits for "share delivered within"

    QuantityTable quantities;
    IdVector<Source> sources;
    IdVector<Terminal> terminals;
    IdVector<Link> links;
    IdVector<Lock> locks;
    IdVector<VehicleType> vehicle_types;
    IdVector<Fleet> fleets;
    IdVector<Service> services;
    IdVector<Demand> demands;
    IdVector<Background> backgrounds;
    std::optional<Empties> empties;
    IdVector<Disruption> disruptions;
    IdVector<Reported> reported;
};

}  // namespace corridor::scenario
