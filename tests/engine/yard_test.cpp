// Yards with limited room, gates and yard cranes.
#include <cmath>

#include "engine/support.h"

namespace corridor {
namespace {

/// Two days; a with one slow crane, from where containers leave alone, at once, for b.
std::string alone(const std::string& terminal_a, const std::string& releases) {
    return side_by_side("2020-01-03", "quay_cranes = { count = 1, move_time = \"3 h\" }\n" + terminal_a, "",
                        listed(releases));
}

/// From a by barge to the hub, one hour down, and from there by trains for one container to the yard inland, one hour
/// on. The hub has one quay crane, an hour a move; everything else takes no time.
std::string hub(const std::string& hub_terminal, const std::string& trains) {
    return R"(
period = { start = 2020-01-01, end = 2020-01-03 }
[terminal.a]
quay_cranes = "unlimited"
[terminal.hub]
quay_cranes = { count = 1, move_time = "1 h" }
rail_cranes = "unlimited"
)" + hub_terminal +
           R"(
[terminal.inland]
rail_cranes = "unlimited"
[link.river]
mode = "waterway"
from = "a"
to = "hub"
length = "1 km"
running_time = "1 h"
[link.rail]
mode = "railway"
from = "hub"
to = "inland"
length = "1 km"
running_time = "1 h"
[vehicle.barge]
mode = "waterway"
capacity = "4 TEU"
[vehicle.train]
mode = "railway"
capacity = "1 TEU"
[service.trains]
route = ["hub", "inland"]
directions = "one-way"
vehicle = "train"
departures = { times = [)" +
           trains + "] }\n";
}

const std::string kBarge = R"(
[service.barges]
route = ["a", "hub"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-01T01:00:00] }
[demand.boxes]
from = "a"
to = "inland"
releases = [{ time = 2020-01-01T00:00:00, containers = 3 }]
)";

}  // namespace

// Room for two: the third of 00:00 is turned away, the one of 03:00 finds the room of the first, who was loaded then.
TEST_CASE("A container that finds the yard full is turned away, and counted") {
    const Simulated run(alone("yard = { capacity = \"2 TEU\", when_full = \"turn-away\" }",
                              boxes_at("00:00:00", 3) + boxes_at("03:00:00")));
    CHECK(run("containers_lost", "demand.boxes") == 1.0);
    CHECK(run("containers_lost", "total") == 1.0);
    CHECK(run("lost_share", "demand.boxes") == 0.25);
    CHECK(run("containers_delivered", "demand.boxes") == 3.0);
    CHECK(run("containers_under_way", "demand.boxes") == 0.0);
    CHECK(run("containers_in_system", "demand.boxes") == doctest::Approx((3 + 6 + 6) / 48.0));
    CHECK(run("yard_utilisation", "terminal.a") == doctest::Approx((2 * 6 + 3) / 96.0));
    CHECK(run("yard_full_share", "terminal.a") == doctest::Approx(6 / 48.0));
    CHECK(run("yard_mean", "terminal.a") == doctest::Approx((3 + 6 + 6) / 48.0));
}

// 0-3 the first; the second comes in at 03:00, the third, of 01:00, at 06:00.
TEST_CASE("Where the yard lets containers wait, they come in as soon as there is room, in order") {
    const Simulated run(alone("yard = { capacity = \"1 TEU\" }", boxes_at("00:00:00", 2) + boxes_at("01:00:00")));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((3 + 6 + 8) / 3.0));
    CHECK(run("outside_wait_mean", "terminal.a") == doctest::Approx((0 + 3 + 5) / 3.0));
    CHECK(run("outside_for_room_mean", "terminal.a") == doctest::Approx((3 + 5) / 48.0));
    CHECK(run("outside_for_gate_mean", "terminal.a") == 0.0 / 48.0);
    CHECK(run("dwell_mean", "terminal.a") == 3.0);
    CHECK(run("crane_wait_mean", "terminal.a.quay") == 0.0);
}

