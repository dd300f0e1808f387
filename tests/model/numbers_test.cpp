#include "model/numbers.h"

#include "compiled.h"

namespace corridor::model {
namespace {

/// A table of plain hours, by position.
struct Hours {
    scenario::QuantityTable quantities;
    std::vector<double> values;
    Diagnostics findings;

    scenario::Param add(double value) {
        scenario::Quantity quantity;
        quantity.path = "p" + std::to_string(values.size());
        quantity.dimension = kDuration;
        values.push_back(value);
        return quantities.push_back(quantity);
    }
    scenario::Param share(double value) {
        const scenario::Param param = add(value);
        quantities[param].dimension = kNumber;
        return param;
    }
    DurationLaw law(const scenario::Law& law) {
        const scenario::Values all(values);
        return Numbers(quantities, all, findings).law(law);
    }
};

using scenario::LawKind;

TEST_CASE("Laws of hours become laws of milliseconds with the same means") {
    Hours h;
    const auto mean_hours = [](const DurationLaw& law) { return moments(law).mean / kMillisecondsPerHour; };
    CHECK(mean_hours(h.law({LawKind::fixed, {h.add(1.5)}, {}})) == doctest::Approx(1.5));
    CHECK(mean_hours(h.law({LawKind::exponential, {h.add(2)}, {}})) == doctest::Approx(2));
    CHECK(mean_hours(h.law({LawKind::uniform, {h.add(1), h.add(5)}, {}})) == doctest::Approx(3));
    CHECK(mean_hours(h.law({LawKind::triangular, {h.add(0.5), h.add(1), h.add(1.8)}, {}})) == doctest::Approx(1.1));
    CHECK(mean_hours(h.law({LawKind::erlang, {h.add(4)}, {}, 3})) == doctest::Approx(4));
    CHECK(mean_hours(h.law({LawKind::hyperexponential, {h.add(1), h.add(8)}, {h.share(0.9)}})) == doctest::Approx(1.7));
    CHECK(mean_hours(h.law({LawKind::discrete, {h.add(1), h.add(2)}, {h.share(0.25), h.share(0.75)}})) ==
          doctest::Approx(1.75));
    CHECK(mean_hours(h.law({LawKind::lognormal, {h.add(3), h.add(1)}, {}})) == doctest::Approx(3));
    CHECK(h.findings.empty());
}

TEST_CASE("A drawn bound that passes the one beside it is named with both values") {
    Hours h;
    h.law({LawKind::uniform, {h.add(5), h.add(4)}, {}});
    h.law({LawKind::triangular, {h.add(1), h.add(3), h.add(2)}, {}});
    CHECK(text_of(h.findings) ==
          "error: p1: must be at least 5 h, got 4 h\nerror: p4: must be at least 3 h, got 2 h\n");
}

TEST_CASE("Durations reach from 0 to a million hours") {
    Hours h;
    h.law({LawKind::fixed, {h.add(0)}, {}});
    h.law({LawKind::fixed, {h.add(1e6)}, {}});
    CHECK(h.findings.empty());
    h.law({LawKind::fixed, {h.add(-1)}, {}});
    CHECK(h.findings.size() == 1);
    CHECK(h.findings[0].message.starts_with("must be at least 0, got -"));
    h.law({LawKind::fixed, {h.add(1e6 + 1)}, {}});
    CHECK(h.findings.size() == 2);
    CHECK(h.findings[1].message.starts_with("must be at most "));
}

TEST_CASE("Minutes that are no whole number of hours are whole milliseconds all the same") {
    for (int minutes = 1; minutes < 1000; ++minutes)
        CHECK(on_grid(minutes / 60.0 * kMillisecondsPerHour) == minutes * 60'000.0);
    CHECK(on_grid(1'000.25) == 1'000.25);
}

TEST_CASE("Weights that a draw has moved are scaled to add up to 1; weights of 0 are refused") {
    Hours h;
    const DurationLaw law = h.law({LawKind::discrete, {h.add(1), h.add(2)}, {h.share(0.5), h.share(0.75)}});
    CHECK(std::get<DiscreteLaw>(law).cumulative[0] == doctest::Approx(0.4));
    CHECK(std::get<DiscreteLaw>(law).cumulative[1] == 1.0);
    h.law({LawKind::discrete, {h.add(1), h.add(2)}, {h.share(0), h.share(0)}});
    CHECK(text_of(h.findings) == "error: p6: shares add up to 0 (they must add up to 1)\n");
}

}  // namespace
}  // namespace corridor::model
