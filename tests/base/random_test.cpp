// Streams and laws: the same bits everywhere, and the right moments.
#include "corridor/base/random.h"

#include <doctest/doctest.h>

#include <cmath>

#include "corridor/base/law.h"

namespace corridor {
namespace {

struct Sample {
    double mean = 0.0;
    double second = 0.0;
    double error_of_mean = 0.0;
};

Sample sample(const DurationLaw& law, int draws) {
    Stream stream(17);
    Sample result;
    for (int i = 0; i < draws; ++i) {
        const auto t = static_cast<double>(draw(law, stream));
        result.mean += t / draws;
        result.second += t * t / draws;
    }
    result.error_of_mean = std::sqrt((result.second - result.mean * result.mean) / draws);
    return result;
}

}  // namespace

TEST_CASE("A stream starts with the numbers of xoshiro256++ seeded by splitmix64") {
    Stream stream(0);
    // First state words by splitmix64(0) are public: e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f,
    // f88bb8a8724c81ec.
    const std::uint64_t a = 0xe220a8397b1dcdafULL;
    const std::uint64_t d = 0xf88bb8a8724c81ecULL;
    CHECK(stream() == std::rotl(a + d, 23) + a);
}

TEST_CASE("Streams of different uses, seeds and replications share nothing") {
    const auto first = [](std::uint64_t seed, std::uint64_t replication, std::string_view purpose,
                          std::string_view name) {
        return make_stream(seed, replication, stream_key(purpose, name))();
    };
    const std::uint64_t base = first(1, 0, "release", "a");
    CHECK(base == first(1, 0, "release", "a"));
    CHECK(base != first(2, 0, "release", "a"));
    CHECK(base != first(1, 1, "release", "a"));
    CHECK(base != first(1, 0, "class", "a"));
    CHECK(base != first(1, 0, "release", "b"));
    CHECK(first(0, 1, "release", "a") != first(1, 0, "release", "a"));
}

TEST_CASE("exp and log of their own agree with the C library to the last digits") {
    for (double x = -40.0; x < 40.0; x += 0.0137) {
        CHECK(portable_exp(x) == doctest::Approx(std::exp(x)).epsilon(1e-14));
    }
    for (double x = 1e-12; x < 1e12; x *= 1.37) {
        CHECK(portable_log(x) == doctest::Approx(std::log(x)).epsilon(1e-13));
    }
}

TEST_CASE("The exponential has its moments and its tail") {
    Stream stream(3);
    constexpr int kDraws = 4'000'000;
    double mean = 0.0;
    double beyond_ten = 0.0;
    for (int i = 0; i < kDraws; ++i) {
        const double x = exponential(stream);
        mean += x / kDraws;
        beyond_ten += x > 10.0 ? 1.0 : 0.0;
    }
    CHECK(std::abs(mean - 1.0) < 4.0 / std::sqrt(kDraws));
    const double expected = kDraws * std::exp(-10.0);  // 181.6
    CHECK(std::abs(beyond_ten - expected) < 4.0 * std::sqrt(expected));
}

TEST_CASE("Every law draws what its moments say") {
    constexpr double kMinute = 60'000.0;
    const DurationLaw laws[] = {FixedLaw{7 * kMinute},
                                ExponentialLaw{7 * kMinute},
                                UniformLaw{2 * kMinute, 9 * kMinute},
                                TriangularLaw{1 * kMinute, 2 * kMinute, 9 * kMinute},
                                ErlangLaw{3, 7 * kMinute},
                                HyperexponentialLaw{0.9, 1 * kMinute, 20 * kMinute},
                                DiscreteLaw{{1 * kMinute, 5 * kMinute, 30 * kMinute}, {0.2, 0.9, 1.0}},
                                LognormalLaw::from_mean_and_sd(7 * kMinute, 4 * kMinute)};
    for (const DurationLaw& law : laws) {
        CAPTURE(law.index());
        const Sample drawn = sample(law, 400'000);
        const Moments exact = moments(law);
        CHECK(std::abs(drawn.mean - exact.mean) <= 4.0 * drawn.error_of_mean + 0.5);
        CHECK(drawn.second == doctest::Approx(exact.second).epsilon(0.03));
    }
}

TEST_CASE("Counts come in the shares of their sizes") {
    const CountDistribution counts{{1, 2, 4}, {0.3, 0.7, 1.0}};
    CHECK(counts.mean() == doctest::Approx(0.3 + 0.8 + 1.2));
    CHECK(counts.second_moment() == doctest::Approx(0.3 + 1.6 + 4.8));
    Stream stream(1);
    double mean = 0.0;
    for (int i = 0; i < 100'000; ++i) mean += counts(stream) / 100'000.0;
    CHECK(std::abs(mean - 2.3) < 4 * std::sqrt((6.7 - 2.3 * 2.3) / 100'000.0));
}

}  // namespace corridor
