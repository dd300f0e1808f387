#include "corridor/model/throughput.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "corridor/network/flow.h"
#include "subject.h"
#include "way_loads.h"

namespace corridor::model {
namespace {

using network::FlowArc;
using network::kUnlimitedFlow;
using network::Node;

/// What lets only a part of the vehicles of a line through, or only so many of them.
struct Limit {
    std::string subject;
    std::string where;
    double vehicles_per_hour = kUnlimitedFlow;
};

}  // namespace

/// What all questions to a network go by.
struct FlowBasis {
    FlowBasis(const Model& of, const std::vector<Load>& loads)
        : model(of), traffic(expected_traffic(of)), run(trips_run(of, traffic)) {
        for (const Load& load : loads) shares.emplace(std::pair{load.resource, load.subject}, load.share());
        yard_teu.assign(of.terminals.size(), 0.0);
        for (std::size_t i = 0; i < of.legs.size(); ++i) add_stays(Id<Leg>{i});
    }

    double share(Resource resource, const std::string& subject) const {
        const auto found = shares.find({resource, subject});
        return found == shares.end() ? 0.0 : found->second;
    }
    double per_hour(double in_window) const { return in_window * kMillisecondsPerHour / length_ms(model.window); }

    void add_stays(Id<Leg> id) {
        const Leg& leg = model.legs[id];
        const double teu = per_hour(traffic.legs[id] * mean_teu(model.demands[leg.demand]));
        yard_teu[model.stops[leg.board].terminal] += teu;
        if (!leg.next.valid() && needs_room(model, leg)) yard_teu[model.stops[leg.alight].terminal] += teu;
    }

    const Model& model;
    Traffic traffic;
    Traffic run;  ///< the trips that the fleets can make
    std::map<std::pair<Resource, std::string>, double> shares;
    IdVector<Terminal, double> yard_teu;  ///< that come to stay, per hour
};

namespace {

/// Everything on the way of one hop that holds up vehicles.
class HopLimits {
  public:
    HopLimits(const FlowBasis& parts, Id<Stop> stop)
        : parts_(parts), stop_(parts.model.stops[stop]), line_(parts.model.lines[stop_.line]) {
        const Stop& next = parts.model.stops[Id<Stop>{std::size_t{stop.index()} + 1}];
        add_fleet();
        add_tugs(stop_.facility);
        add_tugs(next.facility);
        for (const LinkUse& use : stop_.hop.links) add_link(use);
        for (const WayElement& element : stop_.hop.way) {
            if (element.kind == WayElement::Kind::lock) add_lock(element);
        }
    }

    const std::vector<Limit>& all() const { return limits_; }

  private:
    double trips() const { return parts_.per_hour(parts_.run.trips[stop_.line]); }
    bool is_called() const { return has_vehicles_without_number(line_); }

    void add(std::string subject, std::string_view where, double vehicles_per_hour) {
        if (vehicles_per_hour == kUnlimitedFlow) return;
        limits_.push_back({std::move(subject), std::string(where), vehicles_per_hour});
    }

    // Vehicles by a timetable lose what is beyond a load of 1; those that are called come as often as they may.
    void add_shared(Resource resource, const std::string& subject, double most_alone) {
        if (is_called()) return add(subject, label(resource), most_alone);
        const double load = parts_.share(resource, subject);
        if (load > 1.0) add(subject, label(resource), trips() / load);
    }

    void add_fleet() {
        const Service& service = parts_.model.services[line_.service];
        const double timetabled = parts_.per_hour(parts_.traffic.trips[stop_.line]);
        if (is_called() || trips() >= timetabled) return;
        const Fleet& fleet = parts_.model.fleets[service.fleet];
        add(fleet.is_shared() ? subject(fleet) : subject(service), label(Resource::fleet), trips());
    }

    void add_tugs(Id<Facility> id) {
        const Facility& facility = parts_.model.facilities[id];
        if (!facility.tugs) return;
        const double job_ms = facility.tugs->docking * moments(facility.entry_time).mean +
                              facility.tugs->leaving.tugs * leaving_ms(facility);
        const double most = job_ms > 0.0 ? usable_tugs(*facility.tugs) * kMillisecondsPerHour / job_ms : kUnlimitedFlow;
        add_shared(Resource::tugs, facility_subject(parts_.model, facility), most);
    }

    void add_link(const LinkUse& use) {
        const Link& link = parts_.model.links[use.link];
        const std::string way = fmt::format("{}.{}", subject(link), label(use.direction));
        add_shared(Resource::paths, way, most_by_paths(link, parts_.model.window));
        add_shared(Resource::headways, way, most_by_headway(link, parts_.model.window));
        add_shared(Resource::sections, subject(link), kUnlimitedFlow);
    }

