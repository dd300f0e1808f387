// Which way a container goes: one of its demand's itineraries, or the road.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Dispatch;
using model::RouteChoice;

/// The first leg of the itinerary that a container released at `time` takes; kByRoad where it takes none.
std::uint32_t Replication::choose_leg(Id<model::Demand> id, Tick time) {
    const model::Demand& demand = model_.demands[id];
    switch (demand.choice) {
        case RouteChoice::timetable:
        case RouteChoice::adaptive:
            return earliest_leg(id, time);
        case RouteChoice::cheapest: {
            const model::Itinerary& best = demand.itineraries.front();
            const auto with = [](double ms, Tick surcharge) { return ms + static_cast<double>(surcharge); };
            const double by_vehicle = with(best.expected_hours * kMillisecondsPerHour, best.surcharge);
            const bool road =
                demand.road_time && with(moments(*demand.road_time).mean, demand.road_surcharge) < by_vehicle;
            return road ? kByRoad : best.first.index();
        }
        case RouteChoice::logit:
            break;
    }
    const auto& cumulative = demand.itinerary_cumulative;
    const double u = uniform01(demands_[id.index()].choice);
    const auto chosen = std::upper_bound(cumulative.begin(), cumulative.end(), u) - cumulative.begin();
    if (static_cast<std::size_t>(chosen) < cumulative.size()) {
        return demand.itineraries[static_cast<std::size_t>(chosen)].first.index();
    }
    return demand.road_time ? kByRoad : demand.itineraries.back().first.index();
}

/// The itinerary that arrives first, what it costs beside time counted as if it came later; the best expected one among
/// equals, and the road only if it is better than all.
std::uint32_t Replication::earliest_leg(Id<model::Demand> id, Tick time) const {
    const model::Demand& demand = model_.demands[id];
    std::uint32_t chosen = demand.itineraries.front().first.index();
    Tick earliest = kNever;
    for (const model::Itinerary& itinerary : demand.itineraries) {
        Tick arrival = expected_arrival(demand, itinerary, time);
        arrival += arrival == kNever ? 0 : itinerary.surcharge;
        if (arrival < earliest) {
            earliest = arrival;
            chosen = itinerary.first.index();
        }
    }
    const Tick by_road = demands_[id.index()].by_road;
    const bool road = by_road != kNever && time + by_road < earliest;
    return road ? kByRoad : chosen;
}

/// When a container ready at `time` arrives if every departure is on time and has room or, for an adaptive choice,
/// after those who wait now have gone. kNever beyond the timetable.
Tick Replication::expected_arrival(const model::Demand& demand, const model::Itinerary& itinerary, Tick time) const {
    for (Id<model::Leg> id = itinerary.first; id.valid(); id = model_.legs[id].next) {
        const model::Leg& leg = model_.legs[id];
        const model::Line& line = model_.lines[leg.line];
        const std::uint64_t full = demand.choice == RouteChoice::adaptive ? full_departures(demand, id) : 0;
        if (line.dispatch == Dispatch::timetable) {
            const DepartureTimes& times = lines_[leg.line.index()].times;
            const Tick cut_off = leg.board == line.first_stop ? line.cut_off : 0;
            const Tick departure =
                times.departure(times.first_number_from(std::max<Tick>(0, time + cut_off - leg.to_board)) + full);
            if (departure == kNever) {
                return kNever;
            }
            time = departure + leg.to_board;
        }
        // A vehicle that leaves when ready is waited for by half its cycle; a full one costs a whole cycle more.
        time += leg.wait * static_cast<Tick>(1 + 2 * full) + leg.ride;
        if (leg.next.valid()) {
            time += model_.terminals[model_.stops[leg.alight].terminal].transfer_time;
        }
    }
    return time;
}

/// Departures that those who wait for a leg now will fill, each counted at the mean size of the demand's containers. In
/// the line are some who are still to land, and some whose demand releases them after this one at the same instant.
std::uint64_t Replication::full_departures(const model::Demand& demand, Id<model::Leg> id) const {
    const model::Leg& leg = model_.legs[id];
    const model::Line& line = model_.lines[leg.line];
    if (line.dispatch == Dispatch::continuous) {
        return 0;
    }
    const StopState& stop = stops_[leg.board.index()];
    const Tick latest = now_ + model_.terminals[model_.stops[leg.board].terminal].transfer_time;
    const std::uint32_t turn = sorting_.turns[demand.itineraries.front().first.index()];
    const auto is_there = [&](const Box& box) {
        const bool came_before = box.ready != now_ || box.released < box.ready;
        return box.ready <= latest && (came_before || sorting_.turns[box.leg] <= turn);
    };
    // Who comes from its release, with none but its own demand, comes in order and sees nobody whose turn is later.
    const bool is_released_here = model_.stops[leg.board].terminal == demand.from;
    const bool is_among_its_own = is_released_here && sole_leg_[id.index()] != 0 && !demand.patience;
    std::size_t ahead = is_among_its_own ? stop.line.count_ready(latest) : stop.line.count_there(is_there);
    for (std::uint32_t rank = stop.first_rank + 1; rank <= demand.rank; ++rank) {
        ahead += stop.behind[rank - stop.first_rank - 1].count_there(is_there);  // of lower priority are none before it
    }
    return static_cast<std::uint64_t>(static_cast<double>(ahead) * demand.mean_quarters / line.capacity_quarters);
}

/// From the origin's yard at `time`: to the destination where the time by road is known, else out of sight.
void Replication::send_by_road(Id<model::Demand> id, const Box& box, ByRoad why, Tick time) {
    const model::Demand& demand = model_.demands[id];
    const model::Window& window = model_.window;
    DemandTally& tally = tally_.demands[id];
    TerminalTally& terminal = tally_.terminals[demand.from];
    if (!model_.terminals[demand.from].lets_in()) {
        terminal.yard.leave(time);  // else it has never come in
    }
    if (inside(window, time)) {
        ++tally.by_road;
        ++tally.sent_by_road[box.box_class];
        if (time > box.ready) {
            terminal.dwell.add(time - box.ready);
        }
        if (const auto& storage = model_.terminals[demand.from].storage) {
            const Tick beyond = time - box.ready - storage->free_time;
            tally.stored_at_origin_ms[box.box_class] += std::max<Tick>(0, beyond);
        }
    }
    if (!demand.road_time) {
        ++tally.by_road_of_class[box.box_class];
        if (model_.takes_census) {
            tally_.census.add(time, -1);
        }
        tally.in_system_ms -= window.to - std::max(time, window.from);
        tell([&](Observer& observer) { observer.goes_by_road(id, box, why, time, std::nullopt); });
        return;
    }
    const Tick end = time + draw(*demand.road_time, demands_[id.index()].road);
    tell([&](Observer& observer) { observer.goes_by_road(id, box, why, time, end); });
    Id<model::Leg> last = demand.itineraries.front().first;
    while (model_.legs[last].next.valid()) {
        last = model_.legs[last].next;
    }
    Box gone = box;
    gone.leg = kByRoad;
    deliver(model_.legs[last], &gone, 1, &end);
}

}  // namespace corridor::engine
