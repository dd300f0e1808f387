#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "model/subject.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Facility;
using namespace queueing;

/// Beyond this load the balance of batches takes longer to solve than it is worth.
constexpr double kMostLoadOfBatches = 0.995;

BatchStreams all_streams(const Station& station) {
    BatchStreams streams = station.streams;
    if (station.from_stations > 0.0) streams.push_back({station.from_stations, {}});
    return streams;
}

TheoreticalWait poisson_wait(const BatchStreams& streams, const model::CranePool& cranes, double load) {
    const Moments service = moments_in_hours(cranes.move_time);
    const BatchMoments batches = moments_of(streams);
    const bool is_single = burstiness(batches) == 1.0;
    if (std::holds_alternative<ExponentialLaw>(cranes.move_time)) {
        if (is_single) {
            return {wait_mmc(batches.items, service.mean, cranes.cranes), "M/M/c (Erlang)", Standing::exact};
        }
        if (cranes.cranes > 1 && load < kMostLoadOfBatches) {
            const double wait = wait_batches_exponential(streams, service.mean, cranes.cranes);
            return {wait, "M^X/M/c (balance equations)", Standing::exact};
        }
    }
    if (cranes.cranes == 1) {
        return {wait_batches_single(batches, service), is_single ? "M/G/1 (Pollaczek-Khinchine)" : "M^X/G/1",
                Standing::exact};
    }
    if (is_single && std::holds_alternative<FixedLaw>(cranes.move_time)) {
        return {wait_mdc(batches.items, service.mean, cranes.cranes), "M/D/c (Crommelin)", Standing::exact};
    }
    const double wait = wait_allen_cunneen(batches.items, burstiness(batches), service, cranes.cranes);
    return {wait, "Allen-Cunneen", Standing::approximation};
}

// From the start of a move to its end, repairs included: failures come at a rate of 1/u while the crane works, so that
// E[C] = E[S] (1 + E[R]/u) and E[C^2] = E[S^2] (1 + E[R]/u)^2 + E[S] E[R^2]/u (Avi-Itzhak and Naor 1963).
Moments time_at_crane(const model::CranePool& cranes) {
    const Moments move = moments_in_hours(cranes.move_time);
    if (!cranes.breakdowns) return move;
    const double up = moments_in_hours(cranes.breakdowns->time_to_failure).mean;
    const Moments repair = moments_in_hours(cranes.breakdowns->time_to_repair);
    const double stretch = 1.0 + repair.mean / up;
    return {move.mean * stretch, move.second * stretch * stretch + move.mean * repair.second / up};
}

// Vessels and trains ask for many moves at once. All cranes that may work on one together are like one that is so much
// faster; where that is not all of them, vehicles are served side by side.
TheoreticalWait call_wait(const Station& station, const model::CranePool& cranes) {
    const Moments service = time_at_crane(cranes);
    BatchMoments batches = moments_of(all_streams(station));
    batches += station.calls;
    const double most = cranes.cranes;
    const double together =
        station.moves_of_calls > 0.0 ? std::min(most, station.cranes_of_moves / station.moves_of_calls) : most;
    const auto side_by_side = static_cast<std::uint32_t>(std::max(1.0, std::round(most / together)));
    const double faster = most / side_by_side;
    if (side_by_side == 1) {
        return {wait_batches_single(batches, {service.mean / most, service.second / (most * most)}),
                "M^X/G/1 of pooled cranes", Standing::approximation};
    }
    const double variance = service.second - service.mean * service.mean;
    const double work = batches.items * variance + batches.squares * service.mean * service.mean;
    const Moments of_batch{batches.items / batches.batches * service.mean / faster,
                           work / batches.batches / (faster * faster)};
    const double ahead_in_batch = (batches.squares - batches.items) / (2.0 * batches.items) * service.mean / faster;
    return {wait_allen_cunneen(batches.batches, 1.0, of_batch, side_by_side) + ahead_in_batch,
            "M^X/G/c of pooled cranes (Allen-Cunneen)", Standing::approximation};
}

// Whoever has a higher priority goes first. Where all moves are alike, it is the same on average whoever goes first.
TheoreticalWait priority_wait(const Station& station, const model::CranePool& cranes, bool always_open) {
    std::vector<PriorityClass> classes;
    BatchMoments batches = moments_of(all_streams(station));
    double mean = 0.0;
    double second = 0.0;
    for (const auto& [rank, one] : station.classes) {
        classes.push_back({one.rate, one.service});
        mean += one.rate / station.items * one.service.mean;
        second += one.rate / station.items * one.service.second;
    }
    const bool is_poisson = station.arrivals_are_poisson && always_open && burstiness(batches) == 1.0;
    if (is_poisson && cranes.cranes == 1) {
        return {wait_priorities(classes), "M/G/1 with priorities (Cobham)", Standing::exact};
    }
    if (is_poisson && station.has_one_exponential()) {
        return {wait_mmc(station.items, mean, cranes.cranes), "M/M/c (Erlang), whoever goes first", Standing::exact};
    }
    return {wait_allen_cunneen(station.items, station.arrival_scv, {mean, second}, cranes.cranes),
            "Allen-Cunneen with QNA", Standing::approximation};
}

