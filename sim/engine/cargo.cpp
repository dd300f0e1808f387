// Containers in batches: releases, loading, discharging, delivery.
#include <algorithm>
#include <numeric>

#include "model/calendar.h"
#include "replication.h"

namespace corridor::engine {

using model::Dispatch;

namespace {

/// Container-ms of the window from release on.
std::int64_t time_to_horizon(const model::Window& window, const Box* boxes, std::size_t count) {
    const auto sum = [&](std::int64_t ms, const Box& box) { return ms + clipped(window, box.released, window.to); };
    return std::accumulate(boxes, boxes + count, std::int64_t{0}, sum);
}

}  // namespace

/// Draws everyone released until then for the lines that call at `stop`.
void Replication::collect_releases(Id<model::Stop> stop, Tick until) {
    until = std::min(until, model_.window.to - 1);
    const Id<model::Terminal> terminal = model_.stops[stop].terminal;
    if (model_.terminals[terminal].lets_in() && solo_[terminal.index()].lets_in_late) {
        let_in_late(terminal, until);
    }
    for (const std::uint32_t index : stops_[stop.index()].feeders) {
        const Id<model::Demand> id{index};
        const model::Demand& demand = model_.demands[id];
        ReleaseStream& releases = demands_[index].releases;
        if (!demand.has_alternatives()) {
            const Id<model::Leg> leg = demand.itineraries.front().first;
            auto& incoming = line_of({.leg = leg.index()}).incoming();
            const std::size_t before = incoming.size();
            releases.advance(until, leg.index(), incoming);
            book_releases(id, incoming.data() + before, incoming.size() - before);
            if (demand.patience) {
                impose_patience(incoming.data() + before, incoming.size() - before);
            }
            continue;
        }
        boxes_.clear();
        releases.advance(until, 0, boxes_);
        book_releases(id, boxes_.data(), boxes_.size());
        for (Box& box : boxes_) {
            box.leg = choose_leg(id, box.released);
            if (box.leg == kByRoad) {
                send_by_road(id, box, ByRoad::by_choice, box.released);
                continue;
            }
            if (demand.patience) {
                impose_patience(&box, 1);
            }
            line_of(box).incoming().push_back(box);
        }
    }
}

/// Containers of one demand come in order of time.
void Replication::book_releases(Id<model::Demand> id, Box* boxes, std::size_t count) {
    if (is_observed()) {
        tell_releases(id, boxes, count);
    }
    DemandTally& tally = tally_.demands[id];
    const model::Window window = model_.window;
    const auto released = [boxes](std::size_t i) { return boxes[i].released; };
    const model::Demand& demand = model_.demands[id];
    if (demand.takes_empties || model_.terminals[demand.from].lets_in()) {
        tally.in_system_ms += time_to_horizon(window, boxes, count);  // they enter the yard when they are let in
    } else if (count > 0) {
        const Tick latest = boxes[count - 1].released;
        tally.in_system_ms +=
            tally_.terminals[demand.from].yard.change_each(count, 1, boxes->released, latest, released);
    }
    const auto before_window = [&](const Box& box) { return box.released < window.from; };
    const bool all_inside = count == 0 || !before_window(*boxes);  // nearly always
    const Box* const first_inside = all_inside ? boxes : std::partition_point(boxes, boxes + count, before_window);
    tally.released_in_window += static_cast<std::uint64_t>(boxes + count - first_inside);
    tally.released += count;
    if (takes_census_of(id)) {
        std::for_each(boxes, boxes + count, [this](const Box& box) { tally_.census.add(box.released, 1); });
    }
    add_classes(tally.released_of_class.data(), tally.released_of_class.size(), boxes, count);
}

Load Replication::load_on(const Vehicle& vehicle) const {
    Load load;
    const Box* const boxes = vehicle.cargo.data();
    const model::Line& line = model_.lines[vehicle.line];
    for_each_run(boxes, vehicle.cargo.size(), [&](const model::Leg& leg, std::size_t first, std::size_t n) {
        const model::Demand& demand = model_.demands[leg.demand];
        load.quarters += quarters_of(demand, boxes + first, n);
        for (std::size_t i = first; i < first + n && line.payload_t > 0.0; ++i) {
            load.tonnes += demand.classes[boxes[i].box_class].tonnes;
        }
        for (std::size_t i = first; i < first + n && line.wagons > 0; ++i) {
            ++load.by_size[static_cast<std::size_t>(demand.classes[boxes[i].box_class].size)];
        }
    });
    return load;
}

/// Takes the containers for this stop off board; returns when the last of them is ashore, kNever where that will show.
Tick Replication::discharge(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    auto& cargo = vehicle.cargo;
    const auto stays = [&](const Box& box) { return leg_of(box).alight != vehicle.stop; };
    auto first_ashore = cargo.begin();
    if (!model_.stops[vehicle.stop].last && std::any_of(cargo.begin(), cargo.end(), stays)) {
        first_ashore = std::stable_partition(cargo.begin(), cargo.end(), stays);
    }
    const auto kept = static_cast<std::size_t>(first_ashore - cargo.begin());
    const Id<model::Facility> facility = facility_of(vehicle);
    if (queue_of(facility) != nullptr && kept < cargo.size()) {
        ask_cranes(index, CraneRequest::By::vehicle_to_land, cargo.data() + kept, cargo.size() - kept);
        cargo.resize(kept);
        return kNever;
    }
    facilities_[facility.index()].cranes.serve(now_, cargo.size() - kept, moves_);
    count_moves(facility, moves_, cargo.data() + kept);
    if (is_observed()) {
        tell_moves(ContainerMove::What::discharge, index, facility, cargo.data() + kept);
    }
    settle_discharged(cargo.data() + kept, cargo.size() - kept, moves_.end.data());
    cargo.resize(kept);
    return moves_.last_end;
}

void Replication::settle_discharged(const Box* boxes, std::size_t count, const Tick* ends) {
    for_each_run(boxes, count, [&](const model::Leg& leg, std::size_t first, std::size_t n) {
        if (!leg.next.valid()) {
            if (is_observed()) {
                tell_deliveries(boxes + first, n, ends + first);
            }
            return deliver(leg, boxes + first, n, ends + first);
        }
        for (std::size_t i = first; i < first + n; ++i) {
            hand_over(boxes[i], ends[i]);
        }
    });
}

/// From one leg to the next: through the yard of the terminal between them.
void Replication::hand_over(Box box, Tick end) {
    const model::Leg& leg = leg_of(box);
    const Id<model::Terminal> terminal = model_.stops[leg.alight].terminal;
    tally_.terminals[terminal].yard.enter(end);
    box.leg = leg.next.index();
    box.ready = end + model_.terminals[terminal].transfer_time;
    tell([&](Observer& observer) { observer.transfers(box); });
    const model::Leg& next = model_.legs[leg.next];
    if (model_.lines[next.line].dispatch == Dispatch::continuous) {
        add_solo(terminal, SoloMove::What::load, box.ready, box);
    } else {
        await(box);
    }
}

/// The end of the journey of containers of one demand, discharged by moves requested now or, in order, before.
void Replication::deliver(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends) {
    const Period period = tally_.period_of(count > 1 ? std::min(now_, ends[0]) : ends[0]);
    if (count > 1 && tally_.period_of(moves_.last_end) != period) {
        for (std::size_t i = 0; i < count; ++i) {
            deliver(leg, boxes + i, 1, ends + i);
        }
        return;
    }
    if (takes_census_of(leg.demand)) {
        std::for_each(ends, ends + count, [this](Tick end) { tally_.census.add(end, -1); });
    }
    DemandTally& tally = tally_.demands[leg.demand];
    const model::Window& window = model_.window;
    if (period == Period::after()) {
        add_classes(tally.unfinished_of_class.data(), tally.unfinished_of_class.size(), boxes, count);
        return;
    }
    const auto n = static_cast<std::int64_t>(count);
    const std::int64_t sum_of_ends = std::accumulate(ends, ends + count, std::int64_t{0});
    tally.in_system_ms -= period.measured() ? n * window.to - sum_of_ends : n * (window.to - window.from);
    const std::size_t classes = tally.delivered_of_class.size();
    add_classes(tally.delivered_of_class.data(), classes, boxes, count);
    if (period.measured()) {
        add_classes(&tally.delivered_by_month.at(period.month(), 0), classes, boxes, count);
        const auto door_to_door = [&](std::size_t i) { return ends[i] - boxes[i].released; };
        tally.door_to_door.add_each(count, door_to_door);
        for (std::size_t limit = 0; limit < tally.within.size(); ++limit) {
            for (std::size_t i = 0; i < count; ++i) {
                tally.within[limit] += door_to_door(i) <= model_.delivered_within[limit] ? 1U : 0U;
            }
        }
    }
    if (model_.demands[leg.demand].collected_after) {
        await_collection(leg, boxes, count, ends);
    }
    if (model_.demands[leg.demand].returns_empties) {
        return_empties(leg, boxes, count, ends);
    }
}

/// Delivered containers stand in the yard until somebody fetches them.
void Replication::await_collection(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends) {
    const DurationLaw& law = *model_.demands[leg.demand].collected_after;
    const Id<model::Terminal> id = model_.stops[leg.alight].terminal;
    TerminalTally& terminal = tally_.terminals[id];
    for (std::size_t i = 0; i < count; ++i) {
        const Tick fetched = ends[i] + draw(law, demands_[leg.demand.index()].collection);
        const Tick leaves = gate_open_from(id, fetched);
        terminal.yard.enter(ends[i]);
        terminal.yard.leave(leaves);
        terminal.room.collect_ms += clipped(model_.window, fetched, leaves);
        if (inside(model_.window, leaves)) {
            terminal.dwell.add(leaves - ends[i]);
            charge_collection(leg, boxes[i], leaves - ends[i]);
        }
        if (!model_.terminals[id].yard || boxes[i].leg == kByRoad) {
            continue;
        }
        if (!yards_[id.index()].presumes_room) {
            add_solo(id, SoloMove::What::collect, leaves, boxes[i]);
        } else if (leaves < model_.window.to) {
            change_room(id, boxes[i], -1, leaves);
        }
    }
}

/// Takes on board who is ready and fits, in order of priority.
void Replication::board(Vehicle& vehicle, StopState& stop) {
    vehicle.boarded_from = vehicle.cargo.size();
    vehicle.held_back = 0;
    vehicle.by_rank.clear();
    board_from(stop.line, stop, vehicle);
    vehicle.left_behind = stop.line.waiting();
    vehicle.rolled = stop.line.rolled();
    if (stop.behind.empty()) {
        return;
    }
    vehicle.by_rank.assign(1, {vehicle.cargo.size() - vehicle.boarded_from, stop.line.rolled()});
    for (WaitingLine& line : stop.behind) {
        const std::size_t before = vehicle.cargo.size();
        board_from(line, stop, vehicle);
        vehicle.left_behind += line.waiting();
        vehicle.by_rank.push_back({vehicle.cargo.size() - before, line.rolled()});
    }
}

void Replication::board_from(WaitingLine& waiting, const StopState& stop, Vehicle& vehicle) {
    Stowage stowage = stowage_of(vehicle);
    if (stop.smallest_quarters == stop.largest_quarters && !stowage.weighs() && !stowage.counts_each()) {
        if (stop.largest_quarters > 0) {
            waiting.board_alike(stowage.quarters_left(), stop.largest_quarters, vehicle.cargo);
        }
        return;
    }
    const auto takes = [&](const Box& box) {
        const Refusal refusal = stowage.take(class_of(box), leg_of(box).alight);
        vehicle.held_back += refusal == Refusal::kept_room ? 1U : 0U;
        return refusal == Refusal::none;
    };
    waiting.board(
        takes, [&] { return stowage.has_room(stop.lightest); }, vehicle.cargo);
}

/// With what is on board of a vehicle at its stop, which may carry `payload_t` in all.
Stowage Replication::stowage_of(const Vehicle& vehicle, double payload_t) const {
    Stowage stowage(model_, model_.lines[vehicle.line], vehicle.stop);
    stowage.limit_payload(payload_t);
    const Load load = load_on(vehicle);
    stowage.subtract(load.quarters, load.tonnes);
    if (stowage.counts_each()) {
        for (const Box& box : vehicle.cargo) {
            stowage.add(class_of(box), leg_of(box).alight);
        }
    }
    return stowage;
}

/// Fills the vehicle at its stop; returns when the last container is loaded, kNever where that will show.
Tick Replication::load(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    StopState& stop = stops_[vehicle.stop.index()];
    stop.line.borrow(vehicle.cargo);
    collect_releases(vehicle.stop);
    if (stop.has_impatient) {
        dismiss_impatient(stop, now_);
    }
    stop.line.settle(now_, stop.order, sorting_);
    for (WaitingLine& line : stop.behind) {
        line.settle(now_, stop.order, sorting_);
    }
    const bool is_shallow = !model_.stops[vehicle.stop].shallows.empty();
    vehicle.payload_t = model_.lines[vehicle.line].payload_t;
    if (is_shallow) {  // what is on board already stays
        vehicle.payload_t = std::max(payload_from(vehicle.stop), load_on(vehicle).tonnes);
    }
    board(vehicle, stop);
    Box* const boxes = vehicle.cargo.data() + vehicle.boarded_from;
    const std::size_t boarded = vehicle.cargo.size() - vehicle.boarded_from;
    for (std::size_t i = 0; stop.has_impatient && i < boarded; ++i) {
        boxes[i].released = impatient_leg_[boxes[i].leg] != 0 ? boxes[i].ready : boxes[i].released;
    }

    if (is_observed() && is_shallow && vehicle.left_behind > 0) {
        tell_left_for_depth(vehicle, stop);
    }
    tell_of(index, &Observer::loads);
    const Id<model::Facility> facility = facility_of(vehicle);
    if (queue_of(facility) != nullptr) {
        ask_cranes(index, CraneRequest::By::vehicle_to_load, boxes, boarded);
        const bool may_be_direct = model_.terminals[model_.stops[vehicle.stop].terminal].transfers_directly;
        vehicle.direct = may_be_direct ? take_over(index) : 0;
        if (boarded + vehicle.direct > 0) {
            return kNever;
        }
    }
    facilities_[facility.index()].cranes.serve(now_, boarded, moves_);
    count_moves(facility, moves_, boxes);
    if (is_observed()) {
        tell_moves(ContainerMove::What::load, index, facility, boxes);
    }
    const auto loaded = [ends = moves_.end.data()](std::size_t i) { return ends[i]; };
    Occupancy& yard = tally_.terminals[model_.stops[vehicle.stop].terminal].yard;
    yard.change_each(boarded, -1, now_, moves_.last_end, loaded);
    return moves_.last_end;
}

}  // namespace corridor::engine
