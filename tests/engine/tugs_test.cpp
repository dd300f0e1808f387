// Tugs: a second resource beside the berths.
#include "engine/simulated.h"

namespace corridor {
namespace {

/// A river of ten hours from a to b; the tugs are those of `port`. January 2020.
std::string river_with_tugs(const std::string& port, const std::string& tugs, const std::string& rest) {
    return river("[terminal." + port + ".berths]\ncount = 1\n[terminal." + port + ".tugs]\n" + tugs + "\n" + rest);
}

const std::string kOneTug = "count = 1\ndocking = { tugs = 1, time = \"1 h\" }\nleaving = { tugs = 1, time = \"2 h\" }";
const std::string kMidnight = "{ time = 2020-01-02 }";

}  // namespace

// The vessel of midnight has its berth at once, docks until 01:00, takes on board who is there, casts off, is clear of
// its berth at 03:00, and reaches b at 13:00.
TEST_CASE("A vessel departs when it casts off, and its berth is free when it has cleared it") {
    const Simulated run(
        river_with_tugs("a", kOneTug, departures("{ times = [2020-01-02T00:00:00] }") + listed(kMidnight)));
    CHECK(run("wait_mean", "service.line.forward") == 1.0);
    CHECK(run("lateness_mean", "service.line.forward") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 13.0);
    CHECK(run("turnaround_mean", "terminal.a.quay") == 3.0);
    CHECK(run("berth_utilisation", "terminal.a.quay") == doctest::Approx(3.0 / (31 * 24)));
    CHECK(run("tug_utilisation", "terminal.a.quay") == doctest::Approx(3.0 / (31 * 24)));
    CHECK(run("tug_wait_max", "terminal.a.quay") == 0.0);
}

// From midnight ten hours on the river, docking until 11:00; the empty vessel leaves and is clear of b at 13:00. Only
// then it is at hand for the departure of 12:00: it docks again until 14:00, is clear at 16:00, and at a at 26:00.
TEST_CASE("A vessel of a fleet is busy until it has left its last berth") {
    const Simulated run(river_with_tugs("b", kOneTug, R"(
[service.line]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
fleet = 1
departures = { times = [2020-01-02T00:00:00] }
return_departures = { times = [2020-01-02T12:00:00] }
)" + listed(kMidnight)));
    CHECK(run("turnaround_mean", "terminal.b.quay") == doctest::Approx((3.0 + 3.0) / 2));
    CHECK(run("lateness_mean", "service.line.backward") == 2.0);  // docks again from 13:00 until 14:00
    CHECK(run("fleet_utilisation", "service.line") == doctest::Approx((13.0 + 13.0) / (31 * 24)));
}

TEST_CASE("Who asks for more tugs than are free holds up those behind") {
    const std::string harbour = R"(
period = { start = 2020-01-01, end = 2020-01-03 }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 3 }
tugs = { count = 3, docking = { tugs = 2, time = "2 h" }, leaving = { tugs = 1, time = "1 h" } }
[background.first]
terminal = "a"
mode = "waterway"
calls = [{ time = 2020-01-01T00:00:00, stay = "0 h" }]
[background.second]
terminal = "a"
mode = "waterway"
calls = [{ time = 2020-01-01T01:00:00, stay = "5 h" }]
[background.third]
terminal = "a"
mode = "waterway"
calls = [{ time = 2020-01-01T02:00:00, stay = "5 h" }]
)";
    // The first docks from 0 to 2, the second from 2 to 4. At 2 the third asks for two tugs, and one is free; then the
    // first asks for one to leave, and has to wait behind the third, until 4.
    const Simulated run(harbour);
    CHECK(run("turnaround_mean", "background.first") == 5.0);
    CHECK(run("turnaround_mean", "background.second") == 1.0 + 2.0 + 5.0 + 1.0);
    CHECK(run("turnaround_mean", "background.third") == 2.0 + 2.0 + 5.0 + 1.0);
    CHECK(run("tug_wait_max", "terminal.a.quay") == 2.0);
    CHECK(run("tug_wait_mean", "terminal.a.quay") == doctest::Approx((1.0 + 2.0 + 2.0) / 6.0));
    CHECK(run("tug_wait_share", "terminal.a.quay") == 0.5);
    CHECK(run("calls_ended", "background.first") == 1.0);
    CHECK(run("berth_wait_mean", "background.first") == 0.0);
}

TEST_CASE("Tugs for leaving alone leave the berthing time as it is") {
    const Simulated run(
        river("[terminal.a.berths]\ncount = 1\nberthing_time = \"1 h\"\n[terminal.a.tugs]\ncount = 1\n"
              "leaving = { tugs = 1, time = \"2 h\" }\n" +
              departures("{ times = [2020-01-02T00:00:00] }") + listed(kMidnight)));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 13.0);
}

// One tug, which takes two hours to bring a vessel off. Two other vessels have it from 05:00 until 09:00, so the barge
// planned for 06:00 casts off at 09:00. The first, back at 04:00, is held until 15:00; with three, the one planned for
// 12:00 is, and the first until 21:00.
TEST_CASE("The least headway is kept from one casting off to the next, whatever was planned") {
    const auto run = [](const std::string& fleet, const std::string& end) {
        return Simulated(R"(
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 6 }
tugs = { count = 1, leaving = { tugs = 1, time = "2 h" } }
[terminal.b]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "1 km"
running_time = "1 h"
[vehicle.barge]
mode = "waterway"
capacity = "10 TEU"
[service.line]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
departures = { when_ready = true }
least_headway = "6 h"
fleet = )" + fleet + R"(
[background.others]
terminal = "a"
mode = "waterway"
calls = [{ time = 2020-01-01, stay = "5 h" }, { time = 2020-01-01, stay = "5 h" }]
[period]
start = 2020-01-01
end = 2020-01-01T)" + end +
                         ":00\n");
    };
    const Simulated two = run("2", "17:00");
    CHECK(two("headway_mean", "service.line.forward") == (9 + 6) / 2.0);
    CHECK(two("held_mean", "service.line.forward") == doctest::Approx((0 + 6 + 11) / 3.0));
    const Simulated three = run("3", "22:00");
    CHECK(three("headway_mean", "service.line.forward") == (9 + 6 + 6) / 3.0);
    CHECK(three("held_mean", "service.line.forward") == (0 + 6 + 15 + 17) / 4.0);
    CHECK(three("tug_wait_max", "terminal.a.quay") == 3.0);
}

}  // namespace corridor
