// A first-come-first-served pool of cranes without events: the Kiefer-Wolfowitz recursion over the cranes' free times.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "corridor/model/model.h"
#include "crane_times.h"
#include "prefetch.h"

namespace corridor::engine {

/// Beyond every horizon (35,000 years), and small enough to add thousands of durations to.
inline constexpr Tick kAfterAll = Tick{1} << 50;

/// When each move of a batch starts and ends.
struct Moves {
    std::vector<Tick> start;  ///< empty where moves take no time and start when they end
    std::vector<Tick> end;
    Tick last_end = 0;                ///< the request time where there are no moves
    std::uint64_t sum_of_starts = 0;  ///< may wrap where moves end beyond the horizon, and is not used there
    std::uint64_t sum_of_ends = 0;

    Tick start_of(std::size_t i) const { return start.empty() ? end[i] : start[i]; }

    /// Takes move `i` into the last end and the sums.
    void add(std::size_t i) {
        last_end = end[i] > last_end ? end[i] : last_end;
        sum_of_starts += static_cast<std::uint64_t>(start[i]);
        sum_of_ends += static_cast<std::uint64_t>(end[i]);
    }
};

/// One of them.
struct MoveTimes {
    Tick asked = 0;
    Tick start = 0;
    Tick end = 0;
};

/// One move that has started.
struct CraneMove {
    Tick start = 0;
    Tick end = 0;
    Tick duration = 0;      ///< of its work
    Tick was_free = 0;      ///< its crane, from when on
    std::size_t crane = 0;  ///< where cranes differ
};

/// The state of one pool in one replication. Requests come in order of time.
class CranePoolState {
  public:
    /// Nothing is asked for beyond the horizon.
    CranePoolState(const model::CranePool& pool, const std::vector<model::Window>& open, Tick horizon);

    void reset(const Stream& stream);

    /// When the cranes can work, to be drawn for each replication; none where they always can.
    CraneTimes* times() { return times_.get(); }

    /// Serves `count` moves requested at `now`, one after the other: each takes the crane that is free first, starts
    /// inside the opening hours, and, once started, is finished.
    void serve(Tick now, std::size_t count, Moves& moves);

    /// When the next move requested at `now` would start.
    Tick earliest_start(Tick now) const {
        return !times_ && !free_at_.empty() ? open_from(std::max(free_at_[0], now)) : find_start(now);
    }

    /// Serves one move, or one that takes `duration`.
    CraneMove serve_one(Tick now) { return serve_one(now, next_duration()); }
    CraneMove serve_one(Tick now, Tick duration) {
        if (times_ || free_at_.empty()) {
            return serve_one_of(now, duration);
        }
        const Tick was_free = free_at_[0];
        const Tick start = open_from(std::max(was_free, now));
        const Tick end = std::min(start + duration, kAfterAll);
        occupy_first(free_at_, end);
        return {start, end, duration, was_free, 0};
    }
    /// As if the last move had not been served; its duration is that of the next.
    void take_back(const CraneMove& last);

    /// The crane whose move has ended at `end` keeps what it has lifted, and serves nobody until it puts it down at
    /// `now`. `crane` is that of the move.
    void hold(Tick end, std::size_t crane);
    void put_down(Tick now, std::size_t crane);

    /// The recursion itself: a move takes the crane that is free first. `free_at` stays sorted, without branches.
    template <class Cranes>
    static void occupy_first(Cranes& free_at, Tick end) {
        Tick later = end;
        for (std::size_t c = 1; c < free_at.size(); ++c) {
            const Tick next = free_at[c];
            free_at[c - 1] = next < later ? next : later;
            later = next < later ? later : next;
        }
        free_at[free_at.size() - 1] = later;
    }

    void prefetch() const { prefetch_elements(free_at_, free_at_.size()); }

    bool unlimited() const { return pool_->cranes == model::kUnlimited; }
    bool instant() const { return instant_; }  ///< unlimited, and a move takes no time

  private:
    Tick draw_durations(std::vector<Tick>& durations);
    Tick next_duration() {
        if (drawn_.empty()) {
            draw_ahead();
        }
        const Tick duration = drawn_.back();
        drawn_.pop_back();
        return duration;
    }
    void draw_ahead();
    void queue_up(Tick now, Tick most, Moves& moves);
    template <std::size_t kCranes>
    void serve_few(Tick now, Moves& moves);
    void serve_many(Tick now, Moves& moves);
    void serve_unlimited(Tick now, Moves& moves);
    void serve_by_crane(Tick now, Moves& moves);
    CraneMove serve_one_of(Tick now, Tick duration);
    CraneMove take_crane(Tick now, Tick duration);
    /// The crane that can start a move requested at `asked` first, and when.
    struct FirstCrane {
        Tick asked = -1;
        std::size_t crane = 0;
        Tick start = 0;
    };
    FirstCrane first_crane(Tick now) const;
    void set_free(std::size_t crane, Tick from) {
        free_at_[crane] = from;
        first_seen_.asked = -1;
    }
    Tick first_start(std::size_t crane, Tick time) const;
    Tick first_start(Tick time) const;
    Tick find_start(Tick now) const;
    Tick open_from(Tick time) const {
        return always_open_ || (time >= open_now_.from && time < open_now_.to) ? time : find_open(time);
    }
    Tick find_open(Tick time) const;
    Tick next_open(Tick time);

    const model::CranePool* pool_;
    const std::vector<model::Window>* open_;
    Stream stream_{0};
    std::vector<Tick> drawn_;            ///< durations of the moves to come, the next one last
    std::vector<Tick> free_at_;          ///< sorted: identical cranes need no identity
    std::size_t window_ = 0;             ///< no earlier window can matter any more
    std::unique_ptr<CraneTimes> times_;  ///< then `free_at_` is by crane, not sorted
    bool instant_ = false;
    bool always_open_ = false;
    mutable model::Window open_now_;  ///< where it was last seen open
    mutable FirstCrane first_seen_;   ///< as it was last looked for, until a crane's free time changes
};

}  // namespace corridor::engine
