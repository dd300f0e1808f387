// Requests for the cranes of one facility that are served in turn: by priority, then by the time of the request, or to
// whose vehicle has the fewest cranes at work; and never more at a vehicle than may work on it.
//
// Who asks later may be served earlier. So either moves are started as the clock comes to them; or they are planned
// ahead, as if nobody else would ask, and those that have not started when somebody does are planned anew.
#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "box.h"
#include "crane_pool.h"
#include "release_stream.h"

namespace corridor::engine {

/// One move that somebody wants, or what several have in common.
struct CraneRequest {
    enum class By : std::uint32_t {
        container_to_load,  ///< on a continuous service
        container_to_land,
        vehicle_to_load,
        vehicle_to_land,
        background,            ///< then there is no box
        container_from_stack,  ///< by yard cranes, to be loaded next
        vehicle_from_stack,
        to_stack,            ///< by yard cranes, discharged before
        vehicle_to_vehicle,  ///< in one lift
    };
    By by = By::container_to_load;
    std::uint32_t rank = 0;  ///< the lowest goes first
    std::uint32_t vehicle = 0;
    std::uint32_t most = model::kUnlimited;  ///< cranes at a time on the vehicle
    std::uint32_t onto = 0;                  ///< the vehicle that it is loaded on, by `vehicle_to_vehicle`
    std::uint32_t crane = 0;                 ///< where cranes differ
    bool is_awaited = true;                  ///< the end of each move is looked at when it comes
    Tick asked = 0;
    std::uint64_t number = 0;  ///< of the request, for ties: who asks later has a higher one
    Tick deadline = kNever;    ///< when it goes by road if the move has not started
    Tick start = 0;
    Tick end = 0;
    Box box;
};

/// A move as it is planned, or has begun.
struct PlannedMove {
    CraneMove move;
    std::uint32_t batch = 0;   ///< what it has been asked for with
    std::uint32_t number = 0;  ///< in its batch
};

/// What is asked for together stays together, and every move is a number in a row: nothing is allocated once there has
/// been a busy day.
class CraneQueue {
  public:
    /// Where several wait, moves are planned so far ahead at a time.
    static constexpr std::size_t kMostAhead = 24;

    explicit CraneQueue(const model::Facility& facility)
        : by_vehicle_(facility.shares_cranes),
          is_even_(facility.cranes.sharing == model::CraneSharing::even),
          cranes_(facility.cranes.cranes == model::kUnlimited ? ~std::size_t{0} : facility.cranes.cranes) {}

    /// How moves are started.
    enum class Start {
        in_time,   ///< as the clock comes to them
        ahead,     ///< planned: how long they take is not known by the demand, and nobody loses patience
        in_order,  ///< when they are asked for: nobody is served before who asked earlier, nor loses patience
        late,      ///< likewise, by somebody who looks at what happened before; nobody waits for the end of any
    };
    void clear(Start start);
    bool plans_ahead() const { return start_ == Start::ahead; }
    bool starts_when_asked() const { return start_ == Start::in_order || start_ == Start::late; }

    /// `count` moves with consecutive numbers from `request.number` on, one for each of `boxes`; those are null for
    /// background moves. Only a single one may have a deadline.
    void add(const CraneRequest& request, const Box* boxes, std::size_t count);

    /// Takes back what is planned and has not started: moves that start at `now` too, unless they `have_begun`.
    void take_back(CranePoolState& cranes, Tick now, bool have_begun);

    /// The next instant at which something has to be done; kNever when there is none. `every_end`: the end of any move.
    Tick next(const CranePoolState& cranes, Tick now, bool every_end) const;

    /// Starts the moves whose turn comes at `now`, or all that will start if nobody else asks.
    /// serve(box, time) -> CraneMove; a move that takes no time is the last one where cranes `may_hold`.
    template <class Serve>
    void start(CranePoolState& cranes, Tick now, bool may_hold, Serve serve);

    /// Calls count(moves, count) for those that start before `before`, each once and in the order of starts.
    template <class Count>
    void count_started(Tick before, Count count);
    const CraneRequest& common_of(const PlannedMove& planned) const { return batches_[planned.batch].common; }
    const Box& box_of(const PlannedMove& planned) const { return batches_[planned.batch].boxes[planned.number]; }

