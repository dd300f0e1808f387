// Low water: what a vessel may load, and when it floats.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

namespace {

using model::DepthStep;

/// The step that holds at `time`; the first before it.
std::vector<DepthStep>::const_iterator step_at(const std::vector<DepthStep>& depth, Tick time) {
    const auto has_begun = [time](const DepthStep& step) { return step.from <= time; };
    const auto later = std::partition_point(depth.begin(), depth.end(), has_begun);
    return later == depth.begin() ? later : later - 1;
}

}  // namespace

/// By the depths of this instant: who loads does not know those to come.
double Replication::payload_from(Id<model::Stop> stop) const {
    const model::Line& line = model_.lines[model_.stops[stop].line];
    double payload = line.payload_t;
    for (const Id<model::Link> link : model_.stops[stop].shallows) {
        const double depth = step_at(model_.links[link].depth, now_)->metres;
        payload = std::min(payload, std::max(0.0, line.draught->payload_t(depth)));
    }
    return payload;
}

/// When a depth on the way from a stop changes next.
Tick Replication::next_depth_from(Id<model::Stop> stop) const {
    Tick next = kNever;
    for (const Id<model::Link> link : model_.stops[stop].shallows) {
        const std::vector<DepthStep>& depth = model_.links[link].depth;
        const auto has_begun = [this](const DepthStep& step) { return step.from <= now_; };
        const auto later = std::partition_point(depth.begin(), depth.end(), has_begun);
        next = later == depth.end() ? next : std::min(next, later->from);
    }
    return next;
}

/// Whether a vehicle that is called for a load could take any of those who wait; always where no depth is given and no
/// room kept.
bool Replication::takes_anyone(Id<model::Line> id) const {
    const model::Line& line = model_.lines[id];
    if (model_.stops[line.first_stop].shallows.empty() && !line.keeps_room) {
        return true;
    }
    Stowage whole(model_, line, line.first_stop);
    whole.limit_payload(payload_from(line.first_stop));
    return stops_[line.first_stop.index()].line.any_waiting([&](const Box& box) {
        Stowage empty = whole;
        return empty.take(class_of(box), leg_of(box).alight) == Refusal::none;
    });
}

/// The first instant from now on at which a vessel floats on a link; kNever if there is none.
Tick Replication::floats_from(const Vehicle& vehicle, Id<model::Link> id) const {
    const auto& draught = line_like(vehicle).draught;
    const std::vector<DepthStep>& depth = model_.links[id].depth;
    if (!draught || depth.empty()) {
        return now_;
    }
    const double tonnes = vehicle.empty_run != nullptr ? 0.0 : load_on(vehicle).tonnes;
    const auto floats = [&](const DepthStep& step) { return tonnes <= draught->payload_t(step.metres) + kGram; };
    const auto now = step_at(depth, now_);
    const auto first = std::find_if(now, depth.end(), floats);
    return first == depth.end() ? kNever : std::max(first == now ? now_ : first->from, now_);
}

void Replication::count_depth(const Vehicle& vehicle) {
    if (model_.stops[vehicle.stop].shallows.empty()) {
        return;
    }
    DepthTally& tally = tally_.depths[vehicle.stop];
    ++tally.departures;
    tally.payload_t += vehicle.payload_t;
    const bool is_limited = vehicle.payload_t < model_.lines[vehicle.line].payload_t - kGram;
    tally.bound += is_limited && vehicle.left_behind > 0 ? 1U : 0U;
}

}  // namespace corridor::engine
