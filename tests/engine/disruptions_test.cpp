// Disruptions of terminals, services and links, and what they do against the same history without them.
#include "engine/support.h"

namespace corridor {
namespace {

std::string of_first_day(const std::string& time) { return "2020-01-01T" + time; }

std::string disruption(const std::string& of, const std::string& effect, const std::string& from,
                       const std::string& to) {
    return disrupted(of, effect, of_first_day(from), of_first_day(to));
}

double wait_at_a(const std::string& count, const std::string& rest) {
    return Simulated(five_at_cranes(count, rest))("crane_wait_mean", "terminal.a.quay");
}

/// Calls at two berths of a.
std::string harbour(const std::string& calls, const std::string& rest) {
    return "period = { start = 2020-01-01, end = 2020-01-02 }\n[terminal.a]\nquay_cranes = \"unlimited\"\nberths = { "
           "count = 2 }\n"
           "[background.vessels]\nterminal = \"a\"\nmode = \"waterway\"\ncalls = [" +
           calls + "]\n" + rest;
}

std::string call(const std::string& time, const std::string& stay) {
    return "{ time = " + of_first_day(time) + ", stay = \"" + stay + "\" }, ";
}

/// A departure from a every twelve hours, and a container that is ready at 05:00.
std::string timetable(const std::string& rest) {
    return river(departures("{ headway = \"12 h\", first = 2020-01-01 }") + listed("{ time = 2020-01-01T05:00:00 }") +
                 rest);
}

}  // namespace

// 0-3; closed from 2 to 5; 5-8, 8-11, 11-14, 14-17.
TEST_CASE("No crane move starts in a closed terminal, and one that has started is finished") {
    const std::string closed = disruption("terminal.a.quay", "closed = true", "02:00:00", "05:00:00");
    CHECK(wait_at_a("count = 1", closed) == doctest::Approx((0 + 5 + 8 + 11 + 14) / 5.0));
    const std::string whole = disruption("terminal.a", "closed = true", "02:00:00", "05:00:00");
    CHECK(wait_at_a("count = 1", whole) == wait_at_a("count = 1", closed));
}

TEST_CASE("Unlimited cranes do nothing in a closed terminal either") {
    const std::string closed = disruption("terminal.a.quay", "closed = true", "00:00:00", "05:00:00");
    const Simulated run(five_at_cranes("count = \"unlimited\"", closed));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 5.0 + 3.0);
    // At b a move takes no time, but the first containers come at 03:00.
    const Simulated far(
        five_at_cranes("count = \"unlimited\"", disruption("terminal.b", "closed = true", "02:00:00", "04:00:00")));
    CHECK(far("door_to_door_time_mean", "demand.boxes") == 4.0);
}

// 0-3; from 2 to 7 a move takes twice as long, if it starts then: 3-9, 9-12, 12-15, 15-18.
TEST_CASE("A move that starts while cranes are slowed takes so many times as long") {
    CHECK(wait_at_a("count = 1", disruption("terminal.a.quay", "slowed = 2", "02:00:00", "07:00:00")) ==
          doctest::Approx((0 + 3 + 9 + 12 + 15) / 5.0));
}

TEST_CASE("Fewer cranes are as many that are taken out") {
    const auto fingerprint = [](const std::string& count, const std::string& rest) {
        return Simulated(five_at_cranes(count, rest)).outcome().fingerprint;
    };
    const auto out =
        fingerprint("count = 3, out = [{ from = 2020-01-01T02:00:00, to = 2020-01-01T05:00:00, cranes = 2 }]", "");
    CHECK(fingerprint("count = 3", disruption("terminal.a.quay", "fewer_cranes = 2", "02:00:00", "05:00:00")) == out);
    CHECK(fingerprint("count = 3", disruption("terminal.a.quay", "crane_share = 0.6", "02:00:00", "05:00:00")) == out);
    CHECK(fingerprint("count = 3", "") != out);
}

