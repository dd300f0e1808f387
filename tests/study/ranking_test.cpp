// Procedures that decide from noisy answers: right in as many of many seeded trials as they promise.
#include "corridor/study/ranking.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "corridor/base/random.h"

namespace corridor {
namespace {

constexpr std::uint64_t kMostSamples = 1'000'000;

/// Normal samples with these means and a standard deviation of 1, until it is decided.
FeasibilityTest decided(const std::vector<double>& means, const std::vector<MeanLimit>& limits, std::uint64_t trial,
                        double error = 0.05, std::uint64_t most = kMostSamples) {
    FeasibilityTest test(limits, error, most);
    Stream stream = make_stream(11, trial, stream_key("trial", ""));
    std::vector<double> sample(means.size());
    while (test.state() == Feasibility::open) {
        for (std::size_t i = 0; i < means.size(); ++i) sample[i] = means[i] + normal(stream);
        test.add(sample);
    }
    return test;
}

}  // namespace

// 400 trials, each wrong with at most 5 %: 20, with four standard errors of 4.4.
TEST_CASE("A mean at the edge of its tolerance is called rightly in nineteen of twenty trials") {
    for (const double mean : {-0.25, 0.25}) {
        CAPTURE(mean);
        int wrong = 0;
        double samples = 0;
        for (std::uint64_t trial = 0; trial < 400; ++trial) {
            const FeasibilityTest test = decided({mean}, {{.most = 0, .tolerance = 0.25}}, trial);
            const Feasibility right = mean < 0 ? Feasibility::feasible : Feasibility::infeasible;
            if (test.state() != right) ++wrong;
            CHECK(test.is_certain());
            samples += static_cast<double>(test.means().front().samples()) / 400;
        }
        CHECK(wrong <= 20 + 4 * 4.4);
        CHECK(wrong > 0);  // the promise is not kept by asking far too much
        CHECK(samples < 120);
    }
}

TEST_CASE("All limits have to hold; one that fails is enough, and clear cases take twenty samples") {
    const std::vector<MeanLimit> limits{{.most = 0, .tolerance = 0.5}, {.most = 10, .tolerance = 0.5}};
    CHECK(decided({-5, 5}, limits, 1).state() == Feasibility::feasible);
    CHECK(decided({-5, 15}, limits, 1).state() == Feasibility::infeasible);
    CHECK(decided({5, 5}, limits, 1).state() == Feasibility::infeasible);
    CHECK(decided({-5, 5}, limits, 1).means().front().samples() == FeasibilityTest::kFirst);
}

// The fine test alone would take h^2 / (2 x 0.002 x 4) = 400 and more.
TEST_CASE("A mean far off its limit is called soon, however small the tolerance") {
    double samples = 0;
    int wrong = 0;
    for (std::uint64_t trial = 0; trial < 100; ++trial) {
        for (const double mean : {-4.0, 4.0}) {
            const FeasibilityTest test = decided({mean}, {{.most = 0, .tolerance = 0.002}}, trial);
            if (test.state() != (mean < 0 ? Feasibility::feasible : Feasibility::infeasible)) ++wrong;
            samples += static_cast<double>(test.means().front().samples()) / 200;
        }
    }
    CHECK(wrong == 0);
    CHECK(samples < 25);
}

// Between the coarse tolerances and the limit: a coarser test that is wrong there would be seen.
TEST_CASE("Coarser tests do not call a mean near its limit wrongly") {
    int wrong = 0;
    for (std::uint64_t trial = 0; trial < 400; ++trial) {
        for (const double mean : {-0.3, 0.3}) {
            const FeasibilityTest test = decided({mean}, {{.most = 0, .tolerance = 0.1}}, trial, 0.05);
            if (test.state() != (mean < 0 ? Feasibility::feasible : Feasibility::infeasible)) ++wrong;
        }
    }
    CHECK(wrong <= 40 + 4 * 6.2);  // 5 % of 800, with four standard errors
}

TEST_CASE("A mean at its limit is called all the same; for want of samples by its sign, which is said") {
    CHECK(decided({0}, {{.most = 0, .tolerance = 0.2}}, 3).is_certain());
    const FeasibilityTest hurried = decided({0}, {{.most = 0, .tolerance = 0.01}}, 3, 0.05, 50);
    CHECK(hurried.means().front().samples() == 50);
    CHECK_FALSE(hurried.is_certain());
    CHECK((hurried.state() == Feasibility::feasible) == (hurried.means().front().mean() <= 0));
}

TEST_CASE("Without chance a mean exactly at its limit is within it; what is undefined is not") {
    FeasibilityTest exact({{.most = 4, .tolerance = 0.1}}, 0.05, 100);
    while (exact.state() == Feasibility::open) exact.add({4});
    CHECK(exact.state() == Feasibility::feasible);
    FeasibilityTest undefined({{.most = 4, .tolerance = 0.1}}, 0.05, 100);
    CHECK(undefined.add({std::numeric_limits<double>::quiet_NaN()}) == Feasibility::undefined);
    CHECK(undefined.add({1}) == Feasibility::undefined);
}

// Ten systems, the best by the difference that matters: 400 trials, each wrong with at most 5 %. Shared random numbers
// make the differences sharp, and the choice cheap.
TEST_CASE("The best of ten is picked in nineteen of twenty trials, sooner with common random numbers") {
    const auto trial_of = [](std::uint64_t trial, double common, double& replications) {
        constexpr double kDifference = 0.3;
        BestOfMany best(10, kDifference, 0.05);
        Stream stream = make_stream(12, trial, stream_key("trial", ""));
        while (best.remaining().size() > 1) {
            const double shared = normal(stream);
            std::vector<double> samples;
            for (std::size_t i = 0; i < 10; ++i) {
                const double own = normal(stream);
                if (std::ranges::find(best.remaining(), i) == best.remaining().end()) continue;
                samples.push_back((i == 4 ? 0 : kDifference) + common * shared + std::sqrt(1 - common * common) * own);
            }
            best.add(samples);
        }
        replications += static_cast<double>(best.replications()) / 400;
        return best.remaining().front() == 4;
    };
    int wrong = 0;
    double apart = 0;
    double together = 0;
    for (std::uint64_t trial = 0; trial < 400; ++trial) {
        if (!trial_of(trial, 0, apart)) ++wrong;
        trial_of(trial, 0.9, together);
    }
    CHECK(wrong <= 20 + 4 * 4.4);
    CHECK(together < apart / 2);
}

TEST_CASE("A system with an infinite sample is out at once") {
    BestOfMany best(2, 0.1, 0.05);
    for (std::uint64_t r = 0; r < BestOfMany::kFirst; ++r) best.add({r % 2 == 0 ? 1.0 : 0.0, r % 2 == 0 ? 0.0 : 1.0});
    REQUIRE(best.remaining().size() == 2);
    best.add({std::numeric_limits<double>::infinity(), 1.0});
    CHECK(best.remaining() == std::vector<std::size_t>{1});
}

TEST_CASE("Of systems that do not differ the first is picked, after twenty replications") {
    BestOfMany best(3, 0.1, 0.05);
    while (best.remaining().size() > 1) best.add(std::vector<double>(best.remaining().size(), 7.0));
    CHECK(best.remaining() == std::vector<std::size_t>{0});
    CHECK(best.replications() == BestOfMany::kFirst);
    CHECK(BestOfMany(1, 0.1, 0.05).remaining().size() == 1);
}

}  // namespace corridor
