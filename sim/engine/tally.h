// What one replication counts: raw sums, from which the measures follow.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "census.h"
#include "corridor/model/model.h"
#include "crane_times.h"
#include "occupancy.h"
#include "prefetch.h"
#include "stock_level.h"
#include "time_stat.h"

namespace corridor::engine {

/// Time that each of several was busy, by month of the window: only for those who want pictures of it.
class TimeByMonth {
  public:
    /// From now on it is counted.
    void start(std::size_t subjects, const model::Window& window, const std::vector<Tick>& month_ends);
    bool is_counted() const { return months_ > 0; }
    void clear() { spent_.assign(spent_.size(), 0); }

    /// What of [from, to) lies in each month and in `open`, where that is not empty.
    void add(std::size_t subject, Tick from, Tick to, const std::vector<model::Window>& open = {}) {
        if (!is_counted()) {
            return;
        }
        const model::Window& month = windows_[seen_];
        if (open.empty() && from >= month.from && from <= to && to <= month.to) {  // nearly always
            spent_[subject * months_ + seen_] += to - from;
        } else {
            share_out(subject, from, to, open);
        }
    }

    Tick spent(std::size_t subject, std::size_t month) const { return spent_[subject * months_ + month]; }

  private:
    void share_out(std::size_t subject, Tick from, Tick to, const std::vector<model::Window>& open);

    std::size_t months_ = 0;
    std::size_t seen_ = 0;                ///< the month of what was added last
    std::vector<model::Window> windows_;  ///< by month
    std::vector<Tick> spent_;             ///< by subject and month
};

/// Containers boarded or delivered, by month and class.
class ClassCounts {
  public:
    ClassCounts() = default;
    ClassCounts(std::size_t months, std::size_t classes) : classes_(classes), counts_(months * classes) {}

    void clear() { counts_.assign(counts_.size(), 0U); }
    void prefetch() const { prefetch_elements(counts_, counts_.size()); }
    std::uint32_t& at(std::size_t month, std::uint32_t box_class) { return counts_[month * classes_ + box_class]; }
    std::uint32_t at(std::size_t month, std::uint32_t box_class) const { return counts_[month * classes_ + box_class]; }

    /// Of all months. What is made of it is the same to the last bit for whatever months.
    std::uint64_t of_class(std::uint32_t box_class) const {
        std::uint64_t sum = 0;
        for (std::size_t i = box_class; i < counts_.size(); i += classes_) {
            sum += counts_[i];
        }
        return sum;
    }

    /// Of all months and classes.
    std::uint64_t total() const { return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}); }

  private:
    std::size_t classes_ = 0;
    std::vector<std::uint32_t> counts_;
};

/// Where an instant lies: before the window, in one of its months, or at the horizon and after.
class Period {
  public:
    static constexpr Period before() { return Period(-1); }
    static constexpr Period after() { return Period(-2); }
    static constexpr Period in_month(std::size_t month) { return Period(static_cast<int>(month)); }

    constexpr bool measured() const { return month_ >= 0; }
    constexpr std::size_t month() const { return static_cast<std::size_t>(month_); }
    constexpr bool operator==(const Period&) const = default;

  private:
    constexpr explicit Period(int month) : month_(month) {}
    int month_;
};

struct DemandTally {
    std::uint64_t released = 0;  ///< since the origin
    std::uint64_t released_in_window = 0;
    std::int64_t in_system_ms = 0;                 ///< container-ms inside the window, from release to delivery
    ClassCounts delivered_by_month;                ///< in the window
    TimeStat door_to_door;                         ///< of those delivered in the window
    std::vector<std::uint64_t> within;             ///< of those, delivered within each limit
    std::vector<std::uint64_t> released_of_class;  ///< since the origin, for the audit
    std::vector<std::uint64_t> delivered_of_class;
    std::uint64_t by_road = 0;                       ///< left by road in the window
    std::uint64_t lost = 0;                          ///< turned away in the window, because the yard was full
    std::vector<std::uint64_t> lost_of_class;        ///< since the origin
    std::vector<std::uint64_t> by_road_of_class;     ///< since the origin, where the time by road is not known
    std::vector<std::uint64_t> unfinished_of_class;  ///< dropped at the horizon while in handling or in transit
    std::vector<std::uint64_t> sent_by_road;         ///< in the window, by class
    std::vector<std::int64_t> stored_at_origin_ms;   ///< by class, of those who then went by road in the window
    std::vector<std::int64_t> stored_at_end_ms;      ///< by class, of those who were collected in the window
};

