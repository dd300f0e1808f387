// Volumes become rates by month, boxes become classes, and every demand finds its way.
#include "compiled.h"

namespace corridor::model {
namespace {

/// January and February 2020, and as much of the end of December as warm-up: 31 + 29 days.
const std::string kTwoMonths = R"(
format = 1
title = "Two months"
period = { start = 2020-01-01, end = 2020-03-01, warm_up = "10 d" }
terminal = { a = { quay_cranes = "unlimited" }, b = { quay_cranes = "unlimited" } }
link.ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
vehicle.barge = { mode = "waterway", capacity = "100 TEU", payload = "1000 t" }
service.s = { vehicle = "barge", route = ["a", "b"], directions = "one-way", departures = { per_week = 7 } }
)";

Demand demand(const std::string& keys) {
    return model_of(kTwoMonths + "[demand.d]\nfrom = \"a\"\nto = \"b\"\n" + keys).demands[Id<Demand>{0}];
}

double per_day(const RateSegment& segment) { return segment.per_ms * static_cast<double>(kDay); }

TEST_CASE("A volume is spread evenly over the period, and the warm-up has the same rate") {
    const Demand d = demand("volume = \"600 containers\"");
    REQUIRE(d.rates.size() == 1);
    CHECK(d.rates[0].until == 70 * kDay);
    CHECK(per_day(d.rates[0]) == doctest::Approx(10.0));
}

TEST_CASE("With a profile the months share the volume by weight and length; the warm-up has the same scale") {
    // weights: December 1 (not named), January 1, February 0.5: 31 + 14.5 days of weight, 455 containers
    const Demand d = demand("volume = \"455 containers\"\nprofile = { 2020-02 = 0.5 }");
    REQUIRE(d.rates.size() == 2);
    CHECK(d.rates[0].until == 41 * kDay);
    CHECK(per_day(d.rates[0]) == doctest::Approx(10.0));
    CHECK(d.rates[1].until == 70 * kDay);
    CHECK(per_day(d.rates[1]) == doctest::Approx(5.0));
}

TEST_CASE("A rate is multiplied by the profile, month by month") {
    const Demand d = demand("rate = \"7 containers/week\"\nprofile = { 2019-12 = 0, 2020-02 = 3 }");
    REQUIRE(d.rates.size() == 3);
    CHECK(per_day(d.rates[0]) == 0.0);
    CHECK(per_day(d.rates[1]) == doctest::Approx(1.0));
    CHECK(per_day(d.rates[2]) == doctest::Approx(3.0));
}

TEST_CASE("TEU become containers by the mean TEU of a container") {
    // 0.5 x 1 + 0.3 x 2 + 0.2 x 2.25 = 1.55 TEU per container
    const Demand d = demand("volume = \"930 TEU\"\nbox_share = { ft20 = 0.5, ft40 = 0.3, ft45 = 0.2 }");
    CHECK(per_day(d.rates[0]) == doctest::Approx(10.0));
    const Demand by_rate = demand("rate = \"1.55 TEU/h\"\nbox_share = { ft20 = 0.5, ft40 = 0.3, ft45 = 0.2 }");
    CHECK(per_day(by_rate.rates[0]) == doctest::Approx(24.0));
}

TEST_CASE("Rates are in consignments: containers over the mean consignment") {
    const Demand d = demand("volume = \"600 containers\"\nconsignment = { sizes = [1, 4], shares = [0.5, 0.5] }");
    CHECK(per_day(d.rates[0]) == doctest::Approx(4.0));
    CHECK(d.consignment.sizes == std::vector<std::uint32_t>{1, 4});
}

TEST_CASE("Classes are the sizes that occur, laden and empty, with their room and weight") {
    const Demand d = demand(
        "volume = \"600 containers\"\nbox_share = { ft20 = 0.6, ft45 = 0.4 }\nempty_share = 0.25\n"
        "tonnes_per_teu = \"12 t/TEU\"\ntonnes_per_teu_empty = \"2 t/TEU\"");
    REQUIRE(d.classes.size() == 4);
    CHECK(d.classes[0].quarters == 4);
    CHECK(d.classes[0].tonnes == 12.0);
    CHECK(d.classes[1].empty);
    CHECK(d.classes[1].tonnes == 2.0);
    CHECK(d.classes[2].quarters == 9);
    CHECK(d.classes[2].tonnes == 27.0);
    CHECK(d.class_cumulative[0] == doctest::Approx(0.45));
    CHECK(d.class_cumulative[1] == doctest::Approx(0.60));
    CHECK(d.class_cumulative[2] == doctest::Approx(0.90));
    CHECK(d.class_cumulative[3] == 1.0);
}

TEST_CASE("Listed releases are sorted; those before the warm-up are dropped") {
    const Demand d = demand(
        "release = \"listed\"\nreleases = [{ time = 2020-01-02, containers = 3 }, { time = 2019-12-22, containers = 1 "
        "}, { "
        "time = 2019-12-01, containers = 9 }]");
    CHECK(d.rates.empty());
    REQUIRE(d.listed.size() == 2);
    CHECK(d.listed[0].time == 0);
    CHECK(d.listed[0].containers == 1);
    CHECK(d.listed[1].time == 11 * kDay);
    CHECK(d.listed[1].containers == 3);
}

TEST_CASE("Streams are named after the display name, so a new id changes no draw") {
    const Demand first = demand("name = \"Exports\"\nvolume = \"600 containers\"");
    const Demand renamed =
        model_of(kTwoMonths + "[demand.x]\nname = \"Exports\"\nfrom = \"a\"\nto = \"b\"\nvolume = \"600 containers\"")
            .demands[Id<Demand>{0}];
    CHECK(first.release_stream == renamed.release_stream);
    CHECK(first.class_stream == renamed.class_stream);
    CHECK(first.release_stream != first.class_stream);
    CHECK(first.release_stream != demand("volume = \"600 containers\"").release_stream);
}

// ---- drawn values ----

TEST_CASE("A drawn share that leaves the others too much or too little scales them") {
    const scenario::Scenario scenario =
        scenario_of(kTwoMonths +
                    "[demand.d]\nfrom = \"a\"\nto = \"b\"\nvolume = \"600 containers\"\n"
                    "box_share = { ft20 = { value = 0.6, range = [0.59, 0.61] }, ft40 = 0.4 }");
    const auto model = compile(scenario, scenario::drawn_values(scenario.quantities, 1, 1));
    REQUIRE(model.ok());
    const Demand& d = model.value().demands[Id<Demand>{0}];
    CHECK(d.class_cumulative.back() == 1.0);
    CHECK(d.class_cumulative[0] != 0.6);
    CHECK(d.class_cumulative[0] == doctest::Approx(0.6).epsilon(0.02));
}

TEST_CASE("A value out of bounds, as a draw may yield, is an error under its own path") {
    const scenario::Scenario scenario = scenario_of(
        kTwoMonths + "[demand.d]\nfrom = \"a\"\nto = \"b\"\nvolume = \"600 containers\"\nempty_share = 0.5\n");
    const auto with = [&](const std::string& path, double value) {
        std::vector<double> values;
        for (const scenario::Quantity& quantity : scenario.quantities) {
            values.push_back(quantity.path == path ? value : quantity.value);
        }
        return text_of(compile(scenario, scenario::Values(values)).diagnostics());
    };
    CHECK(with("demand.d.empty_share", 1.5) ==
          "error: demand.d.empty_share: must be a share between 0 and 1, got 1.5\n");
    CHECK(with("demand.d.volume", -1.0) == "error: demand.d.volume: must be at least 0, got -1 containers\n");
    CHECK(with("vehicle.barge.capacity", 0.0) == "error: vehicle.barge.capacity: must be more than 0, got 0 TEU\n");
    CHECK(with("link.ab.speed", 0.0).find("must be more than 0, got 0 km/h") != std::string::npos);
}

// ---- ways ----

/// Services a - b and b - c every 24 h, and a - c, which takes as long as `direct` says.
std::string two_ways(const std::string& demand) {
    return kRiver + R"(
[service]
ab = { vehicle = "barge", route = ["a", "b"], directions = "one-way", departures = { headway = "24 h" } }
bc = { vehicle = "barge", route = ["b", "c"], directions = "one-way", departures = { headway = "24 h" } }
ac = { vehicle = "barge", route = ["a", "c"], directions = "one-way", departures = { headway = "96 h" } }
[demand.d]
from = "a"
to = "c"
volume = "70 containers"
)" + demand;
}

