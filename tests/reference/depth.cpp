// Low water: what a vessel may load, and whether it floats.
#include <algorithm>

#include "simulation.h"

namespace corridor::reference {
namespace {

double depth_at(const model::Link& link, Tick time) {
    double metres = link.depth.front().metres;
    for (const model::DepthStep& step : link.depth) metres = step.from <= time ? step.metres : metres;
    return metres;
}

}  // namespace

bool Simulation::floats(const Vehicle& vehicle, const model::Link& link, Tick time) const {
    const auto& draught = line_like(vehicle).draught;
    return !draught || link.depth.empty() || weight(vehicle) <= draught->payload_t(depth_at(link, time)) + kGram;
}

double Simulation::payload_now(const Vehicle& vehicle) const {
    const model::Line& line = this->line(vehicle.line);
    double payload = line.payload_t;
    for (const Id<model::Link> link : stop(vehicle.stop).shallows) {
        payload = std::min(payload, std::max(0.0, line.draught->payload_t(depth_at(model_.links[link], now_))));
    }
    return stop(vehicle.stop).shallows.empty() ? payload : std::max(payload, weight(vehicle));
}

double Simulation::weight(const Vehicle& vehicle) const {
    double tonnes = 0.0;
    for (const std::size_t c : vehicle.cargo) tonnes += this->tonnes(containers_[c]);
    return tonnes;
}

void Simulation::count_depth(const Vehicle& vehicle) {
    if (stop(vehicle.stop).shallows.empty()) return;
    Stop& state = stops_[vehicle.stop];
    state.payload_t += vehicle.payload_t;
    const bool is_limited = vehicle.payload_t < line(vehicle.line).payload_t - kGram;
    state.bound_by_depth += is_limited && vehicle.left_behind > 0 ? 1 : 0;
}

}  // namespace corridor::reference
