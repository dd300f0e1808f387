// The containers that wait at one stop for one line, in the order in which they board.
#pragma once

#include <algorithm>
#include <vector>

#include "box.h"

namespace corridor::engine {

/// In which order containers come to a line.
enum class Order { by_time, any };

/// By leg: 0 where containers come from another leg, or when their demand's turn is among those that release at one
/// instant. Releases are drawn when somebody asks for them, so they come to a line in another order.
using ReleaseTurns = std::vector<std::uint32_t>;

/// What it takes to put containers in order.
struct Sorting {
    ReleaseTurns turns;
    std::vector<Box> merged{};        ///< memory to sort in
    std::vector<std::size_t> ends{};  ///< the same: of the runs that are in order
};

/// Sorts boxes that are a few runs in order, one after the other, and keeps the order of equal ones: neighbouring runs
/// are merged until there is one.
template <class Before>
void merge_runs(std::vector<Box>& boxes, Sorting& sorting, Before goes_first) {
    auto& merged = sorting.merged;
    auto& ends = sorting.ends;
    const auto end_of_run = [&](auto from) { return std::is_sorted_until(from, boxes.end(), goes_first); };
    const auto at = [&](std::size_t position) { return boxes.begin() + static_cast<std::ptrdiff_t>(position); };
    ends.clear();
    for (auto end = end_of_run(boxes.begin()); ends.empty() || ends.back() != boxes.size();) {
        ends.push_back(static_cast<std::size_t>(end - boxes.begin()));
        end = end_of_run(end);
    }
    while (ends.size() > 1) {
        merged.resize(boxes.size());
        std::size_t runs = 0;
        std::size_t from = 0;
        for (std::size_t i = 0; i < ends.size(); i += 2) {
            const std::size_t middle = ends[i];
            const std::size_t to = ends[std::min(i + 1, ends.size() - 1)];
            std::merge(at(from), at(middle), at(middle), at(to), merged.begin() + (at(from) - boxes.begin()),
                       goes_first);
            ends[runs++] = from = to;
        }
        ends.resize(runs);
        boxes.swap(merged);
    }
}

/// Order: ready time, then the order in which they came: at one instant the demands release in turn. Who was left
/// behind is ready longest and so goes first.
class WaitingLine {
  public:
    void clear();

    /// Where containers are added, in any order, with ready times not before the last `settle`.
    std::vector<Box>& incoming() { return incoming_; }

    /// Uses the storage of `buffer` for those who come next, where nobody is here: it then holds them all, and boards
    /// as a whole into `buffer` if nobody has to stay.
    void borrow(std::vector<Box>& buffer) {
        if (waiting() == 0 && incoming_.empty() && buffer.empty()) {
            incoming_.swap(buffer);
        }
    }

    /// Brings everyone who is ready by `now` into the line.
    void settle(Tick now, Order order, Sorting& sorting);

    /// Moves to the end of `cargo`, in order, those whom the vehicle `takes(box)`; a container that it does not take is
    /// passed over and stays in front. Nobody is asked any more once the vehicle has no room, `has_room()`.
    template <class Takes, class HasRoom>
    void board(Takes takes, HasRoom has_room, std::vector<Box>& cargo);

    /// The same where every container takes `quarters` and weight is no matter.
    void board_alike(std::uint32_t room_quarters, std::uint32_t quarters, std::vector<Box>& cargo);

    /// Takes those out for whom `leaves(box)` holds, settled or not, and adds them to `out`.
    template <class Leaves>
    void take_out(Leaves leaves, std::vector<Box>& out);

    /// Of those who boarded last, how many had been left behind by a vehicle before. They are the first of those who
    /// boarded.
    std::size_t rolled() const { return rolled_; }

    /// In the line at the last `settle`.
    std::size_t waiting() const { return line_.size() - head_; }

