// Why containers wait on the way and at terminals, cause by cause: each hour counted by hand.
#include "engine/causes.h"

namespace corridor {

// Five hours to the lock, half an hour through it, half an hour until its chamber is back. The barge of 00:10 is there
// at 05:10 and goes down at 06:00; its container was left behind by the first barge, at 00:00.
TEST_CASE("Cause lock: from the arrival of the vessel until its chamber starts") {
    const Simulated run =
        told_causes(river("[lock.dam]\nlink = \"a-b\"\nplaces = 1\noperation = \"one-way\"\ncycle_time = \"1 h\"\n" +
                              departures(leaving_at("01T00:00", "01T00:10")) + released_at("01T00:00", 2),
                          "1 TEU"));
    CHECK(run("waiting_time", "lock" + kOnLine) == doctest::Approx(50.0 / 60));
    CHECK(run("waiting_time", "vehicle-full" + kOnLine) == doctest::Approx(10.0 / 60));
    CHECK(run("journey_time", "running" + kOnLine) == doctest::Approx(21.0));
    check_all_waiting(run, 1.0);
}

TEST_CASE("Cause lock: a vessel for which the lock never starts waits until the end") {
    const Simulated run =
        told_causes(river("[lock.dam]\nlink = \"a-b\"\nplaces = 2\ncycle_time = \"1 h\"\nstart = \"when-full\"\n" +
                          departures(leaving_at("01T00:00")) + released_at("01T00:00")));
    CHECK(run("waiting_time", "lock" + kOnLine) == kHoursOfJanuary - 5.0);
    CHECK(run("journey_time", "running" + kOnLine) == 5.0);
    check_all_waiting(run, kHoursOfJanuary - 5.0);
}

// The barge of 01:00 follows that of 00:00 after three hours.
TEST_CASE("Cause path: behind the vehicle before, or for a path") {
    const Simulated run = told_causes(with_link_of(
        river(departures(leaving_at("01T00:00", "01T01:00")) + released_at("01T01:00")), "headway = \"3 h\""));
    CHECK(run("waiting_time", "path" + kOnLine) == 2.0);
    CHECK(run("journey_time", "running" + kOnLine) == 10.0);
    check_all_waiting(run, 2.0);
}

// The train of 01:00 finds the next path at 06:00; nothing else takes time.
TEST_CASE("Cause path: for the path of a train") {
    const Simulated run = told_causes(R"(
period = { start = 2020-01-01, end = 2020-02-01 }
[terminal.a]
rail_cranes = "unlimited"
[terminal.b]
rail_cranes = "unlimited"
[link.a-b]
mode = "railway"
from = "a"
to = "b"
length = "100 km"
speed = "50 km/h"
paths_per_day = 4
[vehicle.barge]
mode = "railway"
capacity = "80 TEU"
)" + departures(leaving_at("01T01:00")) +
                                      released_at("01T00:00"));
    CHECK(run("waiting_time", "path" + kOnLine) == 5.0);
    CHECK(run("waiting_time", "no-vehicle" + kOnLine) == 1.0);
    CHECK(run("journey_time", "running" + kOnLine) == 2.0);
    check_all_waiting(run, 6.0);
}

// The barge from b has the reach from 00:00 until 10:00; the one from a asks for it at 01:00.
TEST_CASE("Cause section: for those who come the other way") {
    const Simulated run = told_causes(with_link_of(river(departures(leaving_at("01T01:00")) + released_at("01T01:00") +
                                                         R"([service.back]
route = ["b", "a"]
directions = "one-way"
vehicle = "barge"
departures = )" + leaving_at("01T00:00") + "\n"),
                                                   "traffic = \"alternating\""));
    CHECK(run("waiting_time", "section" + kOnLine) == 9.0);
    check_all_waiting(run, 9.0);
}

