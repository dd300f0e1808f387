#include "corridor/model/throughput.h"

#include <fmt/format.h>

#include <algorithm>

#include "corridor/network/flow.h"
#include "subject.h"
#include "traffic.h"

namespace corridor::model {
namespace {

using network::FlowArc;
using network::kUnlimitedFlow;
using network::Node;

// Nodes: the yards of the terminals; loading and discharging at each facility; being on board on the way to each stop.
class FlowNetwork {
  public:
    FlowNetwork(const Model& model, Id<Terminal> from, Id<Terminal> to, double teu_per_move)
        : model_(model), from_(from), to_(to), teu_per_move_(teu_per_move), traffic_(expected_traffic(model)) {
        add_facilities();
        for (const Service& service : model.services) add_service(service);
    }

    Throughput run() const {
        const auto nodes = yards() + 2 * model_.facilities.size() + model_.stops.size();
        const auto flow = network::maximum_flow(nodes, arcs_, from_.index(), to_.index());
        Throughput result{.teu_per_hour = flow.value, .bottlenecks = {}};
        for (const std::uint32_t arc : flow.cut) result.bottlenecks.push_back(named_[arc]);
        return result;
    }

  private:
    Node yards() const { return static_cast<Node>(model_.terminals.size()); }
    Node loading(Id<Facility> id) const { return yards() + 2 * id.index(); }
    Node discharging(Id<Facility> id) const { return loading(id) + 1; }
    Node on_board(Id<Stop> id) const { return yards() + 2 * static_cast<Node>(model_.facilities.size()) + id.index(); }

    void add(Node from, Node to, double capacity, std::string subject = {}, std::string where = {}) {
        arcs_.push_back({from, to, capacity});
        named_.push_back({std::move(subject), std::move(where), capacity});
    }

    void add_facilities() {
        for (std::size_t i = 0; i < model_.facilities.size(); ++i) {
            const Id<Facility> id{i};
            const Facility& facility = model_.facilities[id];
            const Terminal& terminal = model_.terminals[facility.terminal];
            const std::string who = facility_subject(model_, facility);
            const bool passes = facility.terminal != from_ && facility.terminal != to_;
            const bool one_mode = std::count_if(terminal.facilities.begin(), terminal.facilities.end(),
                                                [](Id<Facility> f) { return f.valid(); }) == 1;
            const double rate = crane_rate(facility, terminal) / (passes && one_mode ? 2.0 : 1.0);
            add(facility.terminal.index(), loading(id), rate, who, "loading");
            add(discharging(id), facility.terminal.index(), rate, who, "discharging");
        }
    }

    // TEU per hour.
    double crane_rate(const Facility& facility, const Terminal& terminal) const {
        const double move_hours = moments(facility.cranes.move_time).mean / kMillisecondsPerHour;
        if (facility.cranes.cranes == kUnlimited || move_hours <= 0.0) return kUnlimitedFlow;
        return facility.cranes.cranes / move_hours * working_share(facility, terminal, model_.window) * teu_per_move_;
    }

    void add_service(const Service& service) {
        const double run_share = 1.0 / std::max(1.0, fleet_load(model_, traffic_, service));
        for (const Id<Line> id : service.lines) {
            const Line& line = model_.lines[id];
            const double trips_per_hour =
                traffic_.trips[id] * run_share * kMillisecondsPerHour / length_ms(model_.window);
            const double places = has_vehicles_without_number(line)
                                      ? kUnlimitedFlow
                                      : trips_per_hour * line.capacity_quarters / kQuartersPerTeu;
            for_each_stop(model_, line,
                          [&](Id<Stop> stop, const Stop& at) { add_call(service, line, stop, at, places); });
        }
    }

    void add_call(const Service& service, const Line& line, Id<Stop> id, const Stop& stop, double places) {
        if (id != line.first_stop) add(on_board(id), discharging(stop.facility), kUnlimitedFlow);
        if (stop.last) return;
        // Who boards here and who stays on board share the places of the next hop.
        const Id<Stop> next{std::size_t{id.index()} + 1};
        const std::string hop = fmt::format("{} - {}", model_.terminals[stop.terminal].id,
                                            model_.terminals[model_.stops[next].terminal].id);
        add(id == line.first_stop ? loading(stop.facility) : on_board(id), on_board(next), places,
            fmt::format("{}.{}", subject(service), label(stop.hop.direction)), hop);
        if (id != line.first_stop) add(loading(stop.facility), on_board(id), kUnlimitedFlow);
    }

    const Model& model_;
    Id<Terminal> from_;
    Id<Terminal> to_;
    double teu_per_move_;
    Traffic traffic_;
    std::vector<FlowArc> arcs_;
    std::vector<Bottleneck> named_;  ///< by arc
};

}  // namespace

Throughput greatest_throughput(const Model& model, Id<Terminal> from, Id<Terminal> to, double teu_per_move) {
    return FlowNetwork(model, from, to, teu_per_move).run();
}

}  // namespace corridor::model
