#include "corridor/study/estimate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "corridor/base/random.h"
#include "study/estimate_of.h"

namespace corridor {
namespace {

TEST_CASE("The interval of a mean is Student's t with one degree of freedom less than there are samples") {
    const Estimate ten = estimate_of({12.1, 9.8, 11.4, 10.6, 13.0, 8.9, 10.2, 11.9, 10.1, 12.4});
    CHECK(ten.mean() == doctest::Approx(11.04).epsilon(1e-12));
    CHECK(ten.sd() == doctest::Approx(1.3158858444240351).epsilon(1e-12));
    CHECK(ten.half_width().value() == doctest::Approx(0.9413280262539655).epsilon(1e-9));

    const Estimate two = estimate_of({7.0, 9.0});
    CHECK(two.half_width().value() == doctest::Approx(12.706204736432094).epsilon(1e-9));
    CHECK(two.interval95()->low == doctest::Approx(8.0 - 12.706204736432094).epsilon(1e-9));
    CHECK(two.interval95()->high == doctest::Approx(8.0 + 12.706204736432094).epsilon(1e-9));
}

TEST_CASE("One sample has a mean but no interval, none has neither") {
    const Estimate one = estimate_of({7.0});
    CHECK(one.mean() == 7.0);
    CHECK_FALSE(one.half_width().has_value());
    CHECK(std::isnan(one.sd()));

    CHECK(std::isnan(Estimate{}.mean()));
    CHECK_FALSE(Estimate{}.interval95().has_value());
}

TEST_CASE("Undefined samples are skipped and counted") {
    const Estimate estimate = estimate_of({1.0, std::numeric_limits<double>::quiet_NaN(), 3.0});
    CHECK(estimate.mean() == 2.0);
    CHECK(estimate.samples() == 2);
    CHECK(estimate.undefined() == 1);
}

TEST_CASE("A small spread around a large mean is not lost, and equal samples have none") {
    CHECK(estimate_of({1e12 + 1, 1e12 + 2, 1e12 + 3}).sd() == doctest::Approx(1.0).epsilon(1e-9));
    CHECK(estimate_of({0.1, 0.1, 0.1, 0.1}).sd() == 0.0);
}

// 2,000 intervals from 5 exponential samples each would hold the mean less often; normal samples hold it in 95 % of the
// cases, give or take 1.96 standard errors of sqrt(0.95 x 0.05 / 2000) = 0.0049.
TEST_CASE("Nineteen in twenty intervals of normal samples hold the true mean") {
    constexpr int kIntervals = 2000;
    Stream stream(20200101);
    int holding = 0;
    for (int i = 0; i < kIntervals; ++i) {
        Estimate estimate;
        for (int n = 0; n < 5; ++n) estimate.add(10.0 + 3.0 * normal(stream));
        const Interval interval = estimate.interval95().value();
        holding += interval.low <= 10.0 && 10.0 <= interval.high ? 1 : 0;
    }
    CHECK(holding / double{kIntervals} == doctest::Approx(0.95).epsilon(0.0103));
}

}  // namespace
}  // namespace corridor