// Loaded at 03:00, 06:00, ...: the 40 ft container of 00:30 needs room for two and holds up the small one behind it.
TEST_CASE("Who waits outside does not overtake") {
    const std::string large = "[demand.large]\nfrom = \"a\"\nto = \"b\"\nbox_share = { ft40 = 1 }\nreleases = [" +
                              boxes_at("00:30:00") + "]\n";
    const Simulated run(alone("yard = { capacity = \"2 TEU\" }", boxes_at("00:00:00") + boxes_at("01:00:00")) + large);
    CHECK(run("door_to_door_time_mean", "demand.large") == 5.5);            // in at 03:00, loaded at 06:00
    CHECK(run("door_to_door_time_mean", "demand.boxes") == (3 + 8) / 2.0);  // in at 06:00, loaded at 09:00
}

// In at 08:00; at 11:00, when the first has left; at 15:30; and the last, for whom there is room at 18:30, at 08:00.
TEST_CASE("Containers come in while the gate is open, and it is known whether they waited for it or for room") {
    const Simulated run(
        alone("yard = { capacity = \"1 TEU\" }\ngate = { opening = [\"Mon-Sun 08:00-16:00\"] }",
              boxes_at("06:00:00") + boxes_at("10:00:00") + boxes_at("15:30:00") + boxes_at("15:45:00")));
    CHECK(run("outside_wait_mean", "terminal.a") == doctest::Approx((2 + 1 + 0 + 16.25) / 4.0));
    CHECK(run("outside_for_gate_mean", "terminal.a") == doctest::Approx((2 + 16) / 48.0));
    CHECK(run("outside_for_room_mean", "terminal.a") == doctest::Approx((1 + 0.25) / 48.0));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((5 + 4 + 3 + 19.25) / 4.0));
}

TEST_CASE("Whoever stands at the gate when it opens and finds the yard full is turned away then") {
    const Simulated run(
        alone("yard = { capacity = \"1 TEU\", when_full = \"turn-away\" }\ngate = { closed = [\"2020-01-01\"] }",
              boxes_at("06:00:00") + boxes_at("20:00:00")));
    CHECK(run("containers_lost", "demand.boxes") == 1.0);
    CHECK(run("containers_in_system", "demand.boxes") == doctest::Approx((21 + 4) / 48.0));
}

// The gate opens at 06:00; at that instant the empty of a container that landed at 03:00 comes into the stock.
TEST_CASE("Nobody is turned away from a yard that has room, whatever else happens as its gate opens") {
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/tests/engine/watched/gate_turn_away.toml", {});
    REQUIRE(scenario.ok());
    const Simulated run(scenario::flat_text(scenario.value()));
    CHECK(run("containers_lost", "total") == 0.0);
    CHECK(run("yard_p95", "terminal.h") < 100.0);
}

TEST_CASE("Who stands before a closed gate at the end of the period is not stuck for want of room") {
    const Simulated run(alone("yard = { capacity = \"1 TEU\" }\ngate = { closed = [2020-01-02] }",
                              boxes_at("20:00:00") + "{ time = 2020-01-02T10:00:00 }, "));
    CHECK(run("waiting_for_room_at_end", "terminal.a") == 1.0);
    CHECK(run("yard_stuck_time", "terminal.a") == 0.0);
}

// Released at 10:00, discharged at 13:00, fetched at 19:00 at the earliest; the gate of b opens at 08:00.
TEST_CASE("Containers are collected while the gate is open") {
    std::string text = alone("", boxes_at("10:00:00"));
    const std::string b = "[terminal.b]\n";
    text.insert(text.find(b) + b.size(), "gate = { opening = [\"Mon-Sun 08:00-16:00\"] }\n");
    const Simulated run(text + "collected_after = \"6 h\"\n");
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 3.0);
    CHECK(run("dwell_mean", "terminal.b") == 19.0);
    CHECK(run("yard_mean", "terminal.b") == doctest::Approx(19 / 48.0));
    CHECK(run("collection_for_gate_mean", "terminal.b") == doctest::Approx(13 / 48.0));
}

