// Why containers wait for what is closed: each hour counted by hand.
#include "engine/causes.h"

namespace corridor {

// Two at 06:00 for a crane that works from 08:00 on, an hour a move.
TEST_CASE("Cause closure: for a terminal to open, where no crane works outside its hours") {
    const auto at_a = [](const std::string& hours) {
        return told_causes(with_terminal_of(river(departures("{ continuous = true }") + released_at("02T06:00", 2)),
                                            "a", "quay_cranes = { count = 1, move_time = \"1 h\" }\n" + hours));
    };
    for (const std::string hours :
         {"opening = [\"Mon-Sun 08:00-20:00\"]",
          "calendar = [{ from = 2020-01-01, to = 2020-01-02T08:00:00, status = \"closed\" }]"}) {
        CAPTURE(hours);
        const Simulated run = at_a(hours);
        CHECK(run("waiting_time", "closure.terminal.a.quay") == 4.0);
        CHECK(run("waiting_time", "closure") == 4.0);
        CHECK(run("waiting_time", "crane.terminal.a.quay") == 1.0);
        check_all_waiting(run, 5.0);
    }
}

// At b at 10:00, two with a crane of an hour a move. Closed from 11:00 to 13:00, by a disruption: 10-11, 13-14. The
// first is delivered; the second waits for the crane, and then for the terminal.
TEST_CASE("Cause closure: for the end of a disruption that closes a terminal") {
    const std::string text =
        with_terminal_of(river(departures(leaving_at("01T00:00")) + released_at("01T00:00", 2)), "b",
                         "quay_cranes = { count = 1, move_time = \"1 h\" }\nberths = { count = 1 }");
    const Simulated run = told_causes(text + closing_of("terminal.b", "01T11:00", "01T13:00"));
    CHECK(run("waiting_time", "crane.terminal.b.quay") == 1.0);
    CHECK(run("waiting_time", "closure.terminal.b.quay") == 2.0);
    check_all_waiting(run, 3.0);
    // Closed from 09:00 to 12:00 no berth is given: both wait two hours for that, and then one of them for the crane.
    const Simulated berth = told_causes(text + closing_of("terminal.b.quay", "01T09:00", "01T12:00"));
    CHECK(berth("waiting_time", "closure.terminal.b.quay") == 4.0);
    CHECK(berth("waiting_time", "berth.terminal.b.quay") == 0.0);
    CHECK(berth("waiting_time", "crane.terminal.b.quay") == 1.0);
    check_all_waiting(berth, 5.0);
}

// Loading from 00:00, an hour a move; closed from 01:00 to 03:00: 00-01, 03-04. On board, the first waits for the
// terminal and then for the other move; the second, for the crane and then for the terminal.
TEST_CASE("Cause closure: on board, while the others are not loaded because the terminal is closed") {
    const Simulated run =
        told_causes(with_terminal_of(river(departures(leaving_at("02T00:00")) + released_at("02T00:00", 2)), "a",
                                     "quay_cranes = { count = 1, move_time = \"1 h\" }") +
                    closing_of("terminal.a", "02T01:00", "02T03:00"));
    CHECK(run("waiting_time", "closure.terminal.a.quay") == 2.0 + 2.0);
    CHECK(run("waiting_time", "other-moves.terminal.a.quay") == 1.0);
    CHECK(run("waiting_time", "crane.terminal.a.quay") == 1.0);
    check_all_waiting(run, 6.0);
}

// A departure every twelve hours, a container at 05:00. That of 12:00 is made at 20:00, or not at all.
TEST_CASE("Cause closure: from the list of a departure that a closed service does not make") {
    const auto run = [](const std::string& from, const std::string& to, const std::string& more,
                        const std::string& cut_off = "0 h") {
        return told_causes(
            river(departures("{ headway = \"12 h\", first = 2020-01-01 }", "cut_off = \"" + cut_off + "\"") +
                  released_at("02T05:00") + closing_of("service.line", from, to, "closed = true" + more)));
    };
    const std::string cancel = "\ndepartures = \"cancel\"";
    const Simulated held = run("02T10:00", "02T20:00", "");
    CHECK(held("waiting_time", "no-vehicle" + kOnLine) == 7.0);
    CHECK(held("waiting_time", "closure" + kOnLine) == 8.0);
    check_all_waiting(held, 15.0);
    const Simulated cancelled = run("02T10:00", "02T20:00", cancel);
    CHECK(cancelled("waiting_time", "no-vehicle" + kOnLine) == 7.0);
    CHECK(cancelled("waiting_time", "closure" + kOnLine) == 12.0);
    check_all_waiting(cancelled, 19.0);
    // Between two departures a closure keeps nobody waiting.
    const Simulated between = run("02T06:00", "02T11:00", cancel);
    CHECK(between("waiting_time", "no-vehicle" + kOnLine) == 7.0);
    CHECK(between("waiting_time", "closure" + kOnLine) == 0.0);
    check_all_waiting(between, 7.0);
    // The list of 12:00 closes at 10:00; the next one, at 22:00.
    const Simulated early = run("02T10:00", "02T20:00", cancel, "2 h");
    CHECK(early("waiting_time", "no-vehicle" + kOnLine) == 5.0);
    CHECK(early("waiting_time", "closure" + kOnLine) == 12.0);
    CHECK(early("waiting_time", "departure" + kOnLine) == 2.0);
    check_all_waiting(early, 19.0);
    const Simulated held_early = run("02T10:00", "02T20:00", "", "2 h");
    CHECK(held_early("waiting_time", "no-vehicle" + kOnLine) == 5.0);
    CHECK(held_early("waiting_time", "closure" + kOnLine) == 10.0);
    check_all_waiting(held_early, 15.0);
    // Closed for good: from noon until the end.
    const Simulated for_good = run("02T10:00", "31T23:59", cancel);
    CHECK(for_good("waiting_time", "no-vehicle" + kOnLine) == 7.0);
    CHECK(for_good("waiting_time", "closure" + kOnLine) == kHoursOfJanuary - 36.0);
    check_all_waiting(for_good, kHoursOfJanuary - 29.0);
}

// Left behind at 00:00 of the 2nd; the barge of 12:00 is cancelled, the next one takes it at 24:00.
TEST_CASE("Cause closure: who is left behind waits for the closed service from when its next vehicle is missing") {
    const Simulated run = told_causes(
        river(departures("{ headway = \"12 h\", first = 2020-01-01 }") + released_at("02T00:00", 2) +
                  closing_of("service.line", "02T10:00", "02T20:00", "closed = true\ndepartures = \"cancel\""),
              "1 TEU"));
    CHECK(run("waiting_time", "vehicle-full" + kOnLine) == 12.0);
    CHECK(run("waiting_time", "closure" + kOnLine) == 12.0);
    check_all_waiting(run, 24.0);
}

// Ten hours from a to b, at 10:00 and 22:00; the barge of 12:00 from a, cancelled, would have been there at 22:00.
TEST_CASE("Cause closure: at a later stop, from when the missing vehicle would have come") {
    const Simulated run = told_causes(R"(
period = { start = 2020-01-01, end = 2020-02-01 }
[terminal.a]
quay_cranes = "unlimited"
[terminal.b]
quay_cranes = "unlimited"
[terminal.c]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
speed = "10 km/h"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "50 km"
speed = "10 km/h"
[vehicle.barge]
mode = "waterway"
capacity = "10 TEU"
[service.line]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "12 h", first = 2020-01-01 }
[demand.boxes]
from = "b"
to = "c"
releases = [{ time = 2020-01-02T11:00:00 }]
)" + closing_of("service.line", "02T10:00", "02T20:00", "closed = true\ndepartures = \"cancel\""));
    CHECK(run("waiting_time", "no-vehicle") == 11.0);
    CHECK(run("waiting_time", "closure") == 12.0);
    check_all_waiting(run, 23.0);
}

// At a at 00:00 and 20:00; closed from 15:00 until 11:00 of the next day, when it leaves.
TEST_CASE("Cause closure: of services without a timetable, for as long as they are closed") {
    const std::string shuttle = R"(
[service.line]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
fleet = 1
departures = { when_ready = true }
)";
    const std::string closed = closing_of("service.line", "01T15:00", "02T11:00");
    const Simulated ready = told_causes(river(shuttle + released_at("01T13:00") + closed));
    CHECK(ready("waiting_time", "no-vehicle" + kOnLine) == 2.0);
    CHECK(ready("waiting_time", "closure" + kOnLine) == 20.0);
    check_all_waiting(ready, 22.0);
    // Two are a load: from 14:00 the first waits for the second, which comes at 18:00.
    const std::string two = listed("{ time = " + jan_at("01T14:00") + " }, { time = " + jan_at("01T18:00") + " }");
    const Simulated load = told_causes(river(shuttle + "minimum_load = \"2 TEU\"\n" + two + closed));
    CHECK(load("waiting_time", "load" + kOnLine) == 1.0);
    CHECK(load("waiting_time", "closure" + kOnLine) == 20.0 + 17.0);
    check_all_waiting(load, 38.0);
}

}  // namespace corridor
