// Locks: who waits on either side, and what their chambers do.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Direction;
using model::Lock;

namespace {

constexpr std::size_t number(Direction direction) { return static_cast<std::size_t>(direction); }

constexpr Direction opposite(Direction direction) {
    return direction == Direction::forward ? Direction::backward : Direction::forward;
}

/// Fills a chamber with vessels in order: side by side in a row as long as their beams fit, row behind row as long as
/// there is length.
class ChamberPlan {
  public:
    explicit ChamberPlan(const model::VesselSize& chamber) : chamber_(chamber) {}

    bool add(const model::VesselSize& vessel) {
        const double row_length = std::max(row_length_, vessel.length_m);
        if (row_beam_ + vessel.beam_m <= chamber_.beam_m && rows_length_ + row_length <= chamber_.length_m) {
            row_beam_ += vessel.beam_m;
            row_length_ = row_length;
            return true;
        }
        if (rows_length_ + row_length_ + vessel.length_m > chamber_.length_m) {
            return false;
        }
        rows_length_ += row_length_;
        row_length_ = vessel.length_m;
        row_beam_ = vessel.beam_m;
        return true;
    }

  private:
    model::VesselSize chamber_;
    double rows_length_ = 0.0;  ///< of the rows before the last
    double row_length_ = 0.0;
    double row_beam_ = 0.0;
};

}  // namespace

/// Finds which sizes of vessels may come, for chambers that wait until no more of them fit.
void Replication::connect_locks() {
    const auto add = [](std::vector<model::VesselSize>& sizes, const model::VesselSize& size) {
        const auto is_same = [&size](const model::VesselSize& other) {
            return other.length_m == size.length_m && other.beam_m == size.beam_m;
        };
        if (std::none_of(sizes.begin(), sizes.end(), is_same)) {
            sizes.push_back(size);
        }
    };
    for (std::size_t l = 0; l < locks_.size(); ++l) {
        const Lock& lock = model_.locks.items()[l];
        for (const Direction direction : scenario::kDirections) {
            if (lock.traffic[number(direction)].per_ms > 0.0) {
                add(locks_[l].sizes[number(direction)], lock.traffic_size);
            }
        }
    }
    const auto add_way = [&](const std::vector<model::WayElement>& way, const model::Line& line) {
        for (const model::WayElement& element : way) {
            if (element.kind == model::WayElement::Kind::lock) {
                add(locks_[element.lock.index()].sizes[number(element.direction)], line.size);
            }
        }
    };
    for (const model::Stop& stop : model_.stops) {
        add_way(stop.hop.way, model_.lines[stop.line]);
    }
    for (const model::Pool& pool : model_.pools) {
        const model::Service& service = model_.services[model_.fleets[pool.fleet].services.front()];
        for (const model::Pool::EmptyRun& run : pool.runs) {
            add_way(run.way, model_.lines[service.lines.front()]);
        }
    }
}

void Replication::reset_locks(std::uint64_t seed, std::uint64_t number_of_replication) {
    for (std::size_t l = 0; l < locks_.size(); ++l) {
        const Lock& lock = model_.locks.items()[l];
        LockState& state = locks_[l];
        const std::size_t each = lock.chambers;
        state.chambers.assign(lock.two_way ? each : 2 * each, Chamber{});
        for (std::size_t c = each; c < state.chambers.size(); ++c) {
            state.chambers[c].side = Direction::backward;
        }
        for (const Direction direction : scenario::kDirections) {
            const std::size_t d = number(direction);
            state.queues[d].clear();
            state.traffic[d] = make_stream(seed, number_of_replication, lock.traffic[d].stream);
            state.next_ms[d] = 0.0;
        }
    }
}

void Replication::schedule_lock_traffic(Id<Lock> id, Direction direction) {
    const std::size_t d = number(direction);
    const double per_ms = model_.locks[id].traffic[d].per_ms;
    if (per_ms == 0.0) {
        return;
    }
    LockState& state = locks_[id.index()];
    state.next_ms[d] += exponential(state.traffic[d]) / per_ms;
    if (state.next_ms[d] < static_cast<double>(model_.window.to)) {
        const auto entity = static_cast<std::uint32_t>(2 * std::size_t{id.index()} + d);
        events_.schedule(to_tick(state.next_ms[d]), EventKind::lock_traffic, entity);
    }
}