// At the hub at 02:00 with three, room for one: 02-03 the first; the train of 06:00 takes it and 06-07 comes the
// second; the train of 12:00 takes that and 12-13 comes the last, for the train of 18:00.
TEST_CASE("A barge waits with its containers until trains have made room") {
    const Simulated run(
        hub("yard = { capacity = \"1 TEU\" }", "2020-01-01T06:00:00, 2020-01-01T12:00:00, 2020-01-01T18:00:00") +
        kBarge);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((7 + 13 + 19) / 3.0));
    CHECK(run("landing_wait_mean", "terminal.hub") == doctest::Approx((0 + 4 + 10) / 3.0));
    CHECK(run("landing_queue_mean", "terminal.hub") == doctest::Approx((4 + 10) / 48.0));
    CHECK(run("vehicles_blocked_mean", "terminal.hub.quay") == doctest::Approx(10 / 48.0));
    CHECK(run("turnaround_mean", "terminal.hub.quay") == 11.0);
    CHECK(run("crane_wait_mean", "terminal.hub.quay") == 0.0);
    CHECK(run("yard_full_share", "terminal.hub") == doctest::Approx(16 / 48.0));
    CHECK(run("yard_mean", "terminal.hub") == doctest::Approx((3 + 5 + 5) / 48.0));
    CHECK(run("yard_stuck_time", "terminal.hub") == 0.0);
}

// The same with a single train: the third container waits from 02:00 on, and nothing has moved since 06:00.
TEST_CASE("A yard that has come to a standstill says for how long") {
    const Simulated run(hub("yard = { capacity = \"1 TEU\" }", "2020-01-01T06:00:00") + kBarge);
    CHECK(run("containers_delivered", "demand.boxes") == 1.0);
    CHECK(run("containers_under_way", "demand.boxes") == 2.0);
    CHECK(run("yard_stuck_time", "terminal.hub") == 42.0);
    CHECK(run("waiting_for_room_at_end", "terminal.hub") == 1.0);
    CHECK(run("landing_queue_mean", "terminal.hub") == doctest::Approx((4 + 46) / 48.0));
    CHECK(run("vehicles_blocked_mean", "terminal.hub.quay") == doctest::Approx(46 / 48.0));
}

// The yard is full with what the barge is to take along: 02-04 it loads that, 04-06 it discharges what it has brought.
TEST_CASE("A vessel that finds the yard full takes its own containers on board first") {
    const Simulated run(hub("yard = { capacity = \"2 TEU\" }", "2020-01-01T10:00:00, 2020-01-01T11:00:00") + R"(
[service.barges]
route = ["a", "hub"]
directions = "round-trip"
vehicle = "barge"
departures = { times = [2020-01-01T01:00:00] }
[demand.boxes]
from = "a"
to = "inland"
releases = [{ time = 2020-01-01T00:00:00, containers = 2 }]
[demand.back]
from = "hub"
to = "a"
releases = [{ time = 2020-01-01T00:00:00, containers = 2 }]
)");
    CHECK(run("door_to_door_time_mean", "demand.back") == 7.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == (11 + 12) / 2.0);
    CHECK(run("landing_wait_mean", "terminal.hub") == (1 + 2) / 2.0);
    CHECK(run("turnaround_mean", "terminal.hub.quay") == 4.0);
}

// The barge of 02:00 brings three. At 03:00 the first has landed, ready at 05:00, so the train of 03:00 takes the
// second from the barge, 03-04; the others go by the trains of 08:00 and 09:00.
TEST_CASE("A train takes from a barge beside it, in one lift, who would have to change through the yard") {
    const std::string trains = "2020-01-01T03:00:00, 2020-01-01T08:00:00, 2020-01-01T09:00:00";
    const Simulated run(hub("transfer = \"direct\"\ntransfer_time = \"2 h\"", trains) + kBarge);
    CHECK(run("direct_transfers", "terminal.hub") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((9 + 5 + 10) / 3.0));
    CHECK(run("lifts", "terminal.hub.quay") == 3.0);
    CHECK(run("lifts", "terminal.hub.rail") == 2.0);
    CHECK(run("turnaround_mean", "terminal.hub.quay") == 3.0);
    CHECK(run("departures_late", "service.trains") == 1.0);
    CHECK(run("dwell_mean", "terminal.hub") == doctest::Approx((5 + 4) / 2.0));
    CHECK(run("containers_railed", "service.trains") == 3.0);
    const Simulated through_yard(hub("transfer_time = \"2 h\"", trains) + kBarge);
    CHECK(through_yard("containers_delivered", "demand.boxes") == 2.0);
    CHECK(through_yard("lifts", "terminal.hub.rail") == 2.0);
}

