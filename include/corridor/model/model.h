// The compiled scenario: indices, tables, calendars, itineraries at one set of values. Immutable, shared by all
// threads.
//
// Times are ticks (ms) since the origin, the start of the warm-up. Space on board is counted in quarter TEU, so that a
// 45-foot container (2.25 TEU) is a whole number.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/currency.h"
#include "corridor/base/id.h"
#include "corridor/base/law.h"
#include "corridor/base/time.h"
#include "corridor/scenario/scenario.h"

namespace corridor::model {

using scenario::BoxSize;
using scenario::CraneSharing;
using scenario::Direction;
using scenario::EmptyRuns;
using scenario::FullYard;
using scenario::Mode;
using scenario::NoVehicle;
using scenario::ReleaseProcess;
using scenario::Repositioning;
using scenario::RouteChoice;

struct Terminal;
struct Facility;
struct Link;
struct Fleet;
struct Pool;
struct Lock;
struct Section;
struct Service;
struct Line;
struct Stop;
struct Leg;
struct Demand;
struct Background;
struct Disruption;

inline constexpr std::uint32_t kUnlimited = 0;
inline constexpr std::uint32_t kQuartersPerTeu = 4;

/// Half open in ticks.
struct Window {
    Tick from = 0;
    Tick to = 0;
};

/// How cranes fail and are repaired, first failed first repaired.
struct Breakdowns {
    DurationLaw time_to_failure = FixedLaw{};
    DurationLaw time_to_repair = FixedLaw{};
    std::uint32_t gangs = kUnlimited;
    std::vector<std::uint64_t> streams;  ///< by crane, so that one more crane changes nothing for the others
};

/// Money of a container of `teu` over `km`.
struct Price {
    double per_container = 0.0;
    double per_teu = 0.0;
    double per_km = 0.0;  ///< of a container
    double per_teu_km = 0.0;

    double of(double teu, double km) const { return per_container + per_km * km + (per_teu + per_teu_km * km) * teu; }
};

/// Kilograms of CO2 equivalents, from the making of the fuel and from its use.
struct Emissions {
    double wtt = 0.0;
    double ttw = 0.0;
};

/// Of vehicles: per t-km carried, and per unit of the energy they use; where factors are per km, that is 1 per km.
struct VehicleEmissions {
    Emissions per_tonne_km;
    Emissions per_energy;
    double energy_per_km = 0.0;        ///< of a full vehicle
    double energy_per_km_empty = 0.0;  ///< between them by TEU on board
};

/// Of a terminal: per lift, and per visit of a container.
struct HubEmissions {
    Emissions per_lift;
    Emissions per_container;
    Emissions per_teu;
    Emissions per_tonne;
};

struct Storage {
    double per_teu_hour = 0.0;
    Tick free_time = 0;
};

/// What running a service costs the carrier, and the cargo for a ride.
struct ServiceCost {
    double per_departure = 0.0;
    double per_km = 0.0;
    double per_hour = 0.0;  ///< of each vehicle of the fleet
    std::optional<Price> tariff;
};

/// Identical cranes, first come first served. `cranes == kUnlimited`: every move starts at once.
struct CranePool {
    std::uint32_t cranes = kUnlimited;
    std::uint32_t per_vehicle = kUnlimited;  ///< most that work on one vehicle
    CraneSharing sharing = CraneSharing::first_come;
    DurationLaw move_time = FixedLaw{};
    std::uint64_t stream = 0;
    std::optional<Breakdowns> breakdowns;
    std::vector<std::vector<Window>> out;  ///< by crane: starts no move, sorted; empty where none is ever taken out
    bool is_disrupted = false;
    double disrupted_share = 0.0;  ///< of the crane time of the period that disruptions take, on average

