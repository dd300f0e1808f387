#include "corridor/model/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "static_balance.h"
#include "subject.h"
#include "way_loads.h"

namespace corridor::model {
namespace {

constexpr double kDaysPerWeek = 7.0;

class Balance {
  public:
    Balance(const Model& model, const Traffic& traffic)
        : model_(model),
          traffic_(traffic),
          run_(trips_run(model, traffic)),
          weeks_(length_ms(model.window) / kMillisecondsPerHour / kHoursPerWeek),
          move_ms_(model.facilities.size(), 0.0),
          berth_ms_(model.facilities.size(), 0.0),
          yard_teu_ms_(model.terminals.size(), 0.0),
          may_go_around_(model.stops.size(), false) {}

    std::vector<Load> run() {
        note_alternatives();
        add_services();
        add_shared_fleets();
        add_background_work();
        add_stays();
        add_facilities();
        add_yards();
        add_links();
        add_empties();
        add_locks();
        return std::move(loads_);
    }

  private:
    void add(Load load) {
        if (load.capacity > 0.0 && std::isfinite(load.capacity)) loads_.push_back(std::move(load));
    }

    // Where a measure of the same subject shows the use.
    void add(Resource resource, const std::string& subject, double offered, double capacity, std::string_view unit,
             std::string_view measure, Excess excess = Excess::queues) {
        add({.resource = resource,
             .subject = subject,
             .offered = offered,
             .capacity = capacity,
             .unit = unit,
             .excess = excess,
             .measure = measure,
             .measured_at = subject});
    }

    // The hops on the best way of demands that do not all have to take it.
    void note_alternatives() {
        for (const Demand& demand : model_.demands) {
            const bool by_other_services = demand.itineraries.size() > 1 && demand.choice != RouteChoice::cheapest;
            if (!by_other_services && !demand.road_time && !demand.patience) continue;
            for_each_leg(model_, demand, [&](const Leg& leg) {
                for (std::size_t stop = leg.board.index(); stop < leg.alight.index(); ++stop) {
                    may_go_around_[Id<Stop>{stop}] = true;
                }
            });
        }
    }

    void add_services() {
        for (const Service& service : model_.services) {
            for (const Id<Line> line : service.lines) {
                add_room(service, line);
                add_calls(line);
            }
            const double fleet = fleet_load(model_, traffic_, service);
            if (fleet > 0.0 && !model_.fleets[service.fleet].is_shared()) {
                add_fleet(model_.fleets[service.fleet], subject(service), fleet);
            }
        }
    }

    void add_shared_fleets() {
        for (const Fleet& fleet : model_.fleets) {
            const double load = fleet_load(model_, traffic_, fleet);
            if (fleet.is_shared() && load > 0.0) add_fleet(fleet, subject(fleet), load);
        }
    }

    void add_fleet(const Fleet& fleet, const std::string& who, double load) {
        const double hours = fleet.vehicles * kHoursPerWeek;
        add(Resource::fleet, who, load * hours, hours * (1.0 - fleet.disrupted_share), "vehicle-h/week",
            "fleet_utilisation");
    }

    void add_room(const Service& service, Id<Line> id) {
        const Line& line = model_.lines[id];
        if (has_vehicles_without_number(line)) return;
        const double teu = line.capacity_quarters / double{kQuartersPerTeu};
        for_each_stop(model_, line, [&](Id<Stop> stop_id, const Stop& stop) {
            if (stop.last) return;
            const StopTraffic& aboard = traffic_.stops[stop_id];
            Load load{.resource = Resource::slots,
                      .subject = fmt::format("{}.{}", subject(service), label(stop.hop.direction)),
                      .where = hop_name(model_, stop_id),
                      .offered = aboard.teu_aboard / weeks_,
                      .capacity = run_.trips[id] * teu / weeks_,
                      .unit = "TEU/week",
                      .excess = may_go_around_[stop_id] ? Excess::may_go_around : Excess::queues,
                      .measure = "load_factor",
                      .measured_at = boarding_subject(model_, stop_id)};
            add(load);
            load.resource = Resource::payload;
            load.offered = aboard.tonnes_aboard / weeks_;
            load.capacity = run_.trips[id] * mean_payload_t(model_, stop_id) / weeks_;
            load.unit = "t/week";
            load.measure = {};
            add(std::move(load));
        });
    }

