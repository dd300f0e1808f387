// Why containers wait, cause by cause: each hour counted by hand.
#include "engine/simulated.h"

namespace corridor {
namespace {

Simulated told_causes(const std::string& text) { return Simulated(text, 1, 0, Explain::yes); }

std::string jan_at(const std::string& day_and_hour) { return "2020-01-" + day_and_hour + ":00"; }

std::string leaving_at(const std::string& first, const std::string& second = "") {
    return "{ times = [" + jan_at(first) + (second.empty() ? "" : ", " + jan_at(second)) + "] }";
}

std::string released_at(const std::string& when, int count = 1, const std::string& more = "") {
    return listed("{ time = " + jan_at(when) + ", containers = " + std::to_string(count) + " }", more);
}

/// `river`, with more keys of its link, of a, or of b.
std::string with_link_of(std::string text, const std::string& keys) {
    return text.insert(text.find("speed ="), keys + "\n");
}
std::string with_terminal_of(std::string text, const std::string& id, const std::string& keys) {
    const std::string plain = "[terminal." + id + "]\nquay_cranes = \"unlimited\"\n";
    return text.replace(text.find(plain), plain.size(), "[terminal." + id + "]\n" + keys + "\n");
}

std::string closing_of(const std::string& of, const std::string& from, const std::string& to,
                       const std::string& effect = "closed = true") {
    return "[disruption.event]\nof = [\"" + of + "\"]\n" + effect + "\nwindows = [{ from = " + jan_at(from) +
           ", to = " + jan_at(to) + " }]\n";
}

const std::string kOnLine = ".service.line.forward";
constexpr double kHoursOfJanuary = 31 * 24.0;

/// All the waiting, and that nothing is missing.
void check_all_waiting(const Simulated& run, double waiting) {
    CHECK(run("waiting_time", "total") == doctest::Approx(waiting));
    const double all = run("waiting_time", "total") + run("journey_time", "total");
    CHECK(all == doctest::Approx(run("containers_in_system", "total") * kHoursOfJanuary));
}

}  // namespace

// ---- on the way -----------------------------------------------------------------------------------------------------

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

// ---- at terminals ---------------------------------------------------------------------------------------------------

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

// ---- closed terminals -----------------------------------------------------------------------------------------------

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

// ---- closed services ------------------------------------------------------------------------------------------------

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
