// Waits for a chamber: of vessels that come to a lock one by one and go through it together.
#include <algorithm>
#include <array>
#include <optional>

#include "model/way_loads.h"
#include "study/arrivals.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Direction;
using model::Lock;
using model::Model;
using model::VesselSize;
using model::WayElement;

/// Beyond this the roots of bulk service take longer than they are worth.
constexpr double kMostPlacesInChamber = 64.0;

struct Comer {
    double rate = 0.0;  ///< per hour
    VesselSize size;
    bool is_poisson = true;
};

class LockQueue {
  public:
    LockQueue(const Model& model, const model::Traffic& run, Id<Lock> id) : lock_(model.locks[id]) {
        for (std::size_t d = 0; d < 2; ++d) {
            add(d, {lock_.traffic[d].per_ms * kMillisecondsPerHour, lock_.traffic_size, true});
        }
        for (std::size_t s = 0; s < model.stops.size(); ++s) {
            const model::Stop& stop = model.stops[Id<model::Stop>{s}];
            for (std::size_t e = 0; e < stop.hop.way.size(); ++e) {
                const WayElement& element = stop.hop.way[e];
                if (element.kind != WayElement::Kind::lock || element.lock != id) continue;
                const bool goes_straight = model.lines[stop.line].first_stop == Id<model::Stop>{s} && is_first(stop, e);
                const Arrivals arrivals = departures_of(model, run, stop.line);
                add(static_cast<std::size_t>(element.direction),
                    {arrivals.rate(), model.lines[stop.line].size, arrivals.is_poisson && goes_straight});
            }
        }
    }

    std::array<double, 2> rates() const { return rates_; }
    bool is_poisson() const { return is_poisson_; }
    bool is_known() const { return is_poisson_ && is_even_ && lock_.chambers == 1; }
    double places() const { return places_in_chamber(lock_, largest_); }

    /// Of one direction and its chambers, which return empty.
    queueing::BulkServer one_way() const {
        return {.places = static_cast<std::uint32_t>(places()),
                .fixed = hours(lock_.levelling[0] + lock_.levelling[1]) / lock_.chambers,
                .each = hours(lock_.entering + lock_.leaving) / lock_.chambers};
    }

    queueing::TwoWayServer two_way() const {
        return {.places = static_cast<std::uint32_t>(places()),
                .each = hours(lock_.entering + lock_.leaving) / lock_.chambers,
                .fixed = {hours(lock_.levelling[0]) / lock_.chambers, hours(lock_.levelling[1]) / lock_.chambers}};
    }

  private:
    static double hours(Tick time) { return static_cast<double>(time) / kMillisecondsPerHour; }

    /// Nothing but runs of a fixed time before it.
    static bool is_first(const model::Stop& stop, std::size_t element) {
        return std::all_of(
            stop.hop.way.begin(), stop.hop.way.begin() + static_cast<std::ptrdiff_t>(element),
            [](const WayElement& before) { return before.kind == WayElement::Kind::run && before.extra[1] == 0.0; });
    }

    void add(std::size_t d, const Comer& comer) {
        if (comer.rate <= 0.0) return;
        const bool is_first_size = largest_.length_m == 0.0 && largest_.beam_m == 0.0;
        const bool is_same = comer.size.length_m == largest_.length_m && comer.size.beam_m == largest_.beam_m;
        is_even_ = is_even_ && (lock_.places > 0 || rates_[0] + rates_[1] == 0.0 || is_first_size || is_same);
        rates_[d] += comer.rate;
        largest_ = {std::max(largest_.length_m, comer.size.length_m), std::max(largest_.beam_m, comer.size.beam_m)};
        is_poisson_ = is_poisson_ && comer.is_poisson;
    }

    const Lock& lock_;
    std::array<double, 2> rates_{0.0, 0.0};
    VesselSize largest_;
    bool is_poisson_ = true;
    bool is_even_ = true;  ///< all vessels need the same room
};

