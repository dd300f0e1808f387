#include "corridor/model/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calendar.h"
#include "corridor/base/unit.h"
#include "subject.h"
#include "traffic.h"
#include "ways.h"

namespace corridor::model {
namespace {

constexpr double kDaysPerWeek = 7.0;
constexpr double kNearlyFull = 0.95;
constexpr double kRoundingError = 1e-9;

class Balance {
  public:
    explicit Balance(const Model& model)
        : model_(model),
          traffic_(expected_traffic(model)),
          weeks_(length_ms(model.window) / kMillisecondsPerHour / kHoursPerWeek),
          moves_(model.facilities.size(), 0.0),
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
        for (const LockLoad& load : lock_loads(model_, traffic_)) {
            add(Resource::locks, load.subject, load.busy * kHoursPerWeek * load.chambers, load.chambers * kHoursPerWeek,
                "chamber-h/week");
        }
        return std::move(loads_);
    }

  private:
    void add(Resource resource, std::string subject, double offered, double capacity, std::string_view unit,
             std::string where = {}, Excess excess = Excess::queues) {
        if (capacity > 0.0)
            loads_.push_back({resource, std::move(subject), std::move(where), offered, capacity, unit, excess});
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
            const double fleet = fleet_load(model_, traffic_, service);
            const double run_share = fleet > 1.0 ? 1.0 / fleet : 1.0;
            for (const Id<Line> line : service.lines) {
                add_slots(service, line, run_share);
                add_calls(line, run_share);
            }
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

    void add_fleet(const Fleet& fleet, std::string who, double load) {
        const double hours = fleet.vehicles * kHoursPerWeek;
        add(Resource::fleet, std::move(who), load * hours, hours, "vehicle-h/week");
    }

    void add_slots(const Service& service, Id<Line> id, double run_share) {
        const Line& line = model_.lines[id];
        if (has_vehicles_without_number(line)) return;
        const double teu = line.capacity_quarters / double{kQuartersPerTeu};
        for_each_stop(model_, line, [&](Id<Stop> stop_id, const Stop& stop) {
            if (stop.last) return;
            const Stop& next = model_.stops[Id<Stop>{std::size_t{stop_id.index()} + 1}];
            add(Resource::slots, fmt::format("{}.{}", subject(service), label(stop.hop.direction)),
                traffic_.stops[stop_id].teu_aboard / weeks_, traffic_.trips[id] * run_share * teu / weeks_, "TEU/week",
                fmt::format("{} - {}", model_.terminals[stop.terminal].id, model_.terminals[next.terminal].id),
                may_go_around_[stop_id] ? Excess::may_go_around : Excess::queues);
        });
    }

    void add_calls(Id<Line> id, double run_share) {
        for_each_stop(model_, model_.lines[id], [&](Id<Stop> stop_id, const Stop& stop) {
            const StopTraffic& stop_traffic = traffic_.stops[stop_id];
            moves_[stop.facility] += stop_traffic.boarding + stop_traffic.alighting;
            berth_ms_[stop.facility] += traffic_.trips[id] * run_share * call_ms(model_, traffic_, stop_id);
        });
    }

    void add_background_work() {
        for (const Background& background : model_.backgrounds) {
            const Facility& facility = model_.facilities[background.facility];
            const double work = moments(facility.entry_time).mean +
                                handling_ms(facility, background.moves.mean(), kUnlimited) + leaving_ms(facility);
            double calls = background.per_ms * length_ms(model_.window);
            double stays = calls * moments(background.stay).mean;
            for (const Background::Call& call : background.listed) {
                if (call.time < model_.window.from || call.time >= model_.window.to) continue;
                calls += 1.0;
                stays += static_cast<double>(call.stay);
            }
            moves_[background.facility] += calls * background.moves.mean();
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
        if (yard_cranes.valid()) moves_[yard_cranes] += containers;
    }

    void add_yards() {
        for (std::size_t i = 0; i < model_.terminals.size(); ++i) {
            const Terminal& terminal = model_.terminals[Id<Terminal>{i}];
            if (!terminal.yard) continue;
            const double teu = terminal.yard->capacity_quarters / double{kQuartersPerTeu};
            add(Resource::yards, subject(terminal),
                yard_teu_ms_[Id<Terminal>{i}] / kMillisecondsPerHour / kHoursPerDay / weeks_, teu * kDaysPerWeek,
                "TEU-d/week", {},
                terminal.yard->when_full == FullYard::turn_away ? Excess::is_turned_away : Excess::queues);
        }
    }

    void add_facilities() {
        for (std::size_t i = 0; i < model_.facilities.size(); ++i) {
            const Id<Facility> id{i};
            const Facility& facility = model_.facilities[id];
            const Terminal& terminal = model_.terminals[facility.terminal];
            const std::string who = facility_subject(model_, facility);
            const double crane_ms = moves_[id] * moments(facility.cranes.move_time).mean;
            add(Resource::cranes, who, crane_ms / kMillisecondsPerHour / weeks_,
                facility.cranes.cranes * kHoursPerWeek * working_share(facility, terminal, model_.window),
                "crane-h/week");
            add(Resource::berths, who, berth_ms_[id] / kMillisecondsPerHour / weeks_, facility.berths * kHoursPerWeek,
                "berth-h/week");
            if (facility.tugs) {
                add(Resource::tugs, who, tug_ms(model_, traffic_, id) / kMillisecondsPerHour / weeks_,
                    facility.tugs->count * kHoursPerWeek, "tug-h/week");
            }
        }
    }

    void add_links() {
        IdVector<Link, std::array<double, 2>> trains(model_.links.size(), {0.0, 0.0});
        for (const Stop& stop : model_.stops) {
            if (stop.last) continue;
            for (const LinkUse& use : stop.hop.links) {
                trains[use.link][static_cast<std::size_t>(use.direction)] += traffic_.trips[stop.line];
            }
        }
        for (std::size_t i = 0; i < model_.links.size(); ++i) {
            const Link& link = model_.links[Id<Link>{i}];
            for (const Direction direction : scenario::kDirections) {
                add(Resource::paths, fmt::format("{}.{}", subject(link), label(direction)),
                    trains[Id<Link>{i}][static_cast<std::size_t>(direction)] / weeks_, paths_per_week(link),
                    link.mode == Mode::railway ? "trains/week" : "vessels/week");
            }
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
                add(Resource::empties, std::move(who), flow.taken / weeks_, flow.there / weeks_, "containers/week",
                    std::string(size_name(size)));
            };
            if (is_shared) add_flow(flows.back(), "total");
            for (std::size_t t = 0; !is_shared && t < model_.terminals.size(); ++t) {
                add_flow(flows[t], subject(model_.terminals[Id<Terminal>{t}]));
            }
        }
    }

    // Those in hours in which the link is open; 0: no limit.
    double paths_per_week(const Link& link) const {
        const double by_paths = link.paths_per_day * kDaysPerWeek;
        const double by_headway =
            link.headway > 0 ? kHoursPerWeek * kMillisecondsPerHour / static_cast<double>(link.headway) : 0.0;
        const double most = by_paths > 0.0 && by_headway > 0.0 ? std::min(by_paths, by_headway) : by_paths + by_headway;
        return most * static_cast<double>(open_time(link.open, model_.window)) / length_ms(model_.window);
    }

    const Model& model_;
    Traffic traffic_;
    double weeks_;
    IdVector<Facility, double> moves_;
    IdVector<Facility, double> berth_ms_;
    IdVector<Terminal, double> yard_teu_ms_;
    IdVector<Stop, char> may_go_around_;
    std::vector<Load> loads_;
};

// "5.25", not "5.2500000001".
std::string rounded(double value) { return format_number(std::round(value * 100.0) / 100.0); }

std::string queue_message(const Load& load) {
    std::string text =
        fmt::format("{}{}{}: offered {} {}, capacity {}", label(load.resource), load.where.empty() ? "" : " ",
                    load.where, rounded(load.offered), load.unit, rounded(load.capacity));
    if (load.excess == Excess::is_turned_away) return text + " (what finds no room is turned away)";
    const bool not_all_come = load.excess == Excess::may_go_around;
    const std::string_view condition = not_all_come ? "if all took their best way, " : "";
    if (load.share() > 1.0 + kRoundingError) {
        return text + fmt::format(" ({}the queue {} by {} {})", condition, not_all_come ? "would grow" : "grows",
                                  rounded(load.offered - load.capacity), load.unit);
    }
    if (load.share() >= 1.0 - kRoundingError) return text + fmt::format(" ({}full: no steady state exists)", condition);
    return text + fmt::format(" ({}load {:.3f}: no steady state is near)", condition, load.share());
}

// The table of the scenario that a subject names.
template <class Table>
const scenario::Entity* find_entity(const Table& table, std::string_view kind, std::string_view subject) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entity) {
        const std::string name = fmt::format("{}.{}", kind, entity.id);
        return subject == name || subject.starts_with(name + ".");
    });
    return found == table.end() ? nullptr : &*found;
}

