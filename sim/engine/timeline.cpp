#include "corridor/engine/timeline.h"

#include <algorithm>
#include <utility>

#include "replication.h"

namespace corridor {
namespace engine {
namespace {

class TimelineRecorder : public Observer {
  public:
    TimelineRecorder(const model::Model& model, TimelineListener listener)
        : model_(model), listener_(std::move(listener)) {}

    void begin(const Disruptions& /*disruptions*/) override {}

    void released(Id<model::Demand> demand, const Box& box) override {
        add(box, demand, ContainerEvent::released, box.released, model_.demands[demand].from);
    }
    void moved(const Box& box, const ContainerMove& move) override {
        const bool loads = move.what == ContainerMove::What::load;
        const Id<model::Terminal> terminal = model_.facilities[move.facility].terminal;
        add(box, loads ? ContainerEvent::loading_begins : ContainerEvent::discharge_begins, move.start, terminal,
            move.vehicle);
        add(box, loads ? ContainerEvent::on_board : ContainerEvent::ashore, move.end, terminal, move.vehicle);
    }
    void rides(const Box& box, Tick departure, Tick arrival) override {
        const model::Leg& leg = leg_of(box);
        add(box, ContainerEvent::departs, departure, model_.stops[leg.board].terminal);
        add(box, ContainerEvent::arrives, arrival, model_.stops[leg.alight].terminal);
    }
    void transfers(const Box& box) override {
        add(box, ContainerEvent::ready, box.ready, model_.stops[leg_of(box).board].terminal);
    }
    void delivered(const Box& box, Tick time) override {
        add(box, ContainerEvent::delivered, time, model_.stops[leg_of(box).alight].terminal);
    }
    void goes_by_road(Id<model::Demand> demand, const Box& box, Tick departure, std::optional<Tick> arrival) override {
        add(box, demand, ContainerEvent::gives_up, departure, model_.demands[demand].from);
        if (arrival) {
            add(box, demand, ContainerEvent::road_ends, *arrival, model_.demands[demand].to);
        }
    }

    void called(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        trips_.resize(std::max<std::size_t>(trips_.size(), std::size_t{index} + 1));
        trips_[index] = {++last_trip_, vehicle.line.index()};
        add(vehicle, index, VehicleEvent::called, now);
    }
    void arrives(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::arrives, now);
        for (const Box& box : vehicle.cargo) {
            add(box, ContainerEvent::arrives, now, model_.stops[vehicle.stop].terminal, index);
        }
    }
    void has_berth(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::has_berth, now);
    }
    void has_berthed(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::has_berthed, now);
    }
    void loads(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::loads, now);
    }
    void leaves(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::departs, now);
        for (const Box& box : vehicle.cargo) {
            add(box, ContainerEvent::departs, now, model_.stops[vehicle.stop].terminal, index);
        }
    }
    void ends_trip(const Vehicle& vehicle, std::uint32_t index, Tick time) override {
        add(vehicle, index, VehicleEvent::ends_trip, time);
    }

  private:
    struct Trip {
        std::uint32_t number = 0;
        std::uint32_t line = 0;
    };

    const model::Leg& leg_of(const Box& box) const { return model_.legs.items()[box.leg]; }

    void add(const TimelineEvent& event) {
        if (event.time < model_.window.to) {
            listener_(event);
        }
    }
    void add(const Box& box, Id<model::Demand> demand, ContainerEvent event, Tick time, Id<model::Terminal> terminal,
             std::uint32_t vehicle = kNoVehicle) {
        const Trip trip = vehicle == kNoVehicle ? Trip{} : trips_[vehicle];
        add({.time = time,
             .event = static_cast<std::uint8_t>(event),
             .entity = demand.index(),
             .number = box.number + 1U,
             .trip = trip.number,
             .line = trip.line,
             .terminal = terminal});
    }
    void add(const Box& box, ContainerEvent event, Tick time, Id<model::Terminal> terminal,
             std::uint32_t vehicle = kNoVehicle) {
        add(box, leg_of(box).demand, event, time, terminal, vehicle);
    }
    void add(const Vehicle& vehicle, std::uint32_t index, VehicleEvent event, Tick time) {
        add({.time = time,
             .is_vehicle = true,
             .event = static_cast<std::uint8_t>(event),
             .entity = vehicle.line.index(),
             .number = trips_[index].number,
             .terminal = model_.stops[vehicle.stop].terminal,
             .containers = static_cast<std::uint32_t>(vehicle.cargo.size())});
    }

    const model::Model& model_;
    TimelineListener listener_;
    std::vector<Trip> trips_;  ///< by vehicle
    std::uint32_t last_trip_ = 0;
};

}  // namespace
}  // namespace engine

RunStatus follow_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t number,
                          TimelineListener listener, const std::atomic<bool>* stop) {
    engine::TimelineRecorder recorder(model, std::move(listener));
    engine::Replication replication(model);
    replication.observe(recorder);
    return replication.run(seed, number, stop);
}

Timeline record_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t number,
                         const std::atomic<bool>* stop) {
    Timeline timeline;
    const auto keep = [&](const TimelineEvent& event) { timeline.events.push_back(event); };
    timeline.status = follow_timeline(model, seed, number, keep, stop);
    const auto earlier = [](const TimelineEvent& a, const TimelineEvent& b) { return a.time < b.time; };
    std::stable_sort(timeline.events.begin(), timeline.events.end(), earlier);
    return timeline;
}

}  // namespace corridor
