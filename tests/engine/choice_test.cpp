// Which way a container goes: by timetable, by expected time, by chance, or by the queues as they stand.
#include <cmath>

#include "replaced.h"
#include "simulated.h"

namespace corridor {
namespace {

/// A barge a day at 06:00, ten hours to b; by road it takes `road`.
std::string daily(const std::string& releases, const std::string& choice, const std::string& road) {
    return departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
           listed(releases, "choice = \"" + choice + "\"\nroad_time = \"" + road + "\"");
}

std::string box_at(const std::string& time) { return "{ time = 2020-01-02T" + time + ":00, containers = 1 }"; }

}  // namespace

TEST_CASE("By the timetable, the road is taken where it arrives before the next barge") {
    //  released 00:00: barge at 16:00, road at 20:00      released 07:00: barge at 16:00 a day later, road at 03:00
    const Simulated run(river(daily(box_at("00:00") + ", " + box_at("07:00"), "timetable", "20 h")));
    CHECK(run("containers_by_road", "demand.boxes") == 1.0);
    CHECK(run("containers_by_road", "total") == 1.0);
    CHECK(run("containers_delivered", "demand.boxes") == 2.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == (16.0 + 20.0) / 2);
    CHECK(run("door_to_door_time_max", "demand.boxes") == 20.0);
    CHECK(run("containers_boarded", "service.line") == 1.0);
    CHECK(run("yard_mean", "terminal.a") == doctest::Approx(6.0 / (31 * 24)));
}

TEST_CASE("The cheapest way is the one expected to be fastest, whatever the hour") {
    // Half a headway and the ride: 12 h + 10 h.
    const auto by_road = [](const std::string& road) {
        const Simulated run(river(daily(box_at("05:00") + ", " + box_at("07:00"), "cheapest", road)));
        return run("containers_by_road", "demand.boxes");
    };
    CHECK(by_road("21 h") == 2.0);
    CHECK(by_road("23 h") == 0.0);
}

TEST_CASE("A logit shares containers by the exponential of expected hours") {
    // 22 h by barge, 24 h by road, 0.5 an hour: the barge has 1 / (1 + exp(-1)) = 0.7311.
    const std::string demand =
        "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"1000 containers/d\"\n"
        "choice = \"logit\"\nlogit_scale = \"0.5 /h\"\nroad_time = \"24 h\"\n";
    const Simulated run(
        river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") + demand, "10000 TEU"));
    const double released = run("containers_released", "demand.boxes");
    const double share = 1.0 - run("containers_by_road", "demand.boxes") / released;
    const double exact = 1.0 / (1.0 + std::exp(-1.0));
    const double standard_error = std::sqrt(exact * (1.0 - exact) / released);
    CHECK(standard_error < 0.003);
    CHECK(std::abs(share - exact) < 3.0 * standard_error);
}

TEST_CASE("An adaptive choice passes over a departure that those before it will fill") {
    // Room for two at 06:00. The third to fifth container would arrive a day later by barge, 38 h to 36 h; by road 30
    // h.
    const std::string releases = box_at("00:00") + ", " + box_at("01:00") + ", " + box_at("02:00") + ", " +
                                 box_at("03:00") + ", " + box_at("04:00");
    const Simulated adaptive(river(daily(releases, "adaptive", "30 h"), "2 TEU"));
    CHECK(adaptive("containers_by_road", "demand.boxes") == 3.0);
    CHECK(adaptive("door_to_door_time_mean", "demand.boxes") == (16.0 + 15.0 + 3 * 30.0) / 5);
    CHECK(adaptive("containers_rolled", "service.line.forward") == 0.0);
    // By the timetable alone all of them trust the next barge: two go at once, two a day later, one two days later.
    const Simulated trusting(river(daily(releases, "timetable", "30 h"), "2 TEU"));
    CHECK(trusting("containers_by_road", "demand.boxes") == 0.0);
    CHECK(trusting("door_to_door_time_mean", "demand.boxes") == (16.0 + 15.0 + 38.0 + 37.0 + 60.0) / 5);
}

// Four who came at 07:00 would fill the barges of two days, but have gone by road at 17:00. At 18:00 the barge of 06:00
// is free, 22 h against 30 h by road; at 16:00 it is not.
TEST_CASE("An adaptive choice does not count who has lost patience") {
    const auto by_road = [](const std::string& time) {
        const Simulated run(river(daily(box_at(time), "adaptive", "30 h") +
                                      "[demand.fickle]\nfrom = \"a\"\nto = \"b\"\npatience = \"10 h\"\n"
                                      "releases = [{ time = 2020-01-02T07:00:00, containers = 4 }]\n",
                                  "2 TEU"));
        CHECK(run("containers_by_road", "demand.fickle") == 4.0);
        return run("containers_by_road", "demand.boxes");
    };
    CHECK(by_road("18:00") == 0.0);
    CHECK(by_road("16:00") == 1.0);
}

// Every evening from b to c.
const std::string kSecondBarge = kBeyond + R"([service.second]
route = ["b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T18:00:00 }
)";

// By barge at 06:00 and, from the hub, at 18:00: 28 h. Four wait at the hub already, room for two a day: 76 h.
TEST_CASE("An adaptive choice counts who waits at a later terminal, released there or come there") {
    const auto by_road = [](const std::string& containers) {
        const Simulated run(river(kSecondBarge + R"([demand.boxes]
from = "a"
to = "c"
choice = "adaptive"
road_time = "30 h"
releases = [{ time = 2020-01-02T00:00:00 }]
[demand.others]
from = "b"
to = "c"
releases = [{ time = 2020-01-01T20:00:00, containers = )" +
                                      containers + " }]\n" +
                                      departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })"),
                                  "2 TEU"));
        return run("containers_by_road", "demand.boxes");
    };
    CHECK(by_road("1") == 0.0);
    CHECK(by_road("4") == 1.0);
}

// Four come to the hub b at 10:00 of the second, and are to go on at 18:00, two each day. A crane needs an hour for
// each, or three hours. At 12:30 two of them are ashore, or none.
TEST_CASE("An adaptive choice does not count who is still to land") {
    const auto by_road = [](const std::string& move_time) {
        const Simulated run(replaced(river(kSecondBarge + R"([demand.boxes]
from = "b"
to = "c"
choice = "adaptive"
road_time = "20 h"
releases = [{ time = 2020-01-02T12:30:00 }]
[demand.others]
from = "a"
to = "c"
releases = [{ time = 2020-01-01T20:00:00, containers = 4 }]
[service.line]
route = ["a", "b"]
directions = "one-way"
vehicle = "large"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
[vehicle.large]
mode = "waterway"
capacity = "50 TEU"
)",
                                           "2 TEU"),
                                     "[terminal.b]\nquay_cranes = \"unlimited\"",
                                     "[terminal.b]\nquay_cranes = { count = 1, move_time = \"" + move_time + "\" }"));
        return run("containers_by_road", "demand.boxes");
    };
    CHECK(by_road("1 h") == 1.0);
    CHECK(by_road("3 h") == 0.0);
}