void add_lock(std::vector<TheoryRow>& rows, const std::string& who, double load, double busy, Standing standing) {
    rows.push_back({"lock_utilisation", who, "share", load < 1.0 ? busy : 1.0, "traffic equations",
                    load < 1.0 ? standing : Standing::approximation, load});
}

void add_one_way(std::vector<TheoryRow>& rows, const Basis& basis, const Lock& lock, const LockQueue& queue) {
    for (const Direction direction : scenario::kDirections) {
        const double rate = queue.rates()[static_cast<std::size_t>(direction)];
        if (rate <= 0.0) continue;
        const std::string who = subject(lock) + "." + std::string(model::label(direction));
        const double load = basis.loads.of(model::Resource::locks, who);
        const queueing::BulkServer server = queue.one_way();
        const bool is_single = server.places == 1;
        const queueing::BulkQueue bulk = queueing::bulk_queue(rate, server);
        const bool is_known = queue.is_known() || (is_single && queue.is_poisson());
        const Standing standing = is_known ? Standing::exact : Standing::approximation;
        const double wait = is_single
                                ? queueing::wait_mdc(rate, (server.fixed + server.each) * lock.chambers, lock.chambers)
                                : bulk.wait;
        add_lock(rows, who, load, bulk.busy, standing);
        rows.push_back({"lock_wait_mean", who, "h", wait,
                        is_single            ? "M/D/c (Crommelin)"
                        : lock.chambers == 1 ? "M/D^[1,b]/1 (Bailey)"
                                             : "M/D^[1,b]/1 of pooled chambers",
                        standing, load});
    }
}

/// Near a load of 1 the chamber hardly ever stands still: to each side it is one that comes back with the other side's
/// vessels.
std::array<double, 2> waits_near_full(const std::array<double, 2>& rates, const queueing::TwoWayServer& server) {
    std::array<double, 2> waits{0.0, 0.0};
    for (std::size_t d = 0; d < 2; ++d) {
        if (rates[d] <= 0.0) continue;
        const double others = server.places * std::min(1.0, rates[1 - d] / rates[d]);
        waits[d] = queueing::bulk_queue(rates[d], {.places = server.places,
                                                   .fixed = server.fixed[0] + server.fixed[1] + others * server.each,
                                                   .each = server.each})
                       .wait;
    }
    return waits;
}

void add_two_way(std::vector<TheoryRow>& rows, const Basis& basis, const Lock& lock, const LockQueue& queue) {
    const std::string who = subject(lock);
    const double load = basis.loads.of(model::Resource::locks, who);
    const queueing::TwoWayServer server = queue.two_way();
    const auto chain = queueing::two_way_queue(queue.rates(), server);
    const Standing standing = queue.is_known() && chain ? Standing::exact : Standing::approximation;
    const std::array<double, 2> waits = chain ? chain->wait : waits_near_full(queue.rates(), server);
    if (chain) add_lock(rows, who, load, chain->busy, standing);
    for (const Direction direction : scenario::kDirections) {
        const auto d = static_cast<std::size_t>(direction);
        if (queue.rates()[d] <= 0.0) continue;
        rows.push_back({"lock_wait_mean", who + "." + std::string(model::label(direction)), "h", waits[d],
                        lock.chambers > 1 ? "two-way bulk service of pooled chambers"
                        : chain           ? "two-way bulk service (Markov chain)"
                                          : "M/D^[1,b]/1 of full cycles",
                        standing, load});
    }
}

}  // namespace

void add_lock_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const model::Traffic run = trips_run(basis.model, basis.traffic);
    for (std::size_t i = 0; i < basis.model.locks.size(); ++i) {
        const Id<Lock> id{i};
        const Lock& lock = basis.model.locks[id];
        const LockQueue queue(basis.model, run, id);
        const std::array<double, 2> rates = queue.rates();
        if (rates[0] + rates[1] <= 0.0 || lock.waits_until_full || lock.is_disrupted ||
            queue.places() > kMostPlacesInChamber)
            continue;
        lock.two_way ? add_two_way(rows, basis, lock, queue) : add_one_way(rows, basis, lock, queue);
    }
}

}  // namespace corridor::study