/// What is counted of a leg for its costs and emissions, of departures in the window.
struct RideTally {
    double trips = 0.0;                   ///< runs of vehicles from stop to stop, by its part of the TEU on board
    std::vector<std::int64_t> stored_ms;  ///< beyond the free time before boarding, by class
    std::vector<std::uint64_t> direct;    ///< boarded in the lift that took them from another vehicle, by class
};

struct StopTally {
    TimeStat wait;                   ///< from ready until departure, of those who left in the window
    std::uint64_t departures = 0;    ///< in the window
    std::uint64_t full = 0;          ///< departures with no room for the smallest container
    std::uint64_t left_someone = 0;  ///< departures that left containers behind
    std::uint64_t left_behind = 0;   ///< containers left behind, added over departures
    std::uint64_t held_back = 0;     ///< of those, by room kept for later stops
    std::uint64_t boarded = 0;       ///< containers
    std::uint64_t boarded_quarters = 0;
    std::uint64_t rolled = 0;            ///< of those, left behind at least once before
    std::uint64_t load_quarters = 0;     ///< on board at departure, added over departures
    std::uint64_t offered_quarters = 0;  ///< capacity, added over departures
    std::uint64_t empty = 0;             ///< departures without load, where costs are shared
};

struct LineTally {
    std::uint64_t departures = 0;  ///< trips begun in the window
    std::uint64_t late = 0;        ///< left after the timetabled time
    std::uint64_t cancelled = 0;
    std::uint64_t outstanding = 0;  ///< timetabled in the window and not begun at its end
    Average lateness;               ///< of the timetabled departures, 0 where on time
    Average running;                ///< from the first departure to the last arrival
    Average held;                   ///< for the least headway, of trips begun
};

/// Times from one departure to the next at a stop, of those that end in the window.
class Headways {
  public:
    void clear() { *this = {}; }
    void leave(Tick time, bool counts);
    double mean_ms() const;    ///< NaN without samples
    double variation() const;  ///< standard deviation over mean; NaN without samples

  private:
    Tick last_ = -1;
    std::int64_t count_ = 0;
    Tick first_ = 0;  ///< the first one, from which the others are measured: equal ones differ by nothing
    double sum_ = 0.0;
    double squares_ = 0.0;
};

struct FleetTally {
    std::int64_t busy_ms = 0;      ///< vehicle-ms in the window on trips and on empty runs
    std::uint64_t empty_runs = 0;  ///< begun in the window
    double empty_km = 0.0;         ///< vehicle-km of those
};

/// What every call looks at stands first.
struct FacilityTally {
    std::int64_t berth_busy_ms = 0;   ///< berth-ms in the window
    Average stay;                     ///< turnaround: from arrival until the vehicle leaves
    TimeStat crane_wait;              ///< from the request until the move starts
    std::int64_t crane_busy_ms = 0;   ///< crane-ms in the window and the opening hours
    std::int64_t crane_queue_ms = 0;  ///< container-ms waiting for a crane in the window
    std::uint64_t moves = 0;          ///< lifts that ended in the window
    std::uint64_t move_quarters = 0;  ///< of those, of containers, in quarter TEU
    TimeStat berth_wait;              ///< from arrival until a berth is given
    std::int64_t crane_held_ms = 0;   ///< crane-ms holding what it has loaded, for a full yard
    std::int64_t blocked_ms = 0;      ///< vehicle-ms at berths with containers for which the yard has no room
    std::uint64_t queue_at_end = 0;   ///< vehicles that wait for a berth at the horizon
    std::uint64_t calls = 0;          ///< of background traffic in the window, where places to wait are limited
    std::uint64_t turned_away = 0;    ///< of those, gone elsewhere
    double background_teu = 0.0;      ///< of `moves`, of background calls
    TimeStat tug_wait;                ///< from asking for tugs until they are there, to dock and to leave
    std::int64_t tug_busy_ms = 0;     ///< tug-ms in the window
};

/// Calls of one background at berths with tugs.
struct BackgroundTally {
    std::uint64_t ended = 0;  ///< in the window
    Average berth_wait;       ///< as of its facility
    Average stay;
};

/// Waiting before a terminal with limited room or a gate. Container-ms in the window, by cause.
struct YardTally {
    TimeStat outside;                  ///< from release until let in or turned away, of those in the window
    TimeStat landing;                  ///< from asking to be discharged until there is room
    std::int64_t outside_gate_ms = 0;  ///< released, while the gate is closed
    std::int64_t outside_room_ms = 0;  ///< released, while it is open and the yard full
    std::int64_t landing_ms = 0;       ///< on board, because the yard is full
    std::int64_t collect_ms = 0;       ///< to be collected, while the gate is closed
    std::uint64_t taken_ms = 0;        ///< quarter-TEU-ms of room in use or kept
    std::int64_t full_ms = 0;          ///< without room for one more TEU
    std::uint64_t waiting_at_end = 0;  ///< for room or the gate, at the horizon
    Tick stuck_ms = 0;                 ///< of the end of the window, somebody waiting and none given or freed
};

