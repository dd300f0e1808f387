#include "study/stations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "model/traffic_equations.h"

namespace corridor::study {
namespace {

using model::Demand;
using model::Dispatch;
using model::Facility;
using model::Leg;
using model::Model;

// What flows from the cranes of one facility straight to those of another.
using Edges = std::map<std::pair<std::size_t, std::size_t>, double>;

class Network {
  public:
    Network(const Model& model, const model::Traffic& traffic)
        : model_(model), traffic_(traffic), stations_(model.facilities.size()) {}

    IdVector<Facility, Station> run() {
        for (const Demand& demand : model_.demands) {
            add_demand(demand);
            note_other_ways(demand);
        }
        add_calls();
        for (const model::Background& background : model_.backgrounds) add_background(background);
        for (Station& station : stations_) {
            station.items = moments_of(station.streams).items + station.from_stations + station.calls.items;
            const bool has_one_stream = station.streams.size() == 1 && station.items == station.streams.front().rate;
            station.is_even = station.is_even && has_one_stream;
        }
        settle_poisson();
        settle_variability();
        return std::move(stations_);
    }

  private:
    double per_hour(double in_window) const {
        return in_window * kMillisecondsPerHour / model::length_ms(model_.window);
    }

    bool is_continuous(const Leg& leg) const { return model_.lines[leg.line].dispatch == Dispatch::continuous; }
    Id<Facility> boards_at(const Leg& leg) const { return model_.stops[leg.board].facility; }
    Id<Facility> alights_at(const Leg& leg) const { return model_.stops[leg.alight].facility; }

    void add_demand(const Demand& demand) {
        const Leg* before = nullptr;
        if (demand.itineraries.empty()) return;
        if (demand.repositions) return add_way_of_empties(demand);
        for (Id<Leg> id = demand.itineraries.front().first; id.valid(); id = model_.legs[id].next) {
            const Leg& leg = model_.legs[id];
            const double containers = per_hour(traffic_.legs[id]);
            if (is_continuous(leg)) {
                add_ride(demand, leg, containers, before);
            } else if (const Id<Facility> stack = stack_after(leg); stack.valid()) {
                stations_[stack].streams.push_back({containers, {}});
                stations_[stack].is_regular = false;
            }
            before = &leg;
        }
    }

    // How many come by others than the best way is not known beforehand.
    void note_other_ways(const Demand& demand) {
        model::for_each_other_leg(model_, demand, [this](const Leg& leg) {
            for (const Id<Facility> id : cranes_of(leg)) stations_[id].is_regular = false;
        });
    }

    // The yard cranes that bring a container out of the stack, and into it; invalid where there are none.
    Id<Facility> stack_before(const Leg& leg) const {
        return model_.terminals[model_.stops[leg.board].terminal].yard_cranes;
    }
    Id<Facility> stack_after(const Leg& leg) const {
        const Id<Facility> cranes = model_.terminals[model_.stops[leg.alight].terminal].yard_cranes;
        return needs_room(model_, leg) ? cranes : Id<Facility>{};
    }

    // The cranes that move a container of a continuous service, one after the other.
    std::vector<Id<Facility>> cranes_of(const Leg& leg) const {
        std::vector<Id<Facility>> cranes{stack_before(leg), boards_at(leg), alights_at(leg), stack_after(leg)};
        std::erase_if(cranes, [](Id<Facility> id) { return !id.valid(); });
        return cranes;
    }

    // How many empties are sent is not known beforehand.
    void add_way_of_empties(const Demand& way) {
        model::for_each_leg(model_, way, [this](const Leg& leg) {
            stations_[boards_at(leg)].moves_repositioned = true;
            stations_[alights_at(leg)].moves_repositioned = true;
        });
    }

    void add_ride(const Demand& demand, const Leg& leg, double containers, const Leg* before) {
        const std::vector<Id<Facility>> cranes = cranes_of(leg);
        Station& first = stations_[cranes.front()];
        const bool comes_by_call = before != nullptr && !is_continuous(*before);
        if (before == nullptr) {
            add_releases(demand, first);
        } else if (comes_by_call) {
            first.streams.push_back({containers, {}});
        } else {
            connect(cranes_of(*before).back(), cranes.front(), containers);
        }
        for (std::size_t i = 1; i < cranes.size(); ++i) connect(cranes[i - 1], cranes[i], containers);
        for (const Id<Facility> id : cranes) {
            Station& station = stations_[id];
            station.add_class(demand, model_.facilities[id], containers);
            if (!is_steady(demand) || comes_by_call) station.is_regular = false;
            if (demand.patience) station.loses_patience = true;
        }
    }

    void add_releases(const Demand& demand, Station& station) {
        const double rate = consignments_per_hour(model_, demand);
        const bool is_single = demand.consignment.is_constant() && demand.consignment.sizes.front() == 1;
        station.is_even = station.streams.empty() && is_single && demand.release == model::ReleaseProcess::even;
        if (demand.release != model::ReleaseProcess::poisson) station.releases_are_poisson = false;
        station.streams.push_back({rate, demand.consignment});
    }

