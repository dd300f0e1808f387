// Fleets that several services share: where their vehicles wait, and how they get from one place to another.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compilation.h"
#include "routes.h"
#include "ways.h"

namespace corridor::model {
namespace {

class FleetCompiler {
  public:
    FleetCompiler(Compilation& compilation, Router& router, Id<Fleet> id)
        : compilation_(compilation),
          model_(compilation.model),
          router_(router),
          id_(id),
          source_(compilation.scenario.fleets[same<scenario::Fleet>(id)]) {}

    void run() {
        if (fleet().services.empty() || !have_one_vehicle_type()) return;
        add_lines();
        add_vehicles();
        mode_ = model_.services[fleet().services.front()].mode;
        if (fleet().repositioning != EmptyRuns::none) add_runs();
        check_ends();
    }

  private:
    Fleet& fleet() { return model_.fleets[id_]; }
    const std::string& name_of(Id<Terminal> terminal) const { return model_.terminals[terminal].id; }

    bool have_one_vehicle_type() {
        const auto source_of = [&](Id<Service> id) -> const scenario::Service& {
            return compilation_.scenario.services[same<scenario::Service>(id)];
        };
        const scenario::Service& first = source_of(fleet().services.front());
        for (const Id<Service> id : fleet().services) {
            const scenario::Service& service = source_of(id);
            if (service.vehicle == first.vehicle) continue;
            const auto& types = compilation_.scenario.vehicle_types;
            compilation_.error(
                service, fmt::format("service.{}.vehicle", service.id),
                fmt::format("the vehicles of fleet '{}' are of one type ('{}' has '{}', '{}' has '{}')", source_.id,
                            first.id, types[first.vehicle].id, service.id, types[service.vehicle].id),
                "give the services the same vehicle, or fleets of their own");
            return false;
        }
        return true;
    }

    Id<Pool> pool_at(Id<Terminal> terminal) {
        for (const Id<Pool> pool : fleet().pools) {
            if (model_.pools[pool].terminal == terminal) return pool;
        }
        const Id<Pool> pool =
            model_.pools.push_back({.fleet = id_, .terminal = terminal, .at_start = 0, .lines = {}, .runs = {}});
        fleet().pools.push_back(pool);
        return pool;
    }

    void add_lines() {
        for (const Id<Service> service : fleet().services) {
            for (const Id<Line> id : model_.services[service].lines) {
                Line& line = model_.lines[id];
                const Id<Stop> last{std::size_t{line.first_stop.index()} + line.stop_count - 1};
                line.pool = pool_at(model_.stops[line.first_stop].terminal);
                line.end_pool = pool_at(model_.stops[last].terminal);
                model_.pools[line.pool].lines.push_back(id);
            }
        }
    }

    void add_vehicles() {
        for (const scenario::AtTerminal& vehicles : source_.vehicles) {
            Pool& pool = model_.pools[pool_at(same<Terminal>(vehicles.terminal))];
            pool.at_start = compilation_.numbers.count(vehicles.value, 1, scenario::kMostVehicles);
            fleet().vehicles += pool.at_start;
        }
        if (fleet().vehicles > scenario::kMostVehicles) {
            compilation_.error(
                source_, fmt::format("fleet.{}.vehicles", source_.id),
                fmt::format("must be at most {} vehicles, got {}", scenario::kMostVehicles, fleet().vehicles));
        }
    }

    void add_runs() {
        for (const Id<Pool> from : fleet().pools) {
            Pool& pool = model_.pools[from];
            for (const Id<Pool> to : fleet().pools) {
                if (from == to) continue;
                auto hop = router_.fastest_run(pool.terminal, model_.pools[to].terminal, mode_);
                if (!hop) continue;
                check_locks(compilation_, compilation_.scenario.services[same<scenario::Service>(fleet().services[0])],
                            {*hop});
                pool.runs.push_back({from, to, hop->running_time, hop->km, std::move(hop->way)});
            }
            pool.extra_stream = stream_key("extra time of empty runs",
                                           fmt::format("{}/{}", source_.name, model_.terminals[pool.terminal].name));
            std::ranges::stable_sort(pool.runs, {}, &Pool::EmptyRun::time);
        }
    }

    // Vehicles that come to where no service begins stay there unless they are fetched or go home.
    void check_ends() {
        for (const Id<Pool> id : fleet().pools) {
            const Pool& pool = model_.pools[id];
            const bool is_home = fleet().repositioning == EmptyRuns::home && pool.at_start > 0;
            if (!pool.lines.empty() || (!pool.runs.empty() && !is_home)) continue;
            compilation_.error(
                source_, fmt::format("fleet.{}", source_.id),
                fmt::format("its vehicles never leave '{}' again (no service of the fleet begins there{})",
                            name_of(pool.terminal),
                            is_home                                    ? ", and it is their home"
                            : fleet().repositioning == EmptyRuns::none ? ""
                                                                       : ", and no links lead away"),
                "add a service from there, or repositioning = \"on-demand\"");
        }
    }

    Compilation& compilation_;
    Model& model_;
    Router& router_;
    Id<Fleet> id_;
    const scenario::Fleet& source_;
    Mode mode_ = Mode::waterway;
};

}  // namespace

void compile_fleets(Compilation& compilation) {
    for (const scenario::Fleet& source : compilation.scenario.fleets) {
        compilation.model.fleets.push_back(
            {.id = source.id, .vehicles = 0, .repositioning = source.repositioning, .pools = {}, .services = {}});
    }
}

void connect_fleets(Compilation& compilation) {
    if (compilation.scenario.fleets.empty() || has_errors(compilation.findings)) return;
    Router router(compilation);
    for (std::size_t i = 0; i < compilation.scenario.fleets.size(); ++i) {
        FleetCompiler(compilation, router, Id<Fleet>{i}).run();
    }
}

}  // namespace corridor::model
