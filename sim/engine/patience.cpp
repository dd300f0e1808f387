// Containers that wait too long at their origin and go by road.
#include "replication.h"

namespace corridor::engine {

WaitingLine& Replication::line_of(const Box& box) {
    const model::Leg& leg = leg_of(box);
    StopState& stop = stops_[leg.board.index()];
    const std::uint32_t rank = model_.demands[leg.demand].rank - stop.first_rank;
    return rank == 0 ? stop.line : stop.behind[rank - 1];
}

/// Of a container that has just been released.
Tick Replication::deadline_of(const Box& box) {
    const Id<model::Demand> demand = leg_of(box).demand;
    const auto& patience = model_.demands[demand].patience;
    return patience ? box.released + draw(*patience, demands_[demand.index()].patience) : kNever;
}

/// At the first leg a container has been ready since its release: while it waits there, `released` holds its deadline.
void Replication::impose_patience(Box* boxes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        boxes[i].released = deadline_of(boxes[i]);
    }
}

/// Sends by road whose patience ended before `now`.
void Replication::dismiss_impatient(StopState& stop, Tick now) {
    const auto has_left = [&](const Box& box) { return impatient_leg_[box.leg] != 0 && box.released < now; };
    boxes_.clear();
    stop.line.take_out(has_left, boxes_);
    for (WaitingLine& line : stop.behind) {
        line.take_out(has_left, boxes_);
    }
    for (Box box : boxes_) {
        const Tick left = box.released;
        box.released = box.ready;
        tell([&](Observer& observer) { observer.gives_up_at_stop(box, left); });
        send_by_road(leg_of(box).demand, box, ByRoad::out_of_patience, left);
    }
}

}  // namespace corridor::engine