// Both release at 05:00, and the barge of 06:00 has room for one more. Who looks at the queue belongs to a demand whose
// turn is before that of the others, or after it.
TEST_CASE("Of those who are released at one instant an adaptive choice counts the demands before its own") {
    const auto by_road = [](const std::string& others) {
        const Simulated run(river(daily(box_at("05:00"), "adaptive", "20 h") + "[demand." + others +
                                      "]\nfrom = \"a\"\nto = \"b\"\nreleases = [" + box_at("05:00") + "]\n",
                                  "1 TEU"));
        return run("containers_by_road", "demand.boxes");
    };
    CHECK(by_road("above") == 1.0);
    CHECK(by_road("crates") == 0.0);
}

TEST_CASE("Who loses patience goes by road, and arrives where the time by road is known") {
    // Three containers at midnight, room for two at 06:00. The third would leave a day later: after ten hours it goes.
    const std::string boxes = "{ time = 2020-01-02T00:00:00, containers = 3 }";
    const auto with = [&](const std::string& more) {
        return Simulated(river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
                                   listed(boxes, "patience = \"10 h\"" + more),
                               "2 TEU"));
    };
    const Simulated known = with("\nroad_time = \"40 h\"");
    CHECK(known("containers_by_road", "demand.boxes") == 1.0);
    CHECK(known("containers_delivered", "demand.boxes") == 3.0);
    CHECK(known("door_to_door_time_max", "demand.boxes") == 50.0);
    CHECK(known("containers_under_way", "demand.boxes") == 0.0);
    const Simulated unknown = with("");
    CHECK(unknown("containers_by_road", "demand.boxes") == 1.0);
    CHECK(unknown("containers_delivered", "demand.boxes") == 2.0);
    CHECK(unknown("containers_under_way", "demand.boxes") == 0.0);
}

TEST_CASE("A container on the road at the end of the run is under way, and the books balance") {
    const Simulated run(
        river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
              listed("{ time = 2020-01-31T20:00:00, containers = 3 }", "choice = \"cheapest\"\nroad_time = \"5 h\"")));
    CHECK(run("containers_by_road", "demand.boxes") == 3.0);
    CHECK(run("containers_delivered", "demand.boxes") == 0.0);
    CHECK(run("containers_in_system", "demand.boxes") == doctest::Approx(3 * 4.0 / (31 * 24)));
}

}  // namespace corridor
