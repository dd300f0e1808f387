// Containers and TEU shipped and railed: by service, link, direction, month, laden or empty, and who uses a link.
#include <cstdint>
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

/// Which cells of a flow table a measure adds up. Small, because a formula with at most 16 bytes needs no memory of its
/// own, and most measures of a large corridor are flows.
struct Cells {
    std::uint32_t entity = 0;
    std::uint16_t first_month = 0;
    std::uint16_t last_month = 0;
    bool forward = true;
    bool backward = true;
    LoadFilter load = LoadFilter::all;
};
static_assert(sizeof(Cells) <= 16);

template <class Entity, class Value>
double add_up(const FlowTable<Entity>& table, const Cells& cells, Value value) {
    double sum = 0.0;
    for (const Direction direction : scenario::kDirections) {
        const bool is_meant = direction == Direction::forward ? cells.forward : cells.backward;
        for (std::size_t month = cells.first_month; is_meant && month < cells.last_month; ++month) {
            sum += static_cast<double>(value(table.at(Id<Entity>{cells.entity}, direction, month), cells.load));
        }
    }
    return sum;
}

Cells whole_period(const model::Model& model, std::size_t entity) {
    return {.entity = static_cast<std::uint32_t>(entity),
            .last_month = static_cast<std::uint16_t>(model.months.size())};
}

/// `kTable`: the table of the entity's flows.
template <auto kTable>
class FlowMeasures {
  public:
    FlowMeasures(MeasurePlan& plan, const model::Model& model) : plan_(plan), model_(model) {}

    void add(std::size_t entity, const std::string& subject, Mode mode) {
        const Cells whole = whole_period(model_, entity);
        add_group(subject, mode, whole);
        for (const Direction direction : scenario::kDirections) {
            Cells cells = whole;
            cells.forward = direction == Direction::forward;
            cells.backward = direction == Direction::backward;
            add_group(subject + '.' + std::string(model::label(direction)), mode, cells);
        }
    }

  private:
    void add_group(const std::string& subject, Mode mode, const Cells& cells) {
        add_pair(subject, mode, cells);
        for (const auto& [load, suffix] :
             {std::pair{LoadFilter::laden, ".laden"}, std::pair{LoadFilter::empty, ".empty"}}) {
            Cells some = cells;
            some.load = load;
            add_pair(subject + suffix, mode, some);
        }
        for (std::size_t month = 0; month < model_.months.size(); ++month) {
            Cells some = cells;
            some.first_month = static_cast<std::uint16_t>(month);
            some.last_month = static_cast<std::uint16_t>(month + 1);
            add_pair(subject + '.' + model_.months[month].label, mode, some);
        }
    }

    void add_pair(const std::string& subject, Mode mode, const Cells& cells) {
        const auto names = names_of(mode);
        plan_.add(names.containers, subject,
                  [cells](const Results& r) { return add_up(r.flows.*kTable, cells, containers); });
        plan_.add(names.teu, subject, [cells](const Results& r) { return add_up(r.flows.*kTable, cells, teu); });
    }

    MeasurePlan& plan_;
    const model::Model& model_;
};

void add_totals(MeasurePlan& plan, const model::Model& model) {
    for (const Mode mode : scenario::kModes) {
        std::vector<Cells> members;
        for (std::size_t s = 0; s < model.services.size(); ++s) {
            if (model.services.items()[s].mode == mode) {
                members.push_back(whole_period(model, s));
            }
        }
        const auto total = [members](auto value) {
            return [members, value](const Results& r) {
                double sum = 0.0;
                for (const Cells& service : members) {
                    sum += add_up(r.flows.services, service, value);
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
                sum += static_cast<double>(r.tally.boarded[leg].total());
            }
            return sum;
        });
    }
}

}  // namespace

void add_flow_measures(MeasurePlan& plan, const model::Model& model) {
    add_totals(plan, model);
    FlowMeasures<&Flows::services> services(plan, model);
    for (std::size_t s = 0; s < model.services.size(); ++s) {
        const model::Service& service = model.services.items()[s];
        services.add(s, subject(service), service.mode);
    }
    FlowMeasures<&Flows::links> links(plan, model);
    for (std::size_t l = 0; l < model.links.size(); ++l) {
        const model::Link& link = model.links.items()[l];
        links.add(l, subject(link), link.mode);
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