// Two vessels lie at the berths when the port closes, and leave. The third, of 03:00, gets a berth when it opens at
// 04:00.
TEST_CASE("No berth is given while a terminal is closed, and who is there stays until it has been handled") {
    const std::string calls = call("00:00:00", "2 h") + call("00:00:00", "5 h") + call("03:00:00", "1 h");
    const Simulated run(harbour(calls, disruption("terminal.a", "closed = true", "01:00:00", "04:00:00")));
    CHECK(run("berth_wait_max", "terminal.a.quay") == 1.0);
    CHECK(run("turnaround_mean", "terminal.a.quay") == doctest::Approx((2 + 5 + 2) / 3.0));
}

// One berth is out from 01:00 to 06:00. The call of 02:30 waits until 05:00, when the last vessel leaves the other; the
// one of 05:30 waits for the end.
TEST_CASE("Berths that are out are not given when they are free") {
    const std::string calls =
        call("00:00:00", "2 h") + call("00:00:00", "5 h") + call("02:30:00", "4 h") + call("05:30:00", "1 h");
    const Simulated run(harbour(calls, disruption("terminal.a.quay", "fewer_berths = 1", "01:00:00", "06:00:00")));
    CHECK(run("berth_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 0 + 2.5 + 0.5) / 4.0));
}

TEST_CASE("A departure whose time lies in the closure of its service is made at its end, or not at all") {
    const Simulated held(timetable(disruption("service.line", "closed = true", "10:00:00", "20:00:00")));
    CHECK(held("wait_mean", "service.line.forward") == 15.0);
    CHECK(held("departures_late", "service.line") == 1.0);
    CHECK(held("departures_cancelled", "service.line") == 0.0);
    const Simulated cancelled(
        timetable(disruption("service.line", "closed = true\ndepartures = \"cancel\"", "10:00:00", "20:00:00")));
    CHECK(cancelled("wait_mean", "service.line.forward") == 19.0);
    CHECK(cancelled("departures_late", "service.line") == 0.0);
    CHECK(cancelled("departures_cancelled", "service.line") == 1.0);
    // From 12:00 on, it holds at 12:00; up to 12:00, it no longer does.
    const Simulated before(timetable(disruption("service.line", "closed = true", "10:00:00", "12:00:00")));
    CHECK(before("wait_mean", "service.line.forward") == 7.0);
    const Simulated after(timetable(disruption("service.line", "closed = true", "12:00:00", "12:00:01")));
    CHECK(after("departures_late", "service.line") == 1.0);
}

TEST_CASE("Who leaves while a service is slowed runs so many times as long") {
    const Simulated run(timetable(disruption("service.line.forward", "slowed = 1.5", "10:00:00", "20:00:00")));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 7.0 + 15.0);
    const Simulated back(timetable(disruption("service.line.forward", "slowed = 1.5", "14:00:00", "20:00:00")));
    CHECK(back("door_to_door_time_mean", "demand.boxes") == 7.0 + 10.0);
}

// Ten hours there and ten back: at a at 0, 20, 40, 60 h. Closed from 15 to 35: it comes at 20, and leaves at 35.
TEST_CASE("Vehicles that leave when ready wait for the end of a closure, and those that wait for a load do") {
    const std::string shuttle = R"(
[service.line]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
fleet = 1
)";
    const std::string box = listed("{ time = 2020-01-01T18:00:00 }");
    const std::string closed =
        "[disruption.event]\nof = [\"service.line\"]\nclosed = true\nwindows = [{ from = "
        "2020-01-01T15:00:00, to = 2020-01-02T11:00:00 }]\n";
    const Simulated ready(river(shuttle + "departures = { when_ready = true }\n" + box + closed));
    CHECK(ready("wait_mean", "service.line.forward") == 17.0);
    const Simulated load(
        river(shuttle + "departures = { when_ready = true }\nminimum_load = \"1 TEU\"\n" + box + closed));
    CHECK(load("wait_mean", "service.line.forward") == 17.0);
    const Simulated open(river(shuttle + "departures = { when_ready = true }\n" + box));
    CHECK(open("wait_mean", "service.line.forward") == 2.0);
}