    void add_lock(const WayElement& element) {
        const Lock& lock = parts_.model.locks[element.lock];
        const std::string who =
            lock.two_way ? subject(lock) : fmt::format("{}.{}", subject(lock), label(element.direction));
        add_shared(Resource::locks, who, most_through_lock(lock, line_.size));
    }

    const FlowBasis& parts_;
    const Stop& stop_;
    const Line& line_;
    std::vector<Limit> limits_;
};

// Nodes: for each terminal the gate of its yard, its room, its stack; loading and discharging at each facility; being
// on board on the way to each stop; and as many between as arcs stand in a row.
class FlowNetwork {
  public:
    FlowNetwork(const FlowBasis& parts, Id<Terminal> from, Id<Terminal> to, const Cargo& cargo)
        : parts_(parts), model_(parts.model), from_(from), to_(to), cargo_(cargo), nodes_(first_free()) {
        for (std::size_t i = 0; i < model_.terminals.size(); ++i) add_yard(Id<Terminal>{i});
        add_facilities();
        for (const Service& service : model_.services) add_service(service);
    }

    Throughput run() const {
        const Node sink = cargo_.stays ? out_of_yard(to_) : into_yard(to_);
        const auto flow = network::maximum_flow(nodes_, arcs_, into_yard(from_), sink);
        Throughput result{.teu_per_hour = flow.value, .bottlenecks = {}};
        for (const std::uint32_t arc : flow.cut) add_bottleneck(result.bottlenecks, named_[arc]);
        return result;
    }

  private:
    static constexpr Node kYardNodes = 3;

    Node into_yard(Id<Terminal> id) const { return kYardNodes * id.index(); }
    Node out_of_yard(Id<Terminal> id) const { return into_yard(id) + 2; }
    Node loading(Id<Facility> id) const {
        return kYardNodes * static_cast<Node>(model_.terminals.size()) + 2 * id.index();
    }
    Node discharging(Id<Facility> id) const { return loading(id) + 1; }
    Node on_board(Id<Stop> id) const {
        return loading(Id<Facility>{0}) + 2 * static_cast<Node>(model_.facilities.size()) + id.index();
    }
    Node first_free() const { return on_board(Id<Stop>{0}) + static_cast<Node>(model_.stops.size()); }

    static void add_bottleneck(std::vector<Bottleneck>& all, const Bottleneck& one) {
        const auto same = std::ranges::find_if(
            all, [&](const Bottleneck& other) { return other.subject == one.subject && other.where == one.where; });
        if (same == all.end()) return all.push_back(one);
        same->teu_per_hour += one.teu_per_hour;
    }

    void add(Node from, Node to, double capacity, std::string subject = {}, std::string where = {}) {
        arcs_.push_back({from, to, capacity});
        named_.push_back({std::move(subject), std::move(where), capacity});
    }

    // Room lasts for as many as its load says, and every container is lifted into the stack and out of it.
    void add_yard(Id<Terminal> id) {
        const Terminal& terminal = model_.terminals[id];
        const double load = parts_.share(Resource::yards, subject(terminal));
        const double room = load > 0.0 ? parts_.yard_teu[id] / load : kUnlimitedFlow;
        add(into_yard(id), into_yard(id) + 1, room, subject(terminal), std::string(label(Resource::yards)));
        double lifts = kUnlimitedFlow;
        std::string who;
        if (terminal.yard_cranes.valid()) {
            const Facility& cranes = model_.facilities[terminal.yard_cranes];
            lifts = crane_rate(cranes, terminal) / (id == from_ || id == to_ ? 1.0 : 2.0);
            who = facility_subject(model_, cranes);
        }
        add(into_yard(id) + 1, out_of_yard(id), lifts, std::move(who), "yard cranes");
    }

    void add_facilities() {
        for (std::size_t i = 0; i < model_.facilities.size(); ++i) {
            const Id<Facility> id{i};
            const Facility& facility = model_.facilities[id];
            if (facility.in_yard) continue;
            const Terminal& terminal = model_.terminals[facility.terminal];
            const std::string who = facility_subject(model_, facility);
            const bool passes = facility.terminal != from_ && facility.terminal != to_;
            const bool one_mode = std::count_if(terminal.facilities.begin(), terminal.facilities.end(),
                                                [](Id<Facility> f) { return f.valid(); }) == 1;
            const double rate = crane_rate(facility, terminal) / (passes && one_mode ? 2.0 : 1.0);
            add(out_of_yard(facility.terminal), loading(id), rate, who, "loading");
            add(discharging(id), into_yard(facility.terminal), rate, who, "discharging");
        }
    }

    // TEU per hour.
    double crane_rate(const Facility& facility, const Terminal& terminal) const {
        const double move_hours = moments(facility.cranes.move_time).mean / kMillisecondsPerHour;
        if (facility.cranes.cranes == kUnlimited || move_hours <= 0.0) return kUnlimitedFlow;
        return facility.cranes.cranes / move_hours * working_share(facility, terminal, model_.window) *
               cargo_.teu_per_move;
    }

