// What moves and boardings leave in the books.
#include <algorithm>

#include "model/calendar.h"
#include "replication.h"

namespace corridor::engine {

/// Books the crane work of a batch that was requested now. `boxes` is null for background moves.
void Replication::count_moves(Id<model::Facility> id, const Moves& moves, const Box* boxes) {
    FacilityTally& tally = tally_.facilities[id];
    const model::Window& window = model_.window;
    const std::size_t count = moves.end.size();
    mix(moves.sum_of_ends);
    const bool pooled = model_.facilities[id].cranes.cranes != model::kUnlimited;
    const bool always_open = model_.terminals[model_.facilities[id].terminal].open.empty();
    if (now_ < window.from || moves.last_end >= window.to || (pooled && !always_open)) {
        for (std::size_t i = 0; i < count; ++i) {
            count_move(id, {now_, moves.start_of(i), moves.end[i]},
                       boxes != nullptr ? class_of(boxes[i]).quarters : 0U);
        }
        return;
    }
    tally.moves += count;
    if (boxes != nullptr) {
        for_each_run(boxes, count, [&](const model::Leg& leg, std::size_t first, std::size_t n) {
            tally.move_quarters += quarters_of(model_.demands[leg.demand], boxes + first, n);
        });
    }
    if (pooled) {
        const Tick* const starts = moves.start.data();
        const Tick now = now_;
        tally.crane_wait.add_each(count, [=](std::size_t i) { return starts[i] - now; });
        tally.crane_busy_ms += static_cast<std::int64_t>(moves.sum_of_ends - moves.sum_of_starts);
        if (tally_.crane_busy.is_counted()) {
            for (std::size_t i = 0; i < count; ++i) {
                tally_.crane_busy.add(id.index(), starts[i], moves.end[i]);
            }
        }
        tally.crane_queue_ms +=
            static_cast<std::int64_t>(moves.sum_of_starts - static_cast<std::uint64_t>(now) * count);
    }
}

/// The same of one move, which may cross an edge of the window or run beyond the closing hour.
void Replication::count_move(Id<model::Facility> id, const MoveTimes& move, std::uint64_t quarters) {
    FacilityTally& tally = tally_.facilities[id];
    const model::Window& window = model_.window;
    const model::Facility& facility = model_.facilities[id];
    if (inside(window, move.end)) {
        ++tally.moves;
        tally.move_quarters += quarters;
    }
    if (facility.cranes.cranes == model::kUnlimited && queue_of(id) == nullptr) {
        return;  // nobody waits for them
    }
    const std::vector<model::Window>& open = model_.terminals[facility.terminal].open;
    tally.crane_busy_ms += model::open_time(open, {std::max(move.start, window.from), std::min(move.end, window.to)});
    tally_.crane_busy.add(id.index(), move.start, move.end, open);
    tally.crane_queue_ms += clipped(window, move.asked, move.start);
    if (inside(window, move.start)) {
        tally.crane_wait.add(move.start - move.asked);
    }
}

void Replication::count_berth_time(Id<model::Facility> facility, Tick from, Tick to) {
    tally_.facilities[facility].berth_busy_ms += clipped(model_.window, from, to);
    tally_.berth_busy.add(facility.index(), from, to);
}

void Replication::count_fleet_time(Id<model::Fleet> fleet, Tick from, Tick to) {
    tally_.fleets[fleet].busy_ms += clipped(model_.window, from, to);
    tally_.fleet_busy.add(fleet.index(), from, to);
}

/// Books containers that leave the terminal at `departure`, inside the window.
void Replication::count_boarded(const Box* boxes, std::size_t count, Tick departure, std::size_t rolled,
                                Through through) {
    const std::size_t month = tally_.period_of(departure).month();
    for_each_run(boxes, count, [&](const model::Leg& leg, std::size_t first, std::size_t n) {
        const Box* const run = boxes + first;
        StopTally& tally = tally_.stops[leg.board];
        const model::Demand& demand = model_.demands[leg.demand];
        add_classes(&tally_.boarded[run->leg].at(month, 0), demand.classes.size(), run, n);
        tally.boarded_quarters += quarters_of(demand, run, n);
        tally.boarded += n;
        tally.rolled += std::min(n, rolled - std::min(rolled, first));
        tally.wait.add_each(n, [=](std::size_t i) { return departure - run[i].ready; });
        const model::Stop& stop = model_.stops[leg.board];
        if (model_.charges_storage && through == Through::yard) {
            charge_storage(leg, run, n, departure);
        }
        if (through == Through::lift && !tally_.rides.empty()) {
            std::vector<std::uint64_t>& direct = tally_.rides[run->leg].direct;
            add_classes(direct.data(), direct.size(), run, n);
        }
        const model::Terminal& terminal = model_.terminals[stop.terminal];
        if (through == Through::yard && !waits_are_dwells(terminal)) {
            const Tick transfer = demand.from == stop.terminal ? 0 : terminal.transfer_time;
            tally_.terminals[stop.terminal].dwell.add_each(
                n, [=](std::size_t i) { return departure - run[i].ready + transfer; });
        }
    });
}

}  // namespace corridor::engine
