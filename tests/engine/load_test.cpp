// Departures that wait for a load: on-demand shuttles, vessels that leave when full, trains with a least load.
#include "replaced.h"
#include "simulated.h"

namespace corridor {
namespace {

std::string boxes_at_hour(int hour, int containers) {
    return "{ time = 2020-01-01T" + std::string(hour < 10 ? "0" : "") + std::to_string(hour) +
           ":00:00, containers = " + std::to_string(containers) + " },";
}

std::string line(const std::string& more) {
    return "[service.line]\nroute = [\"a\", \"b\"]\nvehicle = \"barge\"\n" + more + "\n";
}

}  // namespace

TEST_CASE("A vessel that leaves when full leaves at the instant at which the container that fills it is ready") {
    // Ten places; 4 at 01:00, 4 at 03:00, 7 at 06:00: full at 06:00 with 10, and 5 stay for a second that never fills.
    const Simulated run(river(
        departures("{ when_full = true }") + listed(boxes_at_hour(1, 4) + boxes_at_hour(3, 4) + boxes_at_hour(6, 7)),
        "10 TEU"));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("teu_per_departure", "service.line") == 10.0);
    CHECK(run("wait_mean", "service.line.forward") == doctest::Approx((4 * 5.0 + 4 * 3.0) / 10));
    CHECK(run("containers_delivered", "demand.boxes") == 10.0);
}

TEST_CASE("A vessel is full when the next container does not fit") {
    // Two 40-foot containers in 5 TEU leave 1 TEU that neither a third nor anybody else can use.
    const Simulated run(
        river(departures("{ when_full = true }") +
                  listed(boxes_at_hour(1, 1) + boxes_at_hour(3, 1) + boxes_at_hour(6, 1), "box_share = { ft40 = 1.0 }"),
              "5 TEU"));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("wait_max", "service.line.forward") == 2.0);
}

TEST_CASE("After the longest wait of its first container a vessel leaves with what there is") {
    const Simulated run(river(departures("{ when_full = true }", "longest_wait = \"24 h\"") +
                                  listed(boxes_at_hour(1, 4) + boxes_at_hour(3, 4)),
                              "10 TEU"));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("teu_per_departure", "service.line") == 8.0);
    CHECK(run("wait_max", "service.line.forward") == 24.0);
}

TEST_CASE("As many vessels are called as there are loads, and each has to berth first") {
    // One berth, an hour to berth. 25 containers at 01:00 fill two vessels of ten: they leave at 02:00 and 03:00.
    std::string text = river(departures("{ when_full = true }") + listed(boxes_at_hour(1, 25)), "10 TEU");
    text.replace(text.find("quay_cranes"), 11, "berths = { count = 1, berthing_time = \"1 h\" }\nquay_cranes");
    const Simulated run(text);
    CHECK(run("departures_run", "service.line") == 2.0);
    CHECK(run("wait_mean", "service.line.forward") == doctest::Approx(1.5));
}

TEST_CASE("A shuttle leaves as soon as it is back and has its least load") {
    // Ten hours each way. 2 at 01:00 are too few; with 2 more at 05:00 it leaves and is back at 25:00, where 5 wait.
    const Simulated run(river(line("directions = \"round-trip\"\nfleet = 1\ndepartures = { when_ready = true }\n"
                                   "minimum_load = \"4 TEU\"") +
                                  listed(boxes_at_hour(1, 2) + boxes_at_hour(5, 2) + boxes_at_hour(8, 5)),
                              "10 TEU"));
    CHECK(run("departures_run", "service.line") == 2.0);
    CHECK(run("wait_mean", "service.line.forward") == doctest::Approx((2 * 4.0 + 2 * 0.0 + 5 * 17.0) / 9));
    CHECK(run("fleet_utilisation", "service.line") == doctest::Approx(40.0 / 744));  // waiting for a load is no trip
}

TEST_CASE("A timetabled departure waits for its least load, and at most so long as told") {
    // Daily at 06:00, at least 5 TEU. 2 by 04:00 and 3 more at 10:00: the first leaves four hours late, the second
    // would wait for ever.
    const std::string timetable = R"({ times = [2020-01-01T06:00:00, 2020-01-02T06:00:00] })";
    const std::string releases = listed(boxes_at_hour(4, 2) + boxes_at_hour(10, 3) + boxes_at_hour(12, 1));
    const Simulated held(river(departures(timetable, "minimum_load = \"5 TEU\"") + releases));
    CHECK(held("departures_run", "service.line") == 1.0);
    CHECK(held("departures_late", "service.line") == 1.0);
    CHECK(held("departures_outstanding", "service.line") == 1.0);
    CHECK(held("lateness_mean", "service.line.forward") == 4.0);
    const Simulated limited(
        river(departures(timetable, "minimum_load = \"5 TEU\"\nlongest_wait = \"3 h\"") + releases));
    CHECK(limited("departures_run", "service.line") == 2.0);
    CHECK(limited("lateness_mean", "service.line.forward") == doctest::Approx((3.0 + 3.0) / 2));
    CHECK(limited("containers_delivered", "demand.boxes") == 6.0);
}

