#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "compilation.h"
#include "corridor/base/contract.h"
#include "corridor/base/random.h"
#include "routes.h"
#include "timetables.h"
#include "traffic.h"
#include "ways.h"

namespace corridor::model {
namespace {

// A row of stops before it has ids.
struct Row {
    Direction direction = Direction::forward;
    std::vector<Id<Terminal>> stops;
    std::vector<Hop> hops;  ///< one less than the stops
    const scenario::Departures* departures = nullptr;
};

class ServiceCompiler {
  public:
    ServiceCompiler(Compilation& compilation, Router& router, const scenario::Service& source)
        : compilation_(compilation),
          router_(router),
          source_(source),
          vehicle_(compilation.scenario.vehicle_types[source.vehicle]) {}

    void run() {
        Service service;
        service.id = source_.id;
        service.name = source_.name;
        service.mode = vehicle_.mode;
        service.no_vehicle = source_.no_vehicle;
        if (source_.shared_fleet.valid()) service.fleet = same<Fleet>(source_.shared_fleet);
        if (source_.layover) service.layover = compilation_.numbers.duration(*source_.layover);
        Model& model = compilation_.model;
        const Id<Service> id = model.services.push_back(std::move(service));
        if (source_.fleet) {
            const std::uint32_t vehicles = compilation_.numbers.count(*source_.fleet, 1, scenario::kMostVehicles);
            model.services[id].fleet =
                model.fleets.push_back({.id = {}, .vehicles = vehicles, .pools = {}, .services = {}});
        }
        if (model.services[id].fleet.valid()) model.fleets[model.services[id].fleet].services.push_back(id);
        if (check_fleet()) add_lines(id);
    }

  private:
    bool is_loop() const { return source_.route.front() == source_.route.back(); }

    void error(std::string message, std::string hint) {
        compilation_.error(source_, "service." + source_.id, std::move(message), std::move(hint));
    }

    // With a least load, vehicles that are ready wait to be called.
    Dispatch dispatch(const scenario::Departures& departures) const {
        const Dispatch rule = dispatch_of(departures);
        return rule == Dispatch::when_ready && source_.minimum_load ? Dispatch::on_demand : rule;
    }

    bool uses(Dispatch dispatch) const {
        return this->dispatch(source_.departures) == dispatch ||
               (source_.return_departures && this->dispatch(*source_.return_departures) == dispatch);
    }

    bool check_fleet() {
        if (uses(Dispatch::when_ready) && !source_.fleet) {
            error("needs a fleet (vehicles that leave when ready make the frequency)", "add fleet = 1 or more");
            return false;
        }
        if (uses(Dispatch::continuous) && (source_.fleet || source_.shared_fleet.valid())) {
            error("has a fleet, but departures are continuous (a vehicle is always there)",
                  "leave out 'fleet', or use departures = { when_ready = true }");
            return false;
        }
        if (source_.fleet && source_.directions == scenario::Directions::one_way && !is_loop()) {
            error("has a fleet, but its vehicles never come back (directions = \"one-way\")",
                  "use directions = \"each\" or \"round-trip\", or end the route where it begins");
            return false;
        }
        return true;
    }

    Id<Facility> facility(Id<Terminal> terminal) const {
        const auto& facilities = compilation_.model.terminals[terminal].facilities;
        const Id<Facility> id = facilities[static_cast<std::size_t>(vehicle_.mode)];
        expects(id.valid(), "a service stops only where its vehicles are handled");
        return id;
    }

    std::optional<Row> row(Direction direction) {
        auto hops = router_.hops(source_, vehicle_.mode, direction);
        if (!hops) return std::nullopt;
        check_locks(compilation_, source_, *hops);
        Row row{.direction = direction, .stops = {}, .hops = std::move(*hops), .departures = &source_.departures};
        for (const Id<scenario::Terminal> stop : source_.route) row.stops.push_back(same<Terminal>(stop));
        if (direction == Direction::backward) {
            std::reverse(row.stops.begin(), row.stops.end());
            if (source_.return_departures) row.departures = &*source_.return_departures;
        }
        return row;
    }

