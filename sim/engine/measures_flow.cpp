// Containers and TEU shipped and railed: by service, link, direction, month, laden or empty, and who uses a link.
#include <map>
#include <set>
#include <utility>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

using model::Direction;
using model::Mode;

struct FlowNames {
    std::string_view containers;
    std::string_view teu;
};

FlowNames names_of(Mode mode) {
    return mode == Mode::waterway ? FlowNames{"containers_shipped", "teu_shipped"}
                                  : FlowNames{"containers_railed", "teu_railed"};
}

/// Which cells of a flow table a measure adds up.
struct Cells {
    std::vector<Direction> directions{Direction::forward, Direction::backward};
    std::size_t first_month = 0;
    std::size_t last_month = 0;
    LoadFilter load = LoadFilter::all;
};

template <class Entity, class Value>
double add_up(const FlowTable<Entity>& table, Id<Entity> id, const Cells& cells, Value value) {
    double sum = 0.0;
    for (const Direction direction : cells.directions) {
        for (std::size_t month = cells.first_month; month < cells.last_month; ++month) {
            sum += static_cast<double>(value(table.at(id, direction, month), cells.load));
        }
    }
    return sum;
}

template <class Entity>
class FlowMeasures {
  public:
    using Table = const FlowTable<Entity>& (*)(const Flows&);

    FlowMeasures(MeasurePlan& plan, const model::Model& model, Table table)
        : plan_(plan), model_(model), table_(table) {}

    void add(Id<Entity> id, const std::string& subject, Mode mode) {
        const Cells whole{.last_month = model_.months.size()};
        add_group(id, subject, mode, whole);
        for (const Direction direction : scenario::kDirections) {
            Cells cells = whole;
            cells.directions = {direction};
            add_group(id, subject + '.' + std::string(model::label(direction)), mode, cells);
        }
    }

  private:
    void add_group(Id<Entity> id, const std::string& subject, Mode mode, const Cells& cells) {
        add_pair(id, subject, mode, cells);
        for (const auto& [load, suffix] :
             {std::pair{LoadFilter::laden, ".laden"}, std::pair{LoadFilter::empty, ".empty"}}) {
            Cells some = cells;
            some.load = load;
            add_pair(id, subject + suffix, mode, some);
        }
        for (std::size_t month = 0; month < model_.months.size(); ++month) {
            Cells some = cells;
            some.first_month = month;
            some.last_month = month + 1;
            add_pair(id, subject + '.' + model_.months[month].label, mode, some);
        }
    }

    void add_pair(Id<Entity> id, const std::string& subject, Mode mode, const Cells& cells) {
        const auto names = names_of(mode);
        const Table table = table_;
        plan_.add(names.containers, subject,
                  [=](const Results& r) { return add_up(table(r.flows), id, cells, containers); });
        plan_.add(names.teu, subject, [=](const Results& r) { return add_up(table(r.flows), id, cells, teu); });
    }

    MeasurePlan& plan_;
    const model::Model& model_;
    Table table_;
};

void add_totals(MeasurePlan& plan, const model::Model& model) {
    const Cells whole{.last_month = model.months.size()};
    for (const Mode mode : scenario::kModes) {
        std::vector<Id<model::Service>> members;
        for (std::size_t s = 0; s < model.services.size(); ++s) {
            if (model.services.items()[s].mode == mode) {
                members.emplace_back(s);
            }
        }
        const auto total = [members, whole](auto value) {
            return [members, whole, value](const Results& r) {
                double sum = 0.0;
                for (const Id<model::Service> id : members) {
                    sum += add_up(r.flows.services, id, whole, value);
                }
                return sum;
            };
        };
        plan.add(names_of(mode).containers, "total", total(containers));
        plan.add(names_of(mode).teu, "total", total(teu));
    }
}

/// Select-link analysis: the containers of each demand whose ride uses a link.
void add_link_users(MeasurePlan& plan, const model::Model& model) {
    using User = std::pair<Id<model::Link>, Id<model::Demand>>;
    std::map<User, std::vector<std::size_t>> users;
    for (std::size_t l = 0; l < model.legs.size(); ++l) {
        const model::Leg& leg = model.legs.items()[l];
        std::set<Id<model::Link>> links;
        for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
            for (const model::LinkUse& use : model.stops.items()[s].hop.links) {
                links.insert(use.link);
            }
        }
        for (const Id<model::Link> link : links) {
            users[{link, leg.demand}].push_back(l);
        }
    }
    for (const auto& [user, legs] : users) {
        const auto& [link, demand] = user;
        const std::string who = subject(model.links[link]) + '.' + subject(model.demands[demand]);
        plan.add(names_of(model.links[link].mode).containers, who, [legs = legs](const Results& r) {
            double sum = 0.0;
            for (const std::size_t leg : legs) {
                sum += static_cast<double>(r.flows.by_leg[leg]);
            }
            return sum;
        });
    }
}

}  // namespace

void add_flow_measures(MeasurePlan& plan, const model::Model& model) {
    add_totals(plan, model);
    FlowMeasures<model::Service> services(
        plan, model, [](const Flows& f) -> const auto& { return f.services; });
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        const model::Service& service = model.services.items()[s];
        services.add(Id<model::Service>{s}, subject(service), service.mode);
    }
    FlowMeasures<model::Link> links(
        plan, model, [](const Flows& f) -> const auto& { return f.links; });
    for (std::size_t l = 0; l < model.links.size(); ++l) {
        const model::Link& link = model.links.items()[l];
        links.add(Id<model::Link>{l}, subject(link), link.mode);
    }
    add_link_users(plan, model);
    plan.add("teu_km", "total", [](const Results& r) {
        double sum = 0.0;
        for (const double service : r.flows.teu_km) {
            sum += service;
        }
        return sum;
    });
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        plan.add("teu_km", subject(model.services.items()[s]), [s](const Results& r) { return r.flows.teu_km[s]; });
    }
}

}  // namespace corridor::engine