    /// Ends of moves in hand up to `now` are taken note of.
    void advance(Tick now) {
        while (!in_hand_.empty() && in_hand_.back().end <= now) {
            end_first_in_hand();
        }
    }
    /// Whether a move ends by `now`, and has not been taken.
    bool has_ended(Tick now) const { return next_end_ < ended_.size() && ended_[next_end_].end <= now; }
    /// Whether somebody waits for a move that has ended by `now`.
    bool is_awaited(Tick now) const {
        return start_ == Start::ahead ? next_awaited_ < awaited_.size() && awaited_[next_awaited_] <= now
                                      : start_ != Start::late && has_ended(now);
    }
    /// The first of those that have ended.
    CraneRequest take_ended();
    /// Takes those moves that end next, before `before`, and are not awaited: of loading vehicles, or of one leg into
    /// the stack, or else of one vehicle that have been asked for together. `boxes` and `ends` are filled with them,
    /// and take(request) is called for each, with what it has in common with others. Returns the request of the first;
    /// where there are none, `ends` is empty.
    template <class Take>
    CraneRequest take_ended_alike(Tick before, std::vector<Box>& boxes, std::vector<Tick>& ends, Take take);

    /// To be called when all that has ended by `now` has been taken.
    void tidy(Tick now);

    /// Whether somebody loses patience by `now`.
    bool has_impatient(Tick now) const { return !deadlines_.empty() && deadlines_.front().time <= now; }
    /// The first of them.
    CraneRequest take_impatient();

    /// Calls visit(request) for everyone who waits, vehicle by vehicle in the order of turns, and those of whose moves
    /// `count_started` has not come to the start. Nothing may be planned ahead.
    template <class Visit>
    void for_each_waiting(Visit visit) const {
        for (const Item& item : waiting(Sorted::by_vehicle)) visit(request_of(item.batch, item.number));
        for (std::size_t i = counted_; i < plan_.size(); ++i) visit(request_of(plan_[i]));
    }
    /// Calls visit(request) for everyone who waits, in the order of turns; it may be made to go `vehicle_to_vehicle`.
    template <class Visit>
    void change_waiting(Visit visit);
    template <class Visit>
    void for_each_in_hand(Visit visit) const {
        for (auto move = in_hand_.rbegin(); move != in_hand_.rend(); ++move) visit(request_of(plan_[move->planned]));
        for (std::size_t i = next_end_; i < ended_.size(); ++i) {
            if (ended_[i].planned < counted_) visit(request_of(plan_[ended_[i].planned]));
        }
    }

  private:
    template <class Serve>
    void start_in_order(Tick now, Serve serve);
    template <class Serve>
    void plan_batch(CranePoolState& cranes, Tick time, Serve serve);

    /// Whether only what has been asked for together waits, and nobody looks at the end of any move but the last.
    bool has_one_batch() const {
        if (!plans_ahead() || in_line_.size() != 1) {
            return false;
        }
        const Lane& lane = lanes_[in_line_.front()];
        const Batch& batch = batches_[lane.first];
        return lane.waiting == batch.boxes.size() - batch.started && !batch.common.is_awaited && batch.onto.empty();
    }

    static constexpr std::uint32_t kNone = ~0U;
    static constexpr std::uint32_t kAll = ~0U;  ///< in place of a vehicle

    /// What has been asked for together.
    struct Batch {
        CraneRequest common;
        std::vector<Box> boxes;
        std::vector<std::uint32_t> onto;  ///< by box: the vehicle that takes it over; empty where none does
        std::uint32_t started = 0;        ///< or planned
        std::uint32_t lane = kNone;
        std::uint32_t counted = 0;     ///< of those that have started
        std::uint32_t ended = 0;       ///< or will
        std::uint32_t taken = 0;       ///< of those that have ended
        std::uint32_t before = kNone;  ///< in its row, while some of it waits
        std::uint32_t after = kNone;
    };

    /// The waiting batches of one lane and rank. Who asks later has a higher number, so they come in order.
    struct Row {
        std::uint32_t first = kNone;
        std::uint32_t last = kNone;
    };