SourcePlace place_of(const scenario::Scenario& scenario, std::string_view subject) {
    for (const scenario::Entity* entity :
         {find_entity(scenario.services, "service", subject), find_entity(scenario.terminals, "terminal", subject),
          find_entity(scenario.links, "link", subject), find_entity(scenario.fleets, "fleet", subject),
          find_entity(scenario.locks, "lock", subject)}) {
        if (entity != nullptr) return entity->place;
    }
    return {};
}

}  // namespace

std::string_view label(Resource resource) {
    switch (resource) {
        case Resource::slots:
            return "slots";
        case Resource::cranes:
            return "cranes";
        case Resource::berths:
            return "berths";
        case Resource::tugs:
            return "tugs";
        case Resource::yards:
            return "yard";
        case Resource::paths:
            return "paths";
        case Resource::locks:
            return "locks";
        case Resource::fleet:
            return "fleet";
        case Resource::empties:
            return "empties";
    }
    return "";
}

std::vector<Load> static_balance(const Model& model) { return Balance(model).run(); }

Diagnostics queue_warnings(const scenario::Scenario& scenario, const std::vector<Load>& loads) {
    Diagnostics warnings;
    for (const Load& load : loads) {
        const bool is_circular = load.resource == Resource::empties;
        if (load.share() < (is_circular ? 1.0 + kRoundingError : kNearlyFull)) continue;
        Diagnostic warning;
        warning.severity = Severity::warning;
        warning.place = place_of(scenario, load.subject);
        warning.path = load.subject;
        warning.message = queue_message(load);
        warnings.push_back(std::move(warning));
    }
    return warnings;
}

}  // namespace corridor::model