    void connect(Id<Facility> from, Id<Facility> to, double containers) {
        edges_[{from.index(), to.index()}] += containers;
        stations_[to].from_stations += containers;
    }

    // Each call asks for its discharges at once, and then for its loads. How many there are is not known beforehand;
    // a Poisson number of them is what independent containers would make.
    void add_calls() {
        for (std::size_t s = 0; s < model_.stops.size(); ++s) {
            const model::Stop& stop = model_.stops[Id<model::Stop>{s}];
            if (model_.lines[stop.line].dispatch == Dispatch::continuous) continue;
            const model::StopTraffic& moves = traffic_.stops[Id<model::Stop>{s}];
            const double trips = traffic_.trips[stop.line];
            if (trips <= 0.0) continue;
            const double per_hour = kMillisecondsPerHour / model::length_ms(model_.window);
            add_limit(stop, per_hour * (moves.boarding + moves.alighting));
            const Id<Facility> stack = model_.terminals[stop.terminal].yard_cranes;
            if (stack.valid() && moves.boarding > 0.0) {
                const double size = moves.boarding / trips;
                stations_[stack].calls +=
                    {trips * per_hour, moves.boarding * per_hour, trips * per_hour * size * (size + 1.0)};
            }
            for (const double containers : {moves.boarding, moves.alighting}) {
                const double size = containers / trips;
                if (size <= 0.0) continue;
                stations_[stop.facility].calls +=
                    {trips * per_hour, containers * per_hour, trips * per_hour * size * (size + 1.0)};
            }
        }
    }

    // How many cranes work on the vehicles of a call, on average over its moves.
    void add_limit(const model::Stop& stop, double moves) {
        const Facility& facility = model_.facilities[stop.facility];
        Station& station = stations_[stop.facility];
        station.moves_of_calls += moves;
        station.cranes_of_moves += moves * cranes_at_a_vehicle(facility, model_.lines[stop.line].cranes);
    }

    void add_background(const model::Background& background) {
        Station& station = stations_[background.facility];
        const bool waits_for_berth = model_.facilities[background.facility].berths != model::kUnlimited;
        const bool is_poisson = background.listed.empty() && background.arrivals == model::ReleaseProcess::poisson;
        double per_hour = background.per_ms * kMillisecondsPerHour;
        for (const model::Background::Call& call : background.listed) {
            const bool counts = call.time >= model_.window.from && call.time < model_.window.to;
            if (counts) per_hour += kMillisecondsPerHour / model::length_ms(model_.window);
        }
        if (background.moves.mean() <= 0.0) return;
        if (waits_for_berth || !is_poisson) station.is_regular = false;
        station.streams.push_back({per_hour, background.moves});
        station.add_moves(background.rank, model_.facilities[background.facility].cranes.move_time,
                          per_hour * background.moves.mean());
    }

    // A crane's containers leave as a Poisson stream where they come as one, singly, and its service is exponential
    // (Burke 1956) or without waiting (Mirasol 1963). Whoever hears from cranes that do not is not Poisson; what is
    // left is a network of product form (Kelly 1975).
    void settle_poisson() {
        for (Station& station : stations_) {
            station.arrivals_are_poisson =
                station.is_regular && station.releases_are_poisson && station.calls.items == 0.0;
        }
        for (bool changes = true; changes;) {
            changes = false;
            for (const auto& [edge, flow] : edges_) {
                Station& to = stations_[Id<Facility>{edge.second}];
                if (!to.arrivals_are_poisson || sends_poisson(Id<Facility>{edge.first})) continue;
                to.arrivals_are_poisson = false;
                changes = true;
            }
        }
    }

    bool sends_poisson(Id<Facility> id) const {
        const Station& station = stations_[id];
        const Facility& facility = model_.facilities[id];
        const bool keeps = facility.cranes.cranes == model::kUnlimited ||
                           std::holds_alternative<ExponentialLaw>(facility.cranes.move_time);
        const model::Terminal& terminal = model_.terminals[facility.terminal];
        const bool always_open = terminal.open.empty() && !terminal.lets_in() && facility.cranes.always_work() &&
                                 !facility.may_hold && station.is_first_come() && !station.loses_patience;
        return station.arrivals_are_poisson && keeps && always_open && is_stable(id) &&
               queueing::burstiness(moments_of(station.streams)) == 1.0;
    }

    double load(Id<Facility> id) const {
        const model::CranePool& cranes = model_.facilities[id].cranes;
        if (cranes.cranes == model::kUnlimited) return 0.0;
        return stations_[id].items * moments(cranes.move_time).mean / kMillisecondsPerHour / cranes.cranes;
    }
    bool is_stable(Id<Facility> id) const { return load(id) < 1.0; }

