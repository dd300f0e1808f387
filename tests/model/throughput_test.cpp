#include "corridor/model/throughput.h"

#include <limits>

#include "compiled.h"

namespace corridor::model {
namespace {

Throughput throughput(const std::string& text, std::string_view from, std::string_view to) {
    const Model model = model_of(text);
    const auto terminal = [&](std::string_view id) {
        for (std::size_t i = 0; i < model.terminals.size(); ++i) {
            if (model.terminals[Id<Terminal>{i}].id == id) return Id<Terminal>{i};
        }
        return Id<Terminal>{};
    };
    return greatest_throughput(model, terminal(from), terminal(to));
}

/// One-way services without handling times: from, to, places and headway in hours each.
struct Leg {
    std::string from, to, places, headway;
};

std::string corridor_of(const std::vector<Leg>& legs, const std::string& from, const std::string& to,
                        const std::string& cranes = "") {
    std::string text = R"(
format = 1
title = "Services with places and headways"
period = { start = 2020-01-06, end = 2020-01-20 }
)";
    for (const std::string id : {"a", "b", "c", "d", "s", "t"}) {
        const bool limited = id == "b" && !cranes.empty();
        text += "[terminal." + id + "]\nquay_cranes = " + (limited ? cranes : "\"unlimited\"") + "\n";
    }
    for (const Leg& leg : legs) {
        const std::string id = leg.from + "-" + leg.to;
        text += "[link." + id + "]\nmode = \"waterway\"\nfrom = \"" + leg.from + "\"\nto = \"" + leg.to +
                "\"\nlength = \"10 km\"\nspeed = \"10 km/h\"\n";
        text += "[vehicle." + id + "]\nmode = \"waterway\"\ncapacity = \"" + leg.places + " TEU\"\n";
        text += "[service." + id + "]\nvehicle = \"" + id + "\"\nroute = [\"" + leg.from + "\", \"" + leg.to +
                "\"]\ndirections = \"one-way\"\ndepartures = { headway = \"" + leg.headway + " h\" }\n";
    }
    return text + "[demand.d]\nfrom = \"" + from + "\"\nto = \"" + to + "\"\nvolume = \"1 containers\"\n";
}

TEST_CASE("The greatest throughput is that of the narrowest cut, whose services are named") {
    const auto text = corridor_of(
        {{"a", "b", "96", "24"}, {"a", "c", "60", "12"}, {"b", "d", "80", "12"}, {"c", "d", "40", "12"}}, "a", "d");
    const Throughput most = throughput(text, "a", "d");
    CHECK(most.teu_per_hour == doctest::Approx(7.333333333333334).epsilon(1e-9));
    REQUIRE(most.bottlenecks.size() == 2);
    CHECK(most.bottlenecks[0].subject == "service.a-b.forward");
    CHECK(most.bottlenecks[0].where == "a - b");
    CHECK(most.bottlenecks[0].teu_per_hour == doctest::Approx(4.0));
    CHECK(most.bottlenecks[1].subject == "service.c-d.forward");
}

TEST_CASE("Cranes between two services move every container twice") {
    const auto text =
        corridor_of({{"a", "b", "100", "24"}, {"b", "c", "48", "12"}}, "a", "c", "{ count = 1, rate = \"7 moves/h\" }");
    const Throughput most = throughput(text, "a", "c");
    CHECK(most.teu_per_hour == doctest::Approx(3.5).epsilon(1e-9));
    REQUIRE(most.bottlenecks.size() == 1);
    CHECK(most.bottlenecks[0].subject == "terminal.b.quay");
    CHECK(throughput(text, "a", "b").teu_per_hour == doctest::Approx(100.0 / 24));
}

TEST_CASE("Services across the ways count where they help") {
    const auto text = corridor_of({{"s", "a", "48", "24"},
                                   {"s", "b", "72", "24"},
                                   {"a", "b", "24", "24"},
                                   {"a", "t", "36", "24"},
                                   {"b", "t", "60", "24"},
                                   {"b", "a", "12", "12"}},
                                  "s", "t");
    CHECK(throughput(text, "s", "t").teu_per_hour == doctest::Approx(4.0).epsilon(1e-9));
}

TEST_CASE("On a line of several hops those who pass and those who board share the places") {
    const std::string text = kRiver + kDemand + R"(
[service.s]
vehicle = "barge"
route = ["a", "b", "c"]
directions = "one-way"
departures = { headway = "10 h" }
[service.t]
vehicle = "barge"
route = ["a", "b"]
directions = "one-way"
departures = { headway = "10 h" }
)";
    CHECK(throughput(text, "a", "b").teu_per_hour == doctest::Approx(20.0));
    CHECK(throughput(text, "a", "c").teu_per_hour == doctest::Approx(10.0));
}

TEST_CASE("A fleet that cannot keep the timetable offers only the places it can run") {
    // 45 h there and back, one barge: a departure every 45 h instead of every 10 h
    const std::string text = kRiver + kDemand + R"(
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "each"
fleet = 1
departures = { headway = "10 h" }
)";
    CHECK(throughput(text, "a", "c").teu_per_hour == doctest::Approx(100.0 / 45));
}

TEST_CASE("Continuous services between unlimited cranes have no greatest throughput") {
    const std::string text = kRiver + kDemand + R"(
[service.s]
vehicle = "barge"
route = ["a", "c"]
directions = "one-way"
departures = { continuous = true }
)";
    const Throughput most = throughput(text, "a", "c");
    CHECK(most.teu_per_hour == std::numeric_limits<double>::infinity());
    CHECK(most.bottlenecks.empty());
}

}  // namespace
}  // namespace corridor::model