void Replication::on_lock_traffic(std::uint32_t entity) {
    const Id<Lock> lock{entity / 2};
    const auto direction = static_cast<Direction>(entity % 2);
    schedule_lock_traffic(lock, direction);
    await_lock(kNoVehicle, lock, direction);
}

/// Chambers start once all who come at this instant are there.
void Replication::await_lock(std::uint32_t vehicle, Id<Lock> id, Direction direction) {
    const Lock& lock = model_.locks[id];
    locks_[id.index()].queues[number(direction)].push_back({vehicle, now_});
    tell_lock(vehicle, WayStep::awaits_lock, id, direction, now_);
    events_.schedule(now_, EventKind::lockage, id.index());
    if (lock.waits_until_full && lock.longest_wait && *lock.longest_wait > 0) {
        events_.schedule(now_ + *lock.longest_wait, EventKind::lockage, id.index());
    }
}

/// Whom one chamber takes of those who wait, from `first` on.
Replication::ChamberFill Replication::chamber_fill(Id<Lock> id, Direction direction, std::size_t first) const {
    const Lock& lock = model_.locks[id];
    const LockState& state = locks_[id.index()];
    const auto& queue = state.queues[number(direction)];
    if (lock.places > 0) {
        const std::size_t waiting = queue.size() - first;
        return {std::min<std::size_t>(lock.places, waiting), waiting >= lock.places};
    }
    ChamberPlan plan(lock.chamber);
    std::size_t count = 0;
    for (auto vessel = queue.begin() + static_cast<std::ptrdiff_t>(first); vessel != queue.end(); ++vessel) {
        const bool is_traffic = vessel->vehicle == kNoVehicle;
        if (!plan.add(is_traffic ? lock.traffic_size : line_like(vehicles_[vessel->vehicle]).size)) {
            return {count, true};
        }
        ++count;
    }
    const auto fits = [&plan](const model::VesselSize& size) { return ChamberPlan(plan).add(size); };
    const auto& sizes = state.sizes[number(direction)];
    return {count, std::none_of(sizes.begin(), sizes.end(), fits)};
}

/// Whether those who wait from `first` on are enough for a lockage.
bool Replication::may_start(Id<Lock> id, Direction direction, std::size_t first) const {
    const Lock& lock = model_.locks[id];
    const auto& queue = locks_[id.index()].queues[number(direction)];
    if (first >= queue.size()) {
        return false;
    }
    if (!lock.waits_until_full || (lock.longest_wait && now_ - queue[first].arrived >= *lock.longest_wait)) {
        return true;
    }
    return chamber_fill(id, direction, first).is_full;
}

/// Those who wait on one side and whom chambers will take that stand there, or are on their way to it, empty.
std::size_t Replication::taken_by_chambers(Id<Lock> id, Direction direction) const {
    const LockState& state = locks_[id.index()];
    const std::size_t waiting = state.queues[number(direction)].size();
    std::size_t taken = 0;
    for (std::size_t c = 0; c < state.chambers.size() && taken < waiting; ++c) {
        const Chamber& chamber = state.chambers[c];
        const bool is_there = (chamber.turns || chamber.idle_from <= now_) && !is_out(id, c);
        taken += is_there && chamber.side == direction ? chamber_fill(id, direction, taken).vessels : 0;
    }
    return taken;
}

