// Demands, repositioned empties and background calls as the planner wrote them.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/terminal.h"

namespace corridor::scenario {

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

}  // namespace corridor::scenario