// Closed until the 3rd at 00:00: 42 h. Where it stays closed, until the end.
TEST_CASE("Cause closure: for a link that is closed, to the end if it stays so") {
    const std::string barge = river(departures(leaving_at("01T06:00")) + released_at("01T06:00"));
    const Simulated run = told_causes(with_link_of(barge, "closed = [\"2020-01-01/2020-01-03\"]"));
    CHECK(run("waiting_time", "closure" + kOnLine) == 42.0);
    CHECK(run("waiting_time", "closure") == 42.0);
    check_all_waiting(run, 42.0);
    const Simulated for_good = told_causes(barge + closing_of("link.a-b", "01T00:00", "31T23:00"));
    CHECK(for_good("waiting_time", "closure" + kOnLine) == kHoursOfJanuary - 7.0);
    check_all_waiting(for_good, kHoursOfJanuary - 7.0);
    const Simulated still = told_causes(
        barge + "[disruption.event]\nof = [\"link.a-b\"]\nclosed = true\nwindows = [{ from = " + jan_at("01T00:00") +
        ", to = 2020-03-01 }]\n");
    CHECK(still("waiting_time", "closure" + kOnLine) == kHoursOfJanuary - 6.0);
    check_all_waiting(still, kHoursOfJanuary - 6.0);
}

// A full barge of 130 t lies 0.1 m deeper than an empty one; its loading takes from 00:00 until 08:00, when there is no
// water for it. It goes on the 3rd at 06:00, 46 h later, or never.
TEST_CASE("Cause depth: for deeper water, to the end if it does not come") {
    const auto low_water = [](const std::string& later) {
        std::string text = river("payload = \"3120 t\"\ndraught_empty = \"1.1 m\"\ndraught_loaded = \"3.5 m\"\n" +
                                 departures(leaving_at("01T00:00")) +
                                 released_at("01T00:00", 1, "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }"));
        text = with_terminal_of(text, "a", "quay_cranes = { count = \"unlimited\", move_time = \"8 h\" }");
        return told_causes(with_link_of(text, "depth = [{ from = 2020-01-01, depth = \"3.0 m\" }, { from = " +
                                                  jan_at("01T07:00") + ", depth = \"1.0 m\" }" + later + "]"));
    };
    const Simulated run = low_water(", { from = " + jan_at("03T06:00") + ", depth = \"3.0 m\" }");
    CHECK(run("waiting_time", "depth" + kOnLine) == 46.0);
    CHECK(run("journey_time", "handling.terminal.a.quay") == 8.0);
    check_all_waiting(run, 46.0);
    const Simulated never = low_water("");
    CHECK(never("waiting_time", "depth" + kOnLine) == kHoursOfJanuary - 8.0);
    check_all_waiting(never, kHoursOfJanuary - 8.0);
}

// A barge carries three of 13 t, and one where there are 1.5 m of water. Five at 00:00: the first leaves at once. The
// next two, whom deeper water would have let on board, wait for that until the second barge; the other two for a place.
// That one takes the second container; the third waits for water still, the fourth, for whom there would be room now,
// from then on. The third barge has its whole payload and takes them all.
TEST_CASE("Cause depth: ashore, left behind by a vehicle that would have taken it in deeper water") {
    std::string text = river("payload = \"40 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"2 m\"\n" +
                             departures("{ headway = \"12 h\", first = 2020-01-02 }") +
                             released_at("02T00:00", 5, "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }"));
    text = with_link_of(text, "depth = [{ from = 2020-01-01, depth = \"1.5 m\" }, { from = " + jan_at("02T22:00") +
                                  ", depth = \"3.0 m\" }]");
    const Simulated run = told_causes(text);
    CHECK(run("waiting_time", "depth" + kOnLine) == 12.0 + 24.0 + 12.0);
    CHECK(run("waiting_time", "vehicle-full" + kOnLine) == 12.0 + 24.0);
    check_all_waiting(run, 84.0);
}

