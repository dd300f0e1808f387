// Money: who shares what a departure costs, what the cargo pays, and when it counts in the choice of a way.
#include <cmath>

#include "simulated.h"

namespace corridor {
namespace {

const std::string kInCny = "currency = \"CNY\"\n";

/// A barge a day at 06:00 from the 1st to the 31st, 100 km from a to b.
std::string daily(const std::string& cost, const std::string& demands) {
    return kInCny +
           river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })", "cost = " + cost) + demands);
}

std::string on_second(const std::string& time, int containers) {
    return "{ time = 2020-01-02T" + time + ":00, containers = " + std::to_string(containers) + " }";
}

std::string demand(const std::string& id, int containers, const std::string& more = "") {
    return "[demand." + id + "]\nfrom = \"a\"\nto = \"b\"\nreleases = [" + on_second("00:00", containers) + "]\n" +
           more + "\n";
}

const std::string kForty = "box_share = { ft40 = 1 }";

}  // namespace

TEST_CASE("A departure's cost is shared by TEU on board, and one without load is the service's own") {
    //  31 departures of 1,000 CNY and 100 km at 5 CNY; on the second day 3 containers of 1 TEU and 1 of 2 TEU: 5 TEU
    const Simulated run(daily(R"({ per_departure = "1000 CNY/departure", per_km = "5 CNY/vehicle-km" })",
                              demand("boxes", 3) + demand("forties", 1, kForty)));
    CHECK(run("running_cost", "service.line") == 31 * 1500.0);
    CHECK(run("vehicle_trips", "service.line") == 31.0);
    CHECK(run("vehicle_km", "service.line") == 3100.0);
    CHECK(run("vehicle_km_empty", "service.line") == 3000.0);
    CHECK(run("running_cost_per_teu", "service.line") == 31 * 1500.0 / 5);
    CHECK(run("cost", "demand.boxes") == doctest::Approx(1500.0 * 3 / 5));
    CHECK(run("cost", "demand.forties") == doctest::Approx(1500.0 * 2 / 5));
    CHECK(run("cost_per_teu", "demand.forties") == doctest::Approx(300.0));
    CHECK(run("cost", "total") == doctest::Approx(1500.0));
    CHECK(run("vehicle_km", "demand.boxes.ride.line.forward.a.b") == doctest::Approx(60.0));
    CHECK(run("running_cost", "demand.boxes.ride.line.forward.a.b") == doctest::Approx(900.0));
}

TEST_CASE("On a line of several stops each run is shared by those who are on board") {
    //  a --100 km-- b --300 km-- c, 400 CNY: a quarter of the trip for 1 TEU from a, three quarters for it and 3 from b
    const std::string text = kInCny + R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
b-c = { mode = "waterway", from = "b", to = "c", length = "300 km", speed = "10 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
[service.line]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-02T06:00:00] }
cost = { per_departure = "400 CNY/departure" }
[demand.through]
from = "a"
to = "c"
releases = [{ time = 2020-01-02T00:00:00, containers = 1 }]
[demand.from-b]
from = "b"
to = "c"
releases = [{ time = 2020-01-02T00:00:00, containers = 3 }]
)";
    const Simulated run(text);
    CHECK(run("vehicle_trips", "service.line") == 1.0);
    CHECK(run("vehicle_trips", "demand.through.ride.line.forward.a.c") == doctest::Approx(0.25 + 0.75 / 4));
    CHECK(run("cost", "demand.through") == doctest::Approx(175.0));
    CHECK(run("cost", "demand.from-b") == doctest::Approx(225.0));
    CHECK(run("running_cost", "service.line") == 400.0);
}

