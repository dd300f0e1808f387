#include "corridor/network/itineraries.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "compilation.h"
#include "corridor/base/random.h"
#include "fares.h"
#include "timetables.h"
#include "traffic.h"

namespace corridor::model {
namespace {

Tick mean_ticks(const DurationLaw& law) { return to_tick(moments(law).mean); }

// How long a container expects to wait for the next vehicle of a line, cut-off aside. Vehicles that leave when ready
// come round once per cycle, without the time they are handled: it depends on the load. For one that is always there,
// all that is known is how long it waits at most.
Tick expected_wait(const Model& model, const Line& line) {
    switch (line.dispatch) {
        case Dispatch::continuous:
            return 0;
        case Dispatch::timetable:
            return mean_headway(model, line.timetable) / 2;
        case Dispatch::when_ready:
        case Dispatch::on_demand:
            break;
    }
    const Service& service = model.services[line.service];
    const bool has_own = service.fleet.valid() && !model.fleets[service.fleet].is_shared();
    if (!has_own) return line.longest_wait.value_or(0) / 2;
    return to_tick(travel_ms(model, service)) / model.fleets[service.fleet].vehicles / 2;
}

network::RideNetwork ride_network(const Model& model) {
    network::RideNetwork network;
    for (const Terminal& terminal : model.terminals) network.transfer.push_back(terminal.transfer_time);
    network.calls.reserve(model.stops.size());
    for (std::uint32_t i = 0; i < model.lines.size(); ++i) {
        const Line& line = model.lines[Id<Line>{i}];
        const Tick wait = expected_wait(model, line);
        for (std::uint32_t s = 0; s < line.stop_count; ++s) {
            const Stop& stop = model.stops[Id<Stop>{line.first_stop.index() + s}];
            const Facility& facility = model.facilities[stop.facility];
            const Tick move = mean_ticks(facility.cranes.move_time);
            const Tick cut_off = s == 0 ? line.cut_off : 0;
            network::Call call{.line = i, .service = line.service.index(), .terminal = stop.terminal.index()};
            call.board = wait + cut_off + move;
            call.alight = move;
            if (!stop.last) {
                const Stop& next = model.stops[Id<Stop>{line.first_stop.index() + s + 1}];
                call.ride = to_tick(leaving_ms(facility)) + stop.hop.running_time +
                            mean_ticks(model.facilities[next.facility].entry_time);
            }
            network.calls.push_back(call);
        }
    }
    return network;
}

// The box of a demand that is hardest to take.
struct LargestBox {
    std::uint32_t quarters = 0;
    double tonnes = 0.0;
};

LargestBox largest_box(const Demand& demand) {
    LargestBox box;
    for (const BoxClass& c : demand.classes) {
        box.quarters = std::max(box.quarters, c.quarters);
        box.tonnes = std::max(box.tonnes, c.tonnes);
    }
    return box;
}

bool takes(const Line& line, const LargestBox& box) {
    if (line.payload_t > 0.0 && box.tonnes > line.payload_t) return false;
    return line.largest_quarters() >= box.quarters;
}

class ItineraryCompiler {
  public:
    explicit ItineraryCompiler(Compilation& compilation)
        : compilation_(compilation), model_(compilation.model), network_(ride_network(model_)) {
        smallest_.capacity_quarters = std::numeric_limits<std::uint32_t>::max();
        for (const Line& line : model_.lines) {
            smallest_.capacity_quarters = std::min(smallest_.capacity_quarters, line.largest_quarters());
            const bool lighter = smallest_.payload_t == 0.0 || line.payload_t < smallest_.payload_t;
            if (line.payload_t > 0.0 && lighter) smallest_.payload_t = line.payload_t;
        }
    }

    void run() {
        std::map<Weights, std::vector<std::size_t>> alike;
        for (std::size_t i = 0; i < model_.demands.size(); ++i) {
            queries_.push_back(query(Id<Demand>{i}));
            alike[weights_of(compilation_, Id<Demand>{i})].push_back(i);
        }
        std::vector<Found> found(model_.demands.size());
        for (const auto& [weights, demands] : alike) find(weights, demands, found);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const Id<Demand> demand{i};
            if (found[i].ways.gave_up) {
                report_given_up(demand, queries_[i]);
            } else if (found[i].ways.journeys.empty()) {
                report_no_journey(demand, queries_[i]);
            }
            for (std::size_t j = 0; j < found[i].ways.journeys.size(); ++j) {
                add(demand, found[i].ways.journeys[j], found[i].surcharges[j]);
            }
            if (source(demand).choice == RouteChoice::logit) add_shares(demand);
        }
        add_ways_of_empties();
    }

  private:
    struct Found {
        network::Alternatives ways;
        std::vector<Tick> surcharges;  ///< by journey
    };

