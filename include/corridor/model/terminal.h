// Terminals: cranes, berths, tugs, yards, stocks of empties, and the calls of others.
#pragma once

#include <array>
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

/// How cranes fail and are repaired, first failed first repaired.
struct Breakdowns {
    DurationLaw time_to_failure = FixedLaw{};
    DurationLaw time_to_repair = FixedLaw{};
    std::uint32_t gangs = kUnlimited;
    std::vector<std::uint64_t> streams;  ///< by crane, so that one more crane changes nothing for the others
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

}  // namespace corridor::model