    void add_service(const Service& service) {
        for (const Id<Line> id : service.lines) {
            const Line& line = model_.lines[id];
            for_each_stop(model_, line, [&](Id<Stop> stop, const Stop& at) {
                if (stop != line.first_stop) add(on_board(stop), discharging(at.facility), kUnlimitedFlow);
                if (at.last) return;
                if (stop != line.first_stop) add(loading(at.facility), on_board(stop), kUnlimitedFlow);
                add_hop(service, line, stop, at);
            });
        }
    }

    // Who boards here and who stays on board share the next hop: the places, the payload, and what is on the way.
    void add_hop(const Service& service, const Line& line, Id<Stop> id, const Stop& stop) {
        std::vector<Bottleneck> row;
        const std::string who = fmt::format("{}.{}", subject(service), label(stop.hop.direction));
        const std::string hop = hop_name(model_, id);
        const double teu = line.capacity_quarters / double{kQuartersPerTeu};
        const bool is_called = has_vehicles_without_number(line);
        if (!is_called) row.push_back({who, hop, parts_.per_hour(parts_.traffic.trips[stop.line]) * teu});
        double room = teu;
        if (line.dispatch != Dispatch::continuous) {
            room = std::min(teu, add_payload(line, stop, row, who, hop));
            const HopLimits limits(parts_, id);
            for (const Limit& limit : limits.all()) {
                row.push_back({limit.subject, limit.where, limit.vehicles_per_hour * room});
            }
        }
        const Node next = on_board(Id<Stop>{std::size_t{id.index()} + 1});
        Node at = id == line.first_stop ? loading(stop.facility) : on_board(id);
        if (row.empty()) return add(at, next, kUnlimitedFlow);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Node to = i + 1 == row.size() ? next : nodes_++;
            add(at, to, row[i].teu_per_hour, row[i].subject, row[i].where);
            at = to;
        }
    }

    // TEU that a vehicle carries by weight, on average over the period; a hop that the depth limits more is named by
    // it.
    double add_payload(const Line& line, const Stop& stop, std::vector<Bottleneck>& row, const std::string& who,
                       const std::string& hop) const {
        if (line.payload_t <= 0.0 || cargo_.tonnes_per_teu <= 0.0) return kUnlimitedFlow;
        const double trips =
            has_vehicles_without_number(line) ? kUnlimitedFlow : parts_.per_hour(parts_.traffic.trips[stop.line]);
        const double by_payload = line.payload_t / cargo_.tonnes_per_teu;
        if (trips != kUnlimitedFlow) row.push_back({who, hop + ", payload", trips * by_payload});
        const double by_depth = mean_payload_t(model_, line, stop.hop.links) / cargo_.tonnes_per_teu;
        if (by_depth < by_payload && trips != kUnlimitedFlow) {
            row.push_back({subject(model_.links[shallowest(line, stop)]), "depth", trips * by_depth});
        }
        return std::min(by_payload, by_depth);
    }

    Id<Link> shallowest(const Line& line, const Stop& stop) const {
        Id<Link> least = stop.hop.links.front().link;
        double payload = kUnlimitedFlow;
        for (const LinkUse& use : stop.hop.links) {
            const double allowed = mean_payload_t(model_, line, {use});
            if (allowed >= payload) continue;
            payload = allowed;
            least = use.link;
        }
        return least;
    }

    const FlowBasis& parts_;
    const Model& model_;
    Id<Terminal> from_;
    Id<Terminal> to_;
    Cargo cargo_;
    Node nodes_;
    std::vector<FlowArc> arcs_;
    std::vector<Bottleneck> named_;  ///< by arc
};

}  // namespace

Cargo cargo_of(const Demand& demand) {
    const double teu = mean_teu(demand);
    return {.teu_per_move = teu > 0.0 ? teu : 1.0,
            .tonnes_per_teu = teu > 0.0 ? mean_tonnes(demand) / teu : 0.0,
            .stays = demand.collected_after.has_value()};
}

struct ServiceNetwork::Parts {
    FlowBasis basis;
};

ServiceNetwork::ServiceNetwork(const Model& model, const std::vector<Load>& loads)
    : parts_(std::make_unique<Parts>(Parts{FlowBasis(model, loads)})) {}
ServiceNetwork::ServiceNetwork(ServiceNetwork&&) noexcept = default;
ServiceNetwork::~ServiceNetwork() = default;

Throughput ServiceNetwork::greatest(Id<Terminal> from, Id<Terminal> to, const Cargo& cargo) const {
    return FlowNetwork(parts_->basis, from, to, cargo).run();
}

}  // namespace corridor::model