    bool always_work() const { return !breakdowns && out.empty() && !is_disrupted; }
};

/// What tugs do for one vehicle.
struct TugJob {
    std::uint32_t tugs = 0;  ///< 0: none are needed
    DurationLaw time = FixedLaw{};
};

/// Tugs of a port, first come first served: who needs more than are free holds up those behind it. The time of docking
/// is the facility's entry time.
struct Tugs {
    std::uint32_t count = 0;
    std::uint32_t docking = 0;  ///< how many it takes
    TugJob leaving;
    std::uint64_t leaving_stream = 0;
    bool is_disrupted = false;
    double disrupted_share = 0.0;  ///< of tug time, as of crane time
};

/// What one terminal has for one mode: berths and quay cranes, or tracks and rail cranes. Or its yard cranes.
struct Facility {
    Id<Terminal> terminal;
    Mode mode = Mode::waterway;
    std::uint32_t berths = kUnlimited;
    DurationLaw entry_time = FixedLaw{};  ///< berthing or shunting
    std::uint64_t entry_stream = 0;
    std::optional<std::uint32_t> waiting_places;  ///< for a berth; background calls that find none go elsewhere
    std::optional<Tugs> tugs;
    bool berths_disrupted = false;
    CranePool cranes;
    std::optional<Price> lift;
    bool in_turn = false;        ///< moves start one by one, whose turn it is; else all of a request at once, in order
    bool shares_cranes = false;  ///< then it matters how many cranes are at work on each vehicle
    bool in_yard = false;        ///< yard cranes: no berths, and `mode` says nothing
    bool may_hold = false;       ///< cranes hold what they have loaded while the yard that it goes to is full
};

/// Room for containers, kept for each from when it is given until it is loaded or collected.
struct Yard {
    std::uint32_t capacity_quarters = 0;
    FullYard when_full = FullYard::wait;
};

/// The empty containers of one size that a terminal keeps.
struct EmptyStock {
    bool kept = false;   ///< whether there can be any
    bool taken = false;  ///< whether demands take some
    std::uint32_t initial = 0;
    std::uint32_t low = 0;              ///< with fewer it asks for more
    std::optional<std::uint32_t> high;  ///< what it has beyond may be sent to others
};

struct Terminal {
    std::string id;
    std::string name;
    Tick transfer_time = 0;                                      ///< from discharge until ready for the next leg
    std::vector<Window> open;                                    ///< sorted, disjoint; empty: always open
    std::array<Id<Facility>, 2> facilities;                      ///< by Mode; invalid where there is none
    std::array<EmptyStock, scenario::kBoxSizes.size()> empties;  ///< by BoxSize
    std::optional<Storage> storage;
    std::optional<HubEmissions> emissions;
    std::optional<Yard> yard;  ///< no value: room for all
    Id<Facility> yard_cranes;  ///< invalid: a container between vehicle and stack takes one crane only
    bool has_gate = false;
    std::vector<Window> gate_open;  ///< sorted, disjoint; empty: always open, but for disruptions
    bool gate_disrupted = false;
    bool transfers_directly = false;

    /// Containers are let in one by one, when there is room and the gate is open.
    bool lets_in() const { return yard.has_value() || has_gate; }
};

/// The depth of a link from a time on; before the first it has the first.
struct DepthStep {
    Tick from = 0;
    double metres = 0.0;
};

struct Link {
    std::string id;
    std::string name;
    Mode mode = Mode::waterway;
    Id<Terminal> from;
    Id<Terminal> to;
    double km = 0.0;
    double paths_per_day = 0.0;           ///< trains per direction; 0: no limit
    DurationLaw extra_time = FixedLaw{};  ///< of a passage, beyond the running time
    Tick headway = 0;                     ///< least time between vehicles of one direction that enter a section
    bool alternating = false;             ///< in each section one direction at a time
    std::uint32_t sections = 1;           ///< of equal length
    std::vector<Window> open;             ///< sorted, disjoint; vehicles enter inside; empty: always open
    std::vector<DepthStep> depth;         ///< sorted; empty: enough for all
    std::array<Tick, 2> running_times{};  ///< by Direction
    bool is_disrupted = false;

    /// It may, where it is slowed at times.
    bool takes_extra_time() const { return !is_zero(extra_time) || is_disrupted; }
    bool has_entrance() const {
        return paths_per_day > 0.0 || headway > 0 || alternating || !open.empty() || !depth.empty() ||
               takes_extra_time();
    }
};

/// A part of a link that vehicles enter one by one: of an alternating link those of both directions, else of one.
struct Section {
    Id<Link> link;
};

struct LinkUse {
    Id<Link> link;
    Direction direction = Direction::forward;
};

/// What a lock sees of a vessel.
struct VesselSize {
    double length_m = 0.0;
    double beam_m = 0.0;
};

/// How deep a vessel lies in the water, and how deep the water has to be.
struct Draught {
    double empty_m = 0.0;       ///< with the clearance below the keel
    double metres_per_t = 0.0;  ///< above 0

