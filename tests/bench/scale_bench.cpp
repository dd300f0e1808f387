// A corridor of many terminals: does the time per container stay what it is in a small one?
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <stdexcept>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor {
namespace {

constexpr int kContainersPerService = 1000;

/// `links` barge services in a row, each with cranes at either end and a demand of its own, over half a year. A
/// departure every 188 h takes 43 containers, as many as one of W3; one every 84 h takes 19.
std::string chain(int links, int headway_hours) {
    std::string text = R"([period]
start = 2020-01-01
end = 2020-07-01
[vehicle.barge]
mode = "waterway"
capacity = "60 TEU"
)";
    for (int i = 0; i <= links; ++i) {
        text += fmt::format(
            "[terminal.t{}]\nquay_cranes = {{ count = 3, move_time = {{ law = \"exponential\", mean = "
            "\"3 min\" }} }}\n",
            i);
    }
    for (int i = 0; i < links; ++i) {
        text += fmt::format(R"([link.l{0}]
mode = "waterway"
from = "t{0}"
to = "t{1}"
length = "100 km"
speed = "10 km/h"
[service.s{0}]
route = ["t{0}", "t{1}"]
directions = "one-way"
vehicle = "barge"
departures = {{ headway = "{4} h", first = 2020-01-01T0{2}:00:00 }}
[demand.d{0}]
from = "t{0}"
to = "t{1}"
volume = "{3} containers"
)",
                            i, i + 1, i % 8, kContainersPerService, headway_hours);
    }
    return text;
}

void chain_of_services(benchmark::State& state) {
    const auto scenario =
        scenario::parse_scenario(chain(static_cast<int>(state.range(0)), static_cast<int>(state.range(1))));
    if (!scenario.ok()) {
        throw std::runtime_error(render(scenario.diagnostics()));
    }
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    if (!model.ok()) {
        throw std::runtime_error(render(model.diagnostics()));
    }
    Simulator simulator(model.value());
    std::uint64_t replication = 0;
    std::uint64_t containers = 0;
    simulator.run(1, replication++);  // takes the memory, which the small one would do once in a thousand iterations
    for (auto _ : state) {
        containers += simulator.run(1, replication++).containers;
    }
    state.counters["time/container"] =
        benchmark::Counter(static_cast<double>(containers), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(chain_of_services)
    ->ArgNames({"services", "headway_h"})
    ->ArgsProduct({{10, 1000, 10'000}, {188, 84}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace corridor
