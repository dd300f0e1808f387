#include "waiting_line.h"

namespace corridor::engine {
namespace {

bool ready_before(const Box& a, const Box& b) { return a.ready < b.ready; }

/// Of those who are ready at one instant: who comes from another leg goes first, then who has waited outside or for an
/// empty; who is released then has the turn of its leg.
std::uint32_t turn(const Box& box, const ReleaseTurns& turns) {
    const bool is_released_now = turns[box.leg] > 0 && box.released >= box.ready;
    return is_released_now ? 1 + turns[box.leg] : std::min<std::uint32_t>(turns[box.leg], 1);
}

}  // namespace

void WaitingLine::clear() {
    line_.clear();
    incoming_.clear();
    head_ = 0;
    left_behind_ = rolled_ = 0;
}

/// They are a few runs in order, one after the other: who came before the last `settle`, then releases by demand,
/// and who comes from other legs.
void WaitingLine::sort_incoming(Sorting& sorting) {
    merge_runs(incoming_, sorting, [&turns = sorting.turns](const Box& a, const Box& b) {
        return a.ready != b.ready ? a.ready < b.ready : turn(a, turns) < turn(b, turns);
    });
}

void WaitingLine::settle(Tick now, Order order, Sorting& sorting) {
    if (head_ == line_.size()) {
        line_.clear();
        head_ = 0;
    } else if (head_ > 1024 && head_ > line_.size() / 2) {
        line_.erase(line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(head_));
        head_ = 0;
    }
    if (order == Order::any) {
        sort_incoming(sorting);
    }
    const auto later = std::upper_bound(incoming_.begin(), incoming_.end(), now,
                                        [](Tick time, const Box& box) { return time < box.ready; });
    if (line_.empty() && later == incoming_.end()) {
        line_.swap(incoming_);
        return;
    }
    line_.insert(line_.end(), incoming_.begin(), later);
    incoming_.erase(incoming_.begin(), later);
}

Tick WaitingLine::next_ready() const {
    const auto next = std::min_element(incoming_.begin(), incoming_.end(), ready_before);
    return next != incoming_.end() ? next->ready : kNever;
}

void WaitingLine::board_alike(std::uint32_t room_quarters, std::uint32_t quarters, std::vector<Box>& cargo) {
    const std::size_t count = std::min<std::size_t>(waiting(), room_quarters / quarters);
    rolled_ = std::min(count, left_behind_);
    if (cargo.empty() && count == line_.size()) {
        line_.swap(cargo);
        left_behind_ = 0;
        return;
    }
    const auto first = line_.begin() + static_cast<std::ptrdiff_t>(head_);
    cargo.insert(cargo.end(), first, first + static_cast<std::ptrdiff_t>(count));
    head_ += count;
    left_behind_ = waiting();
}

}  // namespace corridor::engine
