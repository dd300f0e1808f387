// The engine against programs written by hand for one workload, a replication at a time.
#include <benchmark/benchmark.h>

#include <atomic>
#include <stdexcept>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/study.h"
#include "hand_written.h"

namespace corridor {
namespace {

model::Model load(const std::string& file) {
    const auto scenario = scenario::read_scenario(std::string(CORRIDOR_BENCH_DIR "/") + file);
    if (!scenario.ok()) {
        throw std::runtime_error(render(scenario.diagnostics()));
    }
    auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    if (!model.ok()) {
        throw std::runtime_error(render(model.diagnostics()));
    }
    return std::move(model).value();
}

void simulate(benchmark::State& state, const std::string& file) {
    const model::Model model = load(file);
    Simulator simulator(model);
    std::uint64_t replication = 0;
    std::uint64_t containers = 0;
    for (auto _ : state) {
        containers += simulator.run(1, replication++).containers;
    }
    state.counters["time/container"] =
        benchmark::Counter(static_cast<double>(containers), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void w3_corridor(benchmark::State& state) { simulate(state, "w3.toml"); }
BENCHMARK(w3_corridor)->Unit(benchmark::kMillisecond);

/// The same with a bit of everything that a corridor may have.
void w3_with_everything(benchmark::State& state) { simulate(state, "everything.toml"); }
BENCHMARK(w3_with_everything)->Unit(benchmark::kMillisecond);

void w3_lazy_by_hand(benchmark::State& state) {
    std::uint64_t seed = 1;
    for (auto _ : state) {
        benchmark::DoNotOptimize(bench::run_lazy(seed++));
    }
}
BENCHMARK(w3_lazy_by_hand)->Unit(benchmark::kMillisecond);

void w3_event_per_container_by_hand(benchmark::State& state) {
    std::uint64_t seed = 1;
    for (auto _ : state) {
        benchmark::DoNotOptimize(bench::run_event_per_container(seed++));
    }
}
BENCHMARK(w3_event_per_container_by_hand)->Unit(benchmark::kMillisecond);

/// A study of 200 replications on the given number of threads.
void w3_study(benchmark::State& state) {
    const model::Model model = load("w3.toml");
    const MeasureCatalog catalog = measure_catalog(model);
    StudyPlan plan;
    plan.replications = 200;
    plan.threads = static_cast<unsigned>(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(run_study(model, catalog, {}, plan));
    }
}
BENCHMARK(w3_study)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace corridor
