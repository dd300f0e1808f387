// The pending events: vehicles, departures, and one entry per terminal that steps its own containers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::engine {

/// The order of kinds is the order of events at one instant: ends of transit and of moves, releases, departures. So all
/// who reach a stop are there before the first of them is served, and all who set out at a lock before it lets any in.
enum class EventKind : std::uint32_t {
    restored,         ///< a disruption ends; entity: number of the restoration
    on_way,           ///< a vehicle reaches the next element of its way; entity: vehicle
    lock_traffic,     ///< a vessel that is not modelled further comes to a lock; entity: lock x 2 + direction
    section,          ///< a section of a link looks at who waits to enter it; entity: section
    arrival,          ///< a vehicle reaches its next stop; entity: vehicle
    entered,          ///< a vehicle has berthed or been shunted in; entity: vehicle
    handled,          ///< the last discharge move of a call ends; entity: vehicle
    vehicle_ready,    ///< a layover or an empty run ends; entity: pool
    background_call,  ///< entity: background
    containers,       ///< the next instant of a terminal that steps its own containers; entity: terminal
    review,           ///< empties are sent where they are missing
    closing,          ///< the list of a departure closes and a vehicle is called; entity: line
    load_check,       ///< there may be a load for a vehicle of a line that leaves by its load; entity: line
    loading,          ///< a vehicle takes on board who is ready; entity: vehicle
    starting,         ///< crane moves in turn start, whoever has asked by now; entity: terminal
    leaving,          ///< a vehicle leaves its berth, or asks for tugs to do so; entity: vehicle
    cleared,          ///< tugs have brought a vehicle clear of its berth; entity: vehicle
    lockage,          ///< a lock looks at who waits and which chambers are idle; entity: lock
};

constexpr bool is_of_vehicle(EventKind kind) {
    switch (kind) {
        case EventKind::arrival:
        case EventKind::on_way:
        case EventKind::entered:
        case EventKind::handled:
        case EventKind::loading:
        case EventKind::leaving:
        case EventKind::cleared:
            return true;
        default:
            return false;
    }
}

struct Event {
    Tick time = 0;
    EventKind kind = EventKind::arrival;
    std::uint32_t entity = 0;
};

/// A binary heap: some tens of entries in a small corridor, tens of thousands in a large one. The next few stand before
/// it, in order, where somebody wants to know them ahead.
///
/// Vehicles have numbers that are used again after they have retired, and so depend on who else is about. At one
/// instant they go by whose they are and how many of those there were before.
class EventList {
  public:
    void clear() {
        known_.clear();
        heap_.clear();
        orders_.clear();
    }
    bool empty() const { return heap_.empty() && known_.empty(); }
    const Event& next() const { return known_.empty() ? heap_.front() : known_.front(); }

    /// The next events in order: at least `count`, or all there are. Valid until the list changes.
    const std::vector<Event>& next_few(std::size_t count) {
        while (known_.size() < count && !heap_.empty()) {
            known_.push_back(pop_heap());
        }
        return known_;
    }

    /// Says where a vehicle without pending events stands from now on: behind all of owners of lower numbers (at most
    /// 2^24), and behind those of its owner with a lower `count` (at most 2^40). To be said before its first event.
    void order_vehicle(std::uint32_t vehicle, std::size_t owner, std::uint64_t count) {
        if (orders_.size() <= vehicle) {
            orders_.resize(vehicle + std::size_t{1});
        }
        orders_[vehicle] = std::uint64_t{owner} << 40 | count;
    }

    void schedule(Tick time, EventKind kind, std::uint32_t entity) {
        const Event event{time, kind, entity};
        if (!known_.empty() && is_before(event, known_.back())) {
            const auto is_later = [&](const Event& other) { return is_before(event, other); };
            known_.insert(std::find_if(known_.begin(), known_.end(), is_later), event);
            return;
        }
        heap_.push_back(event);
        std::push_heap(heap_.begin(), heap_.end(), Later{this});
    }
    Event pop() {
        if (known_.empty()) {
            return pop_heap();
        }
        const Event event = known_.front();
        known_.erase(known_.begin());
        return event;
    }

    /// Whether an event comes before this one.
    bool has_before(const Event& event) const { return !empty() && is_before(next(), event); }

  private:
    /// Total order, so that nothing depends on the order of insertion.
    bool is_before(const Event& a, const Event& b) const {
        if (a.time != b.time) {
            return a.time < b.time;
        }
        if (a.kind != b.kind) {
            return a.kind < b.kind;
        }
        return is_of_vehicle(a.kind) ? orders_[a.entity] < orders_[b.entity] : a.entity < b.entity;
    }
    struct Later {
        const EventList* list;
        bool operator()(const Event& a, const Event& b) const { return list->is_before(b, a); }
    };

    Event pop_heap() {
        std::pop_heap(heap_.begin(), heap_.end(), Later{this});
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }

    std::vector<Event> known_;  ///< before all of the heap
    std::vector<Event> heap_;
    std::vector<std::uint64_t> orders_;  ///< by vehicle
};

}  // namespace corridor::engine