    /// The requests of one vehicle, or of all where they are not told apart.
    struct Lane {
        std::uint32_t vehicle = kAll;
        std::uint32_t at_work = 0;
        std::size_t waiting = 0;
        std::vector<Row> rows;  ///< by rank
        // Of the batch whose turn is next, while somebody waits:
        std::uint32_t first = kNone;
        std::uint32_t rank = 0;
        std::uint32_t most = kNone;  ///< cranes that may be at work
        std::uint64_t number = 0;
    };
    struct Ending {
        Tick end = 0;
        std::uint64_t number = 0;
        std::uint32_t planned = 0;
        std::uint32_t batch = 0;
    };
    static bool ends_before(const Ending& a, const Ending& b) {
        return a.end != b.end ? a.end < b.end : a.number < b.number;
    }
    struct Deadline {
        Tick time = 0;
        std::uint32_t rank = 0;
        std::uint64_t number = 0;
        std::uint32_t batch = 0;

        /// For a heap with the first one on top; `rank` and `number` as in turns.
        bool operator<(const Deadline& other) const {
            return std::tie(other.time, other.rank, other.number) < std::tie(time, rank, number);
        }
    };
    struct Item {
        std::uint32_t batch = 0;
        std::uint32_t number = 0;
    };
    enum class Sorted { by_vehicle, by_turn };

    std::uint32_t vehicle_of(const CraneRequest& request) const;
    std::uint32_t lane_of(std::uint32_t vehicle);
    void find_first(Lane& lane);
    void give_up(std::uint32_t lane);
    void leave_line(std::uint32_t lane);
    /// Of the lanes where somebody waits and one more crane may work: that of the lowest rank, then, where they are
    /// shared evenly, with the fewest cranes at work, then of who asked first. kNone where there is none.
    std::uint32_t first_in_turn() const {
        if (in_line_.size() != 1) {
            return in_line_.empty() ? kNone : first_of_several();
        }
        const Lane& lane = lanes_[in_line_.front()];
        return lane.at_work < lane.most ? in_line_.front() : kNone;
    }
    std::uint32_t first_of_several() const;
    void link_last(Row& row, std::uint32_t batch);
    void link_first(Row& row, std::uint32_t batch);
    void unlink(Row& row, std::uint32_t batch);
    void forget_deadlines();
    void begin_first(std::uint32_t lane, const CraneMove& move);
    void hold_in_hand(const Ending& ending);
    void insert_ended(const Ending& ending);
    void end_first_in_hand();
    void return_to_line(CranePoolState& cranes);
    void forget_taken();
    void retire(std::uint32_t batch);
    void retire_if_done(std::uint32_t batch);
    CraneRequest request_of(std::uint32_t batch, std::uint32_t number) const;
    CraneRequest request_of(const PlannedMove& planned) const;
    bool is_awaited(const PlannedMove& planned) const;
    std::vector<Item> waiting(Sorted sorted) const;

