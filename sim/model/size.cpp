// Whether a run fits into memory and into its counters.
#include <algorithm>

#include "compilation.h"
#include "corridor/model/compile.h"
#include "traffic.h"

namespace corridor::model {
namespace {

// Containers or moves of a run.
double size_of(const Demand& demand, const Window& run) {
    return expected_containers(demand, {.window = run, .empty = {}});
}

double size_of(const Terminal& terminal, const Window& /*run*/) {
    double containers = 0.0;
    for (const EmptyStock& stock : terminal.empties) containers += stock.initial;
    return containers;
}

double size_of(const Background& background, const Window& run) {
    const double calls = background.per_ms * length_ms(run) + static_cast<double>(background.listed.size());
    return calls * background.moves.mean();
}

template <class Entities>
double size_of_all(const Entities& entities, const Window& run) {
    double size = 0.0;
    for (const auto& entity : entities.items()) size += size_of(entity, run);
    return size;
}

class Size {
  public:
    explicit Size(Compilation& compilation) : compilation_(compilation), run_{0, compilation.model.window.to} {}

    void add(const scenario::Demand& source, const Demand& demand) {
        add(source, "demand." + source.id, size_of(demand, run_));
    }
    void add(const scenario::Terminal& source, const Terminal& terminal) {
        add(source, "terminal." + source.id, size_of(terminal, run_));
    }
    void add(const scenario::Background& source, const Background& background) {
        add(source, "background." + source.id, size_of(background, run_));
    }

    // Each vessel may wait at the lock until the end.
    void check(const scenario::Lock& source, const Lock& lock) {
        const double vessels = (lock.traffic[0].per_ms + lock.traffic[1].per_ms) * length_ms(run_);
        if (vessels * length_ms(run_) / kMillisecondsPerHour <= scenario::kMostContainerHours) return;
        compilation_.error(source, "lock." + source.id + ".traffic",
                           "brings the run to more than 1e12 vessel-hours at this lock (sums of waiting times would "
                           "overflow)",
                           "give less traffic, or ask for a shorter period or warm-up");
    }

  private:
    // The first that brings the run beyond a limit is reported.
    void add(const scenario::Entity& entity, const std::string& path, double containers) {
        const double before = containers_;
        containers_ += containers;
        const double run_hours = length_ms(run_) / kMillisecondsPerHour;
        const double most = std::min(scenario::kMostContainers, scenario::kMostContainerHours / run_hours);
        if (before > most || containers_ <= most) return;
        if (containers_ > scenario::kMostContainers) {
            compilation_.error(entity, path,
                               "brings the run to more than 500,000,000 containers and background moves (they would "
                               "not fit into memory)",
                               "ask for less, or for a shorter period");
        } else {
            compilation_.error(entity, path,
                               "brings the run to more than 1e12 container-hours (sums of waiting times would "
                               "overflow)",
                               "ask for less, or for a shorter period or warm-up");
        }
    }

    Compilation& compilation_;
    Window run_;
    double containers_ = 0.0;
};

}  // namespace

double expected_size(const Model& model) {
    const Window run{0, model.window.to};
    return size_of_all(model.terminals, run) + size_of_all(model.demands, run) + size_of_all(model.backgrounds, run);
}

void check_size(Compilation& compilation) {
    Size size(compilation);
    const scenario::Scenario& scenario = compilation.scenario;
    const Model& model = compilation.model;
    for (std::size_t i = 0; i < model.terminals.size(); ++i) {
        size.add(scenario.terminals[Id<scenario::Terminal>{i}], model.terminals[Id<Terminal>{i}]);
    }
    for (std::size_t i = 0; i < model.demands.size(); ++i) {
        size.add(scenario.demands[Id<scenario::Demand>{i}], model.demands[Id<Demand>{i}]);
    }
    for (std::size_t i = 0; i < model.backgrounds.size(); ++i) {
        size.add(scenario.backgrounds[Id<scenario::Background>{i}], model.backgrounds[Id<Background>{i}]);
    }
    for (std::size_t i = 0; i < model.locks.size(); ++i) {
        size.check(scenario.locks[Id<scenario::Lock>{i}], model.locks[Id<Lock>{i}]);
    }
}

}  // namespace corridor::model
