// Bunching of vehicles that leave when ready, and the least headway against it.
#include <cmath>

#include "replaced.h"
#include "simulated.h"

namespace corridor {
namespace {

/// Ten hours down and ten hours back, without handling times: a cycle of 20 h.
std::string shuttle(int fleet, const std::string& more) {
    return river("[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\nvehicle = \"barge\"\nfleet = " +
                 std::to_string(fleet) + "\ndepartures = { when_ready = true }\n" + more + "\n" +
                 listed("{ time = 2020-01-01T21:00:00, containers = 1 }"));
}

const std::string kA = "service.line.forward";

}  // namespace

TEST_CASE("Two barges that leave together stay together") {
    // 0, 0, 20, 20, ..., 740, 740 h: 38 headways of 0 and 37 of 20 h.
    const Simulated run(shuttle(2, ""));
    CHECK(run("departures_run", "service.line") == 76.0);
    CHECK(run("headway_mean", kA) == doctest::Approx(740.0 / 75));
    CHECK(run("headway_variation", kA) == doctest::Approx(std::sqrt(38.0 / 37.0)));
    CHECK(run("wait_mean", kA) == 19.0);
}

TEST_CASE("Held to half their cycle, two barges are evenly spread from the second departure on") {
    // 0, 10, 20, ..., 740 h. Only the second barge is ever held, once, for 10 h.
    const Simulated run(shuttle(2, "least_headway = \"10 h\""));
    CHECK(run("departures_run", "service.line") == 75.0);
    CHECK(run("headway_mean", kA) == 10.0);
    CHECK(run("headway_variation", kA) == 0.0);
    CHECK(run("held_mean", kA) == doctest::Approx(10.0 / 75));
    CHECK(run("wait_mean", kA) == 9.0);
}

TEST_CASE("A barge whose cycle is shorter than the least headway leaves by the headway, with all who came meanwhile") {
    // Back every 20 h, leaves every 24 h: 31 departures, 30 of them held for 4 h. Ready at 21:00, it waits for 3 h.
    const Simulated run(shuttle(1, "least_headway = \"24 h\""));
    CHECK(run("departures_run", "service.line") == 31.0);
    CHECK(run("headway_mean", kA) == 24.0);
    CHECK(run("held_mean", kA) == doctest::Approx(30 * 4.0 / 31));
    CHECK(run("wait_mean", kA) == 3.0);
}

TEST_CASE("Of three barges the second and the third are held") {
    // 0, 6, 12, 20, 26, 32, ... h: the cycle of 20 h is longer than three headways, and their gaps stay.
    const Simulated run(shuttle(3, "least_headway = \"6 h\""));
    CHECK(run("headway_mean", kA) == doctest::Approx(20.0 / 3).epsilon(0.01));
    CHECK(run("held_mean", kA) * run("departures_run", "service.line") == doctest::Approx(6.0 + 12.0));
}

TEST_CASE("Of two barges that have loaded side by side the second is held at its berth") {
    // One crane each, an hour for each one's container: loaded at 1 h, they leave at 1 h and 6 h.
    std::string text = replaced(shuttle(2, "least_headway = \"5 h\""), "2020-01-01T21:00:00, containers = 1",
                                "2020-01-01T00:00:00, containers = 2");
    text = replaced(text, "[terminal.a]\nquay_cranes = \"unlimited\"",
                    "[terminal.a]\nquay_cranes = { count = 2, cranes_per_vehicle = 1, move_time = \"1 h\" }");
    const Simulated run(replaced(text, "\"100 TEU\"", "\"1 TEU\""));
    CHECK(run("wait_mean", kA) == (1.0 + 6.0) / 2);
}

TEST_CASE("A barge that waits for its least load is held like one that does not") {
    // Two at 21:00 and two at 23:00 are a load each; two barges, but 12 h from one departure to the next.
    std::string text = shuttle(2, "least_headway = \"12 h\"\nminimum_load = \"2 TEU\"");
    text.replace(text.find("containers = 1 }"), 16, "containers = 2 }, { time = 2020-01-01T23:00:00, containers = 2 }");
    const Simulated run(text);
    CHECK(run("departures_run", "service.line") == 2.0);
    CHECK(run("wait_mean", kA) == doctest::Approx((0.0 + 10.0) / 2));
}

}  // namespace corridor