    // The rows of stops that vehicles run along: one, both ways, or there and back as one.
    std::vector<Row> rows() {
        auto forward = row(Direction::forward);
        if (!forward) return {};
        if (source_.directions == scenario::Directions::one_way) return {std::move(*forward)};
        auto backward = row(Direction::backward);
        if (!backward) return {};
        if (source_.directions == scenario::Directions::each) return {std::move(*forward), std::move(*backward)};
        forward->stops.insert(forward->stops.end(), backward->stops.begin() + 1, backward->stops.end());
        std::move(backward->hops.begin(), backward->hops.end(), std::back_inserter(forward->hops));
        return {std::move(*forward)};
    }

    void add_lines(Id<Service> id) {
        std::vector<Row> rows = this->rows();
        const Tick cut_off = compilation_.numbers.duration(source_.cut_off);
        const VehicleRoom& room = compilation_.vehicle_rooms[source_.vehicle];
        const std::uint32_t minimum = minimum_quarters(room);
        const std::vector<std::uint32_t> kept = kept_quarters(room);
        Tick least_headway = 0;
        if (source_.least_headway) least_headway = compilation_.numbers.duration(*source_.least_headway);
        std::optional<Tick> longest_wait;
        if (source_.longest_wait) longest_wait = compilation_.numbers.duration(*source_.longest_wait);
        Service& service = compilation_.model.services[id];
        for (Row& row : rows) {
            Line line;
            line.service = id;
            line.direction = row.direction;
            line.dispatch = dispatch(*row.departures);
            line.timetable = compile_timetable(compilation_, source_, *row.departures, row.direction);
            line.cut_off = cut_off;
            line.minimum_quarters =
                std::holds_alternative<scenario::WhenFull>(row.departures->rule) ? room.quarters : minimum;
            line.longest_wait = longest_wait;
            line.capacity_quarters = room.quarters;
            line.payload_t = room.payload_t;
            line.cranes = room.cranes;
            line.wagons = room.wagons;
            line.teu_per_wagon = room.teu_per_wagon;
            line.least_headway = line.dispatch == Dispatch::timetable ? 0 : least_headway;
            line.extra_stream = stream_key("extra time", fmt::format("{}/{}", source_.name, label(row.direction)));
            line.draught = room.draught;
            line.size = room.size.value_or(VesselSize{});
            check_way(line, row);
            service.lines.push_back(add_stops(std::move(line), row, kept));
        }
        if (source_.fleet) share_fleet(service);
        check_cycles(service);
    }

    void check_way(const Line& line, const Row& row) {
        const auto has_way = [](const Hop& hop) { return !hop.way.empty(); };
        if (line.dispatch != Dispatch::continuous || std::ranges::none_of(row.hops, has_way)) return;
        error(
            "meets locks, sections or closures on its way, but departures are continuous (without vehicles that could "
            "wait)",
            "use another kind of departures, or links where nothing is on the way");
    }

    std::uint32_t minimum_quarters(const VehicleRoom& room) {
        if (!source_.minimum_load) return 0;
        const double teu = compilation_.numbers.positive(*source_.minimum_load);
        const double most = room.quarters / double{kQuartersPerTeu};
        if (teu > most) {
            compilation_.numbers.error(*source_.minimum_load,
                                       fmt::format("is more than '{}' holds ({} TEU)", vehicle_.id, most),
                                       "use departures = { when_full = true } for full vehicles");
            return room.quarters;
        }
        return static_cast<std::uint32_t>(std::max(1.0, std::ceil(teu * kQuartersPerTeu - 1e-9)));
    }

    // Of `keep_room`, in its order.
    std::vector<std::uint32_t> kept_quarters(const VehicleRoom& room) {
        std::vector<std::uint32_t> kept;
        for (const scenario::AtTerminal& source : source_.keep_room) {
            const bool in_teu = compilation_.numbers.dimension(source.value) == kTeu;
            const double most = room.quarters / double{kQuartersPerTeu};
            const double value = compilation_.numbers.positive(source.value);
            const double teu = in_teu ? value : value * most;
            if (teu > most * (1.0 + 1e-9)) {
                compilation_.numbers.error(source.value,
                                           fmt::format("is more than '{}' holds ({} TEU)", vehicle_.id, most));
            }
            kept.push_back(
                static_cast<std::uint32_t>(std::min(std::ceil(teu * kQuartersPerTeu - 1e-9), double(room.quarters))));
        }
        return kept;
    }

