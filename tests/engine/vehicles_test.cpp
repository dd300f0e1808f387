// Fleets, berths, opening hours, rotations and transfers.
#include "corridor/model/balance.h"
#include "simulated.h"

namespace corridor {
namespace {

const std::string kDaily = R"({ headway = "24 h", first = 2020-01-01T06:00:00 })";

std::string there_and_back(const std::string& more) {
    return "[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\nvehicle = \"barge\"\n" + more + "\n";
}

}  // namespace

TEST_CASE("A fleet too small for its timetable sails late, or cancels, as told") {
    // A round trip takes 20 h. One barge, departures every 10 h from midnight: every second one finds none.
    const std::string timetable = R"(departures = { headway = "10 h", first = 2020-01-01T00:00:00 }
fleet = 1
)";
    const Simulated waiting(river(there_and_back(timetable)));
    // Always 20 h apart: k-th departure at 20 k, timetabled at 10 k; 744 h hold 38 of them (0, 20, .. 740).
    CHECK(waiting("departures_run", "service.line") == 38.0);
    CHECK(waiting("departures_late", "service.line") == 37.0);
    CHECK(waiting("lateness_mean", "service.line.forward") == doctest::Approx(10.0 * 37 / 2));
    // 75 are timetabled (0, 10, .. 740): those that have not left at the end are outstanding, not forgotten.
    CHECK(waiting("departures_outstanding", "service.line.forward") == 75.0 - 38.0);
    const Simulated cancelling(river(there_and_back(timetable + "no_vehicle = \"cancel\"")));
    CHECK(cancelling("departures_run", "service.line") == 38.0);
    CHECK(cancelling("departures_late", "service.line") == 0.0);
    CHECK(cancelling("departures_cancelled", "service.line") == 37.0);
    CHECK(cancelling("departures_outstanding", "service.line") == 0.0);
    CHECK(cancelling("fleet_utilisation", "service.line") == doctest::Approx(1.0));
    CHECK(cancelling("fleet_cycle_time_mean", "service.line") == doctest::Approx(744.0 / 38));
}

TEST_CASE("A layover keeps a vehicle from its next departure") {
    const Simulated run(river(there_and_back("departures = { when_ready = true }\nfleet = 1\nlayover = \"4 h\"\n")));
    CHECK(run("departures_run", "service.line") == 31.0);  // every 24 h from the start
}

TEST_CASE("With a timetable at either end, vehicles of one fleet go to and fro") {
    const Simulated run(river(R"([service.line]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T06:00:00 }
return_departures = { headway = "24 h", first = 2020-01-01T18:00:00 }
fleet = 2
[demand.back]
from = "b"
to = "a"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 1 }]
)"));
    CHECK(run("departures_run", "service.line.forward") == 31.0);
    CHECK(run("departures_run", "service.line.backward") == 31.0);
    CHECK(run("fleet_cycle_time_mean", "service.line") == 48.0);  // two vehicles, a trip each way every day
    CHECK(run("departures_late", "service.line") == 0.0);
    CHECK(run("wait_mean", "service.line.backward") == 18.0);
    CHECK(run("containers_shipped", "link.a-b.backward") == 1.0);
    CHECK(run("containers_shipped", "link.a-b.forward") == 0.0);
}

