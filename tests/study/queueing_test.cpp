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

TEST_CASE("A queue with finite room loses what comes when it is full") {
    const FiniteQueue two = finite_queue(3.0, 0.25, 2, 3);
    CHECK(two.lost == near(0.04936014625228519));
    CHECK(two.wait == near(0.017307692307692312));
    CHECK(two.busy == near(2 * 0.356489945155393));
    // No room to wait: Erlang's loss, 1/2 at one server with a load of 1.
    CHECK(finite_queue(1.0, 1.0, 1, 1).lost == near(0.5));
    CHECK(finite_queue(1.0, 1.0, 1, 1).wait == 0.0);
    CHECK(finite_queue(1000.0, 1.0, 1, 5000).lost == near(0.999));
}

TEST_CASE("Priorities change who waits, and with services alike not how long all do on average") {
    const Moments exponential{1.0, 2.0};
    CHECK(wait_priorities({{0.2, exponential}, {0.3, exponential}}) == near(wait_mmc(0.5, 1.0, 1)));
    // Short ones first, R = (0.4 x 0.5 + 0.1 x 8) / 2 = 0.5: 0.5 / 0.8 and 0.5 / (0.8 x 0.6).
    CHECK(wait_priorities({{0.4, {0.5, 0.5}}, {0.1, {2.0, 8.0}}}) ==
          near((0.4 * 0.5 / 0.8 + 0.1 * 0.5 / (0.8 * 0.6)) / 0.5));
    CHECK(std::isinf(wait_priorities({{0.5, exponential}, {0.5, exponential}})));
}

TEST_CASE("Places that come at even times keep waiting half a gap, and those behind others more") {
    CHECK(wait_slotted(0.5, 1.0) == near(1.0));
    CHECK(wait_slotted(1e-12, 2.0) == near(1.0));
    CHECK(std::isinf(wait_slotted(0.5, 2.0)));
    // As many places as departures of one place each leave behind.
    CHECK(wait_slotted(0.8, 1.0) == near(0.5 + left_behind(singles(0.8), 1.0, 1) / 0.8));
}

TEST_CASE("Where how long one is served depends on who goes ahead, M/SM/1 knows the wait of each class") {
    // As many of each, nothing between like and 2 h between unlike ones: services are a fair coin, so M/G/1.
    const auto fair = wait_paired(0.6, {{0.5, 0.5}, {{{0.0, 2.0}, {2.0, 0.0}}}});
    CHECK(fair[0] == near(wait_batches_single({0.6, 0.6, 0.6}, {1.0, 2.0})));
    CHECK(fair[1] == near(fair[0]));
    // All alike: M/D/1.
    const auto alike = wait_paired(0.5, {{0.7, 0.3}, {{{1.5, 1.5}, {1.5, 1.5}}}});
    CHECK(alike[0] == near(2.25));
    CHECK(alike[1] == near(2.25));
    // Four million customers by an independent recursion: 0.28695 and 0.76219.
    const auto uneven = wait_paired(0.5, {{0.7, 0.3}, {{{0.2, 2.0}, {1.0, 0.2}}}});
    CHECK(uneven[0] == doctest::Approx(0.28695).epsilon(0.005));
    CHECK(uneven[1] == doctest::Approx(0.76219).epsilon(0.005));
    CHECK(std::isinf(wait_paired(0.5, {{0.5, 0.5}, {{{2.0, 2.0}, {2.0, 2.0}}}})[0]));
}

TEST_CASE("A chamber takes all who wait, as many as it has places") {
    CHECK(bulk_queue(3.0, {4, 1.0, 0.0}).wait == near(0.7584272898955656));
    CHECK(bulk_queue(3.0, {4, 1.0, 0.0}).busy == near(0.9888731392447266));
    CHECK(bulk_queue(1.0, {3, 1.5, 0.0}).wait == near(0.7755715228125925));
    CHECK(bulk_queue(0.9, {1, 0.7, 0.3}).wait == near(4.5));
    // The chain solved state by state: 0.5 h and a quarter of an hour for each of up to four.
    CHECK(bulk_queue(2.0, {4, 0.5, 0.25}).wait == near(0.7490899939751325));
    CHECK(bulk_queue(2.0, {4, 0.5, 0.25}).busy == near(0.9415910813787726));
    CHECK(std::isinf(bulk_queue(3.0, {2, 0.5, 0.5}).wait));
}

TEST_CASE("A two-way chamber that hardly anybody needs stands on the wrong side as often as the last came from there") {
    // Three of four come from the first side: 3/4 of them, and 1/4 of the others, wait for a turn.
    const auto rare = two_way_queue({0.75e-6, 0.25e-6}, {2, 0.1, {0.5, 0.4}});
    REQUIRE(rare.has_value());
    CHECK(rare->wait[0] == doctest::Approx(0.75 * 0.4).epsilon(1e-4));
    CHECK(rare->wait[1] == doctest::Approx(0.25 * 0.5).epsilon(1e-4));
}

TEST_CASE("With nobody on the other side, every vessel of a two-way chamber of one place waits for its turn") {
    // M/D/1 with a service of 0.7 h, and the turn of 0.4 h.
    const auto alone = two_way_queue({1.0, 0.0}, {1, 0.0, {0.3, 0.4}});
    REQUIRE(alone.has_value());
    CHECK(alone->wait[0] == doctest::Approx(0.7 * 0.7 / (2 * 0.3) + 0.4).epsilon(1e-8));
    CHECK(alone->busy == doctest::Approx(0.7).epsilon(1e-8));
}

TEST_CASE("A two-way chamber under load keeps both sides waiting as an independent simulation says") {
    const auto chamber = two_way_queue({1.0, 0.6}, {2, 0.1, {0.5, 0.4}});
    REQUIRE(chamber.has_value());
    CHECK(chamber->wait[0] == doctest::Approx(0.7626).epsilon(0.004));
    CHECK(chamber->wait[1] == doctest::Approx(0.5774).epsilon(0.004));
    CHECK(chamber->busy == doctest::Approx(0.8437).epsilon(0.001));
    CHECK_FALSE(two_way_queue({1.99, 1.99}, {2, 0.0, {0.5, 0.5}}).has_value());
    CHECK(std::isinf(two_way_queue({2.0, 1.0}, {2, 0.0, {0.5, 0.5}})->wait[0]));
}

}  // namespace
}  // namespace corridor::queueing
