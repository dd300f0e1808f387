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
    shipped.value = scenario.quantities.push_back({.value = 100});
    scenario.reported.push_back(shipped);
    scenario::Reported none;
    none.id = "none";
    none.readings.resize(1);
    none.readings[0].id = "all";
    none.value = scenario.quantities.push_back({.value = 0});
    scenario.reported.push_back(none);
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

std::string refused(std::string_view text) { return render(parse_requirement(text, with_figures()).diagnostics()); }

TEST_CASE("A requirement names a figure, perhaps one of its readings, and how far off it may be") {
    CHECK(parsed("shipped within 20%").figure == "shipped");
    CHECK(parsed("shipped within 20%").reading.empty());
    CHECK(parsed("shipped within 20%").share == doctest::Approx(0.2));
    CHECK(parsed("shipped/teu within 2.5 %").reading == "teu");
    CHECK(parsed("shipped/teu within 2.5 %").share == doctest::Approx(0.025));
    CHECK(parsed("shipped/teu within 500").amount == 500);
    CHECK(parsed("shipped/teu within 500").share == 0);
}

TEST_CASE("What is not a requirement is refused with what was probably meant") {
    CHECK(refused("shiped within 20%") ==
          "error: --require 'shiped within 20%': unknown reported figure 'shiped'; did you mean 'shipped'?\n");
    CHECK(refused("shipped/te within 20%") ==
          "error: --require 'shipped/te within 20%': 'shipped' has no reading 'te'; did you mean 'teu'?\n");
    for (const char* const text : {"shipped", "shipped within", "shipped within -1%", "shipped within 5 TEU"}) {
        CHECK(refused(text) == std::string{"error: --require '"} + text +
                                   "': not a requirement; write it as in 'shipped within 20%', 'shipped/READING within "
                                   "20%' or, in the unit of the figure, 'shipped within 500'\n");
    }
}

TEST_CASE("A share of a figure that is 0 is refused, for nothing but 0 is within it") {
    CHECK(refused("none within 20%") ==
          "error: --require 'none within 20%': the reported figure 'none' is 0 (a share of 0 is 0); say how far off in "
          "the unit of the figure, as in 'none within 500'\n");
    ComparisonRow none = row("all", 3, 0);
    none.figure = "none";
    const RequirementOutcome outcome = check(parsed("none within 5"), {none});
    CHECK(outcome.holds);
    CHECK(outcome.explanation == "none within 5: holds (its reading all: 3 simulated, 0 reported, 3 off)");
}

TEST_CASE("A requirement holds up to its bound, and not beyond") {
    CHECK(check(parsed("shipped/boxes within 20%"), {row("boxes", 80, 100)}).holds);
    CHECK(check(parsed("shipped/boxes within 20%"), {row("boxes", 120, 100)}).holds);
    CHECK_FALSE(check(parsed("shipped/boxes within 20%"), {row("boxes", 79.9, 100)}).holds);
    CHECK_FALSE(check(parsed("shipped/boxes within 20%"), {row("boxes", 120.1, 100)}).holds);
    CHECK(check(parsed("shipped/boxes within 20"), {row("boxes", 120, 100)}).holds);
    CHECK_FALSE(check(parsed("shipped/boxes within 20"), {row("boxes", 120.1, 100)}).holds);
}

TEST_CASE("Without a reading, every reading has to agree, and each is explained, the furthest first") {
    const std::vector<ComparisonRow> rows{row("boxes", 50, 100), row("teu", 95, 100)};
    const RequirementOutcome failing = check(parsed("shipped within 10%"), rows);
    CHECK_FALSE(failing.holds);
    CHECK(failing.explanation ==
          "shipped within 10%: fails (all 2 readings have to agree, 1 does not: boxes: 50 simulated, 100 reported, "
          "50.0 % off; teu: 95 simulated, 100 reported, 5.0 % off); 'shipped/READING within 10%' asks for one reading");
    const RequirementOutcome holding = check(parsed("shipped within 50%"), rows);
    CHECK(holding.holds);
    CHECK(holding.explanation ==
          "shipped within 50%: holds (all 2 readings agree: boxes: 50 simulated, 100 reported, 50.0 % off; teu: 95 "
          "simulated, 100 reported, 5.0 % off)");
}

TEST_CASE("A requirement on a figure of which nothing was compared does not hold") {
    CHECK_FALSE(check(parsed("shipped within 50%"), {}).holds);
}

TEST_CASE("An undefined value agrees with nothing") {
    ComparisonRow undefined = row("boxes", 1, 100);
    undefined.simulated = Estimate{};
    const RequirementOutcome outcome = check(parsed("shipped/boxes within 99%"), {undefined});
    CHECK_FALSE(outcome.holds);
    CHECK(outcome.explanation == "shipped/boxes within 99%: fails (its reading boxes: nothing simulated)");
}

}  // namespace
}  // namespace corridor
