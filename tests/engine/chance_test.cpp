// What may change the random numbers of a run, and what may not.
#include <array>
#include <cmath>

#include "simulated.h"

namespace corridor {
namespace {

const std::string kService = departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })");
const std::string kBoxes = "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"40 containers/d\"\n";

double journey(const Simulated& run) { return run("door_to_door_time_mean", "demand.boxes"); }

}  // namespace

TEST_CASE("N16: the same seed and replication give the same history, others give another") {
    const std::string text = river(kService + kBoxes);
    CHECK(Simulated(text, 1, 0).outcome().fingerprint == Simulated(text, 1, 0).outcome().fingerprint);
    CHECK(Simulated(text, 1, 0).outcome().fingerprint != Simulated(text, 2, 0).outcome().fingerprint);
    CHECK(Simulated(text, 1, 0).outcome().fingerprint != Simulated(text, 1, 1).outcome().fingerprint);
    CHECK(Simulated(text, 0, 0).outcome().fingerprint != Simulated(text, ~std::uint64_t{0}, 0).outcome().fingerprint);
}

TEST_CASE("N16: a replication does not depend on those simulated before it") {
    const auto scenario = scenario::parse_scenario(river(kService + kBoxes));
    REQUIRE(scenario.ok());
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    Simulator fresh(model.value());
    Simulator used(model.value());
    for (std::uint64_t r = 0; r < 5; ++r) {
        used.run(7, r);
    }
    const Outcome a = fresh.run(1, 3);
    const Outcome b = used.run(1, 3);
    CHECK(a.fingerprint == b.fingerprint);
    REQUIRE(a.measures.size() == b.measures.size());
    for (std::size_t i = 0; i < a.measures.size(); ++i) {
        CHECK((a.measures[i] == b.measures[i] || (std::isnan(a.measures[i]) && std::isnan(b.measures[i]))));
    }
}

namespace {

model::Model compiled_at(const std::string& text, const std::string& assignment) {
    const auto scenario = scenario::parse_scenario(text, "scenario.toml", {{.assignment = assignment}});
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    return std::move(model).value();
}

// Two ways from a to b, by sea past an island or straight: the faster one carries the boxes.
const std::string kTwoWays = river(R"([terminal.island]
quay_cranes = { count = 2, rate = "20 moves/h" }
[link.out]
mode = "waterway"
from = "a"
to = "island"
length = "60 km"
speed = "10 km/h"
[link.back]
mode = "waterway"
from = "island"
to = "b"
length = "60 km"
speed = "10 km/h"
[service.line]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
fleet = 3
departures = { headway = "24 h", first = 2020-01-01T06:00:00 }
)" + kBoxes);

}  // namespace

TEST_CASE("A catalogue made at other values gives the same measures, and is replaced where it lacks some") {
    const MeasureCatalog stated = measure_catalog(compiled_at(kTwoWays, "service.line.fleet=3"));
    const auto check_against_own = [&](const model::Model& model, bool is_shared) {
        Simulator with_stated(model, stated);
        Simulator with_own(model);
        CHECK(with_stated.catalog().shares_content_with(stated) == is_shared);
        const Outcome a = with_stated.run(1, 0);
        const Outcome b = with_own.run(1, 0);
        REQUIRE(a.measures.size() == with_own.catalog().size());
        for (std::size_t i = 0; i < a.measures.size(); ++i) {
            const MeasureInfo& info = with_own.catalog().infos()[i];
            CHECK(with_stated.catalog().find(info.name, info.subject) == i);
            CHECK((a.measures[i] == b.measures[i] || (std::isnan(a.measures[i]) && std::isnan(b.measures[i]))));
        }
        return a.measures[*with_stated.catalog().find("fleet_utilisation", "service.line")];
    };

    const double with_three = check_against_own(compiled_at(kTwoWays, "service.line.fleet=3"), true);
    const double with_six = check_against_own(compiled_at(kTwoWays, "service.line.fleet=6"), true);
    CHECK(with_six < 0.75 * with_three);
    check_against_own(compiled_at(kTwoWays, "terminal.island.quay_cranes.count=5"), true);
    const std::string failing =
        "quay_cranes = { count = 2, rate = \"20 moves/h\", breakdowns = { time_to_failure = \"10 h\", "
        "time_to_repair = \"2 h\" } }";
    std::string text = kTwoWays;
    const std::string sound = "quay_cranes = { count = 2, rate = \"20 moves/h\" }";
    text.replace(text.find(sound), sound.size(), failing);
    const auto availability = [&](const std::string& cranes) {
        const model::Model two = compiled_at(text, "terminal.island.quay_cranes.count=2");
        const model::Model model = compiled_at(text, "terminal.island.quay_cranes.count=" + cranes);
        Simulator simulator(model, measure_catalog(two));
        const auto all_up = simulator.catalog().find("all_cranes_up_share", "terminal.island.quay");
        const auto available = simulator.catalog().find("crane_availability", "terminal.island.quay");
        const Outcome own = Simulator(model).run(1, 0);
        const Outcome outcome = simulator.run(1, 0);
        CHECK(outcome.measures[*all_up] == own.measures[*all_up]);
        CHECK(outcome.measures[*available] == own.measures[*available]);
        return outcome.measures[*available];
    };
    CHECK(availability("5") < 1.0);
    CHECK(availability("1") < 1.0);
    // At this speed the service goes past the island, and other links have users.
    check_against_own(compiled_at(kTwoWays, "link.a-b.speed=5 km/h"), false);
}