    /// Containers and cargo with which it floats; below 0 it does not float at all.
    double payload_t(double depth_m) const { return (depth_m - empty_m) / metres_per_t; }
};

/// Vessels of one direction that pass a lock and are not modelled further: a Poisson stream.
struct LockTraffic {
    double per_ms = 0.0;
    std::uint64_t stream = 0;
};

/// A lock: chambers that take vessels from one level to the other. Vessels that go forward come from the upper level.
struct Lock {
    std::string id;
    std::string name;
    Id<Link> link;
    std::uint32_t chambers = 1;  ///< with one-way operation for each direction
    bool two_way = true;         ///< chambers take vessels up and down in turn; else they return empty
    std::uint32_t places = 0;    ///< vessels in a chamber; 0: by their size
    VesselSize chamber;          ///< where there are no `places`
    Tick entering = 0;           ///< of each vessel, one after the other
    Tick leaving = 0;
    std::array<Tick, 2> levelling{0, 0};  ///< by Direction: emptying with vessels that go forward, else filling
    bool waits_until_full = false;
    std::optional<Tick> longest_wait;  ///< for a full chamber
    std::array<LockTraffic, 2> traffic;
    VesselSize traffic_size;
    bool is_disrupted = false;
    double disrupted_share = 0.0;  ///< of chamber time, as of crane time

    /// Of a vessel alone, for which a chamber is ready.
    Tick passage(Direction direction) const {
        return entering + levelling[static_cast<std::size_t>(direction)] + leaving;
    }
};

/// What a vehicle meets on a hop, one after the other.
struct WayElement {
    enum class Kind { run, lock, enter, leave } kind = Kind::run;
    Tick time = 0;  ///< of a run
    std::array<double, 2> extra{
        0.0, 0.0};  ///< of a run: shares of the extra time of its link that are over before and after it
    Id<Lock> lock;
    Id<Link> link;                             ///< of a section
    Id<Section> section;                       ///< invalid where vehicles do not wait for one another
    bool at_end = false;                       ///< the section entered is the first of the link, the one left the last
    Direction direction = Direction::forward;  ///< of travel, along the link
};

/// The run from one stop to the next.
struct Hop {
    Tick running_time = 0;  ///< expected, with what is on the way but without waiting
    double km = 0.0;
    double trip_share = 0.0;                   ///< of the km of the line, or of its hops where it has no length
    std::vector<WayElement> way;               ///< empty where there is nothing but the run
    std::vector<LinkUse> links;                ///< in order of travel
    Direction direction = Direction::forward;  ///< of the service: along its route, or back
};

/// One call of a line. Its id numbers the queue of containers that board there.
struct Stop {
    Id<Line> line;
    Id<Facility> facility;
    Id<Terminal> terminal;
    bool last = false;                ///< nobody boards at the last stop
    Hop hop;                          ///< to the next stop; unused at the last
    std::uint32_t kept_quarters = 0;  ///< room that those who boarded before and ride on leave to those who board here
    std::vector<Id<Link>> shallows;   ///< links with a depth from here to the last stop where who is on board may go
};

/// `on_demand`: a vehicle is called when there is a load for it.
enum class Dispatch { timetable, when_ready, on_demand, continuous };

/// Dated exceptions from the rule of a timetable.
struct Exceptions {
    std::vector<Window> cancelled;  ///< sorted, disjoint: departures of the rule in these are not run
    std::vector<Tick> extra;        ///< sorted: run beside the rule
    Tick until = 0;                 ///< departures are known until here, beyond the horizon

    bool any() const { return !cancelled.empty() || !extra.empty(); }
};

/// The departures of one line. Listed times, or the k-th at phase + k * headway: computed, never accumulated.
struct Timetable {
    std::vector<Tick> listed;  ///< sorted; used where not empty or where `headway_ms` is 0
    double first_ms = 0.0;
    double headway_ms = 0.0;
    bool random_phase = false;  ///< `first_ms` is drawn uniformly from [0, headway) once per replication
    std::uint64_t stream = 0;
    Exceptions exceptions;        ///< of a random phase, to be applied once it is drawn; others are in `listed`
    std::uint64_t cancelled = 0;  ///< departures of the window that `listed` is without
};

/// One direction of a service, or its whole round trip or loop: an ordered row of stops.
struct Line {
    Id<Service> service;
    Direction direction = Direction::forward;
    Id<Stop> first_stop;  ///< the stops of a line have consecutive ids
    std::uint32_t stop_count = 0;
    Dispatch dispatch = Dispatch::timetable;
    Timetable timetable;
    Tick cut_off = 0;
    std::uint32_t minimum_quarters = 0;  ///< no departure with less, but for `longest_wait`; 0: none
    std::optional<Tick> longest_wait;    ///< for a load; no value: for ever
    std::uint32_t capacity_quarters = 0;
    double payload_t = 0.0;             ///< 0: no limit
    std::uint32_t cranes = kUnlimited;  ///< most that work on one of its vehicles
    double km = 0.0;
    std::uint64_t extra_stream = 0;   ///< of the extra times of its vehicles on links
    std::optional<Draught> draught;   ///< of vessels that mind the depth
    VesselSize size;                  ///< of its vehicles, where they pass a lock that asks for it
    std::uint32_t wagons = 0;         ///< of a train made up of wagons; 0: containers stand anywhere
    std::uint32_t teu_per_wagon = 0;  ///< 1 to 4
    bool keeps_room = false;          ///< at one of its stops
    Tick least_headway = 0;           ///< from one departure to the next; 0: none
    Id<Pool> pool;                    ///< whose vehicles run its departures; invalid without fleet
    Id<Pool> end_pool;                ///< which a vehicle joins after the last stop
    bool is_disrupted = false;

