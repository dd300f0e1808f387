#include "corridor/model/throughput.h"

#include <limits>

#include "compiled.h"

namespace corridor::model {
namespace {

Throughput throughput(const std::string& text, std::string_view from, std::string_view to, const Cargo& cargo = {}) {
    const Model model = model_of(text);
    const auto terminal = [&](std::string_view id) {
        for (std::size_t i = 0; i < model.terminals.size(); ++i) {
            if (model.terminals[Id<Terminal>{i}].id == id) return Id<Terminal>{i};
        }
        return Id<Terminal>{};
    };
    return ServiceNetwork(model, static_balance(model)).greatest(terminal(from), terminal(to), cargo);
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

// ---- what is on the way ----

void check_cut(const Throughput& most, double teu_per_hour, const std::string& subject, const std::string& where) {
    CHECK(most.teu_per_hour == doctest::Approx(teu_per_hour).epsilon(1e-8));
    REQUIRE(most.bottlenecks.size() == 1);
    CHECK(most.bottlenecks[0].subject == subject);
    CHECK(most.bottlenecks[0].where == where);
    CHECK(most.bottlenecks[0].teu_per_hour == doctest::Approx(teu_per_hour).epsilon(1e-8));
}

/// The same as a railway, for what only railways have.
std::string by_rail(std::string text) {
    const auto replace_all = [&](const std::string& part, const std::string& by) {
        for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) {
            text.replace(at, part.size(), by);
        }
    };
    replace_all("waterway", "railway");
    replace_all("quay_cranes", "rail_cranes");
    replace_all("{ downstream = \"10 km/h\", upstream = \"5 km/h\" }", "\"10 km/h\"");
    return text;
}

/// kRiver with `keys` on its first link, and a line of barges of 100 TEU from a to c, an hour apart.
std::string hourly(const std::string& keys, const std::string& more = "", const std::string& line = "") {
    std::string text = kRiver + kDemand + "\n[service.s]\nvehicle = \"barge\"\nroute = [\"a\", \"c\"]\n" +
                       "directions = \"one-way\"\n" + (line.empty() ? "departures = { headway = \"1 h\" }\n" : line) +
                       more;
    const std::string first = "ab = { mode = \"waterway\", ";
    return text.replace(text.find(first), first.size(), first + keys);
}

TEST_CASE("Paths and headways that let only a part of the vehicles through are the cut") {
    // 24 barges a day for 12 paths: 50 TEU an hour.
    check_cut(throughput(by_rail(hourly("paths_per_day = 12, ")), "a", "c"), 50.0, "link.ab.forward", "paths");
    check_cut(throughput(hourly("headway = \"4 h\", "), "a", "c"), 25.0, "link.ab.forward", "headways");
    check_cut(throughput(by_rail(hourly("paths_per_day = 24, ")), "a", "c"), 100.0, "service.s.forward", "a - c");
    // A second line with as many barges leaves half of the paths to the first.
    const std::string second =
        "[service.t]\nvehicle = \"barge\"\nroute = [\"a\", \"b\"]\ndirections = \"one-way\"\n"
        "departures = { headway = \"1 h\" }\n";
    check_cut(throughput(by_rail(hourly("paths_per_day = 12, ", second)), "a", "c"), 25.0, "link.ab.forward", "paths");
    check_cut(throughput(by_rail(hourly("paths_per_day = 12, ", second)), "a", "b"), 25.0, "link.ab.forward", "paths");
}

TEST_CASE("Barges that are called for a load come as often as paths and locks allow") {
    const std::string on_call = "departures = { when_full = true }\n";
    check_cut(throughput(by_rail(hourly("paths_per_day = 12, ", "", on_call)), "a", "c"), 50.0, "link.ab.forward",
              "paths");
    // Two places, an hour there and back: two barges an hour.
    const std::string lock = "[lock.dam]\nlink = \"ab\"\nplaces = 2\ncycle_time = \"1 h\"\n";
    check_cut(throughput(hourly("", lock, on_call), "a", "c"), 200.0, "lock.dam", "locks");
}

TEST_CASE("A lock takes as many as its full chambers, and shares them with those who are not modelled") {
    // One place, four hours a cycle: a quarter of the hourly barges.
    const std::string lock = "[lock.dam]\nlink = \"ab\"\nplaces = 1\ncycle_time = \"4 h\"\noperation = \"one-way\"\n";
    check_cut(throughput(hourly("", lock), "a", "c"), 25.0, "lock.dam.forward", "locks");
    const std::string with_traffic = lock + "traffic = { downstream = \"1 /h\" }\n";
    check_cut(throughput(hourly("", with_traffic), "a", "c"), 12.5, "lock.dam.forward", "locks");
}

TEST_CASE("A one-way reach lets through what its two directions leave each other") {
    // Ten hours down, twenty up, as many each way: every second one waits for the other direction, 7.5 h on average.
    const std::string back =
        "[service.back]\nvehicle = \"barge\"\nroute = [\"c\", \"a\"]\ndirections = \"one-way\"\n"
        "departures = { headway = \"10 h\" }\n";
    const std::string line = "departures = { headway = \"10 h\" }\n";
    const std::string text = hourly("traffic = \"alternating\", ", back, line);
    check_cut(throughput(text, "a", "c"), 100.0 / 15, "link.ab", "sections");
}

TEST_CASE("Payload and depth limit what is carried by weight, on average over the period") {
    std::string text =
        hourly("depth = [{ from = 2020-01-01, depth = \"3 m\" }, { from = 2020-01-08, depth = \"2 m\" }], ");
    const std::string capacity = "capacity = \"100 TEU\"";
    text.replace(text.find(capacity), capacity.size(),
                 capacity + ", payload = \"1500 t\", draught_empty = \"1 m\", draught_loaded = \"4 m\"");
    // 500 t for each metre beyond the first: 1,000 t for two days of seven, 500 t for five.
    const double mean = (2 * 1000.0 + 5 * 500.0) / 7;
    check_cut(throughput(text, "a", "c", {.tonnes_per_teu = 20}), mean / 20, "link.ab", "depth");
    check_cut(throughput(text, "a", "c"), 100.0, "service.s.forward", "a - c");
}

TEST_CASE("A payload that is reached before the places are taken is the cut") {
    std::string text = hourly("");
    const std::string capacity = "capacity = \"100 TEU\"";
    text.replace(text.find(capacity), capacity.size(), capacity + ", payload = \"1500 t\"");
    check_cut(throughput(text, "a", "c", {.tonnes_per_teu = 20}), 75.0, "service.s.forward", "a - c, payload");
    check_cut(throughput(text, "a", "c", {.tonnes_per_teu = 10}), 100.0, "service.s.forward", "a - c");
}

TEST_CASE("A fleet and tugs that are too few are named") {
    // 45 h there and back, two barges; and a tug that each barge needs for two hours at a.
    const std::string round = "departures = { headway = \"10 h\" }\nfleet = 2\n";
    std::string text = hourly("", "", round);
    const std::string one_way = "directions = \"one-way\"";
    text.replace(text.find(one_way), one_way.size(), "directions = \"each\"");
    check_cut(throughput(text, "a", "c"), 100.0 * 2 / 45, "service.s", "fleet");
    std::string with_tugs = hourly("");
    const std::string plain = "a = { quay_cranes = \"unlimited\" }";
    with_tugs.replace(
        with_tugs.find(plain), plain.size(),
        "a = { quay_cranes = \"unlimited\", berths = { count = 9 }, tugs = { count = 1, leaving = { tugs = 1, "
        "time = \"2 h\" } } }");
    check_cut(throughput(with_tugs, "a", "c"), 50.0, "terminal.a.quay", "tugs");
}

TEST_CASE("A yard has room for what stands there so long on average, and its cranes lift everything in and out") {
    const auto with_yard = [](const std::string& terminal) {
        std::string text = hourly("");
        const std::string plain = "a = { quay_cranes = \"unlimited\" }";
        return text.replace(text.find(plain), plain.size(), "a = { quay_cranes = \"unlimited\", " + terminal + " }");
    };
    // Half an hour each, for 10 TEU: 20 TEU an hour.
    check_cut(throughput(with_yard("yard = { capacity = \"10 TEU\" }"), "a", "c"), 20.0, "terminal.a", "yard");
    check_cut(throughput(with_yard("yard_cranes = { count = 2, rate = \"15 moves/h\" }"), "a", "c"), 30.0,
              "terminal.a.yard", "yard cranes");
}

}  // namespace
}  // namespace corridor::model
