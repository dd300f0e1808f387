#include "corridor/report/assumptions.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>

#include "corridor/scenario/reader.h"

namespace corridor {
namespace {

using scenario::QuantityRule;

// Five numbers: a reported one, one that follows from it, two assumptions, a default; and a figure to be compared.
scenario::Scenario made_up_scenario() {
    scenario::Scenario s;
    scenario::Source news;
    news.id = "F017";
    news.kind = scenario::SourceKind::reported;
    scenario::Source guess;
    guess.id = "guess";
    const auto reported = s.sources.push_back(news);
    const auto assumed = s.sources.push_back(guess);
    const auto sailings = s.quantities.push_back({.path = "quantity.sailings",
                                                  .dimension = kFrequency,
                                                  .value = 9.0 / 168,
                                                  .range = scenario::Range{8.0 / 168, 10.0 / 168},
                                                  .sources = {reported}});
    s.quantities.push_back({.path = "service.a.departures",
                            .dimension = kFrequency,
                            .rule = QuantityRule::use,
                            .value = 9.0 / 168,
                            .operands = {sailings}});
    s.quantities.push_back({.path = "link.a.length",
                            .dimension = kLength,
                            .value = 275,
                            .range = scenario::Range{200, 400},
                            .sources = {assumed},
                            .note = "by eye"});
    s.quantities.push_back({.path = "vehicle.a.capacity", .dimension = kTeu, .value = 100});
    s.quantities.push_back(
        {.path = "service.a.cut_off", .dimension = kDuration, .rule = QuantityRule::assumed_default});
    scenario::Reported figure;
    figure.value = s.quantities.push_back({.path = "reported.a.value", .dimension = kContainers, .value = 5});
    s.reported.push_back(figure);
    return s;
}

TEST_CASE("Assumptions are counted first and listed by how far they may be off, defaults only on request") {
    CHECK(assumptions_text(assumptions(made_up_scenario()), Defaults::counted) ==
          "5 numbers: 1 sourced, 1 derived, 2 assumed, 1 documented defaults\n"
          "\n"
          "number                value  unit        range   may be off by  rests on\n"
          "link.a.length           275  km     200 to 400  -27 % to +45 %  assumption (guess)\n"
          "quantity.sailings         9  /week     8 to 10  -11 % to +11 %  F017\n"
          "service.a.departures      9  /week           -               -  = quantity.sailings\n"
          "vehicle.a.capacity      100  TEU             -               -  assumption\n");
}

TEST_CASE("Defaults are listed where asked for") {
    const std::string text = assumptions_text(assumptions(made_up_scenario()), Defaults::listed);
    CHECK(text.find("service.a.cut_off         0  h               -               -  default\n") != std::string::npos);
}

TEST_CASE("Numbers are shown in the unit of the file, and what follows from one in its unit") {
    const auto scenario = scenario::parse_scenario(R"(
currency = "EUR"
period = { start = 2020-01-01, end = 2020-02-01 }
[quantity]
draught = { value = "1 m", range = ["0.7 m", "1.3 m"] }
deep = { sum = ["draught", "1 m"] }
pace = "10 min"
price = "5 EUR/TEU-d"
share = "4 %"
plain = 0.25
used = { use = "draught" }
often = "9 /week"
)");
    std::map<std::string, std::string> shown;
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    for (const Assumption& a : assumptions(scenario.value())) {
        shown[a.path] = fmt::format("{} {}", a.value, a.unit);
        if (a.path == "quantity.draught") {
            CHECK(a.low == 0.7);
            CHECK(a.high == 1.3);
        }
    }
    CHECK(shown["quantity.draught"] == "1 m");
    CHECK(shown["quantity.deep"] == "2 m");
    CHECK(shown["quantity.pace"] == "10 min");
    CHECK(shown["quantity.price"] == "5 EUR/TEU-d");
    CHECK(shown["quantity.share"] == "4 %");
    CHECK(shown["quantity.plain"] == "0.25 ");
    CHECK(shown["quantity.used"] == "1 m");
    CHECK(shown["quantity.often"] == "9 /week");
}

TEST_CASE("Assumptions as CSV have every number with its source and note") {
    CHECK(assumptions_csv(assumptions(made_up_scenario())) ==
          "path,value,unit,low,high,relative_width,basis,source,rule,note\n"
          "link.a.length,275,km,200,400,0.7272727272727273,assumption,guess,,by eye\n"
          "quantity.sailings,9,/week,8,10,0.2222222222222222,sourced,F017,,\n"
          "service.a.cut_off,0,h,,,,default,,,\n"
          "service.a.departures,9,/week,,,,derived,,quantity.sailings,\n"
          "vehicle.a.capacity,100,TEU,,,,assumption,,,\n");
}

}  // namespace
}  // namespace corridor
