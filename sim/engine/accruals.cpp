// What costs and emissions are counted by and no other measure needs: who shares a run of a vehicle, and time in the
// yard beyond what is free.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

/// Each container on board has its part of the run to the next stop, by TEU; without load it is the service's own.
void Replication::share_run(const Vehicle& vehicle, const Load& load) {
    const model::Line& line = model_.lines[vehicle.line];
    if (!model_.services[line.service].shares_runs()) {
        return;
    }
    if (load.quarters == 0) {
        ++tally_.stops[vehicle.stop].empty;
        return;
    }
    const double per_quarter = model_.stops[vehicle.stop].hop.trip_share / static_cast<double>(load.quarters);
    const Box* const boxes = vehicle.cargo.data();
    for_each_run(boxes, vehicle.cargo.size(), [&](const model::Leg& leg, std::size_t first, std::size_t n) {
        const auto& classes = model_.demands[leg.demand].classes;
        std::uint64_t quarters = classes.front().quarters * n;
        if (classes.size() > 1) {
            quarters = 0;
            for (std::size_t i = first; i < first + n; ++i) {
                quarters += classes[boxes[i].box_class].quarters;
            }
        }
        tally_.rides[boxes[first].leg].trips += per_quarter * static_cast<double>(quarters);
    });
}

/// Time in the yard counts from entering it until the vehicle leaves, as dwell does.
void Replication::charge_storage(const model::Leg& leg, const Box* boxes, std::size_t count, Tick departure) {
    const model::Terminal& terminal = model_.terminals[model_.stops[leg.board].terminal];
    if (!terminal.storage) {
        return;
    }
    const Tick free_until = departure - terminal.storage->free_time;
    const bool released_here = model_.demands[leg.demand].from == model_.stops[leg.board].terminal;
    auto& stored = tally_.rides[boxes->leg].stored_ms;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick entered = boxes[i].ready - (released_here ? 0 : terminal.transfer_time);
        stored[boxes[i].box_class] += std::max<Tick>(0, free_until - entered);
    }
}

void Replication::charge_collection(const model::Leg& leg, const Box& box, Tick dwell) {
    if (const auto& storage = model_.terminals[model_.stops[leg.alight].terminal].storage) {
        const Tick beyond = dwell - storage->free_time;
        tally_.demands[leg.demand].stored_at_end_ms[box.box_class] += std::max<Tick>(0, beyond);
    }
}

}  // namespace corridor::engine