// From a to b at 00:00, there at 10:00. The departure of 08:00 has waited for the barge since; its service is closed
// from 09:00 to 14:00. From a, the barge has to be fetched, ten hours empty.
TEST_CASE("A vehicle of a fleet that comes during a closure goes on when it ends") {
    const auto lateness = [](const std::string& from, const std::string& to, const std::string& rest) {
        const std::string second = "[service.second]\nroute = [\"" + from + "\", \"" + to +
                                   "\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\nfleet = \"pool\"\n"
                                   "departures = { times = [2020-01-01T08:00:00] }\n";
        const Simulated run(river("[fleet.pool]\nvehicles = { a = 1 }\nrepositioning = \"on-demand\"\n" +
                                  departures("{ times = [2020-01-01T00:00:00] }", "fleet = \"pool\"") + second +
                                  listed("{ time = 2020-01-01 }") + rest));
        return run("lateness_mean", "service.second.forward");
    };
    const std::string closed = disruption("service.second", "closed = true", "09:00:00", "14:00:00");
    CHECK(lateness("b", "a", "") == 2.0);
    CHECK(lateness("b", "a", closed) == 6.0);
    CHECK(lateness("a", "b", "") == 12.0);
    CHECK(lateness("a", "b", closed) == 16.0);
}

// The barge leaves b at 04:00 and is at a at 14:00, where the departure of 08:00 has waited for it; its service is
// closed from 12:00 to 20:00. The list of the next departure, of 21:00, closes at 16:00, while the barge lies there: it
// stands behind the other, which goes at 20:00, and waits for the barge until 16:00 of the next day.
TEST_CASE("A departure whose list closes in a closure stands behind those that wait for a vehicle") {
    const auto run = [](const std::string& closure) {
        const std::string back = R"([service.back]
route = ["b", "a"]
directions = "one-way"
vehicle = "barge"
fleet = "pool"
departures = { times = [2020-01-01T04:00:00, 2020-01-02T06:00:00] }
)";
        return Simulated(river("[fleet.pool]\nvehicles = { b = 1 }\n" + back +
                                   departures("{ times = [2020-01-01T08:00:00, 2020-01-01T21:00:00] }",
                                              "fleet = \"pool\"\ncut_off = \"5 h\"") +
                                   listed("{ time = 2020-01-01T02:00:00 }, { time = 2020-01-01T10:00:00 }") + closure,
                               "1 TEU"));
    };
    const Simulated closed = run(disruption("service.line", "closed = true", "12:00:00", "20:00:00"));
    CHECK(closed("lateness_mean", "service.line.forward") == (12.0 + 19.0) / 2);
    CHECK(closed("door_to_door_time_mean", "demand.boxes") == (28.0 + 40.0) / 2);
    CHECK(closed("departures_run", "service.line") == 2.0);
    CHECK(run("")("lateness_mean", "service.line.forward") == (6.0 + 19.0) / 2);
}

// The link is entered at 12:00, and ten hours long; closed until 15:00, or from 13:00 on.
TEST_CASE("No vehicle enters a closed link, and one that has entered goes on") {
    const Simulated run(timetable(disruption("link.a-b.forward", "closed = true", "10:00:00", "15:00:00")));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 10.0 + 10.0);
    CHECK(run("closure_wait_mean", "link.a-b.forward") == doctest::Approx(3.0 / 62));
    CHECK(run("wait_mean", "service.line.forward") == 7.0);
    const Simulated later(timetable(disruption("link.a-b", "closed = true", "13:00:00", "15:00:00")));
    CHECK(later("door_to_door_time_mean", "demand.boxes") == 7.0 + 10.0);
    const Simulated back(timetable(disruption("link.a-b.backward", "closed = true", "10:00:00", "15:00:00")));
    CHECK(back("door_to_door_time_mean", "demand.boxes") == 7.0 + 10.0);
}

TEST_CASE("Who enters a link while it is slowed takes so many times as long for all of it") {
    const Simulated run(timetable(disruption("link.a-b", "slowed = 1.5", "10:00:00", "13:00:00")));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 7.0 + 15.0);
    const Simulated later(timetable(disruption("link.a-b", "slowed = 1.5", "12:00:01", "22:00:00")));
    CHECK(later("door_to_door_time_mean", "demand.boxes") == 7.0 + 10.0);
}

