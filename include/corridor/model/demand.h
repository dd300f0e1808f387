// Demands, the ways of their containers, and the empties that are repositioned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/law.h"
#include "corridor/base/time.h"
#include "corridor/model/basics.h"
#include "corridor/model/prices.h"

namespace corridor::model {

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

}  // namespace corridor::model
