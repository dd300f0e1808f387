// Exact values: solved independently by roots, Markov chains and linear systems, and checked by simulation.
#include "corridor/study/queueing.h"

#include <doctest/doctest.h>

#include <cmath>

namespace corridor::queueing {
namespace {

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(1e-9); }

CountDistribution always(std::uint32_t size) { return {.sizes = {size}, .cumulative = {1.0}}; }

BatchStreams singles(double rate) { return {{rate, always(1)}}; }

TEST_CASE("The wait of M/M/c is Erlang's") {
    CHECK(wait_mmc(0.6, 1.0, 1) == near(1.5));
    CHECK(wait_mmc(1.2, 2.0, 3) == near(2.1573033707865155));
    CHECK(wait_mmc(18.0, 0.5, 10) == near(0.33436576205384866));
    CHECK(erlang_c(3, 2.4) == near(0.6471910112359549));
    CHECK(std::isinf(wait_mmc(1.0, 1.0, 1)));
}

TEST_CASE("The wait of M/G/1 follows from two moments of the service") {
    CHECK(wait_batches_single(moments_of(singles(0.7)), moments(TriangularLaw{0.5, 1.0, 1.8})) ==
          near(1.950362318840579));
    CHECK(wait_batches_single(moments_of(singles(0.5)), moments(FixedLaw{1.5})) == near(2.25));
    CHECK(wait_batches_single(moments_of(singles(0.3)), moments(HyperexponentialLaw{0.9, 1.0, 8.0})) ==
          near(4.469387755102039));
}

TEST_CASE("Batches wait for the batches before them, and their items for each other") {
    CHECK(wait_batches_single(moments_of({{0.2, always(4)}}), moments(ExponentialLaw{0.8})) == near(4.755555555555558));
    CHECK(wait_batches_single(moments_of({{0.02, always(40)}}), moments(FixedLaw{1.0})) == near(99.5));
    const CountDistribution mixed{.sizes = {1, 2, 3}, .cumulative = {0.2, 0.5, 1.0}};
    CHECK(wait_batches_single(moments_of({{0.1, mixed}}), moments(FixedLaw{3.0})) == near(10.91234221598878));
}

TEST_CASE("Batches at several exponential servers wait as their Markov chain says") {
    CHECK(wait_batches_exponential({{0.2, always(4)}}, 2.4, 3) == near(3.6394265232954335));
    const CountDistribution mixed{.sizes = {1, 2, 3}, .cumulative = {0.5, 0.8, 1.0}};
    CHECK(wait_batches_exponential({{0.5, mixed}}, 1.5, 2) == near(1.985155817812235));
    CHECK(wait_batches_exponential({{0.05, always(20)}}, 3.0, 4) == near(28.0 + 61.0 / 86.0));
    CHECK(wait_batches_exponential(singles(1.2), 2.0, 3) == near(wait_mmc(1.2, 2.0, 3)));
    CHECK(wait_batches_exponential({{0.15, always(4)}}, 1.0, 1) ==
          near(wait_batches_single(moments_of({{0.15, always(4)}}), moments(ExponentialLaw{1.0}))));
}

TEST_CASE("The wait of M/D/c is Crommelin's") {
    CHECK(wait_mdc(1.6, 1.5, 3) == near(0.8308503377013082));
    CHECK(wait_mdc(0.9, 2.0, 2) == near(4.293846429431655));
    CHECK(wait_mdc(9.0, 1.0, 12) == near(0.04947140830684463));
    CHECK(wait_mdc(0.5, 1.5, 1) == near(2.25));
}

TEST_CASE("The wait of D/M/c has a geometric tail") {
    CHECK(wait_dmc(1.0, 0.8, 1) == near(1.3541846719352126));
    CHECK(wait_dmc(6.0, 10.0, 2) == near(9.514055853783256));
    CHECK(wait_dmc(4.0, 14.0, 4) == near(8.68108581619159));
    CHECK(std::isinf(wait_dmc(1.0, 2.0, 2)));
}

TEST_CASE("A departure with finite places leaves behind what the roots of its generating function say") {
    CHECK(left_behind(singles(2.0), 24.0, 54) == near(1.3312954582230314));
    CHECK(left_behind(singles(0.5), 12.0, 7) == near(1.9090508076603896));
    CHECK(left_behind(singles(0.9), 1.0, 1) == near(4.05));
    CHECK(left_behind(singles(3.6), 24.0, 90) == near(7.549484734547482));
    const CountDistribution mixed{.sizes = {1, 2, 4}, .cumulative = {0.3, 0.7, 1.0}};
    CHECK(left_behind({{0.6, mixed}}, 24.0, 40) == near(3.1396455822302003));
    CHECK(left_behind({{0.25, always(2)}}, 12.0, 8) == near(1.6017669595617083));
    CHECK(left_behind({{0.05, always(20)}}, 48.0, 60) == near(26.587210806441686));
    CHECK(std::isinf(left_behind(singles(1.0), 10.0, 10)));
}

TEST_CASE("Places are ample where even a rare rush finds room") {
    CHECK(is_ample(singles(2.0), 24.0, 200));
    CHECK_FALSE(is_ample(singles(2.0), 24.0, 54));
    CHECK_FALSE(is_ample({{2.0, always(20)}}, 24.0, 1300));  // 960 on average, and 139 more one time in three
    CHECK(left_behind(singles(2.0), 24.0, 200) == 0.0);
}

TEST_CASE("Allen and Cunneen's approximation is exact where arrivals and services are exponential") {
    CHECK(wait_allen_cunneen(1.2, 1.0, moments(ExponentialLaw{2.0}), 3) == near(wait_mmc(1.2, 2.0, 3)));
    CHECK(wait_allen_cunneen(0.5, 1.0, moments(FixedLaw{1.5}), 1) == near(2.25));
    CHECK(burstiness(moments_of({{0.2, always(4)}})) == near(4.0));
}

}  // namespace
}  // namespace corridor::queueing