    void add_calls(Id<Line> id) {
        for_each_stop(model_, model_.lines[id], [&](Id<Stop> stop_id, const Stop& stop) {
            move_ms_[stop.facility] += traffic_.stops[stop_id].move_ms;
            berth_ms_[stop.facility] += run_.trips[id] * call_ms(model_, traffic_, stop_id);
        });
    }

    void add_background_work() {
        for (const Background& background : model_.backgrounds) {
            const Facility& facility = model_.facilities[background.facility];
            const double work = moments(facility.entry_time).mean +
                                handling_ms(facility, moves_at(facility, background.moves.mean()), kUnlimited) +
                                leaving_ms(facility);
            double calls = background.per_ms * length_ms(model_.window);
            double stays = calls * moments(background.stay).mean;
            for (const Background::Call& call : background.listed) {
                if (call.time < model_.window.from || call.time >= model_.window.to) continue;
                calls += 1.0;
                stays += static_cast<double>(call.stay);
            }
            move_ms_[background.facility] += moves_at(facility, calls * background.moves.mean()).move_ms;
            berth_ms_[background.facility] += calls * work + stays;
        }
    }

    // Mean time from being ready until the vehicle of a leg leaves, where it has room.
    double wait_ms(const Leg& leg) const {
        const Line& line = model_.lines[leg.line];
        const double trips = traffic_.trips[leg.line];
        if (line.dispatch != Dispatch::timetable || trips <= 0.0) return static_cast<double>(leg.wait);
        const Tick cut_off = leg.board == line.first_stop ? line.cut_off : 0;
        return length_ms(model_.window) / (2.0 * trips) + static_cast<double>(cut_off);
    }

    // Work of yard cranes, and the time that containers stand in yards.
    void add_stays() {
        for (const Demand& demand : model_.demands) {
            const double containers = expected_containers(demand, {model_.window, std::nullopt});
            const double teu = containers * mean_teu(demand);
            for_each_leg(model_, demand, [&](const Leg& leg) {
                const Id<Terminal> board = model_.stops[leg.board].terminal;
                const Id<Terminal> alight = model_.stops[leg.alight].terminal;
                add_stay(board, containers, teu * wait_ms(leg));
                if (!needs_room(model_, leg)) return;
                const double stay = leg.next.valid() ? static_cast<double>(model_.terminals[alight].transfer_time)
                                                     : moments(*demand.collected_after).mean;
                add_stay(alight, containers, teu * stay);
            });
        }
    }

    void add_stay(Id<Terminal> id, double containers, double teu_ms) {
        yard_teu_ms_[id] += teu_ms;
        const Id<Facility> yard_cranes = model_.terminals[id].yard_cranes;
        if (yard_cranes.valid()) {
            move_ms_[yard_cranes] += moves_at(model_.facilities[yard_cranes], containers).move_ms;
        }
    }

    void add_yards() {
        for (std::size_t i = 0; i < model_.terminals.size(); ++i) {
            const Terminal& terminal = model_.terminals[Id<Terminal>{i}];
            if (!terminal.yard) continue;
            const double teu = terminal.yard->capacity_quarters / double{kQuartersPerTeu};
            add(Resource::yards, subject(terminal),
                yard_teu_ms_[Id<Terminal>{i}] / kMillisecondsPerHour / kHoursPerDay / weeks_, teu * kDaysPerWeek,
                "TEU-d/week", "yard_utilisation",
                terminal.yard->when_full == FullYard::turn_away ? Excess::is_turned_away : Excess::queues);
        }
    }

    void add_facilities() {
        for (std::size_t i = 0; i < model_.facilities.size(); ++i) {
            const Id<Facility> id{i};
            const Facility& facility = model_.facilities[id];
            const Terminal& terminal = model_.terminals[facility.terminal];
            const std::string who = facility_subject(model_, facility);
            add(Resource::cranes, who, move_ms_[id] / kMillisecondsPerHour / weeks_,
                facility.cranes.cranes * kHoursPerWeek * working_share(facility, terminal, model_.window),
                "crane-h/week", "crane_utilisation");
            add(Resource::berths, who, berth_ms_[id] / kMillisecondsPerHour / weeks_, facility.berths * kHoursPerWeek,
                "berth-h/week", "berth_utilisation",
                facility.waiting_places.has_value() && !is_called_at(id) ? Excess::is_turned_away : Excess::queues);
            if (facility.tugs) {
                add(Resource::tugs, who, tug_ms(model_, run_, id) / kMillisecondsPerHour / weeks_,
                    usable_tugs(*facility.tugs) * kHoursPerWeek * (1.0 - facility.tugs->disrupted_share), "tug-h/week",
                    "tug_utilisation");
            }
        }
    }