std::vector<std::string> ways(const Model& model) {
    std::vector<std::string> result;
    for (const Itinerary& itinerary : model.demands[Id<Demand>{0}].itineraries) {
        std::string way;
        for (Id<Leg> id = itinerary.first; id.valid(); id = model.legs[id].next) {
            const Leg& leg = model.legs[id];
            CHECK(model.stops[leg.board].line == leg.line);
            CHECK(model.stops[leg.alight].line == leg.line);
            CHECK(leg.demand == Id<Demand>{0});
            way += (way.empty() ? "" : " ") + model.services[model.lines[leg.line].service].id;
        }
        result.push_back(way);
    }
    return result;
}

TEST_CASE("Itineraries are ordered by half a headway, running times and transfers") {
    const Model model = model_of(two_ways("itineraries = 3"));
    CHECK(ways(model) == std::vector<std::string>{"ab bc", "ac"});
    const auto& itineraries = model.demands[Id<Demand>{0}].itineraries;
    CHECK(itineraries[0].expected_hours == 12.0 + 10.0 + 12.0 + 5.0);
    CHECK(itineraries[1].expected_hours == 48.0 + 15.0);
}

TEST_CASE("Only as many itineraries as asked for are kept, and 'via' chooses the services") {
    CHECK(ways(model_of(two_ways("itineraries = 1"))) == std::vector<std::string>{"ab bc"});
    CHECK(ways(model_of(two_ways("via = [\"ac\"]"))) == std::vector<std::string>{"ac"});
    CHECK(findings_of(two_ways("via = [\"bc\", \"ab\"]")) ==
          "error: demand.d.via: 'bc', 'ab', in this order, do not lead from 'a' to 'c'; leave out 'via' to use any "
          "service\n");
}