    std::uint32_t kept_at(Id<Terminal> terminal, const std::vector<std::uint32_t>& kept) const {
        for (std::size_t i = 0; i < kept.size(); ++i) {
            if (same<Terminal>(source_.keep_room[i].terminal) == terminal) return kept[i];
        }
        return 0;
    }

    Id<Line> add_stops(Line line, Row& row, const std::vector<std::uint32_t>& kept) {
        Model& model = compilation_.model;
        const Id<Line> id{model.lines.size()};
        line.first_stop = Id<Stop>{model.stops.size()};
        line.stop_count = static_cast<std::uint32_t>(row.stops.size());
        model.lines.push_back(std::move(line));
        for (std::size_t i = 0; i < row.stops.size(); ++i) {
            Stop stop;
            stop.line = id;
            stop.terminal = row.stops[i];
            stop.facility = facility(row.stops[i]);
            stop.last = i + 1 == row.stops.size();
            if (!stop.last) stop.hop = std::move(row.hops[i]);
            if (i > 0 && !stop.last) stop.kept_quarters = kept_at(stop.terminal, kept);
            if (stop.kept_quarters > 0) model.lines[id].keeps_room = true;
            model.stops.push_back(std::move(stop));
        }
        return id;
    }

    // Half the fleet starts at either end, the odd one at the start of the route. Loops return to their own start.
    void share_fleet(const Service& service) {
        Model& model = compilation_.model;
        Fleet& fleet = model.fleets[service.fleet];
        const auto count = static_cast<std::uint32_t>(service.lines.size());
        for (std::uint32_t i = 0; i < count; ++i) {
            Line& line = model.lines[service.lines[i]];
            line.pool = model.pools.push_back({.fleet = service.fleet,
                                               .terminal = model.stops[line.first_stop].terminal,
                                               .at_start = (fleet.vehicles + count - 1 - i) / count,
                                               .lines = {service.lines[i]},
                                               .runs = {}});
            fleet.pools.push_back(line.pool);
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            model.lines[service.lines[i]].end_pool = fleet.pools[is_loop() ? i : (i + 1) % count];
        }
    }

    // Vehicles that leave when ready at every end take their time from the cycle alone. Loops go round for themselves.
    void check_cycles(const Service& service) {
        if (!is_loop()) return check_cycle(service.lines);
        for (const Id<Line> line : service.lines) check_cycle({line});
    }

    // Time that hardly advances would never reach the end of the run.
    void check_cycle(const std::vector<Id<Line>>& lines) {
        constexpr double kShortestRound = 1000.0;
        const Model& model = compilation_.model;
        double cycle_ms = 0.0;
        double vehicles = 0.0;
        for (const Id<Line> line : lines) {
            if (model.lines[line].dispatch != Dispatch::when_ready) return;
            cycle_ms += travel_ms(model, model.lines[line]);
            if (model.lines[line].pool.valid()) vehicles += model.pools[model.lines[line].pool].at_start;
        }
        if (lines.empty()) return;
        if (cycle_ms < kShortestRound) {
            return error(fmt::format("time does not advance on cycle {} (running, berthing and layover take {} on "
                                     "average, and must take 1 s)",
                                     cycle_name(lines), format_duration(Duration{to_tick(cycle_ms)})),
                         "give a link a length and speed, or the service a layover");
        }
        if (vehicles * static_cast<double>(model.window.to) / cycle_ms > scenario::kMostDepartures) {
            error("gives more than 10,000,000 trips in one run",
                  "give a smaller fleet, or departures = { continuous = true }");
        }
    }

    std::string cycle_name(const std::vector<Id<Line>>& lines) const {
        const Model& model = compilation_.model;
        std::string name;
        for (const Id<Line> id : lines) {
            for_each_stop(model, model.lines[id], [&](Id<Stop> stop_id, const Stop& stop) {
                if (stop_id == model.lines[id].first_stop && !name.empty()) return;
                name += (name.empty() ? "" : "-") + model.terminals[stop.terminal].id;
            });
        }
        return name;
    }

    Compilation& compilation_;
    Router& router_;
    const scenario::Service& source_;
    const scenario::VehicleType& vehicle_;
};

}  // namespace

void compile_services(Compilation& compilation) {
    Router router(compilation);
    for (const scenario::Service& service : compilation.scenario.services) {
        ServiceCompiler(compilation, router, service).run();
    }
}

}  // namespace corridor::model