// The same with two: the second waits for water alone. Closed from 10:00 to 20:00, the departure of noon is cancelled.
TEST_CASE("Cause depth: a closed service comes before it, as before other waits ashore") {
    std::string text =
        river("payload = \"40 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"2 m\"\n" +
              departures("{ headway = \"12 h\", first = 2020-01-02 }") +
              released_at("02T00:00", 2, "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }") +
              closing_of("service.line", "02T10:00", "02T20:00", "closed = true\ndepartures = \"cancel\""));
    const Simulated run = told_causes(with_link_of(text, "depth = \"1.5 m\""));
    CHECK(run("waiting_time", "depth" + kOnLine) == 12.0);
    CHECK(run("waiting_time", "closure" + kOnLine) == 12.0);
    check_all_waiting(run, 24.0);
}

// One tug. The other vessel has it from 00:00 to 01:00; the barge docks until 02:00 and asks for it again, behind the
// other, which leaves from 02:00 to 04:00; then it is towed off until 06:00.
TEST_CASE("Cause tugs: ashore and on board, for tugs and while towed off") {
    const Simulated run = told_causes(with_terminal_of(
        river(departures(leaving_at("02T00:00")) + released_at("02T00:00") +
              "[background.other]\nterminal = \"a\"\nmode = "
              "\"waterway\"\ncalls = [{ time = " +
              jan_at("02T00:00") + ", stay = \"0 h\" }]\n"),
        "a",
        "quay_cranes = \"unlimited\"\nberths = { count = 2 }\n"
        "tugs = { count = 1, docking = { tugs = 1, time = \"1 h\" }, leaving = { tugs = 1, time = \"2 h\" } }"));
    CHECK(run("waiting_time", "tugs.terminal.a.quay") == 1.0 + 4.0);
    CHECK(run("waiting_time", "berthing.terminal.a.quay") == 1.0);
    check_all_waiting(run, 6.0);
}

// Released at 02:00, in at 06:00, when the gate opens, away at 10:00.
TEST_CASE("Cause gate: outside, until it opens") {
    const Simulated run =
        told_causes(with_terminal_of(river(departures(leaving_at("02T10:00")) + released_at("02T02:00")), "a",
                                     "quay_cranes = \"unlimited\"\n"
                                     "gate = { opening = [\"Mon-Sun 06:00-22:00\"] }"));
    CHECK(run("waiting_time", "gate.terminal.a") == 4.0);
    CHECK(run("waiting_time", "no-vehicle" + kOnLine) == 4.0);
    check_all_waiting(run, 8.0);
}

// The first of 00:00 leaves at 06:00 and makes room for the second, which then has missed the barge and leaves at
// 12:00.
TEST_CASE("Cause yard full: outside, for room") {
    for (const char* const capacity : {"1 TEU", "2 TEU"}) {
        const Simulated run = told_causes(with_terminal_of(
            river(departures(leaving_at("02T06:00", "02T12:00")) + released_at("02T00:00", 2), capacity), "a",
            "quay_cranes = \"unlimited\"\nyard = { capacity = \"1 TEU\" }"));
        CHECK(run("waiting_time", "yard-full.terminal.a") == 6.0);
        CHECK(run("waiting_time", "no-vehicle" + kOnLine) == 12.0);
        check_all_waiting(run, 18.0);
    }
}

// At b at 10:00 with two; room for one, which is fetched at 15:00. A move takes an hour: 10-11, and 15-16.
TEST_CASE("Cause yard full: on board of a vehicle, for room where it is to be discharged") {
    const Simulated run = told_causes(with_terminal_of(
        river(departures(leaving_at("01T00:00")) + released_at("01T00:00", 2, "collected_after = \"4 h\"")), "b",
        "quay_cranes = { count = 1, move_time = \"1 h\" }\n"
        "yard = { capacity = \"1 TEU\" }"));
    CHECK(run("waiting_time", "yard-full.terminal.b") == 5.0);
    CHECK(run("waiting_time", "crane.terminal.b.quay") == 0.0);
    CHECK(run("journey_time", "handling.terminal.b.quay") == 2.0);
    check_all_waiting(run, 5.0);
}

