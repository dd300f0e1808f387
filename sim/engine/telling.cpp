// What observers of a replication hear of its containers.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;

void Replication::tell_releases(Id<model::Demand> demand, Box* boxes, std::size_t count) {
    const std::uint64_t before = tally_.demands[demand].released;
    for (std::size_t i = 0; i < count; ++i) {
        boxes[i].number = static_cast<std::uint32_t>(before + i) & 0x1FFF'FFFFU;
        tell([&](Observer& observer) { observer.released(demand, boxes[i]); });
    }
}

/// Of the batch at hand, requested now.
void Replication::tell_moves(ContainerMove::What what, std::uint32_t vehicle, Id<model::Facility> facility,
                             const Box* boxes) {
    for (std::size_t i = 0; i < moves_.end.size(); ++i) {
        const ContainerMove move{what, facility, vehicle, now_, moves_.start_of(i), moves_.end[i]};
        tell([&](Observer& observer) { observer.moved(boxes[i], move); });
    }
}

namespace {

ContainerMove move_of(const CraneRequest& request, Id<model::Facility> facility) {
    const bool loads = request.by == By::container_to_load || request.by == By::vehicle_to_load ||
                       request.by == By::container_from_stack || request.by == By::vehicle_from_stack;
    const bool is_alone = request.by == By::container_to_load || request.by == By::container_to_land ||
                          request.by == By::container_from_stack || request.by == By::to_stack;
    return {loads ? ContainerMove::What::load : ContainerMove::What::discharge,
            facility,
            is_alone ? kNoVehicle : request.vehicle,
            request.asked,
            request.start,
            request.end};
}

}  // namespace

void Replication::tell_started(Id<model::Facility> facility, const PlannedMove* moves, std::size_t count) const {
    const CraneQueue& queue = *queue_of(facility);
    for (std::size_t i = 0; i < count; ++i) {
        CraneRequest request = queue.common_of(moves[i]);
        if (request.by == By::background) {
            continue;
        }
        request.start = moves[i].move.start;
        request.end = moves[i].move.end;
        tell([&](Observer& observer) { observer.moved(queue.box_of(moves[i]), move_of(request, facility)); });
    }
}

void Replication::tell_deliveries(const Box* boxes, std::size_t count, const Tick* ends) const {
    for (std::size_t i = 0; i < count; ++i) {
        tell([&](Observer& observer) { observer.delivered(boxes[i], ends[i]); });
    }
}

/// Of those left behind, whom the vehicle would take in their turn if the depth did not limit its payload.
void Replication::tell_left_for_depth(const Vehicle& vehicle, const StopState& stop) const {
    Stowage stowage = stowage_of(vehicle, model_.lines[vehicle.line].payload_t);
    const auto ask = [&](const Box& box) {
        if (stowage.take(class_of(box), leg_of(box).alight) == Refusal::none) {
            tell([&](Observer& observer) { observer.left_for_depth(box, now_); });
        }
    };
    stop.line.for_each_waiting(ask);
    for (const WaitingLine& line : stop.behind) {
        line.for_each_waiting(ask);
    }
}

/// What a vehicle under way has waited in vain until the horizon.
void Replication::tell_way_so_far(std::uint32_t index) {
    const Vehicle& vehicle = vehicles_[index];
    const Tick end = model_.window.to;
    WayWaits waits = vehicle.waits;
    if (vehicle.aside_since >= 0) {
        waits[static_cast<std::size_t>(WayCause::depth)] += end - vehicle.aside_since;
    }
    for (SectionState& section : sections_) {
        if (std::find(section.queue.begin(), section.queue.end(), index) != section.queue.end()) {
            read_clock(section);
            for (std::size_t c = 0; c < kWayCauses; ++c) {
                waits[c] += section.clock[c];
            }
        }
    }
    for (const LockState& lock : locks_) {
        for (const auto& queue : lock.queues) {
            for (const LockVessel& vessel : queue) {
                waits[static_cast<std::size_t>(WayCause::lock)] +=
                    vessel.vehicle == index ? end - vessel.arrived : Tick{0};
            }
        }
    }
    for (std::size_t c = 0; c < kWayCauses; ++c) {
        tell_way_wait(index, static_cast<WayCause>(c), waits[c]);
    }
}

/// At the horizon.
void Replication::tell_who_is_left() {
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        if (vehicles_[v].line.valid() && vehicles_[v].on_way) {
            tell_way_so_far(static_cast<std::uint32_t>(v));
        }
    }
    tell([&](Observer& observer) {
        const auto waits = [&](const Box& box) { observer.still_waits(box); };
        for (const StopState& stop : stops_) {
            stop.line.for_each(waits);
            for (const WaitingLine& line : stop.behind) {
                line.for_each(waits);
            }
        }
        for (std::size_t v = 0; v < vehicle_count_; ++v) {
            if (vehicles_[v].line.valid()) {
                observer.still_under_way(vehicles_[v], static_cast<std::uint32_t>(v));
            }
        }
    });
    for (const StockState& stock : stocks_) {
        for (const Box& box : stock.waiting) {
            tell([&](Observer& observer) {
                observer.waited(box, TimeUse::empty, leg_of(box).demand.index(), model_.window.to);
            });
        }
    }
    tell_who_wants_room();
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        if (facilities_[f].queue_of_moves) {
            tell_requests_left(Id<model::Facility>{f});
        }
    }
}

void Replication::tell_who_wants_room() const {
    for (std::size_t t = 0; t < yards_.size(); ++t) {
        for (const Landing& landing : yards_[t].landing) {
            tell([&](Observer& observer) {
                observer.waited(landing.request.box, TimeUse::yard_full, t, model_.window.to);
            });
        }
        for (const Box& box : yards_[t].outside) {
            const Id<model::Terminal> id{t};
            tell([&](Observer& observer) { observer.waited_outside(box, id, gate_hours(id), model_.window.to); });
        }
    }
}

void Replication::tell_requests_left(Id<model::Facility> facility) const {
    queue_of(facility)->for_each_waiting([&](const CraneRequest& request) {
        if (request.by != By::background) {
            tell([&](Observer& observer) {
                observer.waited(request.box, TimeUse::crane, facility.index(), model_.window.to);
            });
        }
    });
}

}  // namespace corridor::engine
