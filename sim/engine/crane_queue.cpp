#include "crane_queue.h"

#include <algorithm>

namespace corridor::engine {

void CraneQueue::clear() {
    lanes_.clear();
    candidates_.clear();
    deadlines_.clear();
    in_hand_.clear();
}

/// A container that loads or lands alone is a vehicle of its own, which no limit binds.
std::uint32_t CraneQueue::lane_of(const CraneRequest& request) const {
    const bool is_alone =
        request.by == CraneRequest::By::container_to_load || request.by == CraneRequest::By::container_to_land;
    return by_vehicle_ && !is_alone ? request.vehicle : kAll;
}

/// Gives the lane the place that its first request has now.
void CraneQueue::settle(Lanes::iterator lane) {
    auto& [key, state] = *lane;
    std::optional<Place> place;
    if (!state.waiting.empty()) {
        const CraneRequest& first = state.waiting.begin()->second;
        if (key == kAll || first.most == model::kUnlimited || state.at_work < first.most) {
            place = {first.rank, is_even_ ? state.at_work : 0U, first.asked, first.number};
        }
    }
    if (place != state.place) {
        if (state.place) candidates_.erase({*state.place, key});
        if (place) candidates_.emplace(*place, key);
        state.place = place;
    }
    if (state.waiting.empty() && state.at_work == 0) {
        lanes_.erase(lane);
    }
}

void CraneQueue::add(const CraneRequest& request) {
    const Turn turn{request.rank, request.asked, request.number};
    const auto lane = lanes_.try_emplace(lane_of(request)).first;
    lane->second.waiting.emplace(turn, request);
    if (request.deadline != kNever) {
        deadlines_.emplace(request.deadline, turn);
    }
    settle(lane);
}

Tick CraneQueue::next(const CranePoolState& cranes, Tick now) const {
    Tick next = in_hand_.empty() ? kNever : std::get<Tick>(*in_hand_.begin());
    if (!candidates_.empty()) {
        next = std::min(next, cranes.earliest_start(now));
    }
    return deadlines_.empty() ? next : std::min(next, deadlines_.begin()->first);
}

CraneRequest CraneQueue::take(std::uint32_t key, const Turn& turn) {
    const auto lane = lanes_.find(key);
    const auto request = lane->second.waiting.find(turn);
    const CraneRequest result = request->second;
    if (result.deadline != kNever) {
        deadlines_.erase({result.deadline, turn});
    }
    lane->second.waiting.erase(request);
    settle(lane);
    return result;
}

std::optional<CraneRequest> CraneQueue::take_next(const CranePoolState& cranes, Tick now) {
    if (candidates_.empty() || cranes.earliest_start(now) > now) {
        return std::nullopt;
    }
    const auto& [place, lane] = *candidates_.begin();
    return take(lane, {std::get<0>(place), std::get<2>(place), std::get<3>(place)});
}

void CraneQueue::begin(const CraneRequest& request) {
    in_hand_.emplace(request.end, request.number, request);
    if (const std::uint32_t key = lane_of(request); key != kAll) {
        const auto lane = lanes_.try_emplace(key).first;
        ++lane->second.at_work;
        settle(lane);
    }
}

std::optional<CraneRequest> CraneQueue::take_ended(Tick now) {
    if (in_hand_.empty() || std::get<Tick>(*in_hand_.begin()) > now) {
        return std::nullopt;
    }
    const CraneRequest result = std::get<CraneRequest>(*in_hand_.begin());
    in_hand_.erase(in_hand_.begin());
    if (const std::uint32_t key = lane_of(result); key != kAll) {
        const auto lane = lanes_.find(key);
        --lane->second.at_work;
        settle(lane);
    }
    return result;
}

std::optional<CraneRequest> CraneQueue::take_impatient(Tick now) {
    if (deadlines_.empty() || deadlines_.begin()->first > now) {
        return std::nullopt;
    }
    return take(kAll, Turn(deadlines_.begin()->second));
}

}  // namespace corridor::engine
