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

/// The next events stand in order; the others, tens of thousands of them in a large corridor, in a binary heap behind
/// them. Most of those of a small one are near, and never come to the heap.
///
/// Vehicles have numbers that are used again after they have retired, and so depend on who else is about. At one
/// instant they go by whose they are and how many of those there were before.
class EventList {
  public:
    void clear() {
        soon_.clear();
        heap_.clear();
        orders_.clear();
    }
    bool empty() const { return soon_.empty(); }
    const Event& next() const { return soon_.back(); }

    /// The event that comes after `count` others, if there are as many.
    const Event* next_after(std::size_t count) const {
        return count < soon_.size() ? &soon_[soon_.size() - 1 - count] : nullptr;
    }
    /// Makes sure that `next_after` knows at least the next `count`.
    void look_ahead(std::size_t count) {
        while (soon_.size() < count && !heap_.empty()) {
            soon_.insert(soon_.begin(), pop_heap());
        }
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
        if (heap_.empty() || is_before(event, soon_.front())) {
            insert_soon(event);
        } else {
            push_heap(event);
        }
    }
    Event pop() {
        const Event event = soon_.back();
        soon_.pop_back();
        if (soon_.empty()) {
            look_ahead(kMostSoon / 2);
        }
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

    void insert_soon(const Event& event) {
        soon_.push_back(event);
        auto place = soon_.end() - 1;
        for (; place != soon_.begin() && is_before(*(place - 1), event); --place) {
            *place = *(place - 1);
        }
        *place = event;
        if (soon_.size() > kMostSoon) {
            const auto last = soon_.begin() + kMostSoon / 2;
            std::for_each(soon_.begin(), last, [this](const Event& later) { push_heap(later); });
            soon_.erase(soon_.begin(), last);
        }
    }
    void push_heap(const Event& event) {
        heap_.push_back(event);
        std::push_heap(heap_.begin(), heap_.end(), Later{this});
    }
    Event pop_heap() {
        std::pop_heap(heap_.begin(), heap_.end(), Later{this});
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }

    static constexpr std::size_t kMostSoon = 64;  ///< all there are in a small corridor, or nearly
    std::vector<Event> soon_;  ///< before all of the heap, the next one last; none only where there are no events
    std::vector<Event> heap_;
    std::vector<std::uint64_t> orders_;  ///< by vehicle
};

}  // namespace corridor::engine
