// Services: lines and their stops, timetables, fleets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/model/basics.h"
#include "corridor/model/prices.h"
#include "corridor/model/way.h"

namespace corridor::model {

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

}  // namespace corridor::model
