// What an interval of 95 % promises, put to the test: 400 studies of one model whose exact answer is known.
#include <cmath>

#include "corridor/study/study.h"
#include "model/compiled.h"

namespace corridor {
namespace {

// Barges leave every 12 h, the first with nobody: 13 departures of the week board all of twelve hours each, 5 on
// average. The number boarded has the Poisson law of mean 65.
constexpr double kExact = 65.0;
constexpr std::uint64_t kStudies = 400;

// With a chance of 0.95 each, 380 of 400 cover on average, with a standard deviation of 4.4: outside [364, 393] once in
// a thousand times, and nearly always for intervals of 90 % or 99 %.
constexpr int kFewest = 364;
constexpr int kMost = 393;

struct Boarded {
    model::Model model = model::model_of(model::kRiver + model::kDemand + R"(release = "poisson"
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { headway = "12 h", first = 2020-01-06 }
)");
    MeasureCatalog catalog = measure_catalog(model);
    std::vector<MeasureSum> headline{{.measures = {*catalog.find("containers_boarded", "service.s")}}};
};

}  // namespace

TEST_CASE("Of 400 intervals of 95 %, about 380 cover the exact answer") {
    const Boarded boarded;
    int covering = 0;
    for (std::uint64_t seed = 1; seed <= kStudies; ++seed) {
        const StudyResult result =
            run_study(boarded.model, boarded.catalog, boarded.headline, {.seed = seed, .replications = 20});
        const Interval interval = *result.headlines[0].interval95();
        covering += interval.low <= kExact && kExact <= interval.high ? 1 : 0;
    }
    CHECK(covering >= kFewest);
    CHECK(covering <= kMost);
}

TEST_CASE("Of 400 studies that stop at 3 %, about 380 are within 3 % of the exact answer") {
    const Boarded boarded;
    int close = 0;
    Estimate replications;
    for (std::uint64_t seed = 1; seed <= kStudies; ++seed) {
        const StudyResult result = run_study(boarded.model, boarded.catalog, boarded.headline,
                                             {.seed = seed, .replications = 20, .precision = 0.03});
        REQUIRE(result.precision == PrecisionState::reached);
        close += std::abs(result.headlines[0].mean() - kExact) <= 0.03 * kExact ? 1 : 0;
        replications.add(static_cast<double>(result.replications));
    }
    CHECK(close >= kFewest);
    CHECK(close <= kMost);
    // (1.96 / 0.03)^2 / 65 = 66, and 2 more for Student's quantile; who stops at the first chance stops a little early.
    CHECK(replications.mean() == doctest::Approx(66).epsilon(0.1));
}

}  // namespace corridor