TEST_CASE("With a tariff the cargo pays it, and the carrier has the running cost") {
    const Simulated by_teu(
        daily(R"({ per_departure = "1000 CNY", tariff = "200 CNY/TEU" })", demand("boxes", 2, kForty)));
    CHECK(by_teu("cost_of_rides", "demand.boxes") == 800.0);
    CHECK(by_teu("tariff_income", "service.line") == 800.0);
    CHECK(by_teu("running_cost", "service.line") == 31000.0);
    CHECK(by_teu("cost_per_teu", "total") == 200.0);
    const Simulated by_container(daily(R"({ tariff = "200 CNY/container" })", demand("boxes", 2, kForty)));
    CHECK(by_container("cost", "demand.boxes") == 400.0);
    const Simulated by_distance(daily(R"({ tariff = "0.5 CNY/TEU-km" })", demand("boxes", 2, kForty)));
    CHECK(by_distance("cost", "demand.boxes") == 4 * 100 * 0.5);
}

TEST_CASE("A time charter is paid for every vehicle of the fleet, at work or idle") {
    //  Two barges for January, 744 h, at 240 CNY/d each. One trip there and back, loaded on the way there: half the
    //  hire is the cargo's.
    const std::string service =
        "[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\nvehicle = \"barge\"\nfleet = 2\n"
        "departures = { times = [2020-01-02T06:00:00] }\ncost = { per_hour = \"240 CNY/d\" }\n";
    const Simulated run(kInCny + river(service + demand("boxes", 3)));
    CHECK(run("running_cost", "service.line") == doctest::Approx(2 * 31 * 240.0));
    CHECK(run("vehicle_km", "service.line") == 200.0);
    CHECK(run("vehicle_km_empty", "service.line") == 100.0);
    CHECK(run("vehicle_trips", "demand.boxes.ride.line.forward.a.b") == 0.5);
    CHECK(run("cost", "demand.boxes") == doctest::Approx(31 * 240.0));
}

TEST_CASE("Lifts are paid at both ends of a ride, storage beyond the free time") {
    //  a: 00:00 released, 06:00 the barge leaves; 2 h are free, so 4 h x 3 TEU = 0.5 TEU-d at 24 CNY.
    //  b: 30 h until they are collected: 3.75 TEU-d at 12 CNY.
    const std::string costs =
        "[terminal.a.cost]\nquay_lift = \"100 CNY/lift\"\nstorage = \"24 CNY/(TEU-d)\"\nfree_time = \"2 h\"\n"
        "[terminal.b.cost]\nquay_lift = \"50 CNY/TEU\"\nstorage = \"12 CNY/TEU-d\"\n";
    const Simulated run(daily("{}", demand("boxes", 3, "collected_after = \"30 h\"") + costs));
    CHECK(run("cost_of_lifts", "terminal.a") == 300.0);
    CHECK(run("cost_of_lifts", "terminal.b") == 150.0);
    CHECK(run("storage_teu_days", "terminal.a") == 0.5);
    CHECK(run("cost_of_storage", "terminal.a") == doctest::Approx(12.0));
    CHECK(run("storage_teu_days", "terminal.b") == 3.75);
    CHECK(run("cost_of_storage", "terminal.b") == doctest::Approx(45.0));
    CHECK(run("cost_of_storage", "demand.boxes.ride.line.forward.a.b") == doctest::Approx(12.0));
    CHECK(run("storage_teu_days", "demand.boxes.collected") == 3.75);
    CHECK(run("cost_of_storage", "demand.boxes.collected") == doctest::Approx(45.0));
    CHECK(run("cost", "demand.boxes") == doctest::Approx(300.0 + 150.0 + 12.0 + 45.0));
}

TEST_CASE("Storage is free up to the very end of the free time") {
    const auto stored = [](const std::string& free_time) {
        const std::string cost = "[terminal.a.cost]\nstorage = \"24 CNY/TEU-d\"\nfree_time = \"" + free_time + "\"\n";
        return Simulated(daily("{}", demand("boxes", 1) + cost))("cost_of_storage", "terminal.a");
    };
    CHECK(stored("6 h") == 0.0);
    CHECK(stored("359 min") == doctest::Approx(1.0 / 60));
}

