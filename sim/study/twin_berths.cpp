#include <algorithm>
#include <optional>

#include "model/subject.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Facility;
using model::Model;
using namespace queueing;

// The calls at the berths (tracks) of one facility, per hour.
struct Calls {
    double rate = 0.0;
    double time = 0.0;     ///< hours at the berth, added over the calls of an hour
    double squares = 0.0;  ///< the same of their squares
    double random = 0.0;   ///< of the rate: calls that come as a Poisson stream
    bool is_open = true;   ///< nobody comes because a berth has become free
    bool is_background = true;
    bool is_exact = true;  ///< Poisson calls whose time at the berth is independent of everything else
    std::size_t kinds = 0;
    std::optional<DurationLaw> stay;  ///< time at the berth, where it is that of the only kind

    Moments moments() const { return {time / rate, squares / rate}; }
    void add(double calls, double mean, double variance) {
        rate += calls;
        time += calls * mean;
        squares += calls * (mean * mean + variance);
        ++kinds;
    }
};

double variance(const Moments& moments) { return moments.second - moments.mean * moments.mean; }

// Moves of a call with all cranes at work on it, in hours: mean and variance.
std::pair<double, double> handling(const Facility& facility, const CountDistribution& moves) {
    const Moments move = moments_in_hours(facility.cranes.move_time);
    const double mean =
        model::handling_ms(facility, model::moves_at(facility, moves.mean()), model::kUnlimited) / kMillisecondsPerHour;
    const double c = model::cranes_at_a_vehicle(facility, model::kUnlimited);
    if (c == model::kUnlimited) return {mean, 0.0};
    const double spread = moves.second_moment() - moves.mean() * moves.mean();
    return {mean, (moves.mean() * variance(move) + spread * move.mean * move.mean) / (c * c)};
}

class BerthCalls {
  public:
    BerthCalls(const Model& model, const model::Traffic& traffic)
        : model_(model), traffic_(traffic), calls_(model.facilities.size()) {}

    IdVector<Facility, Calls> run() {
        for (const model::Background& background : model_.backgrounds) add(background);
        for (std::size_t s = 0; s < model_.stops.size(); ++s) add(Id<model::Stop>{s});
        return std::move(calls_);
    }

  private:
    void add(const model::Background& background) {
        Calls& calls = calls_[background.facility];
        const Facility& facility = model_.facilities[background.facility];
        if (!background.listed.empty()) {
            calls.is_open = false;
            return;
        }
        const auto [work, work_variance] = handling(facility, background.moves);
        const Moments entry = moments_in_hours(facility.entry_time);
        const Moments stay = moments_in_hours(background.stay);
        const double rate = background.per_ms * kMillisecondsPerHour;
        const double leaving = model::leaving_ms(facility) / kMillisecondsPerHour;
        calls.add(rate, entry.mean + work + stay.mean + leaving, variance(entry) + work_variance + variance(stay));
        if (background.arrivals == model::ReleaseProcess::poisson) calls.random += rate;
        const bool needs_cranes = background.moves.mean() > 0.0 && !is_zero(facility.cranes.move_time);
        const bool is_poisson = background.arrivals == model::ReleaseProcess::poisson;
        const bool is_plain = !facility.tugs && !facility.berths_disrupted;
        if (needs_cranes || !is_plain || !is_poisson) calls.is_exact = false;
        if (is_zero(facility.entry_time)) calls.stay = background.stay;
    }

    void add(Id<model::Stop> id) {
        const model::Stop& stop = model_.stops[id];
        const model::Line& line = model_.lines[stop.line];
        if (line.dispatch == model::Dispatch::continuous) return;
        Calls& calls = calls_[stop.facility];
        if (line.dispatch != model::Dispatch::timetable) calls.is_open = false;
        calls.is_background = false;
        const Facility& facility = model_.facilities[stop.facility];
        const double rate = traffic_.trips[stop.line] * kMillisecondsPerHour / model::length_ms(model_.window);
        calls.add(rate, model::call_ms(model_, traffic_, id) / kMillisecondsPerHour,
                  variance(moments_in_hours(facility.entry_time)));
        calls.is_exact = false;
    }

    const Model& model_;
    const model::Traffic& traffic_;
    IdVector<Facility, Calls> calls_;
};

TheoreticalWait berth_wait(const Calls& calls, std::uint32_t berths) {
    const Moments time = calls.moments();
    if (calls.is_exact && berths == 1) {
        return {wait_batches_single({calls.rate, calls.rate, calls.rate}, time), "M/G/1 (Pollaczek-Khinchine)",
                Standing::exact};
    }
    const bool is_one_kind = calls.is_exact && calls.kinds == 1 && calls.stay;
    if (is_one_kind && std::holds_alternative<ExponentialLaw>(*calls.stay)) {
        return {wait_mmc(calls.rate, time.mean, berths), "M/M/c (Erlang)", Standing::exact};
    }
    if (is_one_kind && std::holds_alternative<FixedLaw>(*calls.stay)) {
        return {wait_mdc(calls.rate, time.mean, berths), "M/D/c (Crommelin)", Standing::exact};
    }
    // Of streams that come together, those by a timetable add no variability of their own.
    return {wait_allen_cunneen(calls.rate, calls.random / calls.rate, time, berths), "Allen-Cunneen",
            Standing::approximation};
}

// Calls that find all berths and waiting places taken go elsewhere: M/M/c/K, and without places M/G/c/c whatever their
// time at the berth.
void add_finite_berths(std::vector<TheoryRow>& rows, const Facility& facility, const Calls& calls,
                       const std::string& who, double load) {
    const std::uint32_t places = *facility.waiting_places;
    const FiniteQueue queue = finite_queue(calls.rate, calls.moments().mean, facility.berths, facility.berths + places);
    const bool is_exponential = calls.kinds == 1 && calls.stay && std::holds_alternative<ExponentialLaw>(*calls.stay);
    const Standing standing =
        calls.is_exact && (places == 0 || is_exponential) ? Standing::exact : Standing::approximation;
    const std::string_view method = places == 0 ? "M/G/c/c (Erlang)" : "M/M/c/K (Erlang)";
    rows.push_back({"berth_utilisation", who, "share", queue.busy / facility.berths, method, standing, load});
    rows.push_back({"turned_away_share", who, "share", queue.lost, method, standing, load});
    if (places > 0) rows.push_back({"berth_wait_mean", who, "h", queue.wait, method, standing, load});
}

}  // namespace

void add_berth_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const Model& model = basis.model;
    const IdVector<Facility, Calls> all = BerthCalls(model, basis.traffic).run();
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const Facility& facility = model.facilities[Id<Facility>{f}];
        const Calls& calls = all[Id<Facility>{f}];
        if (facility.berths == model::kUnlimited || calls.rate <= 0.0 || !calls.is_open) continue;
        const std::string who = model::facility_subject(model, facility);
        const double load = basis.loads.of(model::Resource::berths, who);
        if (facility.waiting_places) {
            if (calls.is_background) add_finite_berths(rows, facility, calls, who, load);
            continue;
        }
        const TheoreticalWait wait = berth_wait(calls, facility.berths);
        rows.push_back({"berth_utilisation", who, "share", std::min(load, 1.0), "traffic equations",
                        load < 1.0 ? wait.standing : Standing::approximation, load});
        rows.push_back({"berth_wait_mean", who, "h", wait.hours, wait.method, wait.standing, load});
    }
}

}  // namespace corridor::study