/// Why a vehicle waits between two stops.
enum class WayCause {
    lock,
    path,     ///< a path, or the headway to the vehicle ahead
    section,  ///< vehicles of the other direction
    closure,
    depth
};
inline constexpr std::size_t kWayCauses = 5;
using WayWaits = std::array<Tick, kWayCauses>;  ///< by cause

/// Vehicles of one direction on a link where they may have to wait; of passages that ended in the window.
struct LinkTally {
    std::uint64_t passages = 0;
    TimeStat wait;  ///< of one passage, but for locks
    WayWaits waits{};
};

/// Vessels of one direction at a lock, those that are not modelled further included.
struct LockTally {
    TimeStat wait;                ///< from arrival until the lockage begins
    std::uint64_t lockages = 0;   ///< begun in the window, with vessels
    std::uint64_t turns = 0;      ///< begun in the window without vessels, to fetch those of this direction
    std::uint64_t vessels = 0;    ///< of the lockages
    std::int64_t busy_ms = 0;     ///< chamber-ms in the window, turns and returns included
    std::int64_t waiting_ms = 0;  ///< vessel-ms waiting in the window
};

/// Departures in the window from a stop with shallows on the way.
struct DepthTally {
    std::uint64_t departures = 0;
    std::uint64_t bound = 0;  ///< of those, left containers behind with less than the vehicle's payload allowed
    double payload_t = 0.0;   ///< allowed, added over departures
};

struct TerminalTally {
    Occupancy yard;
    YardTally room;            ///< where the yard has a limit, or a gate
    std::uint64_t direct = 0;  ///< containers that went from vessel to train, or back, in one lift, in the window
    TimeStat dwell;            ///< from entering the terminal until leaving it
};

/// What the containers of a demand waited for an empty one.
struct ShortageTally {
    TimeStat wait;                ///< from release until it was there, of those who took one in the window
    std::uint64_t shortages = 0;  ///< released in the window and found none
    std::uint64_t waiting = 0;    ///< for one now
};

struct Tally {
    explicit Tally(const model::Model& model);
    void reset(const model::Model& model);

    Period period_of(Tick time) const;

    /// From now on, how busy things are is counted by month as well.
    void count_by_month(const model::Model& model);

    model::Window window;
    std::vector<Tick> month_ends;
    std::vector<ClassCounts> boarded;  ///< by leg, in the window
    std::vector<RideTally> rides;      ///< by leg; empty where nothing costs or emits anything
    IdVector<model::Demand, DemandTally> demands;
    IdVector<model::Stop, StopTally> stops;
    IdVector<model::Line, LineTally> lines;
    IdVector<model::Facility, FacilityTally> facilities;
    IdVector<model::Facility, BreakdownTally> breakdowns;  ///< filled where cranes break down
    IdVector<model::Terminal, TerminalTally> terminals;
    IdVector<model::Background, BackgroundTally> backgrounds;  ///< filled where their berths have tugs
    IdVector<model::Stop, Headways> headways;                  ///< of vehicles that leave when ready
    IdVector<model::Fleet, FleetTally> fleets;
    std::vector<StockLevel> empties;  ///< at hand, by stock_index; none where no terminal keeps empties
    IdVector<model::Demand, ShortageTally> shortages;       ///< likewise
    IdVector<model::Lock, std::array<LockTally, 2>> locks;  ///< by Direction
    IdVector<model::Stop, DepthTally> depths;               ///< empty where no depth is given
    IdVector<model::Link, std::array<LinkTally, 2>> links;  ///< by Direction; filled where vehicles wait to enter
    Census census;                                          ///< kept where the model asks for it
    TimeByMonth crane_busy;                                 ///< by facility; counted where pictures ask for it
    TimeByMonth berth_busy;                                 ///< likewise
    TimeByMonth fleet_busy;                                 ///< by fleet, likewise
};

/// Part of [from, to) that lies in the window.
inline Tick clipped(const model::Window& window, Tick from, Tick to) {
    const Tick low = from > window.from ? from : window.from;
    const Tick high = to < window.to ? to : window.to;
    return high > low ? high - low : 0;
}

inline bool inside(const model::Window& window, Tick time) { return time >= window.from && time < window.to; }

}  // namespace corridor::engine