    /// The ways of demands for which the same counts.
    void find(const Weights& weights, const std::vector<std::size_t>& demands, std::vector<Found>& found) {
        const bool counts_time_alone = weights == Weights{};
        network::RideNetwork own;
        if (!counts_time_alone) own = priced(model_, network_, weights);
        const network::RideNetwork& network = counts_time_alone ? network_ : own;
        std::vector<network::JourneyQuery> queries;
        queries.reserve(demands.size());
        for (const std::size_t i : demands) queries.push_back(queries_[i]);
        auto ways = network::best_journeys(network, queries);
        for (std::size_t k = 0; k < demands.size(); ++k) {
            const bool is_stuck = ways[k].journeys.empty() && !ways[k].gave_up;
            if (is_stuck && !queries[k].via.empty()) ways[k] = with_returns(network, queries[k]);
            Found& result = found[demands[k]];
            result.ways = std::move(ways[k]);
            for (const network::Journey& journey : result.ways.journeys) {
                result.surcharges.push_back(surcharge(network_, network, journey));
            }
            Demand& demand = model_.demands[Id<Demand>{demands[k]}];
            demand.road_surcharge = road_surcharge(demand, weights);
        }
    }

    const scenario::Demand& source(Id<Demand> id) const {
        return compilation_.scenario.demands[same<scenario::Demand>(id)];
    }

