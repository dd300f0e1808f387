// The scenario as the planner wrote it: plain aggregates, text turned into numbers, nothing compiled.
//
// Entities of a kind are sorted by name (bytes of UTF-8), so the order of tables in the file changes nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/currency.h"
#include "corridor/base/id.h"
#include "corridor/base/time.h"
#include "corridor/scenario/demand.h"
#include "corridor/scenario/disruption.h"
#include "corridor/scenario/entity.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/reported.h"
#include "corridor/scenario/service.h"
#include "corridor/scenario/terminal.h"
#include "corridor/scenario/way.h"

namespace corridor::scenario {

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