    bool by_vehicle_;
    bool is_even_;
    std::size_t cranes_;
    Start start_ = Start::in_time;
    Tick clock_ = 0;      ///< up to which moves are planned
    Tick began_at_ = -1;  ///< when moves last had the chance to start
    std::vector<Batch> batches_;
    std::vector<std::uint32_t> free_batches_;
    std::vector<Lane> lanes_;
    std::vector<std::uint32_t> free_lanes_;
    std::uint32_t lane_of_all_ = kNone;
    std::vector<std::uint32_t> lanes_of_;  ///< by vehicle; kNone where it has none
    std::vector<std::uint32_t> in_line_;   ///< lanes where somebody waits, in any order
    std::vector<PlannedMove> plan_;
    std::size_t counted_ = 0;      ///< of those
    std::vector<Ending> in_hand_;  ///< who ends first stands last
    std::vector<Ending> ended_;    ///< or will, in this order
    std::size_t next_end_ = 0;     ///< the first of those not yet taken
    std::vector<Tick> awaited_;    ///< ends that somebody waits for
    std::size_t next_awaited_ = 0;
    std::vector<Tick> free_at_;        ///< the cranes of a vehicle that is alone, as they are planned
    std::vector<Deadline> deadlines_;  ///< heap; of containers, which are in the lane of all
};

/// The move whose turn is next in a lane.
inline void CraneQueue::begin_first(std::uint32_t lane_index, const CraneMove& move) {
    Lane& lane = lanes_[lane_index];
    const std::uint32_t index = lane.first;
    Batch& batch = batches_[index];
    const std::uint32_t number = batch.started++;
    --lane.waiting;
    const Ending ending{move.end, batch.common.number + number, static_cast<std::uint32_t>(plan_.size()), index};
    if (starts_when_asked()) {
        insert_ended(ending);
    } else {
        ++lane.at_work;
        hold_in_hand(ending);
    }
    plan_.push_back({move, index, number});
    if (batch.started == batch.boxes.size()) {
        unlink(lane.rows[lane.rank], index);
        lane.waiting > 0 ? find_first(lane) : leave_line(lane_index);
    }
    if (batch.common.deadline != kNever) {
        forget_deadlines();
    }
}

/// Nearly always one of the last.
inline void CraneQueue::insert_ended(const Ending& ending) {
    ended_.push_back(ending);
    auto place = ended_.end() - 1;
    for (; place != ended_.begin() && ends_before(ending, *(place - 1)); --place) {
        *place = *(place - 1);
    }
    *place = ending;
}

inline void CraneQueue::hold_in_hand(const Ending& ending) {
    in_hand_.push_back(ending);
    auto place = in_hand_.end() - 1;
    for (; place != in_hand_.begin() && ends_before(*(place - 1), ending); --place) {
        *place = *(place - 1);
    }
    *place = ending;
}

inline void CraneQueue::end_first_in_hand() {
    const Ending first = in_hand_.back();
    in_hand_.pop_back();
    ended_.push_back(first);
    Batch& batch = batches_[first.batch];
    ++batch.ended;
    if (plans_ahead() && (batch.ended == batch.boxes.size() || is_awaited(plan_[first.planned]))) {
        awaited_.push_back(first.end);
    }
    Lane& lane = lanes_[batch.lane];
    if (--lane.at_work == 0 && lane.waiting == 0) {
        give_up(batch.lane);
    }
}

template <class Serve>
void CraneQueue::start(CranePoolState& cranes, Tick now, bool may_hold, Serve serve) {
    began_at_ = now;
    Tick time = std::max(now, clock_);
    if (plans_ahead()) {
        advance(time);  // moves whose end at this instant nobody has looked at
    }
    if (starts_when_asked()) {
        return start_in_order(now, serve);
    }
    for (std::size_t started = 0;;) {
        if (has_one_batch()) {
            return plan_batch(cranes, time, serve);
        }
        const bool all_at_work = in_hand_.size() >= cranes_ && in_hand_.back().end > time;
        const std::uint32_t lane = all_at_work ? kNone : first_in_turn();
        const Tick from = lane == kNone ? kNever : cranes.earliest_start(time);
        if (from <= time) {
            const Batch& batch = batches_[lanes_[lane].first];
            const CraneMove move = serve(batch.common, batch.boxes[batch.started], time);
            begin_first(lane, move);
            ++started;
            if (may_hold && move.end == time) {
                return;  // the crane may have to hold it: who comes next is seen when this move has ended
            }
            continue;
        }
        const Tick next = std::min(from, in_hand_.empty() ? kNever : in_hand_.back().end);
        if (!plans_ahead() || next >= kAfterAll || started >= kMostAhead) {
            return;
        }
        time = clock_ = next;
        advance(time);
    }
}

/// All that has been asked for together, while nobody else waits: each move starts when the vehicle may have one more
/// crane and one can work. Who is in hand ends.
template <class Serve>
void CraneQueue::plan_batch(CranePoolState& cranes, Tick time, Serve serve) {
    const std::uint32_t lane_index = in_line_.front();
    Lane& lane = lanes_[lane_index];
    const std::uint32_t index = lane.first;
    Batch& batch = batches_[index];
    const bool is_limited = lane.most != kNone && lane.most < cranes_;
    free_at_.assign(is_limited ? lane.most - lane.at_work : 0, time);
    Tick last_end = time;
    while (!in_hand_.empty()) {
        const Ending& first = in_hand_.back();
        if (is_limited && batches_[first.batch].lane == lane_index) {
            free_at_.push_back(first.end);
        }
        last_end = first.batch == index ? first.end : last_end;
        end_first_in_hand();
    }
    for (; lane.waiting > 0; --lane.waiting, ++batch.started) {
        const Tick from = cranes.earliest_start(is_limited ? std::max(free_at_.front(), time) : time);
        if (from >= kAfterAll) {
            return;
        }
        const CraneMove move = serve(batch.common, batch.boxes[batch.started], from);
        time = move.start;
        if (is_limited) {
            CranePoolState::occupy_first(free_at_, move.end);
        }
        const Ending ending{move.end, batch.common.number + batch.started, static_cast<std::uint32_t>(plan_.size()),
                            index};
        plan_.push_back({move, index, batch.started});
        ++batch.ended;
        insert_ended(ending);
        last_end = std::max(last_end, move.end);
    }
    awaited_.insert(std::upper_bound(awaited_.begin(), awaited_.end(), last_end), last_end);
    unlink(lane.rows[lane.rank], index);
    leave_line(lane_index);
    give_up(lane_index);
}

/// Who asks later starts no earlier, so all is known at once.
template <class Serve>
void CraneQueue::start_in_order(Tick now, Serve serve) {
    while (!in_line_.empty()) {
        const Batch& batch = batches_[lanes_[in_line_.front()].first];
        begin_first(in_line_.front(), serve(batch.common, batch.boxes[batch.started], now));
    }
}

template <class Count>
void CraneQueue::count_started(Tick before, Count count) {
    std::size_t end = counted_;
    while (end < plan_.size() && plan_[end].move.start < before) {
        ++end;
    }
    if (end == counted_) {
        return;
    }
    count(plan_.data() + counted_, end - counted_);
    for (; counted_ < end; ++counted_) {
        const std::uint32_t batch = plan_[counted_].batch;
        ++batches_[batch].counted;
        retire_if_done(batch);
    }
}

template <class Take>
CraneRequest CraneQueue::take_ended_alike(Tick before, std::vector<Box>& boxes, std::vector<Tick>& ends, Take take) {
    boxes.clear();
    ends.clear();
    if (next_end_ == ended_.size() || ended_[next_end_].end >= before) {
        return {};
    }
    const std::uint32_t first = plan_[ended_[next_end_].planned].batch;
    const CraneRequest::By by = batches_[first].common.by;
    const auto is_alike = [&](const PlannedMove& planned) {
        const Batch& batch = batches_[planned.batch];
        const bool loads = by == CraneRequest::By::vehicle_to_load;
        const bool is_stacked = by == CraneRequest::By::to_stack;
        return planned.batch == first ||
               (batch.common.by == by &&
                (loads || (is_stacked && batch.boxes[planned.number].leg == boxes.front().leg)));
    };
    for (; next_end_ < ended_.size() && ended_[next_end_].end < before; ++next_end_) {
        const PlannedMove& planned = plan_[ended_[next_end_].planned];
        Batch& batch = batches_[planned.batch];
        const bool has_vehicle = batch.common.by != CraneRequest::By::to_stack;
        const bool is_last = has_vehicle && batch.taken + 1 == batch.boxes.size();  // for which the vehicle waits
        if (!is_alike(planned) || is_last || is_awaited(planned)) {
            break;
        }
        ++batch.taken;
        boxes.push_back(batch.boxes[planned.number]);
        ends.push_back(planned.move.end);
        take(batch.common);
        retire_if_done(planned.batch);
    }
    return batches_[first].common;
}

template <class Visit>
void CraneQueue::change_waiting(Visit visit) {
    for (const Item& item : waiting(Sorted::by_turn)) {
        Batch& batch = batches_[item.batch];
        CraneRequest request = request_of(item.batch, item.number);
        visit(request);
        if (request.by == CraneRequest::By::vehicle_to_vehicle) {
            batch.onto.resize(batch.boxes.size(), kNone);
            batch.onto[item.number] = request.onto;
        }
    }
}

}  // namespace corridor::engine