    /// The largest container that fits, in quarter TEU.
    std::uint32_t largest_quarters() const { return wagons > 0 ? teu_per_wagon * kQuartersPerTeu : capacity_quarters; }
};

/// Where vehicles of a fleet wait for departures.
struct Pool {
    Id<Fleet> fleet;
    Id<Terminal> terminal;
    std::uint32_t at_start = 0;   ///< vehicles that wait there at the origin
    std::vector<Id<Line>> lines;  ///< that begin there

    /// A run without containers to another pool.
    struct EmptyRun {
        Id<Pool> from;
        Id<Pool> to;
        Tick time = 0;  ///< expected, with what is on the way but without waiting
        double km = 0.0;
        std::vector<WayElement> way;  ///< empty where there is nothing but the run
    };
    std::vector<EmptyRun> runs;      ///< the shortest first; none where the fleet never moves empty
    std::uint64_t extra_stream = 0;  ///< of the extra times of those runs on links
};

/// Vehicles of one service, or of several.
struct Fleet {
    std::string id;  ///< of a shared fleet; empty where a service has it for itself
    std::uint32_t vehicles = 0;
    EmptyRuns repositioning = EmptyRuns::none;
    std::vector<Id<Pool>> pools;
    std::vector<Id<Service>> services;
    bool is_disrupted = false;
    double disrupted_share = 0.0;  ///< of vehicle time, as of crane time; slow running left out

    bool is_shared() const { return !id.empty(); }
};

struct Service {
    std::string id;
    std::string name;
    Mode mode = Mode::waterway;
    Id<Fleet> fleet;  ///< invalid: there is always a vehicle
    NoVehicle no_vehicle = NoVehicle::wait;
    Tick layover = 0;
    std::vector<Id<Line>> lines;
    std::optional<ServiceCost> cost;
    std::optional<VehicleEmissions> emissions;