TEST_CASE("Who loses patience pays the road and the storage until then") {
    const std::string road = "patience = \"3 h\"\nroad_cost = \"2 CNY/TEU-km\"\nroad_distance = \"120 km\"";
    const std::string cost = "[terminal.a.cost]\nstorage = \"24 CNY/TEU-d\"\n";
    const Simulated run(daily(R"({ tariff = "200 CNY/TEU" })", demand("boxes", 2, road) + cost));
    CHECK(run("containers_by_road", "demand.boxes") == 2.0);
    CHECK(run("cost_of_road", "demand.boxes") == 2 * 2 * 120.0);
    CHECK(run("cost_of_storage", "demand.boxes") == doctest::Approx(2 * 3.0));
    CHECK(run("storage_teu_days", "demand.boxes.road") == doctest::Approx(0.25));
    CHECK(run("cost_of_storage", "demand.boxes.road") == doctest::Approx(2 * 3.0));
    CHECK(run("cost_of_rides", "demand.boxes") == 0.0);
    CHECK(run("cost_per_teu", "demand.boxes") == doctest::Approx(240.0 + 3.0));
}

TEST_CASE("Each container of a continuous service is a departure of its own") {
    const Simulated run(
        kInCny + river(departures("{ continuous = true }", "cost = { per_km = \"3 CNY/km\" }") + demand("boxes", 4)));
    CHECK(run("vehicle_km", "service.line") == 400.0);
    CHECK(run("running_cost", "service.line") == 1200.0);
    CHECK(run("cost", "demand.boxes") == 1200.0);
}

// ---- the choice of a way ------------------------------------------------------------------------------------------

namespace {

/// By barge 12 h + 10 h and 100 CNY/TEU; by road 15 h and 400 CNY.
std::string barge_or_road(const std::string& choice, const std::string& releases) {
    return daily(R"({ tariff = "100 CNY/TEU" })",
                 "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nroad_time = \"15 h\"\n"
                 "road_cost = \"400 CNY/container\"\n" +
                     releases + "\n" + choice);
}

double share_by_road(const std::string& text) {
    const Simulated run(text);
    return run("containers_by_road", "demand.boxes") / run("containers_released", "demand.boxes");
}

}  // namespace

TEST_CASE("The cheapest way has the least time and money together, at the value of time") {
    //  20 CNY/h: 22 h + 5 h against 15 h + 20 h. 100 CNY/h: 22 h + 1 h against 15 h + 4 h. Without: 22 h against 15 h.
    const std::string releases = "releases = [" + on_second("00:00", 1) + "]";
    const std::string cheapest = "choice = \"cheapest\"\n";
    CHECK(share_by_road(barge_or_road(cheapest + "value_of_time = \"20 CNY/TEU-h\"\n", releases)) == 0.0);
    CHECK(share_by_road(barge_or_road(cheapest + "value_of_time = \"100 CNY/container-h\"\n", releases)) == 1.0);
    CHECK(share_by_road(barge_or_road(cheapest, releases)) == 1.0);
}

TEST_CASE("By the timetable, money counts as if the container came later") {
    //  Released at 04:00: the barge is there after 12 h, the road after 15 h. 300 CNY less for the barge; at 50 CNY/h
    //  it is 2 h against 8 h. Released at 16:00: 24 h + 2 h by barge against 15 h + 8 h by road.
    const auto by_road = [](const std::string& time) {
        return share_by_road(barge_or_road("choice = \"timetable\"\nvalue_of_time = \"50 CNY/TEU-h\"\n",
                                           "releases = [" + on_second(time, 1) + "]"));
    };
    CHECK(by_road("04:00") == 0.0);
    CHECK(by_road("16:00") == 1.0);
}

TEST_CASE("A logit of generalised cost: 24 h against 23 h at a quarter an hour are 43.8 % and 56.2 %") {
    //  50 CNY/h: 22 h + 2 h by barge, 15 h + 8 h by road.
    const double share =
        share_by_road(barge_or_road("choice = \"logit\"\nlogit_scale = \"0.25 /h\"\nvalue_of_time = \"50 CNY/TEU-h\"\n",
                                    "rate = \"40 containers/h\""));
    const double exact = 1.0 / (1.0 + std::exp(-0.25));
    CHECK(std::abs(share - exact) < 3.0 * std::sqrt(exact * (1.0 - exact) / (40 * 744)));
}

