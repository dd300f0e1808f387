// Indices against functions whose indices are known.
#include "corridor/study/sensitivity.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <numbers>

#include "corridor/base/random.h"

namespace corridor {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

MakeExperiment certain(Function function) {
    return [function] {
        return [function](const std::vector<double>& point, std::uint64_t) {
            return Answer{.status = {}, .outputs = {function(point)}};
        };
    };
}

std::vector<std::vector<std::size_t>> each_of(std::size_t dimensions) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t d = 0; d < dimensions; ++d) groups.push_back({d});
    return groups;
}

/// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3 (Ishigami & Homma 1990).
double ishigami(const std::vector<double>& point) {
    const auto x = [&](std::size_t d) { return std::numbers::pi * (2 * point[d] - 1); };
    return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// The product of (|4x - 2| + a) / (1 + a) with a = 0, 1, 4.5, 9 (Sobol' 1993).
double g_function(const std::vector<double>& point) {
    constexpr double kA[] = {0, 1, 4.5, 9};
    double product = 1;
    for (std::size_t d = 0; d < 4; ++d) product *= (std::abs(4 * point[d] - 2) + kA[d]) / (1 + kA[d]);
    return product;
}

bool covers(const Index& index, double exact) { return index.interval.low <= exact && exact <= index.interval.high; }

}  // namespace

TEST_CASE("The indices of Ishigami's function are found, within their intervals and to 0.01") {
    const IndicesResult result = sobol_indices(certain(ishigami), 3, each_of(3), 1, {.rows = 8192, .resamples = 400});
    REQUIRE(result.rows == 8192);
    // V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50), with a = 7, b = 0.1.
    const double pi4 = std::pow(std::numbers::pi, 4);
    const double v1 = std::pow(1 + 0.1 * pi4 / 5, 2) / 2;
    const double v2 = 49.0 / 8;
    const double v13 = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
    const double all = v1 + v2 + v13;
    const double first[] = {v1 / all, v2 / all, 0};
    const double total[] = {(v1 + v13) / all, v2 / all, v13 / all};
    const OutputIndices& output = result.outputs.front();
    CHECK(output.mean == doctest::Approx(3.5).epsilon(0.001));
    CHECK(output.sd == doctest::Approx(std::sqrt(all)).epsilon(0.002));
    for (std::size_t d = 0; d < 3; ++d) {
        CAPTURE(d);
        CHECK(std::abs(output.groups[d].first.value - first[d]) < 0.01);
        CHECK(std::abs(output.groups[d].total.value - total[d]) < 0.01);
        CHECK(covers(output.groups[d].first, first[d]));
        CHECK(covers(output.groups[d].total, total[d]));
    }
    CHECK(output.chance.total.value == 0.0);
}

TEST_CASE("The indices of the g-function are found; groups have those of their products") {
    // V_d = 1 / (3 (1 + a_d)^2); the variance of a product of independent factors is prod(1 + V) - 1.
    const double v[] = {1.0 / 3, 1.0 / 12, 1.0 / (3 * 5.5 * 5.5), 1.0 / 300};
    const double all = (1 + v[0]) * (1 + v[1]) * (1 + v[2]) * (1 + v[3]) - 1;
    const std::vector<std::vector<std::size_t>> groups{{0}, {1}, {2, 3}};
    const IndicesResult result = sobol_indices(certain(g_function), 4, groups, 1, {.rows = 8192, .resamples = 400});
    const OutputIndices& output = result.outputs.front();
    CHECK(std::abs(output.groups[0].first.value - v[0] / all) < 0.01);
    CHECK(std::abs(output.groups[1].first.value - v[1] / all) < 0.01);
    CHECK(std::abs(output.groups[2].first.value - ((1 + v[2]) * (1 + v[3]) - 1) / all) < 0.01);
    CHECK(std::abs(output.groups[0].total.value - v[0] * (all + 1) / (1 + v[0]) / all) < 0.01);
    CHECK(covers(output.groups[2].first, ((1 + v[2]) * (1 + v[3]) - 1) / all));
}

