// Disruptions of yard cranes, gates and tugs.
#include "engine/support.h"

namespace corridor {
namespace {

std::string closure(const std::string& of, const std::string& effect, const std::string& from, const std::string& to) {
    return disrupted(of, effect, at(from), at(to));
}

/// Two days; containers leave a one by one for b, which takes no time: through the yard crane, two hours a move, where
/// there is one, and the quay crane, one hour.
std::string by_crane(const std::string& terminal_a, const std::string& terminal_b, const std::string& rest) {
    return side_by_side("2020-01-03", "quay_cranes = { count = 1, move_time = \"1 h\" }\n" + terminal_a, terminal_b,
                        rest);
}

/// Of three containers at midnight.
double through_the_yard(const std::string& count, const std::string& rest) {
    const Simulated run(by_crane("yard_cranes = { count = " + count + ", move_time = \"2 h\" }", "",
                                 listed("{ time = 2020-01-01, containers = 3 }") + rest));
    return run("door_to_door_time_mean", "demand.boxes");
}

/// Two calls at midnight that stay for two hours, at a port whose tugs take an hour to dock and to leave.
Simulated tugs_in(const std::string& disruption) {
    return Simulated(R"(
period = { start = 2020-01-01, end = 2020-01-02 }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 3 }
tugs = { count = 2, docking = { tugs = 1, time = "1 h" }, leaving = { tugs = 1, time = "1 h" } }
[background.vessels]
terminal = "a"
mode = "waterway"
calls = [{ time = 2020-01-01, stay = "2 h" }, { time = 2020-01-01, stay = "2 h" }]
)" + disruption);
}

}  // namespace

// The yard crane 0-2, 2-4, 4-6, and the quay crane an hour after each; closed from 1 to 5: 0-2, 5-7, 7-9.
TEST_CASE("Yard cranes can be disrupted by themselves, and stand still with all of their terminal") {
    CHECK(through_the_yard("1", "") == (3 + 5 + 7) / 3.0);
    const auto disrupted = [](const std::string& of, const std::string& effect) {
        return through_the_yard("1", closure(of, effect, "01:00", "05:00"));
    };
    CHECK(disrupted("terminal.a.yard", "closed = true") == (3 + 8 + 10) / 3.0);
    // The quay crane starts with the first at 5, with the others at 7 and 9 again.
    CHECK(disrupted("terminal.a", "closed = true") == (6 + 8 + 10) / 3.0);
    CHECK(disrupted("terminal.a.quay", "closed = true") == (6 + 7 + 8) / 3.0);
    // From 2 on a move takes four hours, from 6 on two.
    CHECK(disrupted("terminal.a.yard", "slowed = 2") == doctest::Approx((3 + 7 + 9) / 3.0));
    CHECK(disrupted("terminal.a", "slowed = 2") == doctest::Approx((4 + 7 + 9) / 3.0));
}

// Both yard cranes 0-2, and 2-4; with one until 3: 0-2, 2-4, and the other 3-5.
TEST_CASE("Some of the yard cranes can be away") {
    CHECK(through_the_yard("2", "") == (3 + 4 + 5) / 3.0);
    CHECK(through_the_yard("2", closure("terminal.a.yard", "fewer_cranes = 1", "00:00", "03:00")) == (3 + 5 + 6) / 3.0);
    CHECK(through_the_yard("2", closure("terminal.a.yard", "crane_share = 0.4", "00:00", "03:00")) ==
          (3 + 5 + 6) / 3.0);
}

// Released at 00:30 and 02:00; the second comes in at 05:00.
TEST_CASE("Nothing comes in through a closed gate") {
    const std::string boxes = listed(boxes_at("00:30:00") + boxes_at("02:00:00"));
    for (const std::string of : {"terminal.a.gate", "terminal.a"}) {
        const Simulated run(by_crane("gate = {}", "", boxes + closure(of, "closed = true", "01:00", "05:00")), 1, 0,
                            kWithCauses);
        // In a closed terminal the crane has begun with the first at 00:30 and starts with the second at 05:00.
        CHECK(run("door_to_door_time_mean", "demand.boxes") == (1 + 4) / 2.0);
        CHECK(run("outside_for_gate_mean", "terminal.a") == doctest::Approx(3 / 48.0));
        CHECK(run("outside_for_room_mean", "terminal.a") == 0.0);
        CHECK(run("waiting_time", "gate.terminal.a") == doctest::Approx(3));
        CHECK(run("backlog_most", "total") == 1.0);
    }
    // A terminal without a gate has them in its yard meanwhile.
    const Simulated open(by_crane("", "", boxes + closure("terminal.a", "closed = true", "01:00", "05:00")));
    CHECK(open("yard_mean", "terminal.a") == doctest::Approx((1 + 4) / 48.0));
}

