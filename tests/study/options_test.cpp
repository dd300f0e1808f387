// Options against a do-minimum: by hand where nothing is left to chance, by what the theory of samples says else.
#include "corridor/study/options.h"

#include <cmath>

#include "corridor/study/growth.h"
#include "model/compiled.h"

namespace corridor {
namespace {

struct Proposed {
    explicit Proposed(const std::string& text) : model(model::model_of(text)), catalog(measure_catalog(model)) {}
    Variant variant() const { return {&model, &catalog}; }

    model::Model model;
    MeasureCatalog catalog;
};

/// 70 containers a week go down from a to c, 15 hours, with barges that leave every `headway`.
std::string line(const std::string& headway, const std::string& release) {
    return model::kRiver + model::kDemand + "release = \"" + release + "\"\n[service.s]\nvehicle = \"barge\"\n" +
           "route = [\"a\", \"c\"]\ndirections = \"one-way\"\ndepartures = { headway = \"" + headway +
           "\", first = 2020-01-06 }\n";
}

const Estimate& difference(const OptionsResult& result, const MeasureCatalog& catalog, const std::string& measure,
                           const std::string& subject) {
    const std::size_t position = *catalog.find(measure, subject);
    for (const PairedMeasure& pair : result.options.front().pairs) {
        if (pair.in_base == position) return pair.difference;
    }
    FAIL("no pair of " << measure);
    return result.base.front();
}

}  // namespace

TEST_CASE("Where nothing is left to chance, the difference is exact and every replication has it") {
    // One container every 2.4 h from 1.2 h on. With a barge every 24 h they wait 12 h on average, with one every 12 h 6
    // h.
    const Proposed base(line("24 h", "even"));
    const Proposed option(line("12 h", "even"));
    const OptionsResult result = compare_options(base.variant(), {option.variant()}, {.replications = 3});
    REQUIRE(result.status.state == RunState::complete);
    const Estimate& time = difference(result, base.catalog, "door_to_door_time_mean", "demand.d");
    CHECK(time.mean() == doctest::Approx(-6.0).epsilon(0.01));
    CHECK(time.sd() == 0.0);
    CHECK(difference(result, base.catalog, "departures_run", "service.s").mean() == 7.0);
}

TEST_CASE("The paired difference is that of the means, and its spread is smaller than that of independent runs") {
    const Proposed base(line("24 h", "poisson"));
    const Proposed option(line("12 h", "poisson"));
    const OptionsResult result = compare_options(base.variant(), {option.variant()}, {.replications = 200});
    const std::size_t at = *base.catalog.find("containers_boarded", "service.s");
    const Estimate& change = difference(result, base.catalog, "containers_boarded", "service.s");
    const Estimate& with = result.options.front().measures[*option.catalog.find("containers_boarded", "service.s")];
    CHECK(change.mean() == doctest::Approx(with.mean() - result.base[at].mean()));
    // Both carry the same containers, but for those of the last twelve hours: 75 and 70 on average, 5 of them chance.
    CHECK(change.mean() == doctest::Approx(5.0).epsilon(4 * std::sqrt(5.0 / 200) / 5.0));
    CHECK(change.sd() == doctest::Approx(std::sqrt(5.0)).epsilon(0.2));
    const auto factor = variance_factor(result.base[at], with, change);
    REQUIRE(factor);
    CHECK(*factor == doctest::Approx((60.0 + 65.0) / 5.0).epsilon(0.3));
}

TEST_CASE("An option that changes nothing differs by nothing at all") {
    const Proposed base(line("24 h", "poisson"));
    const OptionsResult result = compare_options(base.variant(), {base.variant()}, {.replications = 5});
    for (const PairedMeasure& pair : result.options.front().pairs) {
        if (pair.difference.samples() == 0) continue;
        CHECK(pair.difference.mean() == 0.0);
        CHECK(pair.difference.sd() == 0.0);
    }
}

TEST_CASE("Any number of threads gives the same differences") {
    const Proposed base(line("24 h", "poisson"));
    const Proposed option(line("12 h", "poisson"));
    const auto run = [&](unsigned threads) {
        return compare_options(base.variant(), {option.variant()}, {.replications = 9, .threads = threads});
    };
    const OptionsResult one = run(1);
    const OptionsResult three = run(3);
    for (std::size_t i = 0; i < one.options.front().pairs.size(); ++i) {
        const Estimate& a = one.options.front().pairs[i].difference;
        const Estimate& b = three.options.front().pairs[i].difference;
        CHECK(a.samples() == b.samples());
        CHECK((a.samples() == 0 || a.mean() == b.mean()));
    }
    CHECK(one.fingerprint == three.fingerprint);
    CHECK(one.fingerprint !=
          compare_options(base.variant(), {base.variant()}, {.replications = 9, .threads = 1}).fingerprint);
}

// Sample sizes of the paired t test at 5 % with a power of 80 %, as in tables of effect sizes (Cohen 1988).
TEST_CASE("The replications that show a difference are the sample size of a paired t test") {
    CHECK(replications_to_see(0.2, 1.0) == 199);
    CHECK(replications_to_see(0.5, 1.0) == 34);
    CHECK(replications_to_see(-0.8, 1.0) == 15);
    CHECK(replications_to_see(1.0, 0.0) == 2);
    CHECK(replications_to_see(0.0, 1.0) == std::nullopt);
    CHECK(replications_to_see(1.0, std::nan("")) == std::nullopt);
}

TEST_CASE("Demand grows with its seasons, listed releases to whole containers") {
    model::Model model = model::model_of(line("24 h", "poisson"));
    const double before = model.demands.items().front().rates.front().per_ms;
    const model::Model grown = with_demand_grown(model, 1.5);
    CHECK(grown.demands.items().front().rates.front().per_ms == doctest::Approx(1.5 * before));

    model::Demand listed{.listed = {{0, 1}, {1, 1}, {2, 1}, {3, 1}}};
    scale_listed(listed, 1.5);
    std::vector<std::uint32_t> containers;
    for (const model::ListedRelease& release : listed.listed) containers.push_back(release.containers);
    CHECK(containers == std::vector<std::uint32_t>{2, 1, 2, 1});
}

}  // namespace corridor
