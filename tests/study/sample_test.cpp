#include "corridor/study/sample.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace corridor {
namespace {

TEST_CASE("Quantiles interpolate between order statistics") {
    const SortedSample sample({40, 10, 30, 20});
    CHECK(sample.quantile(0) == 10);
    CHECK(sample.quantile(0.5) == 25);
    CHECK(sample.quantile(0.05) == doctest::Approx(11.5));
    CHECK(sample.quantile(0.95) == doctest::Approx(38.5));
    CHECK(sample.quantile(1) == 40);
}

TEST_CASE("The rank of a value is the share of the sample below it, equals by half") {
    const SortedSample sample({1, 2, 2, 3});
    CHECK(sample.rank_of(0) == 0);
    CHECK(sample.rank_of(1) == 0.125);
    CHECK(sample.rank_of(2) == 0.5);
    CHECK(sample.rank_of(2.5) == 0.75);
    CHECK(sample.rank_of(9) == 1);
}

TEST_CASE("An empty sample has no quantiles, and undefined values are not part of one") {
    CHECK(std::isnan(SortedSample({}).quantile(0.5)));
    CHECK(std::isnan(SortedSample({}).rank_of(1)));
    CHECK(SortedSample({std::numeric_limits<double>::quiet_NaN(), 4}).quantile(0.5) == 4);
}

}  // namespace
}  // namespace corridor
