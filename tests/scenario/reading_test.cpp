#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("Every number keeps its path, its place and its sources") {
    const Scenario scenario =
        scenario_of(changed("\"275 km\"", "{ value = \"275 km\", source = \"F010\", note = \"by water\" }") +
                    "[source.F010]\nkind = \"reported\"\n");
    const Quantity& length = scenario.quantities[scenario.links[Id<Link>{0}].length];
    CHECK(length.path == "link.a-b.length");
    CHECK(length.value == 275.0);
    CHECK(length.dimension == kLength);
    CHECK(length.place == SourcePlace{"scenario.toml", 28, 10});
    CHECK(length.note == "by water");
    REQUIRE(length.sources.size() == 1);
    CHECK(scenario.sources[length.sources[0]].id == "F010");
}

TEST_CASE("A default counts as an assumption of the key that nobody wrote") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts));
    const Quantity& cut_off = scenario.quantities[scenario.services[Id<Service>{0}].cut_off];
    CHECK(cut_off.rule == QuantityRule::assumed_default);
    CHECK(cut_off.path == "service.a-b.cut_off");
    CHECK(cut_off.place.line == 33);
    const Demand& demand = scenario.demands[Id<Demand>{0}];
    CHECK(scenario.quantities[demand.tonnes_per_teu].value == 10.0);
    CHECK(scenario.quantities[demand.box_share[0]].value == 1.0);
    CHECK(scenario.quantities[demand.box_share[1]].value == 0.0);
    CHECK(demand.itineraries == 3);
    CHECK(scenario.replications == 20);
    CHECK(scenario.seed == 1);
}

TEST_CASE("Entities are in the order of their names, not of the file nor of their ids") {
    const Scenario scenario =
        scenario_of(extended("[terminal.0]\nname = \"Zhongshan\"\nquay_cranes = \"unlimited\"\n"
                             "[terminal.z]\nname = \"Anqing\"\nquay_cranes = \"unlimited\"\n"));
    std::string order;
    for (const Terminal& terminal : scenario.terminals) order += terminal.name + " ";
    CHECK(order == "Anqing Zhongshan a b ");
    CHECK(scenario.links[Id<Link>{0}].from == Id<Terminal>{2});
}

TEST_CASE("A terminal with cranes and without berths has unlimited berths; unlimited cranes take no time") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts));
    const Terminal& a = scenario.terminals[Id<Terminal>{0}];
    const auto water = static_cast<std::size_t>(Mode::waterway);
    const auto rail = static_cast<std::size_t>(Mode::railway);
    REQUIRE(a.berths[water].has_value());
    CHECK_FALSE(a.berths[water]->count.has_value());
    CHECK(scenario.quantities[a.berths[water]->entry_time.durations[0]].value == 0.0);
    CHECK_FALSE(a.cranes[rail].has_value());
    CHECK_FALSE(a.berths[rail].has_value());
    const Terminal& b = scenario.terminals[Id<Terminal>{1}];
    REQUIRE(b.cranes[water].has_value());
    CHECK_FALSE(b.cranes[water]->count.has_value());
    CHECK(scenario.quantities[b.cranes[water]->move_time.durations[0]].value == 0.0);
}

TEST_CASE("Weekday ranges open a window for every day, across the end of the week too") {
    const Scenario scenario = scenario_of(changed("\"Mon-Fri 06:00-22:00\"", "\"Sat-Mon 06:00-24:00\""));
    const auto& opening = scenario.terminals[Id<Terminal>{0}].opening;
    REQUIRE(opening.size() == 3);
    CHECK(opening[0].from_minute == 6 * 60);
    CHECK(opening[0].to_minute == 24 * 60);
    CHECK(opening[1].from_minute == 5 * 24 * 60 + 6 * 60);
    CHECK(opening[2].to_minute == 7 * 24 * 60);
}

