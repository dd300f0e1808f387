#include "corridor/engine/timeline.h"

#include <algorithm>
#include <array>
#include <utility>

#include "replication.h"

namespace corridor {
namespace engine {
namespace {

struct NamedEvents {
    std::array<std::string_view, kContainerEvents> of_containers{
        "released",         "has_empty",      "comes_in",        "turned_away", "unstacking_begins",
        "unstacked",        "loading_begins", "on_board",        "departs",     "arrives",
        "discharge_begins", "ashore",         "stacking_begins", "stacked",     "ready",
        "delivered",        "chooses_road",   "gives_up",        "road_ends"};
    std::array<std::string_view, kVehicleEvents> of_vehicles{
        "called",           "arrives",        "has_berth",      "docks",        "has_berthed", "loads",
        "asks_tugs",        "departs",        "clears",         "awaits_lock",  "enters_lock", "leaves_lock",
        "awaits_section",   "enters_section", "leaves_section", "awaits_depth", "floats",      "ends_trip",
        "begins_empty_run", "ends_empty_run"};
};
constexpr NamedEvents kNames;

VehicleEvent event_of(WayStep step) {
    constexpr std::array<VehicleEvent, 8> kEvents{VehicleEvent::awaits_lock,    VehicleEvent::enters_lock,
                                                  VehicleEvent::leaves_lock,    VehicleEvent::awaits_section,
                                                  VehicleEvent::enters_section, VehicleEvent::leaves_section,
                                                  VehicleEvent::awaits_depth,   VehicleEvent::floats};
    return kEvents[static_cast<std::size_t>(step)];
}

TimelinePlace at(Id<model::Terminal> terminal) {
    return {.kind = TimelinePlace::Kind::terminal, .direction = {}, .index = terminal.index()};
}

TimelinePlace at(const WayPlace& place) {
    return place.lock.valid() ? TimelinePlace{TimelinePlace::Kind::lock, place.direction, place.lock.index()}
                              : TimelinePlace{TimelinePlace::Kind::link, place.direction, place.link.index()};
}

class TimelineRecorder : public Observer {
  public:
    TimelineRecorder(const model::Model& model, TimelineListener listener)
        : model_(model), listener_(std::move(listener)) {}

    void begin(const Disruptions& /*disruptions*/) override {}

    void released(Id<model::Demand> demand, const Box& box) override {
        add(box, demand, ContainerEvent::released, box.released, model_.demands[demand].from);
    }
    void waited(const Box& box, TimeUse use, std::size_t /*place*/, Tick until) override {
        if (use == TimeUse::empty && until < model_.window.to) {
            add(box, ContainerEvent::has_empty, until, model_.demands[leg_of(box).demand].from);
        }
    }
    void let_in(const Box& box, Id<model::Terminal> terminal, Tick time) override {
        add(box, ContainerEvent::comes_in, time, terminal);
    }
    void turned_away(const Box& box, Tick time) override {
        add(box, ContainerEvent::turned_away, time, model_.demands[leg_of(box).demand].from);
    }
    void moved(const Box& box, const ContainerMove& move) override {
        using Event = ContainerEvent;
        const model::Facility& facility = model_.facilities[move.facility];
        const bool loads = move.what == ContainerMove::What::load;
        const auto of = [&](Event in_yard_out, Event loading, Event in_yard, Event discharge) {
            return facility.in_yard ? (loads ? in_yard_out : in_yard) : (loads ? loading : discharge);
        };
        const Event begins =
            of(Event::unstacking_begins, Event::loading_begins, Event::stacking_begins, Event::discharge_begins);
        const Event ends = of(Event::unstacked, Event::on_board, Event::stacked, Event::ashore);
        add(box, begins, move.start, facility.terminal, move.vehicle);
        add(box, ends, move.end, facility.terminal, move.vehicle);
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
    void goes_by_road(Id<model::Demand> demand, const Box& box, ByRoad why, Tick departure,
                      std::optional<Tick> arrival) override {
        const bool is_chosen = why == ByRoad::by_choice;
        add(box, demand, is_chosen ? ContainerEvent::chooses_road : ContainerEvent::gives_up, departure,
            model_.demands[demand].from);
        if (arrival) {
            add(box, demand, ContainerEvent::road_ends, *arrival, model_.demands[demand].to);
        }
    }

    void called(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        begin_trip(index, vehicle.line.index());
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
    void docks(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::docks, now);
    }
    void has_berthed(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::has_berthed, now);
    }
    void loads(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::loads, now);
    }
    void casts_off(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        add(vehicle, index, VehicleEvent::asks_tugs, vehicle.asked_for_tugs);
        depart(vehicle, index, now);
    }
    void leaves(const Vehicle& vehicle, std::uint32_t index, Tick now) override {
        const bool has_cast_off = vehicle.leaves;
        has_cast_off ? add(vehicle, index, VehicleEvent::clears, now) : depart(vehicle, index, now);
    }
    void passes(std::uint32_t index, WayStep step, const WayPlace& place, Tick time) override {
        add(trips_[index], event_of(step), time, at(place));
    }
    void ends_trip(const Vehicle& vehicle, std::uint32_t index, Tick time) override {
        add(vehicle, index, VehicleEvent::ends_trip, time);
    }
    void begins_empty_run(Id<model::Pool> from, Id<model::Pool> /*to*/, std::uint32_t index, Tick now) override {
        const model::Pool& pool = model_.pools[from];
        begin_trip(index, static_cast<std::uint32_t>(model_.lines.size()) + pool.fleet.index());
        add(trip_of(index), VehicleEvent::begins_empty_run, now, at(pool.terminal));
    }
    void ends_empty_run(Id<model::Pool> to, std::uint32_t index, Tick time) override {
        add(trip_of(index), VehicleEvent::ends_empty_run, time, at(model_.pools[to].terminal));
    }