TEST_CASE("N17: an unrelated terminal, service or demand changes nobody else's random numbers") {
    const std::string unrelated = R"([terminal.y]
quay_cranes = { count = 1, move_time = { law = "exponential", mean = "5 min" } }
[terminal.z]
quay_cranes = "unlimited"
[link.y-z]
mode = "waterway"
from = "y"
to = "z"
length = "10 km"
speed = "10 km/h"
[service.another]
route = ["y", "z"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 5 }
[demand.aaa]
from = "y"
to = "z"
rate = "10 containers/d"
)";
    CHECK(journey(Simulated(river(kService + kBoxes))) == journey(Simulated(river(kService + kBoxes + unrelated))));
}

// Two barges load at midnight at one crane, six containers that came evenly over the day, ten minutes each: p's from
// 00:00, q's from 01:00. Whether numbers of vehicles that have retired are used again depends on the third service.
TEST_CASE("N17: an unrelated service does not change who goes first of two at one instant") {
    const std::string pair = R"(
period = { start = 2020-01-01, end = 2020-02-01 }
[terminal]
hub = { quay_cranes = { count = 1, move_time = "10 min" } }
p = { quay_cranes = "unlimited" }
q = { quay_cranes = "unlimited" }
y = { quay_cranes = "unlimited" }
z = { quay_cranes = "unlimited" }
[link]
p = { mode = "waterway", from = "hub", to = "p", length = "10 km", running_time = "5 h" }
q = { mode = "waterway", from = "hub", to = "q", length = "10 km", running_time = "29 h" }
[vehicle]
barge = { mode = "waterway", capacity = "100 TEU" }
[service]
p = { route = ["hub", "p"], directions = "one-way", vehicle = "barge", departures = { headway = "24 h" } }
q = { route = ["hub", "q"], directions = "one-way", vehicle = "barge", departures = { headway = "24 h" } }
[demand]
p = { from = "hub", to = "p", rate = "6 containers/d", release = "even" }
q = { from = "hub", to = "q", rate = "6 containers/d", release = "even" }
)";
    const auto unrelated = [](const std::string& running_time, const std::string& headway) {
        return "[link.unrelated]\nmode = \"waterway\"\nfrom = \"y\"\nto = \"z\"\nlength = \"10 km\"\nrunning_time = "
               "\"" +
               running_time +
               "\"\n[service.unrelated]\nroute = [\"y\", \"z\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\n"
               "departures = { headway = \"" +
               headway + "\" }\n[demand.unrelated]\nfrom = \"y\"\nto = \"z\"\nrate = \"1 containers/d\"\n";
    };
    for (const std::string& more : {std::string{}, unrelated("1 h", "24 h"), unrelated("7 h", "10 h"),
                                    unrelated("40 h", "11 h"), unrelated("13 h", "37 h")}) {
        const Simulated run(pair + more);
        CHECK(run("wait_mean", "service.p.forward") == doctest::Approx(12.0 + 1.0));
        CHECK(run("wait_mean", "service.q.forward") == doctest::Approx(12.0 + 2.0));
    }
}

TEST_CASE("A trip meets the same on its way whatever other trips there are") {
    // The running times of all five departures are those of one of them and those of the other four.
    const auto sum = [](const std::string& times) {
        std::string text = river(departures("{ times = [" + times + "] }") + kBoxes);
        text.insert(text.find("speed ="), "extra_time = { law = \"exponential\", mean = \"30 h\" }\n");
        const Simulated run(text);
        const double departures = run("departures_run", "service.line");
        return departures * run("running_time_mean", "service.line.forward");
    };
    const std::string before = "2020-01-02T06:00:00, 2020-01-03T06:00:00, ";
    const std::string third = "2020-01-04T06:00:00";
    const std::string after = ", 2020-01-04T18:00:00, 2020-01-05T06:00:00";
    const double all = sum(before + third + after);
    const double one = sum(third);
    CHECK(one > 10.0);
    CHECK(all == doctest::Approx(one + sum("2020-01-02T06:00:00, 2020-01-03T06:00:00" + after)).epsilon(1e-12));
    CHECK(sum(before + third) - sum(third) == doctest::Approx(all - sum(third + after)).epsilon(1e-12));
}