// Of two at a one takes the only empty. The import that leaves b at that instant brings the next a day later.
TEST_CASE("Cause empty: for an empty container to be loaded into") {
    const Simulated run = told_causes(R"(
period = { start = 2020-01-01, end = 2020-02-01 }
[terminal.a]
quay_cranes = "unlimited"
empties = { stock = { ft20 = 1 } }
[terminal.b]
quay_cranes = "unlimited"
empties = { stock = { ft20 = 1 } }
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
running_time = "24 h"
[vehicle.lighter]
mode = "waterway"
capacity = "3 TEU"
[service.line]
route = ["a", "b"]
directions = "each"
vehicle = "lighter"
departures = { continuous = true }
[demand.exports]
from = "a"
to = "b"
releases = [{ time = 2020-01-02, containers = 2 }]
takes_empties = true
[demand.imports]
from = "b"
to = "a"
releases = [{ time = 2020-01-02 }]
takes_empties = true
returns_empties = true
)");
    CHECK(run("waiting_time", "empty.demand.exports") == 24.0);
    CHECK(run("waiting_time", "empty.demand.imports") == 0.0);
    check_all_waiting(run, 24.0);
}

// One barge, ten hours either way. The departures are at 00:00 and 05:00; it is back at 20:00.
TEST_CASE("Cause fleet: after the list of a departure has closed, until a vehicle comes") {
    std::string service = departures(leaving_at("02T00:00", "02T05:00"), "fleet = 1");
    service.replace(service.find("one-way"), 7, "round-trip");
    const Simulated run = told_causes(river(service + released_at("02T03:00")));
    CHECK(run("waiting_time", "no-vehicle" + kOnLine) == 2.0);
    CHECK(run("waiting_time", "fleet" + kOnLine) == 15.0);
    check_all_waiting(run, 17.0);
}

// One crane, an hour a move. Those of 00:00: first the urgent ones, who wait 0 and 1 h, then the other, who waits 2 h.
TEST_CASE("Cause crane: where priorities decide, for those who go first") {
    const Simulated run = told_causes(
        with_terminal_of(river(departures("{ continuous = true }") + released_at("02T00:00") + R"([demand.urgent]
from = "a"
to = "b"
priority = 1
releases = [{ time = 2020-01-02, containers = 2 }]
)"),
                         "a", "quay_cranes = { count = 1, move_time = \"1 h\" }"));
    CHECK(run("waiting_time", "crane.terminal.a.quay") == 0.0 + 1.0 + 2.0);
    CHECK(run("journey_time", "handling.terminal.a.quay") == 3.0);
    check_all_waiting(run, 3.0);
}

// Three at 00:00, two hours each in the hands of the one yard crane: 0-2, 2-4 and, since it is closed from 03:00 to
// 05:00, 5-7. The quay crane has all of them at once.
TEST_CASE("Cause yard crane: for a crane of the yard, and a closure while those are closed") {
    const Simulated run =
        told_causes(with_terminal_of(river(departures("{ continuous = true }") + released_at("02T00:00", 3)), "a",
                                     "quay_cranes = \"unlimited\"\nyard_cranes = { count = 1, move_time = \"2 h\" }") +
                    closing_of("terminal.a.yard", "02T03:00", "02T05:00"));
    CHECK(run("waiting_time", "yard-crane.terminal.a.yard") == 2.0 + 3.0);
    CHECK(run("waiting_time", "closure.terminal.a.yard") == 2.0);
    CHECK(run("waiting_time", "crane.terminal.a.quay") == 0.0);
    CHECK(run("journey_time", "handling.terminal.a.yard") == 6.0);
    check_all_waiting(run, 7.0);
}

// A move of three days, two before the end: the second container waits all the while.
TEST_CASE("Cause yard crane: who still waits for one at the end has waited until then") {
    const Simulated run =
        told_causes(with_terminal_of(river(departures("{ continuous = true }") + released_at("30T00:00", 2)), "a",
                                     "quay_cranes = \"unlimited\"\nyard_cranes = { count = 1, move_time = \"72 h\" }"));
    CHECK(run("waiting_time", "yard-crane.terminal.a.yard") == 48.0);
    CHECK(run("journey_time", "handling.terminal.a.yard") == 48.0);
    check_all_waiting(run, 48.0);
}

}  // namespace corridor
