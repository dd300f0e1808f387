// What the parts of the model share. Times are ticks (ms) since the origin, the start of the warm-up. Space on board is
// counted in quarter TEU, so that a 45-foot container (2.25 TEU) is a whole number.
#pragma once

#include <cstdint>

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

}  // namespace corridor::model