// Of three that the barge lands or hands over, 100 CNY each at the quay, one boards the train of 03:00 in that lift;
// the others pay 40 CNY a TEU for the rail crane. The barge has nothing to pay for at a.
TEST_CASE("A direct transfer is paid for, and emits, as one lift of the crane that makes it") {
    const std::string trains = "2020-01-01T03:00:00, 2020-01-01T08:00:00, 2020-01-01T09:00:00";
    const auto run = [&](const std::string& transfer) {
        return Simulated("currency = \"CNY\"\n" +
                         hub(transfer + "transfer_time = \"2 h\"\ncost = { quay_lift = \"100 CNY/lift\", rail_lift = "
                                        "\"40 CNY/TEU\" }\nemissions = { wtt = \"1 kg CO2e/lift\", ttw = \"4 kg "
                                        "CO2e/container\" }\n",
                             trains) +
                         kBarge);
    };
    const Simulated direct = run("transfer = \"direct\"\n");
    const std::string by_train = "demand.boxes.ride.trains.forward.hub.inland";
    CHECK(direct("taken_directly", by_train) == 1.0);
    CHECK(direct("taken_directly_teu", by_train) == 1.0);
    CHECK(direct("containers_carried", by_train) == 3.0);
    CHECK(direct("rides_lifted", "terminal.hub.quay") == direct("lifts", "terminal.hub.quay"));
    CHECK(direct("rides_lifted", "terminal.hub.rail") == direct("lifts", "terminal.hub.rail"));
    CHECK(direct("cost_of_lifts", "terminal.hub") == 3 * 100.0 + 2 * 40.0);
    CHECK(direct("cost_of_lifts", by_train) == 2 * 40.0);
    CHECK(direct("cost", "demand.boxes") == 380.0);
    CHECK(direct("emissions_wtt", "terminal.hub") == doctest::Approx(5e-3));   // lifts
    CHECK(direct("emissions_ttw", "terminal.hub") == doctest::Approx(12e-3));  // visits
    CHECK(direct("emissions", "demand.boxes") == doctest::Approx(17e-3));
    // Through the yard, one of them misses its train: two lifts for each of the others.
    CHECK(run("")("cost", "demand.boxes") == 3 * 100.0 + 2 * 40.0);
    CHECK(run("")("containers_railed", "service.trains") == 2.0);
}

// The barge of 02:00 brings three. The train of 02:30 takes the second from it, 03-04; the first lands at 03:00 and
// goes by the train of 08:00, the third lands at 05:00 and goes by that of 09:00.
TEST_CASE("Who goes from vessel to train in one lift has not dwelt in the yard, however short a transfer is") {
    for (const std::string transfer_time : {"0 h", "1 h"}) {
        const Simulated run(hub("transfer = \"direct\"\ntransfer_time = \"" + transfer_time + "\"",
                                "2020-01-01T02:30:00, 2020-01-01T08:00:00, 2020-01-01T09:00:00") +
                            kBarge);
        CHECK(run("direct_transfers", "terminal.hub") == 1.0);
        CHECK(run("dwell_mean", "terminal.hub") == (5 + 4) / 2.0);
    }
}

// Room for one: the second and third wait on board without it, and the train of 03:00 takes one of them straight away.
TEST_CASE("A direct transfer needs no room in the yard") {
    const Simulated run(hub("transfer = \"direct\"\nyard = { capacity = \"1 TEU\" }\ntransfer_time = \"1 h\"",
                            "2020-01-01T03:00:00, 2020-01-01T06:00:00, 2020-01-01T09:00:00") +
                        kBarge);
    CHECK(run("direct_transfers", "terminal.hub") == 1.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((5 + 7 + 10) / 3.0));
    CHECK(run("landing_wait_mean", "terminal.hub") == doctest::Approx((0 + 1 + 4) / 3.0));
    CHECK(run("vehicles_blocked_mean", "terminal.hub.quay") == doctest::Approx(4 / 48.0));
    CHECK(run("yard_full_share", "terminal.hub") == doctest::Approx(7 / 48.0));
}

