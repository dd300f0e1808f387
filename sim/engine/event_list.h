// The pending events: vehicles, departures, and one entry per terminal that steps its own containers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::engine {

/// The order of kinds is the order of events at one instant: ends of transit and of moves, releases, departures.
enum class EventKind : std::uint32_t {
    restored,         ///< a disruption ends; entity: number of the restoration
    arrival,          ///< a vehicle reaches its next stop; entity: vehicle
    on_way,           ///< a vehicle reaches the next element of its way; entity: vehicle
    lock_traffic,     ///< a vessel that is not modelled further comes to a lock; entity: lock x 2 + direction
    section,          ///< a section of a link looks at who waits to enter it; entity: section
    lockage,          ///< a lock looks at who waits and which chambers are idle; entity: lock
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
};

struct Event {
    Tick time = 0;
    EventKind kind = EventKind::arrival;
    std::uint32_t entity = 0;

    /// Total order, so that nothing depends on the order of insertion.
    bool operator<(const Event& other) const {
        if (time != other.time) {
            return time < other.time;
        }
        const auto rank = [](const Event& e) {
            return std::uint64_t{static_cast<std::uint32_t>(e.kind)} << 32 | e.entity;
        };
        return rank(*this) < rank(other);
    }
};

/// A binary heap: some tens of entries, a few thousand events per half-year.
class EventList {
  public:
    void clear() { heap_.clear(); }
    bool empty() const { return heap_.empty(); }
    const Event& next() const { return heap_.front(); }

    /// The heap itself, the next event first: those that come soon stand near its head.
    const std::vector<Event>& pending() const { return heap_; }

    void schedule(Tick time, EventKind kind, std::uint32_t entity) {
        heap_.push_back({time, kind, entity});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    Event pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }

  private:
    static bool later(const Event& a, const Event& b) { return b < a; }
    std::vector<Event> heap_;
};

}  // namespace corridor::engine
