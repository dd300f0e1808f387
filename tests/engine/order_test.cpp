// What happens at one instant, and in which order.
#include "replaced.h"
#include "simulated.h"

namespace corridor {
namespace {

/// z - a - b, ten hours each; a barge from z calls at a on its way to b, daily at 10:00.
std::string passing_barge(const std::string& rest, const std::string& capacity = "100 TEU") {
    return river(R"([terminal.z]
quay_cranes = "unlimited"
[link.z-a]
mode = "waterway"
from = "z"
to = "a"
length = "100 km"
speed = "10 km/h"
[service.barge]
route = ["z", "a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
)" + rest,
                 capacity);
}

/// From a to b at any time, over a long canal: 40 h.
const std::string kCanal = R"([link.canal]
mode = "waterway"
from = "a"
to = "b"
length = "400 km"
speed = "10 km/h"
[service.shuttle]
route = ["a", "b"]
links = ["canal"]
directions = "one-way"
vehicle = "barge"
departures = { continuous = true }
)";

/// A barge service of its own for each number below `count`, with random releases and crane moves.
std::string apart(int count) {
    std::string text = river("");
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        for (const std::string end : {"x", "y"}) {
            text += "[terminal." + end + n +
                    "]\nquay_cranes = { count = 1, move_time = { law = \"exponential\", mean = \"30 min\" } }\n";
        }
        text += "[link.l" + n + "]\nmode = \"waterway\"\nfrom = \"x" + n + "\"\nto = \"y" + n +
                "\"\nlength = \"100 km\"\nspeed = \"10 km/h\"\n[service.s" + n + "]\nroute = [\"x" + n + "\", \"y" + n +
                "\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\ndepartures = { headway = \"24 h\" }\n[demand.d" +
                n + "]\nfrom = \"x" + n + "\"\nto = \"y" + n + "\"\nvolume = \"200 containers\"\n";
    }
    return text;
}

}  // namespace

TEST_CASE("N06: a container released at the instant at which a vessel berths is on it") {
    const std::string boxes = listed("{ time = 2020-01-02T10:00:00, containers = 3 }");
    const Simulated run(passing_barge(boxes));
    CHECK(run("wait_mean", "service.barge.forward.a") == 0.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 10.0);
}

TEST_CASE("N06: it is on it too where it could have gone at any time by another service") {
    const std::string boxes = listed("{ time = 2020-01-02T10:00:00, containers = 3 }", "itineraries = 2");
    const Simulated run(passing_barge(kCanal + boxes));
    CHECK(run("containers_boarded", "service.shuttle") == 0.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 10.0);
    CHECK(run("containers_rolled", "service.barge") == 0.0);
}

