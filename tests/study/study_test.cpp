#include "corridor/study/study.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <new>
#include <thread>

#include "corridor/base/random.h"

namespace corridor {
namespace {

// A made-up model: two measures, drawn from the number of the replication. Odd replications take longer, so that
// threads finish out of order.
Outcome made_up(std::uint64_t replication) {
    if (replication % 2 == 1) std::this_thread::sleep_for(std::chrono::microseconds{50});
    Stream stream = make_stream(7, replication, 1);
    const double first = 100 + 10 * normal(stream);
    const double second = replication % 3 == 0 ? std::numeric_limits<double>::quiet_NaN() : normal(stream);
    return {.status = {}, .measures = {first, second}};
}

Replicator made_up_replicator() { return made_up; }

const std::vector<MeasureSum> kFirst{{.measures = {0}}};

TEST_CASE("The same bytes come out for 1, 2 and 7 threads") {
    StudyPlan plan{.replications = 200};
    const StudyResult alone = run_study(made_up_replicator, 2, kFirst, plan);
    for (const unsigned threads : {2U, 7U}) {
        plan.threads = threads;
        const StudyResult together = run_study(made_up_replicator, 2, kFirst, plan);
        REQUIRE(together.replications == 200);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(together.measures[i].mean() == alone.measures[i].mean());
            CHECK(together.measures[i].sd() == alone.measures[i].sd());
            CHECK(together.measures[i].samples() == alone.measures[i].samples());
        }
        CHECK(together.headlines[0].mean() == alone.headlines[0].mean());
    }
}

TEST_CASE("A headline adds measures up replication by replication, and is undefined where one of them is") {
    const StudyResult result =
        run_study(made_up_replicator, 2, {{.measures = {0, 1}, .factor = 2}}, {.replications = 9});
    CHECK(result.headlines[0].samples() == 6);
    CHECK(result.headlines[0].undefined() == 3);
    CHECK(MeasureSum{.measures = {0, 1}, .factor = 2}.of({3, 4}) == 14);
}

TEST_CASE("A precision asked for adds replications until every headline's half-width is inside") {
    for (const unsigned threads : {1U, 3U}) {
        const StudyPlan plan{.replications = 5, .precision = 0.01, .threads = threads};
        const StudyResult result = run_study(made_up_replicator, 2, kFirst, plan);
        CHECK(result.precision == PrecisionState::reached);
        const Estimate& headline = result.headlines[0];
        CHECK(headline.half_width().value() <= 0.01 * headline.mean());
        // sd 10 around 100: (1.97 x 10 / 1)^2 = 386 replications, less or more by chance.
        CHECK(result.replications == headline.samples());
        CHECK(result.replications > 300);
        CHECK(result.replications < 500);
    }
}

TEST_CASE("A precision that is not reached ends at the most replications and says so") {
    const StudyPlan plan{.replications = 5, .precision = 1e-6, .most_replications = 50};
    const StudyResult result = run_study(made_up_replicator, 2, kFirst, plan);
    CHECK(result.precision == PrecisionState::not_reached);
    CHECK(result.replications == 50);
}

TEST_CASE("No precision is reached for a headline that no replication defines, and none is run in vain") {
    const auto make_replicator = [] {
        return Replicator{[](std::uint64_t) {
            return Outcome{.status = {}, .measures = {100, std::numeric_limits<double>::quiet_NaN()}};
        }};
    };
    const StudyPlan plan{.replications = 5, .precision = 0.01, .most_replications = 50};
    const StudyResult result = run_study(make_replicator, 2, {{.measures = {0}}, {.measures = {1}}}, plan);
    CHECK(result.precision == PrecisionState::not_reached);
    CHECK(result.replications == 5);
    CHECK(run_study(make_replicator, 2, kFirst, plan).precision == PrecisionState::reached);
}

TEST_CASE("A broken replication ends the study with its number and reason, however many threads there are") {
    const auto make_replicator = [] {
        return Replicator{[](std::uint64_t replication) {
            if (replication < 12) return made_up(replication);
            return Outcome{.status = {.state = RunState::broken, .reason = "terminal.a: lost a container", .at = 5}};
        }};
    };
    for (const unsigned threads : {1U, 2U, 7U}) {
        const StudyResult result = run_study(make_replicator, 2, kFirst, {.replications = 100, .threads = threads});
        CHECK(result.status.state == RunState::broken);
        CHECK(result.status.reason == "terminal.a: lost a container");
        CHECK(result.replications == 12);
    }
}

TEST_CASE("A study that is stopped from outside ends soon and says that it is not whole") {
    for (const unsigned threads : {1U, 4U}) {
        std::atomic<bool> stop{false};
        const StudyWatch watch{.stop = &stop,
                               .progress = [&](std::uint64_t done, std::uint64_t) { stop = done >= 10; }};
        const StudyResult result =
            run_study(made_up_replicator, 2, kFirst, {.replications = 1'000'000, .threads = threads}, watch);
        CHECK(result.status.state == RunState::cancelled);
        CHECK(result.replications >= 10);
        CHECK(result.replications < 1000);
    }
}

TEST_CASE("What a replication throws reaches the caller") {
    const auto make_replicator = [] { return Replicator{[](std::uint64_t) -> Outcome { throw std::bad_alloc{}; }}; };
    for (const unsigned threads : {1U, 4U}) {
        CHECK_THROWS_AS(run_study(make_replicator, 2, kFirst, {.replications = 20, .threads = threads}),
                        std::bad_alloc);
    }
}

TEST_CASE("Progress is told after each replication, with the number expected") {
    std::vector<std::uint64_t> told;
    const StudyWatch watch{.stop = nullptr, .progress = [&](std::uint64_t done, std::uint64_t expected) {
                               CHECK(expected == 4);
                               told.push_back(done);
                           }};
    run_study(made_up_replicator, 2, kFirst, {.replications = 4, .threads = 2}, watch);
    CHECK(told == std::vector<std::uint64_t>{1, 2, 3, 4});
}

}  // namespace
}  // namespace corridor