    /// What its vehicles cost or emit has to be shared among those on board.
    bool shares_runs() const { return cost.has_value() || (emissions && emissions->energy_per_km > 0.0); }
};

/// A ride on one line as part of an itinerary of one demand.
struct Leg {
    Id<Demand> demand;
    Id<Line> line;
    Id<Stop> board;
    Id<Stop> alight;
    Id<Leg> next;                              ///< invalid at the destination
    Direction direction = Direction::forward;  ///< of the service at the boarding stop
    Tick to_board = 0;                         ///< running time of the line from its first stop to `board`
    Tick ride = 0;                             ///< running time from `board` to `alight`
    Tick wait = 0;  ///< expected for a vehicle that leaves when ready: half the time from one to the next; else 0
};

/// The rides that take a container to its destination: consecutive legs, linked by `next`.
struct Itinerary {
    Id<Leg> first;
    double expected_hours = 0.0;  ///< half a headway, running times and transfers
    Tick surcharge = 0;  ///< in generalised cost beside time: money at the value of time, and transfer penalties
};

/// Containers of one size, laden or empty.
struct BoxClass {
    BoxSize size = BoxSize::ft20;
    bool empty = false;
    std::uint32_t quarters = kQuartersPerTeu;
    double tonnes = 0.0;
};

/// Consignments per ms until `until`.
struct RateSegment {
    Tick until = 0;
    double per_ms = 0.0;
};

struct ListedRelease {
    Tick time = 0;
    std::uint32_t containers = 1;
};

/// What every departure looks at stands together.
struct Demand {
    std::string id;
    std::string name;
    std::optional<DurationLaw> patience;
    Id<Terminal> from;
    Id<Terminal> to;
    ReleaseProcess release = ReleaseProcess::poisson;
    RouteChoice choice = RouteChoice::timetable;
    std::uint32_t rank = 0;          ///< by priority; rank 0 goes first
    bool takes_empties = false;      ///< of the origin's stock
    bool returns_empties = false;    ///< to the destination's stock
    bool repositions = false;        ///< empties that the policy sends from stock to stock; not of a planner
    std::vector<RateSegment> rates;  ///< for poisson and even; the last ends at the horizon or later
    std::vector<BoxClass> classes;
    std::vector<Itinerary> itineraries;  ///< best expected first; at least one
    CountDistribution consignment;
    std::vector<double> class_cumulative;      ///< chance of a class up to and including it; the last is 1
    std::vector<ListedRelease> listed;         ///< sorted; for listed
    std::vector<double> itinerary_cumulative;  ///< logit: chance of an itinerary up to and including it
    double mean_quarters = 0.0;                ///< of a container
    std::optional<DurationLaw> road_time;      ///< the road as an alternative
    std::optional<Price> road_cost;
    double road_km = 0.0;
    std::optional<VehicleEmissions> road_emissions;
    Tick road_surcharge = 0;  ///< its money at the value of time
    std::optional<DurationLaw> move_time;
    std::optional<DurationLaw> collected_after;
    std::optional<DurationLaw> emptied_after;  ///< of laden containers that are returned
    std::uint64_t release_stream = 0;
    std::uint64_t class_stream = 0;
    std::uint64_t collection_stream = 0;
    std::uint64_t choice_stream = 0;
    std::uint64_t road_stream = 0;
    std::uint64_t move_stream = 0;
    std::uint64_t patience_stream = 0;
    std::uint64_t emptied_stream = 0;

    bool has_alternatives() const { return itineraries.size() > 1 || road_time.has_value(); }
};

/// What is done about empty containers that are where nobody needs them.
struct Empties {
    bool kept = false;  ///< whether any terminal has a stock; else there is nothing of all this
    Repositioning policy = Repositioning::none;
    Tick review = 0;
    Tick look_ahead = 0;
    double tonnes_per_teu = 0.0;
    std::uint32_t rank = 0;
    std::vector<Id<Demand>> ways;  ///< from terminals that send to ones that ask, the shortest expected time first
};

/// Calls of vehicles that are not modelled further.
struct Background {
    std::string id;
    std::string name;
    Id<Facility> facility;
    ReleaseProcess arrivals = ReleaseProcess::poisson;
    double per_ms = 0.0;
    struct Call {
        Tick time = 0;
        Tick stay = 0;
    };
    std::vector<Call> listed;  ///< sorted
    CountDistribution moves;   ///< sizes may be 0
    double teu_per_move = 1.0;
    DurationLaw stay = FixedLaw{};
    std::uint64_t stream = 0;
    std::uint32_t rank = 0;  ///< that of priority 0
};

/// Resources, services or links that are closed, fewer or slower for a while.
struct Disruption {
    /// What fails together, and is repaired as one.
    struct Part {
        std::vector<Id<Facility>> facilities;  ///< cranes and berths
        std::vector<Id<Facility>> tugs;
        std::vector<Id<Terminal>> gates;
        std::vector<Id<Lock>> locks;
        std::vector<Id<Fleet>> fleets;  ///< of one that is closed or slowed, the lines too
        std::vector<Id<Line>> lines;
        std::vector<LinkUse> links;
    };

    std::string id;
    std::string name;
    std::vector<Part> parts;
    bool closes = false;
    bool cancels = false;   ///< departures of closed lines, which else are held
    double slowness = 1.0;  ///< factor on the times of crane moves, lockages, the work of tugs or runs
    std::uint32_t fewer_cranes = 0;
    double crane_share = 0.0;  ///< out, to the nearest whole number but at least one
    std::uint32_t fewer_berths = 0;
    std::uint32_t fewer_tugs = 0;
    std::uint32_t fewer_chambers = 0;
    std::uint32_t fewer_vehicles = 0;
    std::vector<Window> windows;          ///< of all parts, sorted and disjoint; or:
    std::optional<Breakdowns> at_random;  ///< with a stream for each part

    std::uint32_t cranes_out(const Facility& facility) const;
};

struct Month {
    std::string label;  ///< "2020-01"
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
