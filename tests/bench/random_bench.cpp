// What a random number costs.
#include <benchmark/benchmark.h>

#include "corridor/base/law.h"
#include "corridor/base/random.h"

namespace corridor {
namespace {

void draw_exponential(benchmark::State& state) {
    Stream stream{1};
    for (auto _ : state) benchmark::DoNotOptimize(exponential(stream));
}
BENCHMARK(draw_exponential);

void draw_from_law(benchmark::State& state, const DurationLaw& law) {
    Stream stream{1};
    for (auto _ : state) benchmark::DoNotOptimize(draw(law, stream));
}
BENCHMARK_CAPTURE(draw_from_law, fixed, FixedLaw{60'000.0});
BENCHMARK_CAPTURE(draw_from_law, exponential, ExponentialLaw{60'000.0});
BENCHMARK_CAPTURE(draw_from_law, triangular, TriangularLaw{60'000.0, 120'000.0, 240'000.0});
BENCHMARK_CAPTURE(draw_from_law, lognormal, LognormalLaw::from_mean_and_sd(60'000.0, 30'000.0));

}  // namespace
}  // namespace corridor