TEST_CASE(
    "N06: a container that lands at the instant at which another vessel berths changes to it, whichever is first") {
    // One barge lands at a at 10:00 from z, another from y berths there at 10:00 on its way to b.
    const auto journey = [](const std::string& first, const std::string& second) {
        const Simulated run(river(R"([terminal.y]
quay_cranes = "unlimited"
[terminal.z]
quay_cranes = "unlimited"
[link.y-a]
mode = "waterway"
from = "y"
to = "a"
length = "100 km"
speed = "10 km/h"
[link.z-a]
mode = "waterway"
from = "z"
to = "a"
length = "100 km"
speed = "10 km/h"
)" + first + second + R"(
[demand.boxes]
from = "z"
to = "b"
release = "listed"
releases = [{ time = 2020-01-02T00:00:00, containers = 1 }]
)"));
        return run("door_to_door_time_mean", "demand.boxes");
    };
    const std::string feeder = R"([service.feeder]
route = ["z", "a"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
)";
    const std::string trunk = R"([service.trunk]
route = ["y", "a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
)";
    CHECK(journey(feeder, trunk) == 20.0);
    CHECK(journey(trunk, feeder) == 20.0);
}

TEST_CASE("Rolled are those who were left behind, not those who came at the instant at which the others left") {
    // Two containers at 10:00 for a barge with room for one: one is left behind. Of the two that leave one is rolled.
    const Simulated one(passing_barge(listed("{ time = 2020-01-02T10:00:00, containers = 2 }"), "1 TEU"));
    CHECK(one("containers_boarded", "service.barge") == 2.0);
    CHECK(one("containers_rolled", "service.barge") == 1.0);
}

TEST_CASE("Who lands when the barge has just left, at the same instant, was not left behind by it") {
    // From z to a takes no time: the feeder leaves z at midnight, after the barge has loaded at a.
    const Simulated run(river(departures(R"({ headway = "24 h", first = 2020-01-01T00:00:00 })") + R"([terminal.z]
quay_cranes = "unlimited"
[link.z-a]
mode = "waterway"
from = "z"
to = "a"
length = "1 km"
running_time = "0 h"
[service.feeder]
route = ["z", "a"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
[demand.boxes]
from = "z"
to = "b"
release = "listed"
releases = [{ time = 2020-01-02T00:00:00, containers = 1 }]
)"));
    CHECK(run("wait_mean", "service.line.forward") == 24.0);
    CHECK(run("containers_rolled", "service.line") == 0.0);
}

// At 05:00 a barge by the canal, 40 h, and one by the river with room for one. Crates may go by either, boxes by the
// river alone.
TEST_CASE("Of those who are released at one instant the first demand boards first, whichever vehicle asks before") {
    const Simulated run(river(R"([link.canal]
mode = "waterway"
from = "a"
to = "b"
length = "400 km"
speed = "10 km/h"
[service.canal]
route = ["a", "b"]
links = ["canal"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T05:00:00 }
[demand.crates]
from = "a"
to = "b"
releases = [{ time = 2020-01-02T05:00:00 }]
)" + departures(R"({ headway = "24 h", first = 2020-01-01T05:00:00 })") +
                                  listed("{ time = 2020-01-02T05:00:00 }", "via = [\"line\"]"),
                              "1 TEU"));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 10.0);
    CHECK(run("door_to_door_time_mean", "demand.crates") == 34.0);
}

TEST_CASE("N07: a million containers at one instant are served in order, in one go") {
    const Simulated run(river(departures("{ times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] }") +
                                  listed("{ time = 2020-01-01T01:00:00, containers = 1000000 }"),
                              "600000 TEU"));
    CHECK(run("containers_delivered", "total") == 1'000'000.0);
    CHECK(run("containers_rolled", "service.line") == 400'000.0);
    CHECK(run("wait_mean", "service.line.forward") == doctest::Approx(0.6 * 5 + 0.4 * 11));
}

TEST_CASE("N06: a lock at a terminal takes all who leave at one instant") {
    // Two vessels leave a at 06:00, and the lock is right there: one lockage of two places, nobody waits, no turn.
    const std::string departs = "departures = { times = [2020-01-02T06:00:00] }\n";
    const std::string service = "route = [\"a\", \"b\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\n";
    const Simulated run(river("[service.first]\n" + service + departs + "[service.second]\n" + service + departs +
                              "[lock.dam]\nlink = \"a-b\"\nat = \"0 km\"\nplaces = 2\ncycle_time = \"2 h\"\n"));
    CHECK(run("lockages", "lock.dam") == 1.0);
    CHECK(run("lock_turns", "lock.dam") == 0.0);
    CHECK(run("lock_wait_mean", "lock.dam") == 0.0);
}

TEST_CASE("Of vessels that arrive at one instant those of the first service are served first, whatever the way") {
    // From a and from c to b in ten hours, both at midnight; two containers each, and one crane that takes an hour for
    // each of them: those of "first" land at 11:00 and 12:00, those of "second" at 13:00 and 14:00.
    const auto journey = [](const std::string& entering) {
        const std::string services = R"([service.first]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-02T00:00:00] }
[service.second]
route = ["c", "b"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-02T00:00:00] }
[terminal.c]
quay_cranes = "unlimited"
[link.c-b]
mode = "waterway"
from = "c"
to = "b"
length = "100 km"
speed = "10 km/h"
)";
        std::string text = river(services + listed("{ time = 2020-01-01T00:00:00, containers = 2 }") +
                                 "[demand.others]\nfrom = \"c\"\nto = \"b\"\nrelease = \"listed\"\n"
                                 "releases = [{ time = 2020-01-01T00:00:00, containers = 2 }]\n");
        text = replaced(text, "[terminal.b]\nquay_cranes = \"unlimited\"",
                        "[terminal.b]\nquay_cranes = { count = 1, rate = \"1 moves/h\" }");
        text = replaced(text, "[link.a-b]\n", "[link.a-b]\n" + entering);
        const Simulated run(text);
        CHECK(run("door_to_door_time_mean", "demand.others") == 24.0 + 13.5);
        return run("door_to_door_time_mean", "demand.boxes");
    };
    CHECK(journey("") == 24.0 + 11.5);
    CHECK(journey("headway = \"8 min\"\n") == 24.0 + 11.5);
}

TEST_CASE("A service among two hundred, whose events are known ahead, has the history that it has alone") {
    const Simulated alone(apart(1));
    const Simulated large(apart(200));
    CHECK(large.model().stops.size() == 400);
    for (const auto& [measure, subject] : {std::pair{"door_to_door_time_mean", "demand.d0"},
                                           {"containers_delivered", "demand.d0"},
                                           {"wait_p95", "service.s0.forward"},
                                           {"yard_mean", "terminal.x0"},
                                           {"crane_wait_p95", "terminal.y0.quay"}}) {
        CHECK(large(measure, subject) == alone(measure, subject));
    }
    CHECK(large("door_to_door_time_mean", "demand.d199") > 10.0);
}

}  // namespace corridor