/// Chambers take who waits where they stand, in order of their numbers; then idle ones are sent for who waits on the
/// other side.
void Replication::on_lockage(Id<Lock> id) {
    std::vector<Chamber>& chambers = locks_[id.index()].chambers;
    const bool is_shut = is_closed(id);
    const auto can_start = [&](const Chamber& chamber) {
        return !is_shut && chamber.idle_from <= now_ &&
               !is_out(id, static_cast<std::size_t>(&chamber - chambers.data()));
    };
    for (Chamber& chamber : chambers) {
        chamber.turns = chamber.turns && chamber.idle_from > now_;
        if (can_start(chamber) && may_start(id, chamber.side, 0)) {
            lock_through(id, chamber);
        }
    }
    if (!model_.locks[id].two_way) {
        return;
    }
    const auto& queues = locks_[id.index()].queues;
    std::array<std::size_t, 2> taken{};
    for (const Direction direction : scenario::kDirections) {
        taken[number(direction)] = taken_by_chambers(id, direction);
    }
    for (Chamber& chamber : chambers) {
        if (!can_start(chamber)) {
            continue;
        }
        const Direction side = chamber.side;
        const Direction other = opposite(side);
        const std::size_t before = taken[number(other)];
        const bool is_of_no_use_here = queues[number(side)].empty();
        if (may_start(id, other, before) || (is_of_no_use_here && before < queues[number(other)].size())) {
            turn(id, chamber);
            taken[number(other)] = before + chamber_fill(id, other, before).vessels;
            taken[number(side)] = is_of_no_use_here ? 0 : taken_by_chambers(id, side);
        }
    }
}

void Replication::lock_through(Id<Lock> id, Chamber& chamber) {
    const Lock& lock = model_.locks[id];
    const Direction direction = chamber.side;
    const std::size_t d = number(direction);
    auto& queue = locks_[id.index()].queues[d];
    LockTally& tally = tally_.locks[id][d];
    const std::size_t count = chamber_fill(id, direction, 0).vessels;
    const bool counts = inside(model_.window, now_);
    tally.lockages += counts ? 1U : 0U;
    tally.vessels += counts ? count : 0U;
    Tick through = now_ + slowed(id, static_cast<Tick>(count) * lock.entering + lock.levelling[d]);
    for (std::size_t i = 0; i < count; ++i) {
        const LockVessel vessel = queue.front();
        queue.pop_front();
        through += slowed(id, lock.leaving);
        tally.waiting_ms += clipped(model_.window, vessel.arrived, now_);
        if (counts) {
            tally.wait.add(now_ - vessel.arrived);
        }
        if (vessel.vehicle != kNoVehicle) {
            tell_way_wait(vessel.vehicle, WayCause::lock, now_ - vessel.arrived);
            tell_lock(vessel.vehicle, WayStep::enters_lock, id, direction, now_);
            tell_lock(vessel.vehicle, WayStep::leaves_lock, id, direction, through);
            events_.schedule(through, EventKind::on_way, vessel.vehicle);
        }
    }
    chamber.side = lock.two_way ? opposite(direction) : direction;
    const Tick returns = lock.two_way ? 0 : slowed(id, lock.levelling[number(opposite(direction))]);
    occupy(id, chamber, direction, through + returns);
}

/// Levels without vessels: from the upper level as with vessels that go forward.
void Replication::turn(Id<Lock> id, Chamber& chamber) {
    const Direction from = chamber.side;
    chamber.side = opposite(from);
    chamber.turns = true;
    tally_.locks[id][number(chamber.side)].turns += inside(model_.window, now_) ? 1U : 0U;
    occupy(id, chamber, chamber.side, now_ + slowed(id, model_.locks[id].levelling[number(from)]));
}

void Replication::occupy(Id<Lock> id, Chamber& chamber, Direction direction, Tick until) {
    chamber.idle_from = until;
    tally_.locks[id][number(direction)].busy_ms += clipped(model_.window, now_, until);
    events_.schedule(until, EventKind::lockage, id.index());
}

void Replication::count_waiting_for_locks() {
    for (std::size_t l = 0; l < locks_.size(); ++l) {
        for (std::size_t d = 0; d < 2; ++d) {
            for (const LockVessel& vessel : locks_[l].queues[d]) {
                tally_.locks.items()[l][d].waiting_ms += clipped(model_.window, vessel.arrived, model_.window.to);
            }
        }
    }
}

}  // namespace corridor::engine
