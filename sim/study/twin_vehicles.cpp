// Tugs and fleets: what their work takes of their time, and how long others wait for them.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "model/subject.h"
#include "study/arrivals.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Facility;
using model::Line;
using model::Model;
using model::Resource;
using namespace queueing;

constexpr double kNoEnd = std::numeric_limits<double>::infinity();

double per_hour(const Model& model, double in_window) {
    return in_window * kMillisecondsPerHour / model::length_ms(model.window);
}

// The calls at a facility with tugs.
struct TugCalls {
    Arrivals arrivals;
    bool is_background = true;
};

TugCalls tug_calls(const Model& model, const model::Traffic& run, Id<Facility> id) {
    TugCalls calls;
    for (const model::Background& background : model.backgrounds) {
        if (background.facility != id) continue;
        const bool is_poisson = background.listed.empty() && background.arrivals == model::ReleaseProcess::poisson;
        const double rate = background.per_ms * kMillisecondsPerHour;
        calls.arrivals.add({.parts = {{rate, is_poisson ? 1.0 : 0.0}}, .is_poisson = is_poisson});
    }
    for (const model::Stop& stop : model.stops) {
        if (stop.facility != id || run.trips[stop.line] <= 0.0) continue;
        Arrivals arrivals = departures_of(model, run, stop.line);
        arrivals.is_poisson = false;
        calls.arrivals.add(arrivals);
        calls.is_background = false;
    }
    return calls;
}

/// Requests for tugs, of one kind or of both.
struct TugJobs {
    double rate = 0.0;
    Moments time;
    std::uint32_t servers = 1;  ///< jobs at a time
    const DurationLaw* only = nullptr;
};

TugJobs tug_jobs(const Facility& facility, double calls) {
    const model::Tugs& tugs = *facility.tugs;
    TugJobs jobs;
    double tugs_asked = 0.0;
    const auto add = [&](std::uint32_t count, const DurationLaw& law) {
        if (count == 0) return;
        const Moments time = moments_in_hours(law);
        jobs.only = jobs.rate == 0.0 ? &law : nullptr;
        const double before = jobs.rate;
        jobs.rate += calls;
        jobs.time = {(jobs.time.mean * before + time.mean * calls) / jobs.rate,
                     (jobs.time.second * before + time.second * calls) / jobs.rate};
        tugs_asked += calls * count;
    };
    add(tugs.docking, facility.entry_time);
    add(tugs.leaving.tugs, tugs.leaving.time);
    if (jobs.rate > 0.0) {
        jobs.servers = std::max(1U, static_cast<std::uint32_t>(tugs.count * jobs.rate / tugs_asked + 1e-9));
    }
    return jobs;
}

// Exact where Poisson calls that nothing has delayed before ask for tugs once.
TheoreticalWait tug_wait(const Facility& facility, const TugCalls& calls, const TugJobs& jobs, double load) {
    const bool needs_cranes = facility.cranes.cranes != model::kUnlimited;
    const bool is_once = calls.arrivals.is_poisson && calls.is_background && jobs.only != nullptr &&
                         facility.berths == model::kUnlimited && !facility.berths_disrupted && !needs_cranes &&
                         !facility.tugs->is_disrupted;
    if (is_once && jobs.servers == 1) {
        return {wait_batches_single({jobs.rate, jobs.rate, jobs.rate}, jobs.time), "M/G/1 (Pollaczek-Khinchine)",
                Standing::exact};
    }
    if (is_once && std::holds_alternative<ExponentialLaw>(*jobs.only)) {
        return {wait_mmc(jobs.rate, jobs.time.mean, jobs.servers), "M/M/c (Erlang)", Standing::exact};
    }
    if (is_once && std::holds_alternative<FixedLaw>(*jobs.only)) {
        return {wait_mdc(jobs.rate, jobs.time.mean, jobs.servers), "M/D/c (Crommelin)", Standing::exact};
    }
    if (jobs.rate * jobs.time.mean >= jobs.servers) return {kNoEnd, "Allen-Cunneen", Standing::approximation};
    return {wait_allen_cunneen(jobs.rate, calls.arrivals.scv(load), jobs.time, jobs.servers), "Allen-Cunneen",
            Standing::approximation};
}

// What of a fleet's trips is random: the variance of the time of one, hours squared, and its mean.
class Trips {
  public:
    Trips(const Basis& basis, const model::Fleet& fleet, double load)
        : basis_(basis), is_plain_(!fleet.is_disrupted && fleet.pools.size() == 1) {
        for (const Id<model::Service> service : fleet.services) {
            for (const Id<Line> line : basis.model.services[service].lines) add(line);
        }
        const double rate = arrivals_.rate();
        if (rate <= 0.0) return;
        time_.mean = load * fleet.vehicles / rate;
        time_.second = time_.mean * time_.mean + variance_ / rate;
    }

    const Arrivals& arrivals() const { return arrivals_; }
    const Moments& time() const { return time_; }
    /// All departures are of one timetable, every vehicle comes back to where it set out, and its trip takes one
    /// exponential time and no other.
    bool is_exponential() const {
        return lines_ == 1 && is_plain_ && arrivals_.parts.size() == 1 && arrivals_.parts.front().scv == 0.0 &&
               exponential_ == 1;
    }

