#include "corridor/study/contradictions.h"

#include <doctest/doctest.h>

namespace corridor {
namespace {

scenario::Reported figure(scenario::Scenario& scenario, const std::string& id, double value, double error) {
    scenario::Reported figure;
    figure.id = id;
    figure.value = scenario.quantities.push_back({.path = "reported." + id + ".value", .value = value});
    figure.error = error;
    scenario::Reading reading;
    reading.id = "all";
    reading.measure = "lifts";
    reading.subjects = {"terminal.a", "terminal.b"};
    figure.readings = {reading};
    return figure;
}

scenario::Scenario with_values(double first, double second, double error) {
    scenario::Scenario scenario;
    scenario.reported.push_back(figure(scenario, "yearbook", first, error));
    scenario.reported.push_back(figure(scenario, "press", second, error));
    return scenario;
}

TEST_CASE("Two figures of the same thing contradict each other where their errors do not explain the difference") {
    CHECK(render(contradictions(with_values(1000, 1200, 0.04))) ==
          "warning: reported.press.reading.all: contradicts reported.yearbook.reading.all (1200 and 1000 for the same "
          "lifts, further apart than their errors explain); one of the readings is wrong, or an error is larger than "
          "stated\n"
          "note: the other place\n");
    CHECK(contradictions(with_values(1000, 1100, 0.04)).empty());
    CHECK(contradictions(with_values(1000, 1000, 0)).empty());
    CHECK(contradictions(with_values(1000, 1001, 0)).size() == 1);
}

TEST_CASE("Figures of different subjects or windows do not contradict each other") {
    scenario::Scenario scenario = with_values(1000, 1200, 0.04);
    scenario.reported.items()[1].readings[0].subjects = {"terminal.b", "terminal.a"};
    CHECK(contradictions(scenario).size() == 1);
    scenario.reported.items()[1].readings[0].subjects = {"terminal.a"};
    CHECK(contradictions(scenario).empty());

    scenario = with_values(1000, 1200, 0.04);
    scenario.reported.items()[1].start += std::chrono::days{31};
    CHECK(contradictions(scenario).empty());
}

TEST_CASE("A factor of a reading is taken into account") {
    scenario::Scenario scenario = with_values(1000, 2000, 0.01);
    scenario.reported.items()[1].readings[0].factor = 2;
    CHECK(contradictions(scenario).empty());
}

TEST_CASE("Readings are alternatives: figures contradict each other only where no pair of readings agrees") {
    scenario::Scenario scenario = with_values(1000, 1200, 0.01);
    scenario::Reading half = scenario.reported.items()[1].readings[0];
    half.id = "half";
    half.factor = 1.2;
    scenario.reported.items()[1].readings.push_back(half);
    CHECK(contradictions(scenario).empty());
}

TEST_CASE("A limit contradicts no volume") {
    scenario::Scenario scenario = with_values(1000, 5000, 0.01);
    scenario.reported.items()[1].use = scenario::FigureUse::limit;
    CHECK(contradictions(scenario).empty());
}

}  // namespace
}  // namespace corridor
