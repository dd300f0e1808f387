// Waits before links: for a path, for the headway to the vehicle ahead, for vehicles of the other direction.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "model/way_loads.h"
#include "study/arrivals.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Direction;
using model::Link;
using model::Model;
using model::Resource;
using model::WayElement;

// Who comes to the entrance of a link, by direction.
using Comers = std::array<Arrivals, 2>;

// What stands before the entrance of a link on a hop leaves a Poisson stream as it is: runs of a fixed time.
bool is_met_first(const model::Hop& hop, Id<Link> link) {
    for (const WayElement& element : hop.way) {
        if (element.kind == WayElement::Kind::enter) return element.link == link;
        if (element.kind != WayElement::Kind::run || element.extra[1] > 0.0) return false;
    }
    return false;
}

IdVector<Link, Comers> comers_of(const Model& model, const model::Traffic& run) {
    IdVector<Link, Comers> comers(model.links.size());
    for (std::size_t s = 0; s < model.stops.size(); ++s) {
        const model::Stop& stop = model.stops[Id<model::Stop>{s}];
        if (stop.last || run.trips[stop.line] <= 0.0) continue;
        const bool sets_out = model.lines[stop.line].first_stop == Id<model::Stop>{s};
        for (const model::LinkUse& use : stop.hop.links) {
            Arrivals arrivals = departures_of(model, run, stop.line);
            arrivals.is_poisson = arrivals.is_poisson && sets_out && is_met_first(stop.hop, use.link);
            comers[use.link][static_cast<std::size_t>(use.direction)].add(arrivals);
        }
    }
    return comers;
}

class LinkRows {
  public:
    LinkRows(std::vector<TheoryRow>& rows, const Basis& basis, Id<Link> id, const Comers& comers)
        : rows_(rows), basis_(basis), id_(id), link_(basis.model.links[id]), comers_(comers) {}

    void run() {
        // Theory of a steady state does not know when a link closes or how deep the water is.
        if (!link_.open.empty() || !link_.depth.empty() || link_.is_disrupted) return;
        if (link_.alternating) {
            add_alternating();
        } else if (link_.paths_per_day > 0.0 || link_.headway > 0) {
            for (const Direction direction : scenario::kDirections) add_direction(direction);
        }
    }

  private:
    std::string who(Direction direction) const { return subject(link_) + '.' + std::string(model::label(direction)); }
    double headway() const { return static_cast<double>(link_.headway) / kMillisecondsPerHour; }
    double path() const { return link_.paths_per_day > 0.0 ? kHoursPerDay / link_.paths_per_day : 0.0; }

    void add(Direction direction, double load, const TheoreticalWait& wait) {
        double hours = kEndless;
        if (load < 1.0) hours = wait.hours;
        const Standing standing = load < 1.0 ? wait.standing : Standing::approximation;
        rows_.push_back({"link_wait_mean", who(direction), "h", hours, wait.method, standing, load});
    }

    // Paths come at even times, and none is closer to the next than the headway, or the headway decides alone.
    void add_direction(Direction direction) {
        const Arrivals& arrivals = comers_[static_cast<std::size_t>(direction)];
        const double rate = arrivals.rate();
        if (rate <= 0.0) return;
        const bool has_paths = path() >= headway();
        const double interval = std::max(path(), headway());
        const double load = rate * interval;
        const double scv = arrivals.is_poisson ? 1.0 : arrivals.scv(load);
        const bool is_plain = arrivals.is_poisson && (has_paths || path() == 0.0);
        const Standing standing = is_plain ? Standing::exact : Standing::approximation;
        const double until_path = path() / 2.0;
        const double behind_others = load < 1.0 ? scv * load * interval / (2.0 * (1.0 - load)) : kEndless;
        const std::string_view method =
            path() > 0.0 ? (arrivals.is_poisson ? "M/D/1 in slots" : "GI/D/1 in slots (Allen-Cunneen)")
                         : (arrivals.is_poisson ? "M/D/1 (Pollaczek-Khinchine)" : "GI/D/1 (Allen-Cunneen)");
        add(direction, load, {until_path + behind_others, method, standing});
    }

    void add_alternating() {
        const model::PerDirection rates{comers_[0].rate(), comers_[1].rate()};
        if (rates[0] + rates[1] <= 0.0) return;
        Arrivals all = comers_[0];
        all.add(comers_[1]);
        const double load = std::max({basis_.loads.of(Resource::sections, subject(link_)),
                                      basis_.loads.of(Resource::paths, who(Direction::forward)),
                                      basis_.loads.of(Resource::paths, who(Direction::backward))});
        const bool is_known =
            all.is_poisson && link_.sections == 1 && path() == 0.0 && !link_.takes_extra_time() && has_no_lock();
        const Standing standing = is_known ? Standing::exact : Standing::approximation;
        const std::array<double, 2> waits = waits_for_section(rates, all.is_poisson ? 1.0 : all.scv(load));
        for (const Direction direction : scenario::kDirections) {
            const auto d = static_cast<std::size_t>(direction);
            if (rates[d] <= 0.0) continue;
            const double until_path = path() > 0.0 ? queueing::wait_slotted(rates[d], path()) : 0.0;
            add(direction, load,
                {until_path + waits[d] * link_.sections, all.is_poisson ? "M/SM/1 (Neuts)" : "GI/SM/1 (as M/SM/1)",
                 standing});
        }
    }

    // In one section, scaled as Allen and Cunneen scale that of M/M/c.
    std::array<double, 2> waits_for_section(const model::PerDirection& rates, double scv) const {
        const double rate = rates[0] + rates[1];
        if (rates[0] == 0.0 || rates[1] == 0.0) {
            const double rho = rate * headway();
            const double wait = rho < 1.0 ? scv * rho * headway() / (2.0 * (1.0 - rho)) : kEndless;
            return {wait, wait};
        }
        const model::SectionWork work = section_work(basis_.model, id_, rates);
        queueing::PairedService service{.share = work.share};
        double mean = 0.0;
        double second = 0.0;
        for (std::size_t i = 0; i < 2; ++i) {
            for (std::size_t j = 0; j < 2; ++j) {
                const double hours = work.ms[i][j] / kMillisecondsPerHour;
                service.time[i][j] = hours;
                mean += work.share[i] * work.share[j] * hours;
                second += work.share[i] * work.share[j] * hours * hours;
            }
        }
        const double service_scv = mean > 0.0 ? second / (mean * mean) - 1.0 : 0.0;
        std::array<double, 2> waits = queueing::wait_paired(rate, service);
        for (double& wait : waits) wait *= (scv + service_scv) / (1.0 + service_scv);
        return waits;
    }

    bool has_no_lock() const {
        return std::ranges::none_of(basis_.model.locks, [this](const model::Lock& lock) { return lock.link == id_; });
    }

    static constexpr double kEndless = std::numeric_limits<double>::infinity();

    std::vector<TheoryRow>& rows_;
    const Basis& basis_;
    Id<Link> id_;
    const Link& link_;
    const Comers& comers_;
};

}  // namespace

void add_link_rows(std::vector<TheoryRow>& rows, const Basis& basis) {
    const model::Traffic run = trips_run(basis.model, basis.traffic);
    const auto comers = comers_of(basis.model, run);
    for (std::size_t i = 0; i < basis.model.links.size(); ++i) {
        const Id<Link> id{i};
        LinkRows(rows, basis, id, comers[id]).run();
    }
}

}  // namespace corridor::study