TEST_CASE("An empty list of opening hours is refused, for it could mean always or never") {
    CHECK(complaints(changed("[\"Mon-Fri 06:00-22:00\"]", "[]")) ==
          "21:11: error: terminal.a.opening: the list of opening hours is empty (never open, or always?); leave "
          "`opening` out for always; for never, give the terminal no cranes or close it by `closed`\n");
}

TEST_CASE("Closed days come before the calendar, whose later rows win") {
    const Scenario scenario =
        scenario_of(changed("opening =",
                            "closed = [\"2020-01-24\"]\n"
                            "calendar = [{ from = 2020-01-24, to = 2020-01-25, status = \"open\" }]\nopening ="));
    const auto& calendar = scenario.terminals[Id<Terminal>{0}].calendar;
    REQUIRE(calendar.size() == 2);
    CHECK_FALSE(calendar[0].open);
    CHECK(calendar[0].to - calendar[0].from == std::chrono::days{1});
    CHECK(calendar[1].open);
}

DepartureRule departures_of(const std::string& written) {
    return scenario_of(changed("{ per_week = { use = \"sailings\" } }", written))
        .services[Id<Service>{0}]
        .departures.rule;
}

TEST_CASE("Departures can be written in six ways") {
    const Scenario weekly = scenario_of(changed("{ per_week = { use = \"sailings\" } }", "{ per_week = 7 }"));
    const Param per_week = std::get<PerWeek>(weekly.services[Id<Service>{0}].departures.rule).departures;
    CHECK(weekly.quantities[per_week].value == 7.0 / 168.0);
    CHECK(weekly.quantities[per_week].dimension == kFrequency);

    CHECK(format_instant(std::get<Headway>(departures_of("{ headway = \"12 h\" }")).first) == "2020-01-01");
    CHECK(
        format_instant(std::get<Headway>(departures_of("{ headway = \"12 h\", first = 2020-01-02T06:00:00 }")).first) ==
        "2020-01-02T06:00");
    CHECK(std::get<Weekly>(departures_of("{ weekly = [\"Thu 18:30\", \"Mon 06:00\"] }")).minutes ==
          std::vector<int>{360, 3 * 1440 + 1110});
    CHECK(std::get<Dated>(departures_of("{ times = [2020-01-03, 2020-01-02T06:00:00] }")).times.size() == 2);
    CHECK(std::holds_alternative<Continuous>(departures_of("{ continuous = true }")));
    CHECK(std::holds_alternative<WhenReady>(
        scenario_of(changed("{ per_week = { use = \"sailings\" } }", "{ when_ready = true }\nfleet = 3"))
            .services[Id<Service>{0}]
            .departures.rule));
}

TEST_CASE("A profile is by month, whatever its order") {
    const Scenario scenario = scenario_of(changed("{ 2020-01 = 0.9 }", "{ 2020-02 = 0.5, 2019-12 = 1.1 }"));
    const auto& profile = scenario.demands[Id<Demand>{0}].profile;
    REQUIRE(profile.size() == 2);
    CHECK(profile.begin()->first == 2019 * 12 + 11);
    CHECK(scenario.quantities[profile.at(2020 * 12 + 1)].value == 0.5);
}

TEST_CASE("A reported figure has the window of the period unless it says otherwise") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts));
    const Reported& figure = scenario.reported[Id<Reported>{0}];
    CHECK(figure.start == scenario.start);
    CHECK(figure.end == scenario.end);
    CHECK(scenario.quantities[figure.value].value == 15900.0);
    REQUIRE(figure.readings.size() == 1);
    CHECK(figure.readings[0].id == "all");
    CHECK(figure.readings[0].factor == 1.0);
    CHECK(figure.readings[0].subjects == std::vector<std::string>{"service.a-b"});
}

TEST_CASE("A scenario without a title is called by its file") {
    CHECK(scenario_of(std::string(kTwoPorts)).title == "scenario.toml");
    CHECK(scenario_of("title = \"Two ports\"\n" + std::string(kTwoPorts)).title == "Two ports");
}

}  // namespace
}  // namespace corridor::scenario