// Open from 08:00 on, but for 07:00 to 10:00 and, by two disruptions, 10:00 to 11:00.
TEST_CASE("The closures of a gate are taken from its hours") {
    const std::string boxes = listed(boxes_at("06:00:00") + boxes_at("12:00:00"));
    const Simulated run(by_crane(
        "gate = { opening = [\"Mon-Sun 08:00-16:00\"] }", "",
        boxes + closure("terminal.a.gate", "closed = true", "07:00", "10:00") +
            "[disruption.more]\nof = [\"terminal.a.gate\"]\nclosed = true\nwindows = [{ from = " + at("09:30") +
            ", to = " + at("11:00") + " }]\n"));
    CHECK(run("outside_wait_mean", "terminal.a") == (5 + 0) / 2.0);
    const Simulated shut(by_crane("gate = { opening = [\"Mon-Sun 08:00-16:00\"] }", "",
                                  boxes + "[disruption.event]\nof = [\"terminal.a.gate\"]\nclosed = true\n"
                                          "windows = [{ from = 2020-01-01, to = 2021-01-01 }]\n"));
    CHECK(shut("containers_delivered", "demand.boxes") == 0.0);
    CHECK(shut("waiting_for_room_at_end", "terminal.a") == 2.0);
}

// Released at 02:00 and in at 05:00, so the vessel of 04:00 leaves without it, whether anybody looks at the gate or
// not.
TEST_CASE("Who stands before a closed gate misses the vessel that leaves meanwhile") {
    for (const Details details : {Details{}, kWithCauses}) {
        const Simulated run(
            river("[terminal.a.gate]\n" + departures("{ times = [" + at("04:00") + ", " + at("20:00") + "] }") +
                  listed(boxes_at("02:00:00")) + closure("terminal.a.gate", "closed = true", "01:00", "05:00")),
            1, 0, details);
        CHECK(run("wait_mean", "service.line.forward") == 15.0);
        CHECK(run("outside_wait_mean", "terminal.a") == 3.0);
        CHECK(run("outside_for_gate_mean", "terminal.a") == doctest::Approx(3 / 744.0));
    }
}

// Discharged at 02:00, to be fetched at 03:00; nobody comes out before 05:00.
TEST_CASE("Nothing is collected through a closed gate") {
    const Simulated run(by_crane("", "gate = {}",
                                 listed(boxes_at("01:00:00"), "collected_after = \"1 h\"") +
                                     closure("terminal.b.gate", "closed = true", "02:00", "05:00")));
    CHECK(run("dwell_mean", "terminal.b") == 3.0);
    CHECK(run("collection_for_gate_mean", "terminal.b") == doctest::Approx(2 / 48.0));
    CHECK(run("throughput_lost", "total") == 0.0);  // delivered when discharged
}

TEST_CASE("A gate that is closed while nobody comes changes nothing") {
    const std::string boxes = listed(boxes_at("00:30:00") + boxes_at("02:00:00"));
    const Simulated plain(by_crane("gate = {}", "", boxes));
    const Simulated idle(
        by_crane("gate = {}", "", boxes + closure("terminal.a.gate", "closed = true", "05:00", "09:00")));
    CHECK(plain.outcome().fingerprint == idle.outcome().fingerprint);
}

// Docked 0-1, handled until 3, clear at 4.
TEST_CASE("Tugs that are closed do nothing, and finish what they have begun") {
    const auto turnaround = [](const std::string& disruption) {
        return tugs_in(disruption)("turnaround_mean", "terminal.a.quay");
    };
    CHECK(turnaround("") == 4.0);
    CHECK(turnaround(closure("terminal.a.tugs", "closed = true", "00:30", "06:00")) == 7.0);
    CHECK(turnaround(closure("terminal.a.tugs", "closed = true", "00:00", "06:00")) == 10.0);
    // A closed terminal gives no berths, but its tugs go on to take out who is there.
    CHECK(turnaround(closure("terminal.a", "closed = true", "00:30", "06:00")) == 4.0);
}

TEST_CASE("Tugs that are slowed take so many times as long for what they begin") {
    const auto turnaround = [](const std::string& from, const std::string& to) {
        return tugs_in(closure("terminal.a.tugs", "slowed = 3", from, to))("turnaround_mean", "terminal.a.quay");
    };
    CHECK(turnaround("02:00", "04:00") == 1.0 + 2.0 + 3.0);
    CHECK(turnaround("00:00", "00:30") == 3.0 + 2.0 + 1.0);
}

// One tug: docks the first 0-1, the second 1-2, and takes them out 3-4 and 4-5. With the other back at 00:30, the
// second docks until 01:30.
TEST_CASE("Some of the tugs can be away") {
    for (const std::string of : {"terminal.a.tugs", "terminal.a"}) {
        const Simulated run = tugs_in(closure(of, "fewer_tugs = 1", "00:00", "06:00"));
        CHECK(run("turnaround_mean", "terminal.a.quay") == (4.0 + 5.0) / 2);
        CHECK(run("tug_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 1 + 0 + 0) / 4.0));
    }
    const Simulated back = tugs_in(closure("terminal.a.tugs", "fewer_tugs = 1", "00:00", "00:30"));
    CHECK(back("turnaround_mean", "terminal.a.quay") == (4.0 + 4.5) / 2);
}

}  // namespace corridor