namespace {

/// a to b by a fast train-like barge for 600 CNY/TEU, by a slow one for 100, or over c by two fast ones for nothing.
std::string fast_or_cheap(const std::string& weights, const std::string& choice) {
    const auto service = [](const std::string& id, const std::string& route, const std::string& link,
                            const std::string& cost) {
        return "[service." + id + "]\nroute = " + route + "\nlinks = [\"" + link +
               "\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\n"
               "departures = { headway = \"24 h\", first = 2020-01-01T06:00:00 }\n" +
               cost;
    };
    const std::string link = "mode = \"waterway\"\nlength = \"100 km\"\n";
    return kInCny + river(service("slow", "[\"a\", \"b\"]", "a-b", "cost = { tariff = \"100 CNY/TEU\" }\n") +
                          service("fast", "[\"a\", \"b\"]", "canal", "cost = { tariff = \"600 CNY/TEU\" }\n") +
                          "[link.canal]\nfrom = \"a\"\nto = \"b\"\nspeed = \"20 km/h\"\n" + link +
                          "[demand.boxes]\nfrom = \"a\"\n" + "to = \"b\"\nreleases = [" + on_second("00:00", 3) +
                          "]\nchoice = \"" + choice + "\"\n" + weights);
}

}  // namespace

TEST_CASE("Itineraries are ordered by generalised cost") {
    //  12 h + 5 h and 600 CNY, or 12 h + 10 h and 100 CNY: at 50 CNY/h 29 h against 24 h.
    const auto by_fast = [](const std::string& weights, const std::string& choice) {
        return Simulated(fast_or_cheap(weights, choice))("containers_boarded", "service.fast");
    };
    for (const std::string choice : {"cheapest", "timetable", "adaptive"}) {
        CAPTURE(choice);
        CHECK(by_fast("", choice) == 3.0);
        CHECK(by_fast("value_of_time = \"50 CNY/TEU-h\"", choice) == 0.0);
        CHECK(by_fast("value_of_time = \"200 CNY/TEU-h\"", choice) == 3.0);
    }
    const Simulated run(fast_or_cheap("value_of_time = \"50 CNY/TEU-h\"", "cheapest"));
    const auto& ways = run.model().demands.items().front().itineraries;
    REQUIRE(ways.size() == 2);
    CHECK(ways[0].expected_hours == 22.0);
    CHECK(ways[0].surcharge == 2 * 3'600'000);
    CHECK(ways[1].expected_hours == 17.0);
    CHECK(ways[1].surcharge == 12 * 3'600'000);
}

TEST_CASE("A transfer penalty keeps containers off ways with a change") {
    //  Over c: 12 h + 4 h, twice, against 12 h + 24 h straight.
    const auto straight = [](const std::string& penalty) {
        const std::string text = R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "240 km", speed = "10 km/h" }
a-c = { mode = "waterway", from = "a", to = "c", length = "40 km", speed = "10 km/h" }
c-b = { mode = "waterway", from = "c", to = "b", length = "40 km", speed = "10 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
[service]
straight = { route = ["a", "b"], links = ["a-b"], directions = "one-way", vehicle = "barge", departures = { headway = "24 h", first = 2020-01-01T06:00:00 } }
first = { route = ["a", "c"], directions = "one-way", vehicle = "barge", departures = { headway = "24 h", first = 2020-01-01T06:00:00 } }
second = { route = ["c", "b"], directions = "one-way", vehicle = "barge", departures = { headway = "24 h", first = 2020-01-01T06:00:00 } }
[demand.boxes]
from = "a"
to = "b"
choice = "cheapest"
releases = [{ time = 2020-01-02T00:00:00, containers = 2 }]
)" + penalty;
        return Simulated(text)("containers_boarded", "service.straight");
    };
    CHECK(straight("") == 0.0);
    CHECK(straight("transfer_penalty = \"3 h\"") == 0.0);
    CHECK(straight("transfer_penalty = \"5 h\"") == 2.0);
}

TEST_CASE("Money without a value of time leaves the choice as it was") {
    const Simulated free(fast_or_cheap("", "timetable"));
    CHECK(free.model().demands.items().front().itineraries.front().surcharge == 0);
}

}  // namespace corridor
