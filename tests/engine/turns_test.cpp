// Priorities and patience: at cranes, where moves start in turn, and for boarding.
#include "engine/simulated.h"
#include "replaced.h"

namespace corridor {
namespace {

/// One crane at a that takes three hours a move; containers leave alone, at once.
const std::string kCrane = R"(
period = { start = 2020-01-01, end = 2020-01-03 }
[terminal.a]
quay_cranes = { count = 1, move_time = "3 h" }
[terminal.b]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "1 km"
running_time = "0 h"
[vehicle.barge]
mode = "waterway"
capacity = "2 TEU"
)";
const std::string kAlone = departures("{ continuous = true }");

/// A demand from a to b with listed releases.
std::string demand(const std::string& id, const std::string& releases, const std::string& more = "") {
    return "[demand." + id + "]\nfrom = \"a\"\nto = \"b\"\nreleases = [" + releases + "]\n" + more + "\n";
}

}  // namespace

// 0-3 slow, 3-6 the urgent one of 01:00, 6-9 and 9-12 slow.
TEST_CASE("The urgent container goes before those who wait, but not before the move under way") {
    const Simulated run(kCrane + kAlone + demand("slow", boxes_at("00:00:00", 3)) +
                        demand("urgent", boxes_at("01:00:00"), "priority = 1"));
    CHECK(run("door_to_door_time_mean", "demand.urgent") == 5.0);
    CHECK(run("door_to_door_time_mean", "demand.slow") == doctest::Approx((3 + 9 + 12) / 3.0));
    CHECK(run("crane_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 6 + 9 + 2) / 4.0));
}

TEST_CASE("A move time of a demand is that of its containers alone") {
    const Simulated run(kCrane + kAlone + demand("plain", boxes_at("00:00:00")) +
                        demand("reefer", boxes_at("00:30:00"), "move_time = \"5 h\""));
    CHECK(run("door_to_door_time_mean", "demand.plain") == 3.0);
    CHECK(run("door_to_door_time_mean", "demand.reefer") == 7.5);
}

TEST_CASE("A move time of a demand does not hold for unlimited cranes, in turn at a vehicle or not") {
    const std::string at_noon = departures("{ headway = \"12 h\", first = 2020-01-01 }");
    const std::string unlimited =
        replaced(kCrane, "{ count = 1, move_time", "{ count = \"unlimited\", move_time") + at_noon;
    for (const std::string cranes : {"capacity = \"2 TEU\"", "capacity = \"2 TEU\"\ncranes = 1"}) {
        const Simulated run(replaced(unlimited, "capacity = \"2 TEU\"", cranes) +
                            demand("reefer", boxes_at("00:00:00"), "move_time = \"5 h\""));
        CHECK(run("door_to_door_time_mean", "demand.reefer") == 3.0);
    }
}

// 0-3 the first; the second waits from 01:00 until 03:00, the last would wait from 01:00 until 06:00 and gives up at
// 04:00.
TEST_CASE("A container that waits longer than its patience goes by road") {
    const Simulated run(kCrane + kAlone +
                        demand("boxes", boxes_at("00:00:00") + boxes_at("01:00:00", 2), "patience = \"3 h\""));
    CHECK(run("containers_by_road", "demand.boxes") == 1.0);
    CHECK(run("by_road_share", "demand.boxes") == doctest::Approx(1.0 / 3.0));
    CHECK(run("containers_delivered", "demand.boxes") == 2.0);
    CHECK(run("crane_queue_mean", "terminal.a.quay") == doctest::Approx((2 + 3) / 48.0));
    CHECK(run("yard_mean", "terminal.a") == doctest::Approx((3 + 5 + 3) / 48.0));
    CHECK(run("containers_in_system", "demand.boxes") == doctest::Approx((3 + 5 + 3) / 48.0));
}

TEST_CASE("Whose turn comes at the very instant at which patience ends is served") {
    const Simulated run(kCrane + kAlone + demand("boxes", boxes_at("00:00:00", 2), "patience = \"3 h\""));
    CHECK(run("containers_by_road", "demand.boxes") == 0.0);
}

// The barge of 12:00 has room for two of four; the one of 24:00 takes the rest. Nothing takes time.
TEST_CASE("Who has priority boards first, and who is left behind is counted as rolled") {
    const Simulated run(river(departures("{ times = [2020-01-01T12:00:00, 2020-01-02T00:00:00] }") +
                                  demand("plain", boxes_at("00:00:00", 2)) +
                                  demand("urgent", boxes_at("06:00:00", 2), "priority = 3"),
                              "2 TEU"));
    CHECK(run("door_to_door_time_mean", "demand.urgent") == 6.0 + 10.0);
    CHECK(run("door_to_door_time_mean", "demand.plain") == 24.0 + 10.0);
    CHECK(run("containers_rolled", "service.line") == 2.0);
    CHECK(run("left_behind_mean", "service.line.forward") == 1.0);  // two, then none
}

// Released at 00:00, at the barge of 12:00, and after the only barge: two give up, one of them after the barge has
// gone.
TEST_CASE("Who gives up before the vehicle loads does not board") {
    const Simulated run(river(
        departures("{ times = [2020-01-01T12:00:00] }") +
        demand("boxes", boxes_at("00:00:00") + boxes_at("06:00:00") + boxes_at("13:00:00"), "patience = \"8 h\"")));
    CHECK(run("containers_delivered", "demand.boxes") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 6.0 + 10.0);
    CHECK(run("containers_by_road", "demand.boxes") == 2.0);
    CHECK(run("yard_mean", "terminal.a") == doctest::Approx((8 + 6 + 8) / (31 * 24.0)));
}

// A barge with two containers for a, and two that it takes to b, at one crane that also loads single urgent containers.
TEST_CASE("Cranes that serve in turn do the work of vessels, and vessels wait for it") {
    const std::string vessels = R"(
[service.line]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
fleet = 1
departures = { times = [2020-01-01T00:00:00] }
)";
    const std::string plain =
        demand("boxes", boxes_at("00:00:00", 2)) +
        "[demand.back]\nfrom = \"b\"\nto = \"a\"\nreleases = [{ time = 2020-01-01, containers = 2 }]\n";
    const std::string ranked = plain +
                               "priority = 0\n[demand.never]\nfrom = \"a\"\nto = \"b\"\npriority = 9\nreleases = [{ "
                               "time = 2020-01-02T23:00:00 }]\n";
    const Simulated in_order(kCrane + vessels + plain);
    const Simulated in_turn(kCrane + vessels + ranked);
    for (const std::string subject : {"demand.boxes", "demand.back"}) {
        CHECK(in_turn("door_to_door_time_mean", subject) == in_order("door_to_door_time_mean", subject));
    }
    CHECK(in_turn("door_to_door_time_mean", "demand.boxes") == 6.0);
    CHECK(in_turn("door_to_door_time_mean", "demand.back") == doctest::Approx((9 + 12) / 2.0));
    CHECK(in_turn("turnaround_mean", "terminal.a.quay") == in_order("turnaround_mean", "terminal.a.quay"));
    CHECK(in_turn("crane_utilisation", "terminal.a.quay") == in_order("crane_utilisation", "terminal.a.quay"));
}

// Two moves of six hours from 00:00 on, of which the second runs four hours beyond the closing at 08:00.
TEST_CASE("Cranes that serve in turn are as busy as others: what runs beyond the closing hour is not counted") {
    std::string text = kCrane + kAlone + demand("boxes", boxes_at("00:00:00", 2));
    text = replaced(text, "move_time = \"3 h\" }", "move_time = \"6 h\" }\nopening = [\"Wed 00:00-08:00\"]");
    const std::string later =
        "[demand.later]\nfrom = \"a\"\nto = \"b\"\npriority = 1\nreleases = [{ time = 2020-01-02T23:00:00 }]\n";
    for (const std::string& others : {std::string{}, later}) {
        const Simulated run(text + others);
        CHECK(run("lifts", "terminal.a") == 2.0);
        CHECK(run("crane_utilisation", "terminal.a.quay") == 1.0);
        CHECK(run("crane_wait_mean", "terminal.a.quay") == 3.0);
    }
}

TEST_CASE("Calls of background traffic that find neither a berth nor a place to wait go elsewhere") {
    const std::string harbour = R"(
period = { start = 2020-01-01, end = 2020-01-02 }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 1, waiting_places = 1 }
[background.vessels]
terminal = "a"
mode = "waterway"
calls = [
    { time = 2020-01-01T00:00:00, stay = "6 h" },
    { time = 2020-01-01T01:00:00, stay = "6 h" },
    { time = 2020-01-01T02:00:00, stay = "6 h" },
    { time = 2020-01-01T06:00:01, stay = "6 h" },
]
)";
    const Simulated run(harbour);
    CHECK(run("calls_turned_away", "terminal.a.quay") == 1.0);  // the third; the fourth takes the place of the second
    CHECK(run("turned_away_share", "terminal.a.quay") == 0.25);
    CHECK(run("berth_wait_max", "terminal.a.quay") == doctest::Approx(6.0).epsilon(1e-3));
    const Simulated sharp(replaced(harbour, "06:00:01", "06:00:00"));
    CHECK(sharp("calls_turned_away", "terminal.a.quay") == 2.0);  // berths are left after calls of the same instant
}

}  // namespace corridor