// Ten hours, times 1.5 for the link, times 2 for the service.
TEST_CASE("The times of a slowed service on a slowed link are multiplied") {
    std::string slow = disruption("service.line.forward", "slowed = 2", "10:00:00", "13:00:00");
    slow.replace(slow.find("[disruption."), 12, "[disruption.slow-");
    const Simulated run(timetable(disruption("link.a-b", "slowed = 1.5", "10:00:00", "13:00:00") + slow));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 7.0 + 30.0);
}

// Comes at 12:00, waits until 15:00, and runs 20 hours.
TEST_CASE("How slow a link is counts when a vehicle enters it, not when it begins to wait for that") {
    std::string slow = disruption("link.a-b", "slowed = 2", "15:00:00", "20:00:00");
    slow.replace(slow.find("[disruption."), 12, "[disruption.slow-");
    const Simulated run(timetable(disruption("link.a-b", "closed = true", "10:00:00", "15:00:00") + slow));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 7.0 + 3.0 + 20.0);
    CHECK(run("closure_wait_mean", "link.a-b.forward") == doctest::Approx(3.0 / 62));
}

// Both fail at 10:00. The first is repaired until 12:00, the second, which waits for the gang, until 14:00; they fail
// again at 22:00 and at 24:00, the end of the day.
TEST_CASE("Each part of a disruption fails by itself, and a gang repairs one at a time") {
    const Simulated run(five_at_cranes("count = 1", R"(
[disruption.ice]
of = ["terminal.a", "terminal.b"]
closed = true
breakdowns = { time_to_failure = "10 h", time_to_repair = "2 h", gangs = 1 }
)"));
    CHECK(run("disruptions_begun", "disruption.ice") == 3.0);
    CHECK(run("disrupted_share", "disruption.ice") == doctest::Approx((4 + 2) / 24.0));
    CHECK(run("crane_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 3 + 6 + 9 + 12) / 5.0));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((3 + 6 + 9 + 14 + 15) / 5.0));
}

/// Days of one container an hour, released at half past, to a crane that takes half an hour: a load of one half.
std::string steady(const std::string& days, const std::string& rest) {
    std::string text = five_at_cranes("count = 1", "");
    text.replace(text.find("2020-01-02"), 10, days);
    text.replace(text.find("3 h"), 3, "30 min");
    text.erase(text.find("[demand.boxes]"));
    return text + "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"24 containers/d\"\nrelease = \"even\"\n" + rest;
}

// Closed for T = 10 h at a load of 1/2: a backlog of 10, and gone T / 2 / (1 - 1/2) = 10 h after the end in a fluid;
// here the crane works it off at the rhythm of half an hour, and the last container of it does not count.
TEST_CASE("A backlog grows while the crane is closed, and is gone when it has been worked off") {
    const std::string closed = disruption("terminal.a.quay", "closed = true", "10:00:00", "20:00:00");
    const Simulated run(steady("2020-01-03", closed));
    CHECK(run("backlog_most", "total") == 10.0);
    CHECK(run("time_to_recover_mean", "total") == 8.5);
    CHECK(run("time_to_recover_max", "total") == 8.5);
    CHECK(run("disruptions_unfinished", "total") == 0.0);
    CHECK(run("throughput_lost", "total") == 0.0);
    // By the end of the first day 23 would have been delivered; 10 are before the closure, and 7 since.
    const Simulated day(steady("2020-01-02", closed));
    CHECK(day("disruptions_unfinished", "total") == 1.0);
    CHECK(day("throughput_lost", "demand.boxes") == 6.0);
}

TEST_CASE("A disruption without effect changes nothing") {
    const Simulated plain(steady("2020-01-03", ""));
    const Simulated idle(steady("2020-01-03", disruption("terminal.a.quay", "slowed = 1", "10:00:00", "20:00:00")));
    CHECK(plain.outcome().fingerprint == idle.outcome().fingerprint);
    CHECK(idle("backlog_most", "total") == 0.0);
    CHECK(idle("throughput_lost", "total") == 0.0);
    CHECK(idle("time_to_recover_max", "total") == 0.0);
}

TEST_CASE("Without disruptions there are no measures of them") {
    const Simulated plain(steady("2020-01-03", ""));
    CHECK_FALSE(measure_catalog(plain.model()).find("backlog_most", "total").has_value());
}

}  // namespace corridor
