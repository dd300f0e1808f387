#include "crane_pool.h"

#include <algorithm>
#include <array>
#include <variant>

#include "model/calendar.h"

namespace corridor::engine {

CranePoolState::CranePoolState(const model::CranePool& pool, const std::vector<model::Window>& open, Tick horizon)
    : pool_(&pool),
      open_(&open),
      free_at_(pool.cranes),
      instant_(pool.cranes == model::kUnlimited && is_zero(pool.move_time) && open.empty() && !pool.is_disrupted),
      always_open_(open.empty()) {
    if (!pool.always_work()) {
        times_ = std::make_unique<CraneTimes>(pool, horizon);
    }
}

void CranePoolState::reset(const Stream& stream) {
    stream_ = stream;
    drawn_.clear();
    std::fill(free_at_.begin(), free_at_.end(), Tick{0});
    first_seen_ = {};
    window_ = 0;
}

void CranePoolState::serve(Tick now, std::size_t count, Moves& moves) {
    moves.last_end = now;
    if (instant_) {
        moves.start.clear();
        moves.end.assign(count, now);
        moves.sum_of_starts = moves.sum_of_ends = static_cast<std::uint64_t>(now) * count;
        return;
    }
    moves.start.resize(count);
    moves.end.resize(count);
    const Tick most = draw_durations(moves.end);
    queue_up(now, most, moves);
}

/// No move takes more than `most`.
void CranePoolState::queue_up(Tick now, Tick most, Moves& moves) {
    if (unlimited()) {
        return serve_unlimited(now, moves);
    }
    if (times_) {
        return serve_by_crane(now, moves);
    }
    const auto count = static_cast<Tick>(moves.end.size());
    const bool may_end_after_all = count > 0 && most > (kAfterAll - std::max(free_at_.back(), now)) / count;
    if (!always_open_ || may_end_after_all) {
        return serve_many(now, moves);
    }
    switch (free_at_.size()) {
        case 1:
            return serve_few<1>(now, moves);
        case 2:
            return serve_few<2>(now, moves);
        case 3:
            return serve_few<3>(now, moves);
        case 4:
            return serve_few<4>(now, moves);
        default:
            return serve_many(now, moves);
    }
}

/// For a batch, where the ends of its moves will be. Drawing apart from queueing keeps both loops free of stalls. A
/// pool serves either batches or moves one by one. Returns what none of them exceeds.
Tick CranePoolState::draw_durations(std::vector<Tick>& durations) {
    return std::visit(
        [&](const auto& law) {
            Stream stream = stream_;  // a local copy of each law's own stays in registers
            Tick bits = 0;
            for (Tick& duration : durations) {
                duration = to_tick(law(stream));
                bits |= duration;
            }
            stream_ = stream;
            return bits;
        },
        pool_->move_time);
}

/// Whoever needs one move at a time: the same draws in the same order.
void CranePoolState::draw_ahead() {
    constexpr std::size_t kAtATime = 64;
    drawn_.resize(kAtATime);
    draw_durations(drawn_);
    std::reverse(drawn_.begin(), drawn_.end());
}

/// A handful of cranes, always open, whose free times fit into registers; and no move can end after all times.
template <std::size_t kCranes>
void CranePoolState::serve_few(Tick now, Moves& moves) {
    std::array<Tick, kCranes> free_at{};
    std::copy_n(free_at_.begin(), kCranes, free_at.begin());
    Tick* const starts = moves.start.data();
    Tick* const ends = moves.end.data();
    const std::size_t count = moves.end.size();
    std::uint64_t sum_of_starts = 0;
    std::uint64_t sum_of_ends = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Tick start = free_at[0] > now ? free_at[0] : now;
        const Tick end = start + ends[i];
        occupy_first(free_at, end);
        starts[i] = start;
        ends[i] = end;
        sum_of_starts += static_cast<std::uint64_t>(start);
        sum_of_ends += static_cast<std::uint64_t>(end);
    }
    if (free_at.back() > free_at_.back()) {
        moves.last_end = free_at.back();
    } else if (count > 0) {  // an earlier move ends last
        moves.last_end = *std::max_element(ends, ends + count);
    }
    moves.sum_of_starts = sum_of_starts;
    moves.sum_of_ends = sum_of_ends;
    std::copy_n(free_at.begin(), kCranes, free_at_.begin());
}

void CranePoolState::serve_many(Tick now, Moves& moves) {
    moves.sum_of_starts = moves.sum_of_ends = 0;
    for (std::size_t i = 0; i < moves.end.size(); ++i) {
        moves.start[i] = next_open(std::max(free_at_[0], now));
        moves.end[i] = std::min(moves.start[i] + moves.end[i], kAfterAll);
        occupy_first(free_at_, moves.end[i]);
        moves.add(i);
    }
}