TEST_CASE("A42, A43: A destination that no services lead to is an error that says what is reachable") {
    const std::string text = kRiver + R"(
[service]
ab = { vehicle = "barge", route = ["a", "b"], directions = "one-way", departures = { headway = "24 h" } }
)";
    CHECK(findings_of(text + kDemand) ==
          "error: demand.d: no services lead from 'a' to 'c' (reachable from 'a': 'b'); add a service that calls at "
          "'c'\n");
    CHECK(findings_of(text + "[demand.back]\nfrom = \"b\"\nto = \"a\"\nvolume = \"70 containers\"") ==
          "error: demand.back: no services lead from 'b' to 'a' (no service leaves 'b'); add a service that calls at "
          "'a'\n");
}

TEST_CASE("A45: Containers that no vehicle on any way can take are an error") {
    const auto with = [](const std::string& vehicle, const std::string& demand) {
        return findings_of(R"(
format = 1
title = "Small boats"
period = { start = 2020-01-06, end = 2020-01-13 }
terminal = { a = { quay_cranes = "unlimited" }, b = { quay_cranes = "unlimited" } }
link.ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
service.s = { vehicle = "boat", route = ["a", "b"], directions = "one-way", departures = { per_week = 7 } }
vehicle.boat = { mode = "waterway", )" +
                           vehicle + " }\n[demand.d]\nfrom = \"a\"\nto = \"b\"\nvolume = \"70 containers\"\n" + demand);
    };
    CHECK(with("capacity = \"1 TEU\"", "box_share = { ft40 = 1 }") ==
          "error: demand.d: can never be loaded (a container of 2 TEU does not fit the 1 TEU of 'boat' on service "
          "'s'); use a "
          "larger vehicle, or smaller containers\n");
    CHECK(with("capacity = \"10 TEU\", payload = \"15 t\"", "box_share = { ft40 = 1 }") ==
          "error: demand.d: can never be loaded (a container of 20 t does not fit the 15 t of 'boat' on service 's'); "
          "use a "
          "larger vehicle, or smaller containers\n");
    CHECK(with("capacity = \"2 TEU\", payload = \"20 t\"", "box_share = { ft40 = 1 }") == "");
}

TEST_CASE("Listed releases that all lie outside the run are pointed out") {
    CHECK(findings_of(two_ways("").substr(0, two_ways("").find("volume = \"70")) +
                      "release = \"listed\"\nreleases = [{ time = 2020-02-01, containers = 3 }]") ==
          "warning: demand.d: releases nothing within the run (2020-01-06 to 2020-01-13)\n");
}

// Barges between every two of eleven ports; only a raft for 20 ft goes on to the twelfth.
TEST_CASE("A search for a way that is given up is not called a missing service") {
    std::string text =
        "period = { start = 2020-01-06, end = 2020-01-13 }\n[vehicle]\n"
        "barge = { mode = \"waterway\", capacity = \"100 TEU\" }\n"
        "raft = { mode = \"waterway\", capacity = \"1 TEU\" }\n";
    const auto port = [](int i) { return "p" + std::to_string(i); };
    const auto connect = [&](int a, int b, const std::string& vehicle) {
        const std::string id = port(a) + "-" + port(b);
        text += "[link." + id + "]\nmode = \"waterway\"\nfrom = \"" + port(a) + "\"\nto = \"" + port(b) +
                "\"\nlength = \"100 km\"\nspeed = \"10 km/h\"\n[service." + id + "]\nvehicle = \"" + vehicle +
                "\"\nroute = [\"" + port(a) + "\", \"" + port(b) +
                "\"]\ndirections = \"each\"\ndepartures = { per_week = 7 }\n";
    };
    for (int a = 0; a < 12; ++a) text += "[terminal." + port(a) + "]\nquay_cranes = \"unlimited\"\n";
    for (int a = 0; a < 11; ++a) {
        for (int b = 0; b < a; ++b) connect(a, b, "barge");
    }
    connect(10, 11, "raft");
    text += "[demand.d]\nfrom = \"p0\"\nto = \"p11\"\nvolume = \"70 containers\"\nbox_share = { ft40 = 1.0 }\n";
    CHECK(findings_of(text) ==
          "error: demand.d: the search for a way from 'p0' to 'p11' was given up after 1000000 beginnings (the "
          "services whose vehicles take its largest container branch too much); say with 'via' which services to use, "
          "in order\n");
}

}  // namespace
}  // namespace corridor::model