TEST_CASE("Berths are taken first come, first served, and berthing takes its time") {
    // One berth. Three calls at 00:00, 01:00, 02:00, five hours each, an hour to berth: they enter at 0, 6 and 12.
    const Simulated run(R"(
[period]
start = 2020-01-01
end = 2020-01-02
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 1, berthing_time = "1 h" }
[background.others]
terminal = "a"
mode = "waterway"
calls = [
    { time = 2020-01-01T00:00:00, stay = "5 h" },
    { time = 2020-01-01T01:00:00, stay = "5 h" },
    { time = 2020-01-01T02:00:00, stay = "5 h" },
]
)");
    CHECK(run("berth_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 5 + 10) / 3.0));
    CHECK(run("berth_wait_max", "terminal.a.quay") == 10.0);
    CHECK(run("turnaround_mean", "terminal.a.quay") == doctest::Approx((6 + 11 + 16) / 3.0));
    CHECK(run("berth_utilisation", "terminal.a.quay") == doctest::Approx(18.0 / 24.0));
}

TEST_CASE("Who still queues, loads or travels at the end of the period is counted as such") {
    // One berth, a crane that takes 5 h a container: the barge of 31 January 12:00 loads three until 03:00, those of
    // 18:00 and 24:00 (which is after the end) queue or do not come. One of four containers is delivered by then.
    std::string text = river(departures(R"({ times = [2020-01-02T00:00:00, 2020-01-31T12:00:00, 2020-01-31T18:00:00,
                                          2020-02-01T00:00:00] })") +
                             listed("{ time = 2020-01-01T00:00:00, containers = 1 }, "
                                    "{ time = 2020-01-31T00:00:00, containers = 3 }"));
    const std::string plain = "[terminal.a]\nquay_cranes = \"unlimited\"";
    text.replace(text.find(plain), plain.size(),
                 "[terminal.a]\nquay_cranes = { count = 1, move_time = \"5 h\" }\n"
                 "berths = { count = 1, berthing_time = \"0 h\" }");
    const Simulated run(text);
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("departures_outstanding", "service.line") == 2.0);
    CHECK(run("berth_queue_at_end", "terminal.a.quay") == 1.0);
    CHECK(run("containers_under_way", "demand.boxes") == 3.0);
    CHECK(run("containers_under_way", "total") == 3.0);
}

TEST_CASE("Crane moves start only inside the opening hours, and are finished once started") {
    // Two cranes, 2 h a move, open 06:00 to 09:00. Four containers land at 05:00: two moves 06-08, two 08-10.
    std::string text = river(departures("{ times = [2019-12-31T19:00:00] }") +
                             listed("{ time = 2019-12-31T00:00:00, containers = 4 }"));
    const std::string plain = "[terminal.b]\nquay_cranes = \"unlimited\"";
    text.replace(text.find(plain), plain.size(),
                 "[terminal.b]\nquay_cranes = { count = 2, move_time = \"2 h\" }\nopening = [\"Mon-Sun 06:00-09:00\"]");
    text.replace(text.find("end = 2020-02-01"), 16, "end = 2020-02-01\nwarm_up = \"2 d\"");
    const Simulated run(text);
    CHECK(run("crane_wait_mean", "terminal.b.quay") == doctest::Approx((1 + 1 + 3 + 3) / 4.0));
    CHECK(run("door_to_door_time_max", "demand.boxes") == doctest::Approx(24.0 + 10.0));
    // Of 31 days of 3 h two cranes are busy 06-08 and 08-09; what runs on until 10:00 is not in the opening hours.
    CHECK(run("crane_utilisation", "terminal.b.quay") == doctest::Approx(2 * 3.0 / (2 * 31 * 3.0)));
}

TEST_CASE("A rotation over three ports serves each pair of them") {
    const Simulated run(river(R"([terminal.c]
quay_cranes = "unlimited"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "50 km"
speed = "10 km/h"
[service.line]
route = ["a", "b", "c"]
directions = "each"
vehicle = "barge"
departures = )" + kDaily + R"(
[demand.ab]
from = "a"
to = "b"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 1 }]
[demand.ac]
from = "a"
to = "c"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 2 }]
[demand.bc]
from = "b"
to = "c"
release = "listed"
releases = [{ time = 2020-01-01T15:00:00, containers = 4 }]
[demand.ca]
from = "c"
to = "a"
release = "listed"
releases = [{ time = 2020-01-01T05:00:00, containers = 8 }]
)"));
    CHECK(run("door_to_door_time_mean", "demand.ab") == 16.0);
    CHECK(run("door_to_door_time_mean", "demand.ac") == 21.0);
    CHECK(run("door_to_door_time_mean", "demand.bc") == 6.0);  // the barge calls at 16:00
    CHECK(run("door_to_door_time_mean", "demand.ca") == 16.0);
    CHECK(run("containers_shipped", "link.a-b.forward") == 3.0);
    CHECK(run("containers_shipped", "link.b-c.forward") == 6.0);
    CHECK(run("containers_shipped", "link.b-c.demand.ac") == 2.0);
    CHECK(run("containers_shipped", "service.line.forward") == 7.0);
    CHECK(run("containers_shipped", "service.line.backward") == 8.0);
    CHECK(run("teu_km", "service.line") == doctest::Approx(1 * 100 + 2 * 150 + 4 * 50 + 8 * 150));
    CHECK(run("lifts", "terminal.b") == 5.0);
}