    bool is_called_at(Id<Facility> id) const {
        return std::ranges::any_of(model_.stops, [id](const Stop& stop) { return stop.facility == id; });
    }

    void add_links() {
        const auto vehicles = vehicles_on_links(model_, run_);
        for (std::size_t i = 0; i < model_.links.size(); ++i) {
            const Id<Link> id{i};
            const Link& link = model_.links[id];
            for (const Direction direction : scenario::kDirections) {
                Load load{.resource = Resource::paths,
                          .subject = fmt::format("{}.{}", subject(link), label(direction)),
                          .offered = vehicles[id][static_cast<std::size_t>(direction)] / weeks_,
                          .capacity = most_by_paths(link, model_.window) * kHoursPerWeek,
                          .unit = link.mode == Mode::railway ? "trains/week" : "vessels/week"};
                add(load);
                load.resource = Resource::headways;
                load.capacity = most_by_headway(link, model_.window) * kHoursPerWeek;
                add(std::move(load));
            }
            if (link.alternating) add_section(id, vehicles[id]);
        }
    }

    void add_section(Id<Link> id, const PerDirection& vehicles) {
        const Link& link = model_.links[id];
        const double hours = section_work(model_, id, vehicles).mean_ms() / kMillisecondsPerHour;
        add({.resource = Resource::sections,
             .subject = subject(link),
             .offered = (vehicles[0] + vehicles[1]) * hours / weeks_,
             .capacity = kHoursPerWeek * open_share(link, model_.window),
             .unit = "section-h/week"});
    }

    void add_locks() {
        for (const LockLoad& load : lock_loads(model_, run_)) {
            add(Resource::locks, load.subject, load.busy * kHoursPerWeek * load.chambers,
                load.chambers * kHoursPerWeek * load.working_share, "chamber-h/week", "lock_utilisation");
        }
    }

    struct EmptiesFlow {
        double taken = 0.0;
        double there = 0.0;  ///< returned, and at first
    };

    // By terminal, and of all of them.
    std::vector<EmptiesFlow> flows_of_empties(BoxSize size) const {
        std::vector<EmptiesFlow> flows(model_.terminals.size() + 1);
        for (const Demand& demand : model_.demands) {
            const double containers = expected_containers(demand, {model_.window, {}}) * share_of(demand, size);
            flows[demand.from.index()].taken += demand.takes_empties ? containers : 0.0;
            flows[demand.to.index()].there += demand.returns_empties ? containers : 0.0;
        }
        for (std::size_t t = 0; t < model_.terminals.size(); ++t) {
            flows[t].there += model_.terminals[Id<Terminal>{t}].empties[static_cast<std::size_t>(size)].initial;
            flows.back().taken += flows[t].taken;
            flows.back().there += flows[t].there;
        }
        return flows;
    }

    void add_empties() {
        if (!model_.empties.kept) return;
        const bool is_shared = model_.empties.policy != Repositioning::none;
        for (const BoxSize size : scenario::kBoxSizes) {
            const std::vector<EmptiesFlow> flows = flows_of_empties(size);
            const auto add_flow = [&](const EmptiesFlow& flow, std::string who) {
                if (flow.taken <= 0.0) return;
                add({.resource = Resource::empties,
                     .subject = std::move(who),
                     .where = std::string(size_name(size)),
                     .offered = flow.taken / weeks_,
                     .capacity = flow.there / weeks_,
                     .unit = "containers/week"});
            };
            if (is_shared) add_flow(flows.back(), "total");
            for (std::size_t t = 0; !is_shared && t < model_.terminals.size(); ++t) {
                add_flow(flows[t], subject(model_.terminals[Id<Terminal>{t}]));
            }
        }
    }

    const Model& model_;
    const Traffic& traffic_;
    Traffic run_;  ///< the same with the trips that the fleets can make
    double weeks_;
    IdVector<Facility, double> move_ms_;
    IdVector<Facility, double> berth_ms_;
    IdVector<Terminal, double> yard_teu_ms_;
    IdVector<Stop, char> may_go_around_;
    std::vector<Load> loads_;
};

}  // namespace

std::vector<Load> static_balance(const Model& model, const Traffic& traffic) { return Balance(model, traffic).run(); }

std::vector<Load> static_balance(const Model& model) { return static_balance(model, expected_traffic(model)); }

}  // namespace corridor::model