// At a 0-3, away at once; at the hub the rail crane takes 5 h and there is room for one: 3-8, 8-13, 13-18. So the crane
// at a holds the second from 06:00 until 08:00, and the third, lifted 08-11, until 13:00.
TEST_CASE("A crane holds what it has loaded for a continuous service until the next yard has room") {
    const Simulated run(R"(
period = { start = 2020-01-01, end = 2020-01-03 }
[terminal.a]
quay_cranes = { count = 1, move_time = "3 h" }
[terminal.b]
quay_cranes = "unlimited"
rail_cranes = { count = 1, move_time = "5 h" }
yard = { capacity = "1 TEU" }
[terminal.c]
rail_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "1 km"
running_time = "0 h"
[link.b-c]
mode = "railway"
from = "b"
to = "c"
length = "1 km"
running_time = "0 h"
[vehicle.barge]
mode = "waterway"
capacity = "2 TEU"
[vehicle.wagon]
mode = "railway"
capacity = "2 TEU"
[service.wagons]
route = ["b", "c"]
directions = "one-way"
vehicle = "wagon"
departures = { continuous = true }
)" + departures("{ continuous = true }") +
                        "[demand.boxes]\nfrom = \"a\"\nto = \"c\"\nreleases = [" + boxes_at("00:00:00", 3) + "]\n");
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((8 + 13 + 18) / 3.0));
    CHECK(run("crane_blocked_share", "terminal.a.quay") == doctest::Approx((2 + 2) / 48.0));
    CHECK(run("crane_utilisation", "terminal.a.quay") == doctest::Approx(9 / 48.0));
    CHECK(run("yard_full_share", "terminal.b") == doctest::Approx(15 / 48.0));
}

// Discharged 02-03, 03-04, 04-05; a yard crane takes two hours to stack each: 03-05, 05-07, 07-09. Then it takes
// one out for the train of 08:00, 09-11.
TEST_CASE("A yard crane stacks what is discharged before it is ready, and takes it out before it is loaded") {
    const Simulated run(hub("yard_cranes = { count = 1, move_time = \"2 h\" }", "2020-01-01T08:00:00") + kBarge);
    CHECK(run("containers_delivered", "demand.boxes") == 1.0);
    CHECK(run("turnaround_mean", "terminal.hub.quay") == 3.0);
    CHECK(run("turnaround_mean", "terminal.hub.rail") == 3.0);  // the last is stacked until 09:00, then 09-11
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 12.0);
    CHECK(run("wait_mean", "service.trains") == 11.0 - 5.0);
    CHECK(run("lifts", "terminal.hub.yard") == 4.0);
    CHECK(run("lifts", "terminal.hub") == 4.0);  // of quay and rail alone
    CHECK(run("crane_wait_mean", "terminal.hub.yard") == (0 + 1 + 2 + 1) / 4.0);
    CHECK(run("crane_utilisation", "terminal.hub.yard") == 8 / 48.0);
}

// A yard is presumed to have room until a replication has been short of it: the first one is then simulated again.
TEST_CASE("What comes out does not hang on whether a yard was presumed to have room, or had been short of it before") {
    const std::string text =
        with_terminal_of(river(departures("{ headway = \"24 h\", first = 2020-01-01T12:00:00 }") +
                               "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nvolume = \"120 containers\"\n"),
                         "a", "quay_cranes = { count = 1, move_time = \"20 min\" }\nyard = { capacity = \"10 TEU\" }");
    const Simulated first(text);
    const auto full_share = *measure_catalog(first.model()).find("yard_full_share", "terminal.a");
    Simulator used(first.model());
    std::size_t short_of_room = 0;
    constexpr std::size_t kReplications = 30;
    for (std::size_t number = 0; number < kReplications; ++number) {
        const Outcome after_others = used.run(1, number);
        const Outcome alone = Simulator(first.model()).run(1, number);
        CHECK(after_others.fingerprint == alone.fingerprint);
        for (std::size_t m = 0; m < alone.measures.size(); ++m) {
            const bool is_same = after_others.measures[m] == alone.measures[m] ||
                                 (std::isnan(after_others.measures[m]) && std::isnan(alone.measures[m]));
            CHECK(is_same);
        }
        short_of_room += alone.measures[full_share] > 0.0 ? 1U : 0U;
    }
    CHECK(short_of_room > 0);
    CHECK(short_of_room < kReplications);
}

}  // namespace corridor