TheoreticalWait crane_wait(const Station& station, const model::CranePool& cranes, double load, bool always_open) {
    const Moments service = time_at_crane(cranes);
    if (station.calls.items > 0.0) return call_wait(station, cranes);
    if (!station.is_first_come()) return priority_wait(station, cranes, always_open);
    if (station.arrivals_are_poisson && always_open) return poisson_wait(all_streams(station), cranes, load);
    if (station.is_even && station.is_regular && always_open &&
        std::holds_alternative<ExponentialLaw>(cranes.move_time)) {
        return {wait_dmc(1.0 / station.items, service.mean, cranes.cranes), "D/M/c (Takacs)", Standing::exact};
    }
    return {wait_allen_cunneen(station.items, station.arrival_scv, service, cranes.cranes), "Allen-Cunneen with QNA",
            Standing::approximation};
}

// The demand alone, of containers of one size, that a yard turns away when it is full; nothing where it is not so.
const model::Demand* only_demand_of(const model::Model& model, Id<Facility> id) {
    const model::Demand* only = nullptr;
    for (const model::Leg& leg : model.legs) {
        const bool is_here = model.stops[leg.board].facility == id || model.stops[leg.alight].facility == id;
        if (!is_here) continue;
        const model::Demand& demand = model.demands[leg.demand];
        const bool is_first = !demand.itineraries.empty() && &model.legs[demand.itineraries.front().first] == &leg;
        const bool boards = model.stops[leg.board].facility == id;
        if (only != nullptr || !is_first || !boards || demand.repositions) return nullptr;
        only = &demand;
    }
    if (only == nullptr || only->patience || !is_steady(*only)) return nullptr;
    const bool is_single = only->consignment.is_constant() && only->consignment.sizes.front() == 1;
    const bool is_poisson = only->release == model::ReleaseProcess::poisson && is_single;
    const bool is_one_size = std::ranges::all_of(
        only->classes, [&](const model::BoxClass& box) { return box.quarters == only->classes.front().quarters; });
    return is_poisson && is_one_size ? only : nullptr;
}

// A yard that turns away, emptied by exponential cranes: M/M/c/K. Containers take their room until they are loaded.
bool add_finite_yard(std::vector<TheoryRow>& rows, const Basis& basis, Id<Facility> id, double load) {
    const Facility& facility = basis.model.facilities[id];
    const model::Terminal& terminal = basis.model.terminals[facility.terminal];
    const auto* const move = std::get_if<ExponentialLaw>(&facility.cranes.move_time);
    const model::Demand* const demand = only_demand_of(basis.model, id);
    const bool is_known = terminal.yard && terminal.yard->when_full == model::FullYard::turn_away &&
                          !terminal.has_gate && !terminal.yard_cranes.valid() && terminal.open.empty() &&
                          facility.cranes.always_work() && !facility.may_hold && move != nullptr && demand != nullptr;
    const auto goes_alone = [&] {
        const model::Leg& leg = basis.model.legs[demand->itineraries.front().first];
        return basis.model.lines[leg.line].dispatch == model::Dispatch::continuous;
    };
    if (!is_known || !goes_alone()) return false;
    const std::uint32_t room = terminal.yard->capacity_quarters / demand->classes.front().quarters;
    const double rate = consignments_per_hour(basis.model, *demand);
    const FiniteQueue queue =
        finite_queue(rate, moments_in_hours(*move).mean, facility.cranes.cranes, std::max(room, 1U));
    const std::string who = model::facility_subject(basis.model, facility);
    rows.push_back({"crane_utilisation", who, "share", queue.busy / facility.cranes.cranes, "M/M/c/K (Erlang)",
                    Standing::exact, load});
    rows.push_back({"crane_wait_mean", who, "h", queue.wait, "M/M/c/K (Erlang)", Standing::exact, load});
    rows.push_back({"lost_share", subject(*demand), "share", queue.lost, "M/M/c/K (Erlang)", Standing::exact, load});
    return true;
}

}  // namespace

Moments moments_in_hours(const DurationLaw& law) {
    const Moments ms = moments(law);
    return {ms.mean / kMillisecondsPerHour, ms.second / (kMillisecondsPerHour * kMillisecondsPerHour)};
}

void add_crane_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const model::Model& model = basis.model;
    const IdVector<Facility, Station> stations = stations_of(model, basis.traffic);
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const Facility& facility = model.facilities[Id<Facility>{f}];
        const Station& station = stations[Id<Facility>{f}];
        const model::CranePool& cranes = facility.cranes;
        if (station.moves_repositioned || station.items <= 0.0) continue;
        const std::string who = model::facility_subject(model, facility);
        const double load = basis.loads.of(model::Resource::cranes, who);
        if (load <= 0.0 || add_finite_yard(rows, basis, Id<Facility>{f}, load)) continue;
        const model::Terminal& terminal = model.terminals[facility.terminal];
        const TheoreticalWait wait = crane_wait(station, cranes, load, terminal.open.empty() && cranes.always_work());
        // Where containers are let in one by one, held by a crane or leave unserved, who asks for a move depends on the
        // moves before.
        const bool is_free = !terminal.lets_in() && !facility.may_hold && !station.loses_patience;
        rows.push_back({"crane_utilisation", who, "share", std::min(load, 1.0), "traffic equations",
                        load < 1.0 && is_free ? wait.standing : Standing::approximation, load});
        if (is_free) rows.push_back({"crane_wait_mean", who, "h", wait.hours, wait.method, wait.standing, load});
    }
}

}  // namespace corridor::study