  private:
    void add(Id<Line> id) {
        const Line& line = basis_.model.lines[id];
        if (basis_.traffic.trips[id] <= 0.0) return;
        if (line.dispatch != model::Dispatch::timetable) {
            is_plain_ = false;  // of a shared fleet: it takes vehicles, but when is not known beforehand
            return;
        }
        const double rate = per_hour(basis_.model, basis_.traffic.trips[id]);
        ++lines_;
        arrivals_.add(departures_of(basis_.model, basis_.traffic, id));
        is_plain_ = is_plain_ && line.pool == line.end_pool && line.minimum_quarters == 0 &&
                    basis_.model.services[line.service].layover == 0 &&
                    leaves_at_once(basis_.model, line, basis_.model.stops[line.first_stop]);
        for_each_stop(basis_.model, line, [&](Id<model::Stop> stop_id, const model::Stop& stop) {
            const Facility& facility = basis_.model.facilities[stop.facility];
            const Moments entry = moments_in_hours(facility.entry_time);
            variance_ += rate * (entry.second - entry.mean * entry.mean);
            const bool is_exponential = std::holds_alternative<ExponentialLaw>(facility.entry_time);
            exponential_ += is_exponential ? 1 : 0;
            is_plain_ = is_plain_ && (is_exponential || is_zero(facility.entry_time)) &&
                        facility.berths == model::kUnlimited && facility.cranes.cranes == model::kUnlimited &&
                        is_zero(facility.cranes.move_time) && !facility.tugs && !facility.berths_disrupted;
            if (stop_id == line.first_stop && facility.cranes.is_disrupted) is_plain_ = false;
            if (!stop.last) add(stop.hop, rate);
        });
    }

    void add(const model::Hop& hop, double rate) {
        is_plain_ = is_plain_ && hop.running_time == 0 && hop.way.empty();
        for (const model::LinkUse& use : hop.links) {
            const Moments extra = moments_in_hours(basis_.model.links[use.link].extra_time);
            variance_ += rate * (extra.second - extra.mean * extra.mean);
        }
    }

    const Basis& basis_;
    Arrivals arrivals_;
    Moments time_;
    double variance_ = 0.0;  ///< times the rate
    std::size_t lines_ = 0;
    std::size_t exponential_ = 0;
    bool is_plain_;
};

// Departures wait for the next vehicle of a fleet as customers wait for the next server.
TheoreticalWait vehicle_wait(const Trips& trips, const model::Fleet& fleet, double load) {
    const Arrivals& arrivals = trips.arrivals();
    if (trips.is_exponential()) {
        return {wait_dmc(1.0 / arrivals.rate(), trips.time().mean, fleet.vehicles), "D/M/c (Takacs)", Standing::exact};
    }
    if (load >= 1.0) return {kNoEnd, "Allen-Cunneen", Standing::approximation};
    return {wait_allen_cunneen(arrivals.rate(), arrivals.scv(load), trips.time(), fleet.vehicles), "Allen-Cunneen",
            Standing::approximation};
}

void add_lateness(std::vector<TheoryRow>& rows, const Basis& basis, const model::Fleet& fleet, double load) {
    const Trips trips(basis, fleet, load);
    if (trips.arrivals().rate() <= 0.0) return;
    const TheoreticalWait wait = vehicle_wait(trips, fleet, load);
    for (const Id<model::Service> id : fleet.services) {
        const model::Service& service = basis.model.services[id];
        if (service.no_vehicle != model::NoVehicle::wait) continue;
        for (const Id<Line> line_id : service.lines) {
            const Line& line = basis.model.lines[line_id];
            const bool may_wait = line.dispatch == model::Dispatch::timetable && basis.traffic.trips[line_id] > 0.0 &&
                                  leaves_at_once(basis.model, line, basis.model.stops[line.first_stop]);
            if (!may_wait) continue;
            rows.push_back({"lateness_mean", subject(service) + '.' + std::string(model::label(line.direction)), "h",
                            wait.hours, wait.method, wait.standing, load});
        }
    }
}

}  // namespace

void add_tug_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const model::Traffic run = trips_run(basis.model, basis.traffic);
    for (std::size_t f = 0; f < basis.model.facilities.size(); ++f) {
        const Facility& facility = basis.model.facilities[Id<Facility>{f}];
        if (!facility.tugs) continue;
        const std::string who = model::facility_subject(basis.model, facility);
        const double load = basis.loads.of(Resource::tugs, who);
        const TugCalls calls = tug_calls(basis.model, run, Id<Facility>{f});
        const TugJobs jobs = tug_jobs(facility, calls.arrivals.rate());
        if (load <= 0.0 || jobs.rate <= 0.0) continue;
        const TheoreticalWait wait = tug_wait(facility, calls, jobs, load);
        const double usable = double{1} * usable_tugs(*facility.tugs) / facility.tugs->count;
        const Standing standing = load < 1.0 ? wait.standing : Standing::approximation;
        rows.push_back(
            {"tug_utilisation", who, "share", std::min(load, 1.0) * usable, "traffic equations", standing, load});
        // Calls that find no place to wait go elsewhere.
        if (facility.waiting_places) continue;
        rows.push_back({"tug_wait_mean", who, "h", wait.hours, wait.method, standing, load});
    }
}

void add_fleet_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const auto add = [&](const model::Fleet& fleet, const std::string& who) {
        const double load = basis.loads.of(Resource::fleet, who);
        if (load <= 0.0) return;
        rows.push_back({"fleet_utilisation", who, "share", std::min(load, 1.0), "traffic equations",
                        Standing::approximation, load});
        add_lateness(rows, basis, fleet, load);
    };
    for (const model::Service& service : basis.model.services) {
        if (service.fleet.valid()) add(basis.model.fleets[service.fleet], subject(service));
    }
    for (const model::Fleet& fleet : basis.model.fleets) {
        if (fleet.is_shared()) add(fleet, subject(fleet));
    }
}

}  // namespace corridor::study
