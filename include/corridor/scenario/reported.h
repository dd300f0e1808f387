// Published figures that the simulation is held against.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"

namespace corridor::scenario {

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

}  // namespace corridor::scenario
