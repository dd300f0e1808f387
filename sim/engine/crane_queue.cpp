#include "crane_queue.h"

namespace corridor::engine {

void CraneQueue::clear(Start start) {
    start_ = start;
    free_batches_.clear();
    for (std::uint32_t batch = 0; batch < batches_.size(); ++batch) {  // they keep their memory
        retire(batch);
    }
    free_lanes_.clear();
    for (std::uint32_t lane = 0; lane < lanes_.size(); ++lane) {
        std::fill(lanes_[lane].rows.begin(), lanes_[lane].rows.end(), Row{});
        lanes_[lane].at_work = 0;
        lanes_[lane].waiting = 0;
        free_lanes_.push_back(lane);
    }
    lane_of_all_ = kNone;
    lanes_of_.clear();
    in_line_.clear();
    plan_.clear();
    in_hand_.clear();
    ended_.clear();
    awaited_.clear();
    counted_ = next_end_ = next_awaited_ = 0;
    deadlines_.clear();
    clock_ = 0;
    began_at_ = -1;
}

/// A container that loads or lands alone is a vehicle of its own, which no limit binds.
std::uint32_t CraneQueue::vehicle_of(const CraneRequest& request) const {
    const bool is_alone =
        request.by == CraneRequest::By::container_to_load || request.by == CraneRequest::By::container_to_land;
    return by_vehicle_ && !is_alone ? request.vehicle : kAll;
}

std::uint32_t CraneQueue::lane_of(std::uint32_t vehicle) {
    if (vehicle != kAll && vehicle >= lanes_of_.size()) {
        lanes_of_.resize(std::size_t{vehicle} + 1, kNone);
    }
    std::uint32_t& lane = vehicle == kAll ? lane_of_all_ : lanes_of_[vehicle];
    if (lane == kNone) {
        if (free_lanes_.empty()) {
            free_lanes_.push_back(static_cast<std::uint32_t>(lanes_.size()));
            lanes_.emplace_back();
        }
        lane = free_lanes_.back();
        free_lanes_.pop_back();
        lanes_[lane].vehicle = vehicle;
    }
    return lane;
}

/// The batch of a lane in which somebody waits whose turn is next.
void CraneQueue::find_first(Lane& lane) {
    lane.rank = 0;
    while (lane.rows[lane.rank].first == kNone) {
        ++lane.rank;
    }
    lane.first = lane.rows[lane.rank].first;
    const CraneRequest& first = batches_[lane.first].common;
    lane.number = first.number;
    lane.most = lane.vehicle == kAll || first.most == model::kUnlimited ? kNone : first.most;
}

/// A lane in which nobody waits and for which no crane is at work.
void CraneQueue::give_up(std::uint32_t index) {
    const Lane& lane = lanes_[index];
    (lane.vehicle == kAll ? lane_of_all_ : lanes_of_[lane.vehicle]) = kNone;
    free_lanes_.push_back(index);
}

std::uint32_t CraneQueue::first_of_several() const {
    std::uint32_t first = kNone;
    std::uint64_t first_turn = 0;
    for (const std::uint32_t index : in_line_) {
        const Lane& lane = lanes_[index];
        if (lane.at_work >= lane.most) {
            continue;
        }
        const std::uint64_t turn =
            std::uint64_t{lane.rank} << 32 | (is_even_ && lane.vehicle != kAll ? lane.at_work : 0U);
        const bool is_before =
            first == kNone || turn < first_turn || (turn == first_turn && lane.number < lanes_[first].number);
        first = is_before ? index : first;
        first_turn = is_before ? turn : first_turn;
    }
    return first;
}

void CraneQueue::link_last(Row& row, std::uint32_t batch) {
    batches_[batch].before = row.last;
    batches_[batch].after = kNone;
    (row.last == kNone ? row.first : batches_[row.last].after) = batch;
    row.last = batch;
}

void CraneQueue::link_first(Row& row, std::uint32_t batch) {
    batches_[batch].before = kNone;
    batches_[batch].after = row.first;
    (row.first == kNone ? row.last : batches_[row.first].before) = batch;
    row.first = batch;
}

void CraneQueue::unlink(Row& row, std::uint32_t index) {
    const Batch& batch = batches_[index];
    (batch.before == kNone ? row.first : batches_[batch.before].after) = batch.after;
    (batch.after == kNone ? row.last : batches_[batch.after].before) = batch.before;
}

void CraneQueue::add(const CraneRequest& request, const Box* boxes, std::size_t count) {
    if (free_batches_.empty()) {
        free_batches_.push_back(static_cast<std::uint32_t>(batches_.size()));
        batches_.emplace_back();
    }
    const std::uint32_t index = free_batches_.back();
    free_batches_.pop_back();
    Batch& batch = batches_[index];
    batch.common = request;
    boxes != nullptr ? batch.boxes.assign(boxes, boxes + count) : batch.boxes.assign(count, Box{});
    batch.started = batch.counted = batch.ended = batch.taken = 0;
    const std::uint32_t lane_index = batch.lane = lane_of(vehicle_of(request));
    Lane& lane = lanes_[lane_index];
    if (request.rank >= lane.rows.size()) {
        lane.rows.resize(std::size_t{request.rank} + 1);
    }
    link_last(lane.rows[request.rank], index);
    if (lane.waiting == 0) {
        in_line_.push_back(lane_index);
    }
    lane.waiting += count;
    if (lane.waiting == count || request.rank < lane.rank) {
        find_first(lane);
    }
    if (request.deadline != kNever) {
        deadlines_.push_back({request.deadline, request.rank, request.number, index});
        std::push_heap(deadlines_.begin(), deadlines_.end());
    }
}

void CraneQueue::retire(std::uint32_t index) {
    Batch& batch = batches_[index];
    batch.boxes.clear();
    batch.onto.clear();
    batch.common.number = ~std::uint64_t{0};
    free_batches_.push_back(index);
}

void CraneQueue::retire_if_done(std::uint32_t index) {
    const Batch& batch = batches_[index];
    if (batch.taken == batch.boxes.size() && batch.counted == batch.boxes.size()) {
        retire(index);
    }
}

void CraneQueue::leave_line(std::uint32_t lane) {
    *std::find(in_line_.begin(), in_line_.end(), lane) = in_line_.back();
    in_line_.pop_back();
}

bool CraneQueue::is_awaited(const PlannedMove& planned) const {
    const Batch& batch = batches_[planned.batch];
    return batch.common.is_awaited || (!batch.onto.empty() && batch.onto[planned.number] != kNone);
}

Tick CraneQueue::next(const CranePoolState& cranes, Tick now, bool every_end) const {
    if (start_ == Start::late) {
        return kNever;
    }
    Tick next = in_hand_.empty() ? kNever : in_hand_.back().end;
    if (next_end_ < ended_.size() && (every_end || !plans_ahead())) {
        next = std::min(next, std::max(ended_[next_end_].end, now));  // those before are looked at now
    } else if (next_awaited_ < awaited_.size()) {
        next = std::min(next, awaited_[next_awaited_]);
    }
    if (in_hand_.size() < cranes_ && first_in_turn() != kNone) {  // else the first end comes before any start
        next = std::min(next, cranes.earliest_start(std::max(now, clock_)));
    }
    return deadlines_.empty() ? next : std::min(next, deadlines_.front().time);
}

/// Who will have ended from now on is in hand, or is not.
void CraneQueue::take_back(CranePoolState& cranes, Tick now, bool have_begun) {
    if (starts_when_asked()) {
        return;
    }
    have_begun = have_begun || began_at_ == now;
    const auto is_to_come = [&](Tick start) { return have_begun ? start > now : start >= now; };
    clock_ = now;
    const bool ends_later = ended_.size() > next_end_ && ended_.back().end >= now;
    if (!ends_later && (plan_.empty() || !is_to_come(plan_.back().move.start))) {
        return;
    }
    std::size_t kept = plan_.size();
    while (kept > counted_ && is_to_come(plan_[kept - 1].move.start)) {
        --kept;
    }
    std::erase_if(in_hand_, [&](const Ending& ending) {
        const bool is_to_be_planned = ending.planned >= kept;
        lanes_[batches_[ending.batch].lane].at_work -= is_to_be_planned ? 1U : 0U;
        return is_to_be_planned;
    });
    for (; ended_.size() > next_end_ && ended_.back().end >= now; ended_.pop_back()) {
        const Ending& ending = ended_.back();
        Batch& batch = batches_[ending.batch];
        --batch.ended;
        batch.lane = lane_of(vehicle_of(batch.common));  // it may have been given up
        if (ending.planned < kept) {
            ++lanes_[batch.lane].at_work;
            in_hand_.push_back(ending);
        }
    }
    while (awaited_.size() > next_awaited_ && awaited_.back() >= now) {
        awaited_.pop_back();
    }
    while (plan_.size() > kept) {
        return_to_line(cranes);
    }
}

/// The last move that was planned has not started: it waits again.
void CraneQueue::return_to_line(CranePoolState& cranes) {
    const PlannedMove& last = plan_.back();
    cranes.take_back(last.move);
    Batch& batch = batches_[last.batch];
    Lane& lane = lanes_[batch.lane];
    if (batch.common.rank >= lane.rows.size()) {
        lane.rows.resize(std::size_t{batch.common.rank} + 1);
    }
    const bool is_back_in_line = batch.started == batch.boxes.size();
    --batch.started;
    if (lane.waiting++ == 0) {
        in_line_.push_back(batch.lane);
    }
    if (is_back_in_line) {
        link_first(lane.rows[batch.common.rank], last.batch);
        find_first(lane);
    }
    plan_.pop_back();
}

CraneRequest CraneQueue::request_of(std::uint32_t index, std::uint32_t number) const {
    const Batch& batch = batches_[index];
    CraneRequest request = batch.common;
    request.number += number;
    request.box = batch.boxes[number];
    if (!batch.onto.empty() && batch.onto[number] != kNone) {
        request.by = CraneRequest::By::vehicle_to_vehicle;
        request.onto = batch.onto[number];
    }
    return request;
}

CraneRequest CraneQueue::request_of(const PlannedMove& planned) const {
    CraneRequest request = request_of(planned.batch, planned.number);
    request.start = planned.move.start;
    request.end = planned.move.end;
    request.crane = static_cast<std::uint32_t>(planned.move.crane);
    return request;
}

CraneRequest CraneQueue::take_ended() {
    const PlannedMove& planned = plan_[ended_[next_end_++].planned];
    const CraneRequest request = request_of(planned);
    ++batches_[planned.batch].taken;
    retire_if_done(planned.batch);
    return request;
}

void CraneQueue::tidy(Tick now) {
    while (next_awaited_ < awaited_.size() && awaited_[next_awaited_] <= now) {
        ++next_awaited_;
    }
    constexpr std::size_t kMany = 4096;
    const bool is_over = next_end_ == ended_.size() && in_hand_.empty() && counted_ == plan_.size();
    if (is_over) {
        plan_.clear();
        ended_.clear();
        awaited_.clear();
        counted_ = next_end_ = next_awaited_ = 0;
    } else if (next_end_ > kMany && next_end_ > ended_.size() / 2) {
        forget_taken();
    }
}

/// Of a long day, those moves that nobody needs any more.
void CraneQueue::forget_taken() {
    ended_.erase(ended_.begin(), ended_.begin() + static_cast<std::ptrdiff_t>(next_end_));
    awaited_.erase(awaited_.begin(), awaited_.begin() + static_cast<std::ptrdiff_t>(next_awaited_));
    next_end_ = next_awaited_ = 0;
    auto first = static_cast<std::uint32_t>(counted_);
    for (const auto* endings : {&ended_, &in_hand_}) {
        for (const Ending& ending : *endings) first = std::min(first, ending.planned);
    }
    for (auto* endings : {&ended_, &in_hand_}) {
        for (Ending& ending : *endings) ending.planned -= first;
    }
    plan_.erase(plan_.begin(), plan_.begin() + static_cast<std::ptrdiff_t>(first));
    counted_ -= first;
}

/// Those at the top who are not waiting any more.
void CraneQueue::forget_deadlines() {
    const auto is_over = [this](const Deadline& first) {
        return batches_[first.batch].common.number != first.number || batches_[first.batch].started > 0;
    };
    while (!deadlines_.empty() && is_over(deadlines_.front())) {
        std::pop_heap(deadlines_.begin(), deadlines_.end());
        deadlines_.pop_back();
    }
}

CraneRequest CraneQueue::take_impatient() {
    const std::uint32_t index = deadlines_.front().batch;
    const CraneRequest request = request_of(index, 0);
    const std::uint32_t lane = lane_of(vehicle_of(request));
    unlink(lanes_[lane].rows[request.rank], index);
    if (--lanes_[lane].waiting > 0) {
        find_first(lanes_[lane]);
    } else {
        leave_line(lane);
        if (lanes_[lane].at_work == 0) {
            give_up(lane);
        }
    }
    retire(index);
    forget_deadlines();
    return request;
}

std::vector<CraneQueue::Item> CraneQueue::waiting(Sorted sorted) const {
    std::vector<Item> items;
    for (const Lane& lane : lanes_) {
        for (const Row& row : lane.rows) {
            for (std::uint32_t index = row.first; index != kNone; index = batches_[index].after) {
                const auto count = static_cast<std::uint32_t>(batches_[index].boxes.size());
                for (std::uint32_t number = batches_[index].started; number < count; ++number) {
                    items.push_back({index, number});
                }
            }
        }
    }
    const auto key = [&](const Item& item) {
        const CraneRequest& common = batches_[item.batch].common;
        const std::uint32_t vehicle = sorted == Sorted::by_vehicle ? vehicle_of(common) : 0;
        return std::tuple(vehicle, common.rank, common.number + item.number);
    };
    std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) { return key(a) < key(b); });
    return items;
}

}  // namespace corridor::engine