TEST_CASE("Containers that land call the shuttle that takes them on") {
    // Six go from a to b by barge (ten hours), and from b on by a shuttle that leaves with six.
    std::string text = river(departures("{ times = [2020-01-01T06:00:00] }") + R"(
[terminal.c]
quay_cranes = "unlimited"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "1 km"
running_time = "1 h"
[service.shuttle]
route = ["b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { when_ready = true }
minimum_load = "6 TEU"
)" + listed(boxes_at_hour(1, 6)));
    text.replace(text.find("to = \"b\"\nrelease"), 8, "to = \"c\"");
    const Simulated run(text);
    CHECK(run("departures_run", "service.shuttle") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 5.0 + 10.0 + 1.0);
}

TEST_CASE("The longest wait is kept by those who come days after the beginning, too") {
    const Simulated run(river(departures("{ when_full = true }", "longest_wait = \"5 h\"") +
                                  listed("{ time = 2020-01-02T16:00:00, containers = 4 }"),
                              "10 TEU"));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("wait_max", "service.line.forward") == 5.0);
}

// All but 1 TEU is kept for those who board at b, so nobody takes a container of 2 TEU past b.
TEST_CASE("No vehicle is called for a container that none will take, however long it has waited") {
    const Simulated run(river(kBeyond + R"([service.line]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { when_ready = true }
minimum_load = "2 TEU"
longest_wait = "5 h"
keep_room = { b = "2 TEU" }
[demand.boxes]
from = "a"
to = "c"
box_share = { ft40 = 1.0 }
releases = [{ time = 2020-01-01T01:00:00 }]
)",
                              "3 TEU"));
    CHECK(run("departures_run", "service.line") == 0.0);
}

TEST_CASE("A vessel for which the water falls is full with what it may still take, and leaves") {
    // 100 t with a draught of 2 m, 50 t with 1.5 m: from the third on the five that wait, of 10 t each, fill it.
    const std::string vessel = "payload = \"100 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"2 m\"\ncapacity";
    const std::string depth =
        "depth = [{ from = 2020-01-01, depth = \"2 m\" }, { from = 2020-01-03, depth = \"1.5 m\" }]\nspeed";
    const std::string text =
        river(departures("{ when_full = true }") + listed("{ time = 2020-01-02T06:00:00, containers = 5 }"), "10 TEU");
    const Simulated run(replaced(replaced(text, "capacity", vessel), "speed", depth));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("wait_max", "service.line.forward") == 18.0);
}

// At 06:00 there are 2, 2, 2 and 1 TEU in order, for vessels of 3 TEU: filled one after the other they are three. That
// the first takes the last as well shows when it loads.
TEST_CASE("All vessels are called that an instant calls before the first of them loads") {
    const auto departures_run = [](const std::string& more) {
        const Simulated run(river(departures("{ when_full = true }") +
                                      listed(boxes_at_hour(1, 1) + boxes_at_hour(6, 2), "box_share = { ft40 = 1.0 }") +
                                      "[demand.crates]\nfrom = \"a\"\nto = \"b\"\nreleases = [" + boxes_at_hour(6, 1) +
                                      "]\n" + more,
                                  "3 TEU"));
        return run("departures_run", "service.line");
    };
    CHECK(departures_run("") == 3.0);
    CHECK(departures_run("[service.other]\nroute = [\"b\", \"a\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\n"
                         "departures = { times = [2020-01-01T06:00:00] }\n") == 3.0);
}

TEST_CASE("A load that is released at the instant at which a trip ends calls the vehicle anew") {
    // An hour to berth, ten hours each way. Called at 01:00, back at 22:00, and at the end of its trip at 23:00.
    const auto mean_wait = [](int hour) {
        const Simulated run(replaced(river(line("directions = \"round-trip\"\nfleet = 1\nminimum_load = \"4 TEU\"\n"
                                                "departures = { when_ready = true }") +
                                               listed(boxes_at_hour(1, 4) + boxes_at_hour(hour, 4)),
                                           "10 TEU"),
                                     "[terminal.a]\n",
                                     "[terminal.a]\nberths = { count = 1, berthing_time = \"1 h\" }\n"));
        CHECK(run("departures_run", "service.line") == 2.0);
        return run("wait_mean", "service.line.forward");
    };
    CHECK(mean_wait(20) == (1.0 + 3.0) / 2);
    CHECK(mean_wait(23) == 1.0);
}

TEST_CASE(
    "A load that is released at the instant at which the last move in turn of a trip ends calls the vehicle anew") {
    // One crane for it at a, an hour a move: called at 01:00, away at 06:00, at b at 16:00, back at 02:00, and at the
    // end of its trip, with one container for a, at 04:00 on the second day.
    const auto mean_wait = [](const std::string& time) {
        const std::string text =
            river(line("directions = \"round-trip\"\nfleet = 1\nminimum_load = \"4 TEU\"\n"
                       "departures = { when_ready = true }") +
                      listed(boxes_at_hour(1, 4) + "{ time = 2020-01-02T" + time + ":00, containers = 4 }") +
                      "[demand.back]\nfrom = \"b\"\nto = \"a\"\nreleases = [" + boxes_at_hour(2, 1) + "]\n",
                  "10 TEU");
        const Simulated run(
            replaced(text, "[terminal.a]\nquay_cranes = \"unlimited\"\n",
                     "[terminal.a]\nquay_cranes = { count = 2, move_time = \"1 h\", cranes_per_vehicle = 1 }\n"
                     "berths = { count = 1, berthing_time = \"1 h\" }\nyard = { capacity = \"99 TEU\" }\n"));
        CHECK(run("departures_run", "service.line.forward") == 2.0);
        return run("wait_mean", "service.line.forward");
    };
    CHECK(mean_wait("02:00") == (5.0 + 6.0) / 2);
    CHECK(mean_wait("04:00") == 5.0);
}

}  // namespace corridor