TEST_CASE("N18: the order of tables and comments change nothing") {
    const Simulated one(river(kService + kBoxes));
    const Simulated other(river("# a comment\n" + kBoxes + "\n\n" + kService));
    CHECK(one.outcome().fingerprint == other.outcome().fingerprint);
}

TEST_CASE("N22: an id can be renamed without changing a draw as long as the name stays") {
    std::string renamed = kBoxes;
    renamed.replace(renamed.find("demand.boxes"), 12, "demand.crates");
    const Simulated one(river(kService + kBoxes));
    const Simulated other(river(kService + renamed + "name = \"boxes\"\n"));
    CHECK(one.outcome().fingerprint == other.outcome().fingerprint);
    CHECK(journey(one) == other("door_to_door_time_mean", "demand.crates"));
}

TEST_CASE("N21: with every time doubled, times double and counts stay") {
    // Even releases and fixed times, so nothing is drawn.
    const auto run = [](int scale) {
        const auto hours = [scale](int h) { return "\"" + std::to_string(h * scale) + " h\""; };
        return Simulated(R"([period]
start = 2020-01-01
end = 2020-0)" + std::string(scale == 1 ? "1-31" : "3-01") +
                         R"(
[terminal.a]
quay_cranes = { count = 1, move_time = )" +
                         hours(1) + R"( }
[terminal.b]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
running_time = )" + hours(10) +
                         R"(
[vehicle.barge]
mode = "waterway"
capacity = "6 TEU"
[service.line]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { headway = )" +
                         hours(12) + R"(, first = 2020-01-01T00:00:00 }
[demand.boxes]
from = "a"
to = "b"
volume = "300 containers"
release = "even"
)");
    };
    const Simulated single = run(1);
    const Simulated twice = run(2);
    CHECK(twice("containers_delivered", "total") == single("containers_delivered", "total"));
    CHECK(journey(twice) == doctest::Approx(2.0 * journey(single)).epsilon(1e-9));
    CHECK(twice("wait_max", "service.line.forward") == 2.0 * single("wait_max", "service.line.forward"));
}

TEST_CASE("N23: a demand split in two keeps its mean, and the books balance exactly") {
    const std::string halves =
        "[demand.one]\nfrom = \"a\"\nto = \"b\"\nrate = \"20 containers/d\"\n"
        "[demand.two]\nfrom = \"a\"\nto = \"b\"\nrate = \"20 containers/d\"\n";
    double whole = 0.0;
    double split = 0.0;
    constexpr int kRuns = 40;
    for (std::uint64_t r = 0; r < kRuns; ++r) {
        whole += Simulated(river(kService + kBoxes), 1, r)("containers_released", "total") / kRuns;
        split += Simulated(river(kService + halves), 1, r)("containers_released", "total") / kRuns;
    }
    // 40 a day for 31 days is 1240; the standard error of a mean of 40 Poisson counts is 5.6.
    CHECK(std::abs(whole - 1240.0) < 4 * 5.6);
    CHECK(std::abs(split - 1240.0) < 4 * 5.6);
}

TEST_CASE("N24: one crane more never makes the same containers later") {
    const auto run = [](int cranes) {
        std::string text = river(kService + kBoxes);
        const std::string plain = "[terminal.b]\nquay_cranes = \"unlimited\"";
        text.replace(text.find(plain), plain.size(),
                     "[terminal.b]\nquay_cranes = { count = " + std::to_string(cranes) + ", rate = \"10 moves/h\" }");
        return journey(Simulated(text));
    };
    CHECK(run(2) < run(1));
    CHECK(run(3) < run(2));
    CHECK(run(12) <= run(11));
}

TEST_CASE("N26: the number in the system is the rate times the time spent in it") {
    // Everybody is released and delivered inside the window, so Little's law holds to the last digit.
    const Simulated run(river(departures("{ times = [2020-01-02T06:00:00, 2020-01-09T06:00:00] }") +
                              listed("{ time = 2020-01-01T03:00:00, containers = 7 }, "
                                     "{ time = 2020-01-05T11:30:00, containers = 5 }")));
    const double hours = 31 * 24.0;
    const double rate = run("containers_delivered", "total") / hours;
    CHECK(run("containers_in_system", "total") ==
          doctest::Approx(rate * run("door_to_door_time_mean", "demand.boxes")).epsilon(1e-12));
    CHECK(run("yard_mean", "terminal.a") ==
          doctest::Approx(rate * run("wait_mean", "service.line.forward")).epsilon(1e-12));
}

}  // namespace corridor