void CranePoolState::serve_unlimited(Tick now, Moves& moves) {
    const Tick start = first_start(now);
    moves.sum_of_starts = moves.sum_of_ends = 0;
    for (std::size_t i = 0; i < moves.end.size(); ++i) {
        moves.start[i] = start;
        moves.end[i] = std::min(times_ ? times_->end_of(start, moves.end[i]) : start + moves.end[i], kAfterAll);
        moves.add(i);
    }
}

/// The same where cranes are unlimited.
Tick CranePoolState::first_start(Tick time) const {
    for (Tick before = -1; before != time && time < kAfterAll;) {
        before = time;
        time = open_from(times_ ? times_->first_ready(time) : time);
    }
    return time;
}

Tick CranePoolState::find_start(Tick now) const {
    if (unlimited()) {
        return first_start(now);
    }
    return first_crane(now).start;
}

/// Cranes that are not always there differ: a move takes the one that can start it first, the lowest among equals.
CranePoolState::FirstCrane CranePoolState::first_crane(Tick now) const {
    if (first_seen_.asked != now) {
        first_seen_ = {now, 0, first_start(0, std::max(free_at_[0], now))};
        for (std::size_t c = 1; c < free_at_.size() && first_seen_.start > now; ++c) {
            if (free_at_[c] >= first_seen_.start) {
                continue;
            }
            const Tick start = first_start(c, std::max(free_at_[c], now));
            if (start < first_seen_.start) {
                first_seen_ = {now, c, start};
            }
        }
    }
    return first_seen_;
}

CraneMove CranePoolState::serve_one_of(Tick now, Tick duration) {
    if (!unlimited()) {
        return take_crane(now, duration);
    }
    const Tick start = first_start(now);
    const Tick end = std::min(times_ ? times_->end_of(start, duration) : start + duration, kAfterAll);
    return {start, end, duration, 0, 0};
}

void CranePoolState::take_back(const CraneMove& last) {
    drawn_.push_back(last.duration);
    if (times_ && !unlimited()) {
        set_free(last.crane, last.was_free);
    } else if (!unlimited()) {
        free_at_.erase(std::find(free_at_.begin(), free_at_.end(), last.end));
        free_at_.insert(free_at_.begin(), last.was_free);
    }
}

void CranePoolState::hold(Tick end, std::size_t crane) {
    if (times_ && !unlimited()) {
        set_free(crane, kAfterAll);
    } else if (!unlimited()) {
        free_at_.erase(std::find(free_at_.begin(), free_at_.end(), end));
        free_at_.push_back(kAfterAll);
    }
}

void CranePoolState::put_down(Tick now, std::size_t crane) {
    if (times_ && !unlimited()) {
        set_free(crane, now);
    } else if (!unlimited()) {
        free_at_.pop_back();
        free_at_.insert(std::upper_bound(free_at_.begin(), free_at_.end(), now), now);
    }
}

CraneMove CranePoolState::take_crane(Tick now, Tick duration) {
    const FirstCrane first = first_crane(now);
    const Tick was_free = free_at_[first.crane];
    const Tick end = std::min(times_->end_of(first.crane, first.start, duration), kAfterAll);
    set_free(first.crane, end);
    return {first.start, end, duration, was_free, first.crane};
}

void CranePoolState::serve_by_crane(Tick now, Moves& moves) {
    moves.sum_of_starts = moves.sum_of_ends = 0;
    for (std::size_t i = 0; i < moves.end.size(); ++i) {
        const CraneMove move = take_crane(now, moves.end[i]);
        moves.start[i] = move.start;
        moves.end[i] = move.end;
        moves.add(i);
    }
}

/// When the terminal is open and the crane can work.
Tick CranePoolState::first_start(std::size_t crane, Tick time) const {
    for (Tick before = -1; before != time && time < kAfterAll;) {
        before = time;
        time = open_from(times_->first_ready(crane, time));
    }
    return time;
}

/// As `next_open`, for times in any order.
Tick CranePoolState::find_open(Tick time) const {
    const auto next = model::first_after(*open_, time);
    if (next == open_->end()) {
        return kAfterAll;
    }
    open_now_ = *next;
    return std::max(time, next->from);
}

Tick CranePoolState::next_open(Tick time) {
    if (always_open_) {
        return time;
    }
    while (window_ < open_->size() && (*open_)[window_].to <= time) {
        ++window_;
    }
    return window_ < open_->size() ? std::max(time, (*open_)[window_].from) : kAfterAll;
}

}  // namespace corridor::engine
