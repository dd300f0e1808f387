// Who boards a vehicle that loads.
#include <algorithm>
#include <functional>
#include <tuple>

#include "simulation.h"

namespace corridor::reference {

void Simulation::on_loading(std::size_t v) {
    Vehicle& vehicle = vehicles_[v];
    if (vehicle.has_loaded) return;
    vehicle.has_loaded = true;
    std::vector<std::size_t>& waiting = stops_[vehicle.stop].waiting;
    waiting = in_order(vehicle.stop);
    vehicle.boarded.clear();
    vehicle.left_behind = 0;
    vehicle.payload_t = payload_now(vehicle);
    std::vector<std::size_t> ashore;
    for (const std::size_t c : waiting) {
        Container& container = containers_[c];
        const bool is_ready = container.ready <= now_;
        if (is_ready && may_board(vehicle, container)) {
            vehicle.boarded.push_back(c);
            vehicle.cargo.push_back(c);
        } else {
            ashore.push_back(c);
            vehicle.left_behind += is_ready ? 1U : 0U;
            container.rolled = container.rolled || is_ready;
        }
    }
    waiting = ashore;
    if (is_first_stop(vehicle)) --lines_[vehicle.line].called;
    const bool discharges = vehicle.pending > 0 || vehicle.without_room > 0;
    if (!vehicle.boarded.empty()) {
        for (const std::size_t c : std::vector(vehicle.boarded)) load_container(v, c);
    } else if (discharges) {
        vehicle.has_loaded = false;  // it loads when that is done
    } else {
        schedule_departure(v);
    }
}

std::vector<std::size_t> Simulation::in_order(std::size_t stop) const {
    std::vector<std::size_t> waiting = stops_[stop].waiting;
    const auto goes_first = [this](std::size_t a, std::size_t b) {
        const auto key = [this](const Container& c) { return std::tuple(demand(c.demand).rank, c.ready); };
        return key(containers_[a]) < key(containers_[b]);
    };
    std::stable_sort(waiting.begin(), waiting.end(), goes_first);
    return waiting;
}

bool Simulation::may_board(const Vehicle& vehicle, const Container& container) const {
    return has_room(vehicle, demand(container.demand).classes[container.box_class]) &&
           leaves_kept_room(vehicle, container);
}

bool Simulation::has_room(const Vehicle& vehicle, const model::BoxClass& box) const {
    const model::Line& line = this->line(vehicle.line);
    std::uint32_t taken = box.quarters;
    std::vector<scenario::BoxSize> sizes{box.size};
    for (const std::size_t c : vehicle.cargo) {
        taken += quarters(containers_[c]);
        sizes.push_back(size(containers_[c]));
    }
    const bool is_light = line.payload_t == 0.0 || weight(vehicle) + box.tonnes <= vehicle.payload_t + kGram;
    return taken <= line.capacity_quarters && is_light && (line.wagons == 0 || stands_on_wagons(line, sizes));
}

bool Simulation::leaves_kept_room(const Vehicle& vehicle, const Container& container) const {
    for (std::size_t ahead = vehicle.stop + 1; ahead < alights(container); ++ahead) {
        std::uint32_t riding_on = quarters(container);
        for (const std::size_t c : vehicle.cargo) {
            riding_on += alights(containers_[c]) > ahead ? quarters(containers_[c]) : 0;
        }
        const std::uint32_t kept = stop(ahead).kept_quarters;
        if (kept > 0 && riding_on + kept > line(vehicle.line).capacity_quarters) return false;
    }
    return true;
}

bool Simulation::stands_on_wagons(const model::Line& line, std::vector<scenario::BoxSize> sizes) {
    std::vector<std::uint32_t> places(line.wagons, line.teu_per_wagon);
    std::sort(sizes.begin(), sizes.end(), std::greater<>());
    for (const scenario::BoxSize size : sizes) {
        const std::uint32_t needed = static_cast<std::uint32_t>(size) + 1;
        const auto has_room = [&](std::uint32_t free) {
            return free >= needed && (needed < 3 || free == line.teu_per_wagon);
        };
        const auto wagon = std::find_if(places.begin(), places.end(), has_room);
        if (wagon == places.end()) return false;
        *wagon -= needed;
    }
    return true;
}

}  // namespace corridor::reference