TEST_CASE("A transfer takes its time, and a container in transfer misses a train that leaves meanwhile") {
    // River to b at 16:00; ready after 3 h at 19:00. Trains at 18:00 and 20:00, an hour to c.
    std::string text = river(departures(kDaily) + R"([terminal.c]
rail_cranes = "unlimited"
[link.b-c]
mode = "railway"
from = "b"
to = "c"
length = "50 km"
speed = "50 km/h"
[vehicle.train]
mode = "railway"
capacity = "50 TEU"
[service.rail]
route = ["b", "c"]
directions = "one-way"
vehicle = "train"
departures = { times = [2020-01-01T18:00:00, 2020-01-01T20:00:00] }
[demand.boxes]
from = "a"
to = "c"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 5 }]
)");
    const std::string plain = "[terminal.b]\n";
    text.replace(text.find(plain), plain.size(), plain + "rail_cranes = \"unlimited\"\ntransfer_time = \"3 h\"\n");
    const Simulated run(text);
    CHECK(run("wait_mean", "service.rail.forward") == 1.0);
    CHECK(run("dwell_mean", "terminal.b") == 4.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 21.0);
    CHECK(run("lifts", "terminal.b") == 10.0);  // each container is lifted twice
}

TEST_CASE("Where vehicles leave when ready, the choice expects to wait half the time from one to the next") {
    // The shuttle is back every 20 h: 10 h of waiting and 10 h of sailing. The barge leaves at 06:00 and arrives at
    // 16:00. At midnight the barge is expected first, at 07:00 it is not, for it leaves 23 h later.
    const Simulated run(
        river(departures(kDaily) + R"([service.shuttle]
route = ["a", "b"]
directions = "round-trip"
vehicle = "barge"
departures = { when_ready = true }
fleet = 1
)" +
              listed("{ time = 2020-01-02T00:00:00, containers = 3 }, { time = 2020-01-03T07:00:00, containers = 5 }",
                     "itineraries = 2")));
    CHECK(run("containers_boarded", "service.line") == 3.0);
    CHECK(run("containers_boarded", "service.shuttle") == 5.0);
}

TEST_CASE("A rotation that calls twice at a port has measures for each call") {
    // a - b - a - c - a, a barge a day: boxes for b board at the first call, boxes for c at the second.
    const Simulated run(river(R"([terminal.c]
quay_cranes = "unlimited"
[link.a-c]
mode = "waterway"
from = "a"
to = "c"
length = "50 km"
speed = "10 km/h"
[service.line]
route = ["a", "b", "a", "c", "a"]
directions = "one-way"
vehicle = "barge"
departures = )" + kDaily + R"(
[demand.ab]
from = "a"
to = "b"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 1 }]
[demand.ac]
from = "a"
to = "c"
release = "listed"
releases = [{ time = 2020-01-01T00:00:00, containers = 2 }]
)"));
    CHECK(run("containers_boarded", "service.line.forward.a.1") == 1.0);
    CHECK(run("containers_boarded", "service.line.forward.a.2") == 2.0);
    CHECK(run("containers_boarded", "service.line.forward.b") == 0.0);
    CHECK(run("wait_mean", "service.line.forward.a.2") == 26.0);
    CHECK(model::naive(run.model(), "teu_per_departure", "service.line.forward.a.2") ==
          doctest::Approx(2.0 / (31 - 0.25)).epsilon(0.01));
}

TEST_CASE("A departure list is served in time order however the list is written") {
    const std::string boxes = listed("{ time = 2020-01-01T01:00:00, containers = 1 }");
    const Simulated sorted(river(departures("{ times = [2020-01-01T06:00:00, 2020-01-02T06:00:00] }") + boxes));
    CHECK(sorted("departures_run", "service.line") == 2.0);
    CHECK(sorted("wait_mean", "service.line.forward") == 5.0);
}

}  // namespace corridor