    // The queueing network analyzer (Whitt 1983, doi:10.1002/j.1538-7305.1983.tb03204.x, equations 24 to 30): how the
    // variability of arrivals follows from that of releases and of the cranes before.
    void settle_variability() {
        const std::size_t size = stations_.size();
        std::vector<double> constant(size, 0.0);
        std::vector<model::Passage> routing;
        std::vector<double> squares(size, 0.0);
        for (const auto& [edge, flow] : edges_) {
            const double share = flow / stations_[Id<Facility>{edge.second}].items;
            squares[edge.second] += share * share;
        }
        for (std::size_t j = 0; j < size; ++j) {
            constant[j] = weight(j, squares[j]) * (outside(j) - 1.0) + 1.0;
        }
        for (const auto& [edge, flow] : edges_) add_edge(edge.first, edge.second, flow, squares, constant, routing);
        const std::vector<double> scv = model::solve_traffic(routing, constant);
        for (std::size_t j = 0; j < size; ++j) {
            stations_[Id<Facility>{j}].arrival_scv = std::max(0.0, scv[j]);
        }
    }

    // By how much the superposition of several streams keeps of their variability.
    double weight(std::size_t j, double squares) const {
        const Station& station = stations_[Id<Facility>{j}];
        const double from_outside = outside_share(station);
        const double streams = 1.0 / std::max(squares + from_outside * from_outside, 1e-12);
        const double idle = 1.0 - std::min(1.0, load(Id<Facility>{j}));
        return 1.0 / (1.0 + 4.0 * idle * idle * (streams - 1.0));
    }

    static double outside_share(const Station& station) {
        return station.items > 0.0 ? std::max(0.0, 1.0 - station.from_stations / station.items) : 1.0;
    }

    // The share of what comes from outside, with its variability, and of what comes from other cranes.
    double outside(std::size_t j) const {
        const Station& station = stations_[Id<Facility>{j}];
        queueing::BatchMoments from_outside = moments_of(station.streams);
        from_outside += station.calls;
        return outside_share(station) * (station.is_even ? 0.0 : queueing::burstiness(from_outside));
    }

    void add_edge(std::size_t i, std::size_t j, double flow, const std::vector<double>& squares,
                  std::vector<double>& constant, std::vector<model::Passage>& routing) const {
        const Id<Facility> from{i};
        const Moments service = moments(model_.facilities[from].cranes.move_time);
        const double service_scv = service.mean > 0.0 ? service.second / (service.mean * service.mean) - 1.0 : 0.0;
        const std::uint32_t cranes = model_.facilities[from].cranes.cranes;
        const double rho = std::min(1.0, load(from));
        const double split = std::min(1.0, flow / stations_[from].items);
        const double share = flow / stations_[Id<Facility>{j}].items;
        const double spread = cranes == model::kUnlimited
                                  ? 1.0
                                  : 1.0 + (std::max(service_scv, 0.2) - 1.0) / std::sqrt(double{1} * cranes);
        const double kept = weight(j, squares[j]);
        constant[j] += kept * share * (1.0 - split + split * rho * rho * spread);
        routing.push_back({i, j, kept * share * split * (1.0 - rho * rho)});
    }

    const Model& model_;
    const model::Traffic& traffic_;
    IdVector<Facility, Station> stations_;
    Edges edges_;
};

}  // namespace

void Station::add_class(const Demand& demand, const Facility& facility, double rate) {
    const bool has_own_time = demand.move_time && !facility.in_yard;
    has_own_times = has_own_times || has_own_time;
    add_moves(facility.in_yard ? 0 : demand.rank, has_own_time ? *demand.move_time : facility.cranes.move_time, rate);
}

void Station::add_moves(std::uint32_t rank, const DurationLaw& law, double rate) {
    if (rate <= 0.0) return;
    const Moments move = moments(law);
    const Moments hours{move.mean / kMillisecondsPerHour, move.second / (kMillisecondsPerHour * kMillisecondsPerHour)};
    is_exponential = is_exponential && std::holds_alternative<ExponentialLaw>(law);
    MoveClass& one = classes[rank];
    const double before = one.rate;
    one.rate += rate;
    one.service = {(one.service.mean * before + hours.mean * rate) / one.rate,
                   (one.service.second * before + hours.second * rate) / one.rate};
    one.shortest = before > 0.0 ? std::min(one.shortest, hours.mean) : hours.mean;
    one.longest = std::max(one.longest, hours.mean);
}

bool Station::has_one_exponential() const {
    if (!is_exponential || classes.empty()) return false;
    const double mean = classes.begin()->second.shortest;
    return std::ranges::all_of(
        classes, [mean](const auto& each) { return each.second.shortest == mean && each.second.longest == mean; });
}

IdVector<Facility, Station> stations_of(const Model& model, const model::Traffic& traffic) {
    return Network(model, traffic).run();
}

bool is_steady(const Demand& demand) {
    return demand.listed.empty() && demand.rates.size() == 1 && !demand.has_alternatives() && !demand.takes_empties;
}

double consignments_per_hour(const Model& model, const Demand& demand) {
    const double size = demand.listed.empty() ? demand.consignment.mean() : 1.0;
    const double containers = expected_containers(demand, {model.window, std::nullopt});
    return containers / size * kMillisecondsPerHour / model::length_ms(model.window);
}

}  // namespace corridor::study
