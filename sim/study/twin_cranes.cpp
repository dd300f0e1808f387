#include <algorithm>
#include <cmath>

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

// Vessels and trains ask for many moves at once. All cranes together work on them like one that is so much faster.
TheoreticalWait call_wait(const Station& station, const model::CranePool& cranes) {
    const Moments service = time_at_crane(cranes);
    const double c = cranes.cranes;
    BatchMoments batches = moments_of(all_streams(station));
    batches += station.calls;
    return {wait_batches_single(batches, {service.mean / c, service.second / (c * c)}), "M^X/G/1 of pooled cranes",
            Standing::approximation};
}

TheoreticalWait crane_wait(const Station& station, const model::CranePool& cranes, double load, bool always_open) {
    const Moments service = time_at_crane(cranes);
    if (station.calls.items > 0.0) return call_wait(station, cranes);
    if (station.arrivals_are_poisson && always_open) return poisson_wait(all_streams(station), cranes, load);
    if (station.is_even && station.is_regular && always_open &&
        std::holds_alternative<ExponentialLaw>(cranes.move_time)) {
        return {wait_dmc(1.0 / station.items, service.mean, cranes.cranes), "D/M/c (Takacs)", Standing::exact};
    }
    return {wait_allen_cunneen(station.items, station.arrival_scv, service, cranes.cranes), "Allen-Cunneen with QNA",
            Standing::approximation};
}

}  // namespace

Moments moments_in_hours(const DurationLaw& law) {
    const Moments ms = moments(law);
    return {ms.mean / kMillisecondsPerHour, ms.second / (kMillisecondsPerHour * kMillisecondsPerHour)};
}

void add_crane_rows(std::vector<TheoryRow>& rows, const model::Model& model,
                    const IdVector<Facility, Station>& stations) {
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const Facility& facility = model.facilities[Id<Facility>{f}];
        const Station& station = stations[Id<Facility>{f}];
        const model::CranePool& cranes = facility.cranes;
        const double move = moments_in_hours(cranes.move_time).mean;
        if (facility.in_turn || station.moves_repositioned) continue;
        if (cranes.cranes == model::kUnlimited || station.items <= 0.0 || move <= 0.0) continue;
        const model::Terminal& terminal = model.terminals[facility.terminal];
        const double open = model::working_share(facility, terminal, model.window);
        const double load = open > 0.0 ? station.items * move / (cranes.cranes * open) : 0.0;
        const TheoreticalWait wait = crane_wait(station, cranes, load, terminal.open.empty() && cranes.always_work());
        const std::string who = model::facility_subject(model, facility);
        rows.push_back({"crane_utilisation", who, "share", std::min(load, 1.0), "traffic equations",
                        load < 1.0 ? wait.standing : Standing::approximation, load});
        rows.push_back({"crane_wait_mean", who, "h", wait.hours, wait.method, wait.standing, load});
    }
}

}  // namespace corridor::study