TEST_CASE("Chance has its own share of the variance") {
    // x1 + 2 x2, variances 1/12 and 4/12, plus a uniform history of width 3: 9/12.
    const MakeExperiment make = [] {
        return [](const std::vector<double>& point, std::uint64_t chance) {
            Stream stream = make_stream(7, chance, stream_key("history", ""));
            return Answer{.status = {}, .outputs = {point[0] + 2 * point[1] + 3 * uniform01(stream)}};
        };
    };
    const IndicesResult result = sobol_indices(make, 2, each_of(2), 1, {.rows = 4096, .resamples = 200});
    const OutputIndices& output = result.outputs.front();
    CHECK(std::abs(output.groups[0].first.value - 1.0 / 14) < 0.04);
    CHECK(std::abs(output.groups[1].total.value - 4.0 / 14) < 0.03);
    CHECK(std::abs(output.chance.first.value - 9.0 / 14) < 0.04);
    CHECK(covers(output.chance.total, 9.0 / 14));
}

TEST_CASE("Elementary effects of a straight line are its slopes; of a product they spread") {
    const auto function = [](const std::vector<double>& x) { return 3 * x[0] - 2 * x[1] + 4 * x[2] * x[3]; };
    const EffectsResult result = elementary_effects(certain(function), 5, 1, {.trajectories = 40});
    const std::vector<Effects>& effects = result.outputs.front();
    CHECK(effects[0].mean == doctest::Approx(3.0));
    CHECK(effects[0].sd == doctest::Approx(0.0));
    CHECK(effects[1].mean == doctest::Approx(-2.0));
    CHECK(effects[1].mean_absolute == doctest::Approx(2.0));
    // 4 x3 with x3 on four levels from 0 to 1: mean 2, sd 4 sqrt(5)/6 = 1.49.
    CHECK(std::abs(effects[2].mean - 2.0) < 4 * 1.49 / std::sqrt(40));
    CHECK(effects[2].sd == doctest::Approx(1.49).epsilon(0.25));
    CHECK(effects[4].mean_absolute == 0.0);
    // |4 x3| on the levels 0, 1/3, 2/3, 1 as well: 40 of them leave 2.02 x 1.49 / sqrt(40) to either side.
    REQUIRE(effects[2].absolute95);
    CHECK(effects[2].absolute95->low < 2.0);
    CHECK(effects[2].absolute95->high > 2.0);
    CHECK(effects[2].absolute95->high - effects[2].absolute95->low == doctest::Approx(0.95).epsilon(0.25));
}

TEST_CASE("Any number of threads finds the same indices; points without an answer are counted") {
    const auto make = [] {
        return [](const std::vector<double>& x, std::uint64_t) {
            if (x[0] < 0.1) return Answer{};
            return Answer{.status = {}, .outputs = {x[0] * x[1]}, .fingerprint = std::bit_cast<std::uint64_t>(x[0])};
        };
    };
    const auto run = [&](unsigned threads) {
        return sobol_indices(make, 2, each_of(2), 1, {.rows = 100, .resamples = 10, .threads = threads});
    };
    const IndicesResult one = run(1);
    const IndicesResult three = run(3);
    CHECK(one.fingerprint == three.fingerprint);
    CHECK(one.fingerprint !=
          sobol_indices(make, 2, each_of(2), 1, {.seed = 2, .rows = 100, .resamples = 10}).fingerprint);
    const auto screened = [&](unsigned threads) {
        return elementary_effects(make, 2, 1, {.trajectories = 20, .threads = threads}).fingerprint;
    };
    CHECK(screened(1) == screened(3));
    CHECK(one.refused + one.rows == 100);
    CHECK(one.refused > 10);
    CHECK(one.rows == three.rows);
    CHECK(one.outputs.front().groups[1].total.value == three.outputs.front().groups[1].total.value);
    CHECK(one.outputs.front().groups[1].first.interval.low == three.outputs.front().groups[1].first.interval.low);
}

}  // namespace corridor
