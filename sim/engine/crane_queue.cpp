#include "crane_queue.h"

#include <algorithm>

namespace corridor::engine {

void CraneQueue::clear() {
    waiting_.clear();
    deadlines_.clear();
    in_hand_.clear();
}

void CraneQueue::add(const CraneRequest& request) {
    const Turn turn{request.rank, request.asked, request.number};
    waiting_.emplace(turn, request);
    if (request.deadline != kNever) {
        deadlines_.emplace(request.deadline, turn);
    }
}

Tick CraneQueue::next(const CranePoolState& cranes, Tick now) const {
    Tick next = in_hand_.empty() ? kNever : std::get<Tick>(*in_hand_.begin());
    if (!waiting_.empty()) {
        next = std::min(next, cranes.earliest_start(now));
    }
    return deadlines_.empty() ? next : std::min(next, deadlines_.begin()->first);
}

CraneRequest CraneQueue::take(std::map<Turn, CraneRequest>::iterator request) {
    const CraneRequest result = request->second;
    if (result.deadline != kNever) {
        deadlines_.erase({result.deadline, request->first});
    }
    waiting_.erase(request);
    return result;
}

std::optional<CraneRequest> CraneQueue::take_next(const CranePoolState& cranes, Tick now) {
    if (waiting_.empty() || cranes.earliest_start(now) > now) {
        return std::nullopt;
    }
    return take(waiting_.begin());
}

std::optional<CraneRequest> CraneQueue::take_ended(Tick now) {
    if (in_hand_.empty() || std::get<Tick>(*in_hand_.begin()) > now) {
        return std::nullopt;
    }
    const CraneRequest result = std::get<CraneRequest>(*in_hand_.begin());
    in_hand_.erase(in_hand_.begin());
    return result;
}

std::optional<CraneRequest> CraneQueue::take_impatient(Tick now) {
    if (deadlines_.empty() || deadlines_.begin()->first > now) {
        return std::nullopt;
    }
    return take(waiting_.find(deadlines_.begin()->second));
}

}  // namespace corridor::engine