    /// Whether `satisfies(box)` holds for any of them, asked in order up to the first.
    template <class Predicate>
    bool any_waiting(Predicate satisfies) const {
        return std::any_of(line_.begin() + static_cast<std::ptrdiff_t>(head_), line_.end(), satisfies);
    }
    /// In the line at the last `settle`, in order.
    template <class Visit>
    void for_each_waiting(Visit visit) const {
        std::for_each(line_.begin() + static_cast<std::ptrdiff_t>(head_), line_.end(), visit);
    }
    const Box& first() const { return line_[head_]; }

    /// When the next of those who come after the last `settle` is ready; kNever if there is none.
    Tick next_ready() const;

    /// Everyone, but of those not yet settled only whom `is_there(box)` holds for.
    template <class Predicate>
    std::size_t count_there(Predicate is_there) const {
        const auto there = std::count_if(incoming_.begin(), incoming_.end(), is_there);
        return waiting() + static_cast<std::size_t>(there);
    }

    /// Everyone who is ready by `time`, where they come in order of time.
    std::size_t count_ready(Tick time) const {
        const auto later = std::upper_bound(incoming_.begin(), incoming_.end(), time,
                                            [](Tick latest, const Box& box) { return latest < box.ready; });
        return waiting() + static_cast<std::size_t>(later - incoming_.begin());
    }

    /// Everyone, settled or not: for the audit and the books at the end.
    template <class Visit>
    void for_each(Visit&& visit) const {
        std::for_each(line_.begin() + static_cast<std::ptrdiff_t>(head_), line_.end(), visit);
        std::for_each(incoming_.begin(), incoming_.end(), visit);
    }

  private:
    void sort_incoming(Sorting& sorting);

    std::vector<Box> line_;
    std::size_t head_ = 0;
    std::vector<Box> incoming_;
    std::size_t left_behind_ = 0;  ///< in the line when somebody last boarded
    std::size_t rolled_ = 0;
};

template <class Takes, class HasRoom>
void WaitingLine::board(Takes takes, HasRoom has_room, std::vector<Box>& cargo) {
    const auto first = line_.begin() + static_cast<std::ptrdiff_t>(head_);
    auto next = first;
    while (next != line_.end() && takes(*next)) {
        ++next;
    }
    cargo.insert(cargo.end(), first, next);
    const auto end_of_left_behind = first + static_cast<std::ptrdiff_t>(left_behind_);
    rolled_ = static_cast<std::size_t>(std::min(next, end_of_left_behind) - first);
    auto passed_over = next;  // [passed_over, next) stay, in order
    if (next != line_.end()) {
        ++next;  // was asked already
    }
    for (; next != line_.end() && has_room(); ++next) {
        if (takes(*next)) {
            cargo.push_back(*next);
            rolled_ += next < end_of_left_behind ? 1U : 0U;
            std::move_backward(passed_over, next, next + 1);
            ++passed_over;
        }
    }
    head_ = static_cast<std::size_t>(passed_over - line_.begin());
    left_behind_ = waiting();
}

template <class Leaves>
void WaitingLine::take_out(Leaves leaves, std::vector<Box>& out) {
    const auto take_from = [&](std::vector<Box>& boxes, std::size_t from) {
        auto kept = boxes.begin() + static_cast<std::ptrdiff_t>(from);
        for (auto box = kept; box != boxes.end(); ++box) {
            if (leaves(*box)) {
                out.push_back(*box);
            } else {
                *kept++ = *box;
            }
        }
        boxes.erase(kept, boxes.end());
    };
    const auto end_of_left_behind = line_.begin() + static_cast<std::ptrdiff_t>(head_ + left_behind_);
    left_behind_ -= static_cast<std::size_t>(
        std::count_if(line_.begin() + static_cast<std::ptrdiff_t>(head_), end_of_left_behind, leaves));
    take_from(line_, head_);
    take_from(incoming_, 0);
}

}  // namespace corridor::engine