    // Repositioned empties take the best itinerary; where no services lead, none are sent.
    void add_ways_of_empties() {
        std::vector<Demand> ways = ways_of_empties(model_);
        if (ways.empty()) return;
        std::vector<network::JourneyQuery> queries;
        for (const Demand& way : ways) queries.push_back(query(way));
        const auto found = network::best_journeys(network_, queries);
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i].journeys.empty()) continue;
            const Id<Demand> way = model_.demands.push_back(std::move(ways[i]));
            add(way, found[i].journeys.front(), 0);
            model_.empties.ways.push_back(way);
        }
        std::ranges::stable_sort(model_.empties.ways, {}, [this](Id<Demand> way) {
            return model_.demands[way].itineraries.front().expected_hours;
        });
    }

    network::JourneyQuery query(const Demand& demand) const {
        network::JourneyQuery query{.from = demand.from.index(), .to = demand.to.index(), .usable = {}, .via = {}};
        const LargestBox box = largest_box(demand);
        if (!takes(smallest_, box)) {
            query.usable = [this, box](std::uint32_t line) { return takes(model_.lines[Id<Line>{line}], box); };
        }
        return query;
    }

    network::JourneyQuery query(Id<Demand> id) const {
        network::JourneyQuery query = this->query(model_.demands[id]);
        query.count = source(id).itineraries;
        for (const Id<scenario::Service> service : source(id).via) {
            std::vector<std::uint32_t> lines;
            for (const Id<Line> line : model_.services[same<Service>(service)].lines) lines.push_back(line.index());
            query.via.push_back(std::move(lines));
        }
        return query;
    }

    // Tables of lines and stops are in the order of the network's lines and calls.
    void add(Id<Demand> id, const network::Journey& journey, Tick surcharge) {
        Itinerary itinerary;
        itinerary.first = Id<Leg>{model_.legs.size()};
        itinerary.expected_hours = hours(Duration{journey.expected - surcharge});
        itinerary.surcharge = surcharge;
        for (std::size_t i = 0; i < journey.rides.size(); ++i) {
            Leg leg;
            leg.demand = id;
            leg.board = Id<Stop>{journey.rides[i].board};
            leg.alight = Id<Stop>{journey.rides[i].alight};
            leg.line = model_.stops[leg.board].line;
            leg.direction = model_.stops[leg.board].hop.direction;
            const Line& line = model_.lines[leg.line];
            leg.to_board = running_time(line.first_stop, leg.board);
            leg.ride = running_time(leg.board, leg.alight);
            if (line.dispatch != Dispatch::timetable) leg.wait = expected_wait(model_, line);
            if (i + 1 < journey.rides.size()) leg.next = Id<Leg>{model_.legs.size() + 1};
            model_.legs.push_back(leg);
        }
        model_.demands[id].itineraries.push_back(itinerary);
    }

    // The multinomial logit over generalised cost, in hours; what is missing to 1 is the share of the road.
    void add_shares(Id<Demand> id) {
        Demand& demand = model_.demands[id];
        if (demand.itineraries.empty()) return;
        const double per_hour = compilation_.numbers.not_negative(*source(id).logit_scale);
        const auto cost = [](const Itinerary& way) { return way.expected_hours + hours(Duration{way.surcharge}); };
        const double best = cost(demand.itineraries.front());
        const auto weight = [&](double cost_in_hours) {
            constexpr double kLeast = -700;  // what is below weighs nothing
            return portable_exp(std::max(kLeast, -per_hour * (cost_in_hours - best)));
        };
        double sum = 0.0;
        for (const Itinerary& itinerary : demand.itineraries) {
            demand.itinerary_cumulative.push_back(sum += weight(cost(itinerary)));
        }
        if (demand.road_time) {
            const double hours_by_road = moments(*demand.road_time).mean / kMillisecondsPerHour;
            sum += weight(hours_by_road + hours(Duration{demand.road_surcharge}));
        }
        for (double& cumulative : demand.itinerary_cumulative) cumulative /= sum;
    }

    Tick running_time(Id<Stop> from, Id<Stop> to) const {
        Tick sum = 0;
        for (std::size_t s = from.index(); s < to.index(); ++s) sum += model_.stops[Id<Stop>{s}].hop.running_time;
        return sum;
    }

    // A row of services may lead to one terminal twice: to a workshop and back.
    static network::Alternatives with_returns(const network::RideNetwork& network, network::JourneyQuery query) {
        query.returns = true;
        return network::best_journeys(network, {query}).front();
    }

    void report_no_journey(Id<Demand> id, network::JourneyQuery query) {
        query.count = 1;
        const auto search = [&] { return best_journeys(network_, {query}).front(); };
        if (query.usable) {
            query.usable = {};
            const network::Alternatives found = search();
            if (found.gave_up) return report_given_up(id, query);
            if (!found.journeys.empty()) return report_too_large(id, found.journeys.front());
        }
        if (!query.via.empty()) {
            query.via.clear();
            if (!search().journeys.empty()) return report_via(id);
        }
        report_unreachable(id);
    }

    void report_given_up(Id<Demand> id, const network::JourneyQuery& query) {
        const bool chosen = !query.via.empty();
        error(id, chosen ? ".via" : "",
              fmt::format("the search for a way from '{}' to '{}' was given up after {} beginnings ({})", from(id),
                          to(id), query.patience,
                          chosen ? "the services of 'via' meet at too many terminals"
                                 : "the services whose vehicles take its largest container branch too much"),
              chosen ? "leave out 'via' to use any service" : "say with 'via' which services to use, in order");
    }

    void error(Id<Demand> id, std::string_view key, std::string message, std::string hint) {
        compilation_.error(source(id), fmt::format("demand.{}{}", source(id).id, key), std::move(message),
                           std::move(hint));
    }

    void report_too_large(Id<Demand> id, const network::Journey& journey) {
        const LargestBox box = largest_box(model_.demands[id]);
        for (const network::Ride& ride : journey.rides) {
            const Line& line = model_.lines[model_.stops[Id<Stop>{ride.board}].line];
            if (takes(line, box)) continue;
            const scenario::Service& service = compilation_.scenario.services[same<scenario::Service>(line.service)];
            const std::string& vehicle = compilation_.scenario.vehicle_types[service.vehicle].id;
            const bool by_weight = line.largest_quarters() >= box.quarters;
            const std::string needed = by_weight ? fmt::format("a container of {} t", box.tonnes)
                                                 : fmt::format("a container of {} TEU", box.quarters / 4.0);
            const std::string given = by_weight ? fmt::format("{} t", line.payload_t)
                                                : fmt::format("{} TEU{}", line.largest_quarters() / 4.0,
                                                              line.wagons > 0 ? " of a wagon" : "");
            error(id, "",
                  fmt::format("can never be loaded ({} does not fit the {} of '{}' on service '{}')", needed, given,
                              vehicle, service.id),
                  "use a larger vehicle, or smaller containers");
            return;
        }
    }

    void report_via(Id<Demand> id) {
        std::string services;
        for (const Id<scenario::Service> service : source(id).via) {
            services += (services.empty() ? "'" : ", '") + compilation_.scenario.services[service].id + "'";
        }
        error(id, ".via", fmt::format("{}, in this order, do not lead from '{}' to '{}'", services, from(id), to(id)),
              "leave out 'via' to use any service");
    }

    void report_unreachable(Id<Demand> id) {
        constexpr std::size_t kShown = 8;
        const auto terminals = network::reachable(network_, model_.demands[id].from.index());
        std::string names;
        for (std::size_t i = 0; i < std::min(terminals.size(), kShown); ++i) {
            names += (i > 0 ? ", '" : "'") + model_.terminals[Id<Terminal>{terminals[i]}].id + "'";
        }
        if (terminals.size() > kShown) names += fmt::format(" and {} more", terminals.size() - kShown);
        const std::string reached = terminals.empty() ? fmt::format("no service leaves '{}'", from(id))
                                                      : fmt::format("reachable from '{}': {}", from(id), names);
        error(id, "", fmt::format("no services lead from '{}' to '{}' ({})", from(id), to(id), reached),
              fmt::format("add a service that calls at '{}'", to(id)));
    }

    const std::string& from(Id<Demand> id) const { return model_.terminals[model_.demands[id].from].id; }
    const std::string& to(Id<Demand> id) const { return model_.terminals[model_.demands[id].to].id; }

    Compilation& compilation_;
    Model& model_;
    network::RideNetwork network_;  ///< by time alone
    std::vector<network::JourneyQuery> queries_;
    Line smallest_;  ///< what it takes, every line takes
};

}  // namespace

void compile_itineraries(Compilation& compilation) { ItineraryCompiler(compilation).run(); }

}  // namespace corridor::model
