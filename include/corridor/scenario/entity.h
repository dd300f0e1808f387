// What the tables of a scenario share: names and places in the file, sources, chance.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/base/id.h"
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

}  // namespace corridor::scenario