  private:
    struct Trip {
        std::uint32_t number = 0;
        std::uint32_t line = 0;        ///< or, beyond the lines, fleet of an empty run
        std::uint32_t containers = 0;  ///< on the way
    };

    const model::Leg& leg_of(const Box& box) const { return model_.legs.items()[box.leg]; }

    Trip& trip_of(std::uint32_t vehicle) { return vehicle == kNoVehicle ? unseen_ : trips_[vehicle]; }

    void begin_trip(std::uint32_t vehicle, std::uint32_t line) {
        if (vehicle != kNoVehicle) {
            trips_.resize(std::max<std::size_t>(trips_.size(), std::size_t{vehicle} + 1));
        }
        trip_of(vehicle) = {++last_trip_, line, 0};
    }
    void depart(const Vehicle& vehicle, std::uint32_t index, Tick now) {
        add(vehicle, index, VehicleEvent::departs, now);
        for (const Box& box : vehicle.cargo) {
            add(box, ContainerEvent::departs, now, model_.stops[vehicle.stop].terminal, index);
        }
    }

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
             .place = at(terminal)});
    }
    void add(const Box& box, ContainerEvent event, Tick time, Id<model::Terminal> terminal,
             std::uint32_t vehicle = kNoVehicle) {
        add(box, leg_of(box).demand, event, time, terminal, vehicle);
    }
    void add(const Trip& trip, VehicleEvent event, Tick time, const TimelinePlace& place) {
        add({.time = time,
             .is_vehicle = true,
             .event = static_cast<std::uint8_t>(event),
             .entity = trip.line,
             .number = trip.number,
             .containers = trip.containers,
             .place = place});
    }
    void add(const Vehicle& vehicle, std::uint32_t index, VehicleEvent event, Tick time) {
        trips_[index].containers = static_cast<std::uint32_t>(vehicle.cargo.size());
        add(trips_[index], event, time, at(model_.stops[vehicle.stop].terminal));
    }

    const model::Model& model_;
    TimelineListener listener_;
    std::vector<Trip> trips_;  ///< by vehicle
    Trip unseen_;              ///< of a vehicle that runs empty and meets nothing
    std::uint32_t last_trip_ = 0;
};

}  // namespace
}  // namespace engine

std::string_view name(ContainerEvent event) { return engine::kNames.of_containers[static_cast<std::size_t>(event)]; }
std::string_view name(VehicleEvent event) { return engine::kNames.of_vehicles[static_cast<std::size_t>(event)]; }

Followed follow_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t number, TimelineListener listener,
                         const std::atomic<bool>* stop) {
    engine::TimelineRecorder recorder(model, std::move(listener));
    engine::Replication replication(model);
    replication.observe(recorder);
    RunStatus status = replication.run(seed, number, stop);
    return {.status = std::move(status), .fingerprint = replication.fingerprint()};
}

Timeline record_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t number,
                         const std::atomic<bool>* stop) {
    Timeline timeline;
    const auto keep = [&](const TimelineEvent& event) { timeline.events.push_back(event); };
    Followed followed = follow_timeline(model, seed, number, keep, stop);
    timeline.status = std::move(followed.status);
    timeline.fingerprint = followed.fingerprint;
    const auto earlier = [](const TimelineEvent& a, const TimelineEvent& b) { return a.time < b.time; };
    std::stable_sort(timeline.events.begin(), timeline.events.end(), earlier);
    return timeline;
}

}  // namespace corridor
