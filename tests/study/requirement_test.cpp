#include "corridor/study/requirement.h"

#include <doctest/doctest.h>

namespace corridor {
namespace {

scenario::Scenario with_figures() {
    scenario::Scenario scenario;
    scenario::Reported shipped;
    shipped.id = "shipped";
    shipped.readings.resize(2);
    shipped.readings[0].id = "boxes";
    shipped.readings[1].id = "teu";
    scenario.reported.push_back(shipped);
    return scenario;
}

ComparisonRow row(const std::string& reading, double simulated, double reported) {
    ComparisonRow row;
    row.figure = "shipped";
    row.reading = reading;
    row.reported = reported;
    row.simulated.add(simulated);
    row.ratio = simulated / reported;
    return row;
}

Requirement parsed(std::string_view text) { return parse_requirement(text, with_figures()).value(); }

std::string refusal(std::string_view text) { return render(parse_requirement(text, with_figures()).diagnostics()); }

TEST_CASE("A requirement names a figure, perhaps one of its readings, and a percentage") {
    CHECK(parsed("shipped within 20%").figure == "shipped");
    CHECK(parsed("shipped within 20%").reading.empty());
    CHECK(parsed("shipped within 20%").share == doctest::Approx(0.2));
    CHECK(parsed("shipped/teu within 2.5 %").reading == "teu");
    CHECK(parsed("shipped/teu within 2.5 %").share == doctest::Approx(0.025));
}

TEST_CASE("What is not a requirement is refused with what was probably meant") {
    CHECK(refusal("shiped within 20%") ==
          "error: --require 'shiped within 20%': unknown reported figure 'shiped'; did you mean 'shipped'?\n");
    CHECK(refusal("shipped/te within 20%") ==
          "error: --require 'shipped/te within 20%': 'shipped' has no reading 'te'; did you mean 'teu'?\n");
    for (const char* const text : {"shipped", "shipped within", "shipped within 20", "shipped within -1%"}) {
        CHECK(refusal(text) ==
              std::string{"error: --require '"} + text + "': not a requirement; write it as in 'shipped within 20%'\n");
    }
}

TEST_CASE("A requirement holds up to its bound, and not beyond") {
    CHECK(check(parsed("shipped/boxes within 20%"), {row("boxes", 80, 100)}).holds);
    CHECK(check(parsed("shipped/boxes within 20%"), {row("boxes", 120, 100)}).holds);
    CHECK_FALSE(check(parsed("shipped/boxes within 20%"), {row("boxes", 79.9, 100)}).holds);
    CHECK_FALSE(check(parsed("shipped/boxes within 20%"), {row("boxes", 120.1, 100)}).holds);
}

TEST_CASE("Without a reading, one that agrees is enough, and all are explained") {
    const std::vector<ComparisonRow> rows{row("boxes", 50, 100), row("teu", 95, 100)};
    const RequirementOutcome outcome = check(parsed("shipped within 10%"), rows);
    CHECK(outcome.holds);
    CHECK(outcome.explanation ==
          "shipped within 10%: holds (boxes: 50 simulated, 100 reported, 50.0 % off; teu: 95 simulated, 100 reported, "
          "5.0 % off)");
    CHECK_FALSE(check(parsed("shipped within 4%"), rows).holds);
}

TEST_CASE("An undefined value agrees with nothing") {
    ComparisonRow undefined = row("boxes", 1, 100);
    undefined.simulated = Estimate{};
    const RequirementOutcome outcome = check(parsed("shipped/boxes within 99%"), {undefined});
    CHECK_FALSE(outcome.holds);
    CHECK(outcome.explanation == "shipped/boxes within 99%: fails (boxes: nothing simulated)");
}

}  // namespace
}  // namespace corridor
