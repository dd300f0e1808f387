#include "lock.h"

#include <algorithm>
#include <utility>

#include "window.h"

namespace corridor::reference {
Lock::Lock(const model::Lock& lock, const model::Window& window, std::array<std::vector<model::VesselSize>, 2> sizes)
    : lock_(lock), window_(window), sizes_(std::move(sizes)) {
    chambers_.resize(lock.chambers);
    if (!lock.two_way)
        chambers_.resize(2 * std::size_t{lock.chambers}, Chamber{.side = 1, .idle_from = 0, .is_turning = false});
}

/// Side by side as long as their beams fit, row behind row as long as there is length.
bool Lock::holds(const std::vector<model::VesselSize>& vessels) const {
    if (lock_.places > 0) return vessels.size() <= lock_.places;
    double before = 0.0;  // length of the rows before the last
    model::VesselSize row;
    for (const model::VesselSize& vessel : vessels) {
        const double longest = std::max(row.length_m, vessel.length_m);
        if (row.beam_m + vessel.beam_m <= lock_.chamber.beam_m && before + longest <= lock_.chamber.length_m) {
            row = {longest, row.beam_m + vessel.beam_m};
        } else {
            before += row.length_m;
            row = vessel;
        }
        if (before + row.length_m > lock_.chamber.length_m) return false;
    }
    return true;
}

/// How many of those who wait go into one chamber, from number `first` on.
std::size_t Lock::taken(std::size_t side, std::size_t first) const {
    std::vector<model::VesselSize> inside;
    for (std::size_t i = first; i < queues_[side].size(); ++i) {
        inside.push_back(queues_[side][i].size);
        if (!holds(inside)) return i - first;
    }
    return inside.size();
}

/// From number `first` on: who waits next does not fit, or nobody who may come would.
bool Lock::is_full(std::size_t side, std::size_t first) const {
    if (first + taken(side, first) < queues_[side].size()) return true;
    std::vector<model::VesselSize> inside;
    for (std::size_t i = first; i < queues_[side].size(); ++i) inside.push_back(queues_[side][i].size);
    return std::none_of(sizes_[side].begin(), sizes_[side].end(), [&](const model::VesselSize& size) {
        auto with_one_more = inside;
        with_one_more.push_back(size);
        return holds(with_one_more);
    });
}

/// Whether those who wait from number `first` on are enough for a lockage.
bool Lock::may_start(std::size_t side, std::size_t first, Tick now) const {
    if (first >= queues_[side].size()) return false;
    const bool is_patient = !lock_.longest_wait || now - queues_[side][first].arrived < *lock_.longest_wait;
    return !lock_.waits_until_full || !is_patient || is_full(side, first);
}

/// How many of those who wait there the chambers will take that stand there, or are on their way to it empty.
std::size_t Lock::provided_for(std::size_t side, Tick now) const {
    std::size_t first = 0;
    for (const Chamber& chamber : chambers_) {
        if (chamber.side == side && (chamber.idle_from <= now || chamber.is_turning)) first += taken(side, first);
    }
    return first;
}

/// Whether an idle chamber is of more use on the other side: more wait there than are provided for, and nobody here;
/// or enough for a lockage, while those here are not.
bool Lock::may_turn(std::size_t side, Tick now) const {
    const std::size_t other = 1 - side;
    const std::size_t first = provided_for(other, now);
    return queues_[side].empty() ? first < queues_[other].size() : may_start(other, first, now);
}

void Lock::look(Tick now, const Frees& frees) {
    for (Chamber& chamber : chambers_) {
        chamber.is_turning = chamber.is_turning && chamber.idle_from > now;
        if (chamber.idle_from <= now && may_start(chamber.side, 0, now)) start(chamber, now, frees);
    }
    if (!lock_.two_way) return;
    for (Chamber& chamber : chambers_) {
        if (chamber.idle_from <= now && may_turn(chamber.side, now)) turn(chamber, now);
    }
}

void Lock::start(Chamber& chamber, Tick now, const Frees& frees) {
    const std::size_t side = chamber.side;
    const bool counts = is_inside(window_, now);
    const auto count = static_cast<std::int64_t>(taken(side, 0));
    LockCounts& books = counts_[side];
    books.lockages += counts ? 1 : 0;
    books.vessels += counts ? count : 0;
    Tick free = now + count * lock_.entering + lock_.levelling[side];
    for (std::int64_t i = 0; i < count; ++i) {
        const Vessel vessel = queues_[side].front();
        queues_[side].erase(queues_[side].begin());
        free += lock_.leaving;
        books.waiting += overlap(window_, vessel.arrived, now);
        books.waits += counts ? 1 : 0;
        books.wait_sum += counts ? now - vessel.arrived : 0;
        frees(vessel, free);
    }
    if (lock_.two_way) chamber.side = 1 - side;
    keep_busy(chamber, side, now, lock_.two_way ? free : free + lock_.levelling[1 - side]);
}

void Lock::turn(Chamber& chamber, Tick now) {
    const Tick until = now + lock_.levelling[chamber.side];
    chamber.side = 1 - chamber.side;
    chamber.is_turning = true;
    counts_[chamber.side].turns += is_inside(window_, now) ? 1 : 0;
    keep_busy(chamber, chamber.side, now, until);
}

void Lock::keep_busy(Chamber& chamber, std::size_t counted_for, Tick now, Tick until) {
    chamber.idle_from = until;
    counts_[counted_for].busy += overlap(window_, now, until);
}

Tick Lock::next_look(Tick now) const {
    Tick next = window_.to;
    const auto consider = [&](Tick time) { next = time > now ? std::min(next, time) : next; };
    for (const Chamber& chamber : chambers_) consider(chamber.idle_from);
    if (!lock_.waits_until_full || !lock_.longest_wait) return next;
    for (const std::vector<Vessel>& queue : queues_) {
        for (const Vessel& vessel : queue) consider(vessel.arrived + *lock_.longest_wait);
    }
    return next;
}

LockCounts Lock::counts(model::Direction direction) const {
    LockCounts counts = counts_[index(direction)];
    for (const Vessel& vessel : queues_[index(direction)])
        counts.waiting += overlap(window_, vessel.arrived, window_.to);
    return counts;
}

}  // namespace corridor::reference
