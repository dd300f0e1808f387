#include <algorithm>
#include <map>
#include <utility>

#include "corridor/engine/timeline.h"

namespace corridor {
namespace {

/// The trips of a replication, put together from its events.
class TripKeeper {
  public:
    explicit TripKeeper(const model::Model& model) : model_(model) {}

    void hear(const TimelineEvent& event) {
        if (!event.is_vehicle || event.entity >= model_.lines.size()) return;
        switch (static_cast<VehicleEvent>(event.event)) {
            case VehicleEvent::arrives: {
                Trip& trip = trips_[event.number];
                trip.line = Id<model::Line>{event.entity};
                trip.calls.push_back({.arrives = event.time, .departs = event.time, .containers = event.containers});
                return;
            }
            case VehicleEvent::departs:
            case VehicleEvent::ends_trip:
                return leave(event);
            default:
                return;
        }
    }

    std::vector<Trip> take() {
        std::vector<Trip> all;
        for (auto& [number, trip] : trips_) all.push_back(std::move(trip));
        const auto earlier = [](const Trip& a, const Trip& b) {
            return a.calls.front().arrives < b.calls.front().arrives;
        };
        std::stable_sort(all.begin(), all.end(), earlier);
        return all;
    }

  private:
    void leave(const TimelineEvent& event) {
        const auto trip = trips_.find(event.number);
        if (trip == trips_.end()) return;
        TripCall& call = trip->second.calls.back();
        call.departs = event.time;
        call.containers = event.containers;
    }

    const model::Model& model_;
    std::map<std::uint32_t, Trip> trips_;  ///< by number
};

}  // namespace

TripRecord record_trips(const model::Model& model, std::uint64_t seed, std::uint64_t number,
                        const std::atomic<bool>* stop) {
    TripKeeper keeper(model);
    TripRecord record;
    record.status = follow_timeline(
                        model, seed, number, [&](const TimelineEvent& event) { keeper.hear(event); }, stop)
                        .status;
    record.trips = keeper.take();
    return record;
}

}  // namespace corridor
