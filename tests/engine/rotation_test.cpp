// Rotations of several ports, and room that is kept for the next one.
#include "simulated.h"

namespace corridor {
namespace {

/// Yibin --- 5 h --- Luzhou --- 10 h --- Guoyuan, two barges of 10 TEU on the way down, at 06:00 and at 12:00.
///   at Yibin from 00:00   9 for Guoyuan, then 3 for Luzhou
///   at Luzhou from 00:00  5 for Guoyuan
std::string rotation(const std::string& more) {
    const auto demand = [](const std::string& id, const std::string& from, const std::string& to, int count) {
        return "[demand." + id + "]\nfrom = \"" + from + "\"\nto = \"" + to +
               "\"\nreleases = [{ time = 2020-01-01, containers = " + std::to_string(count) + " }]\n";
    };
    return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
yibin = { quay_cranes = "unlimited" }
luzhou = { quay_cranes = "unlimited" }
guoyuan = { quay_cranes = "unlimited" }
[link]
upper = { mode = "waterway", from = "yibin", to = "luzhou", length = "100 km", speed = "20 km/h" }
lower = { mode = "waterway", from = "luzhou", to = "guoyuan", length = "200 km", speed = "20 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "10 TEU"
[service.river]
route = ["yibin", "luzhou", "guoyuan"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] }
)" + more + "\n" +
           demand("a", "yibin", "guoyuan", 9) + demand("b", "yibin", "luzhou", 3) + demand("c", "luzhou", "guoyuan", 5);
}

const std::string kYibin = "service.river.forward.yibin";
const std::string kLuzhou = "service.river.forward.luzhou";

}  // namespace

TEST_CASE("Without a plan the first port fills the barge, and the next one is left behind") {
    // 06:00  9 for Guoyuan and 1 for Luzhou; there 1 lands and 1 of 5 boards
    // 12:00  2 for Luzhou; there 2 land and 4 board
    const Simulated run(rotation(""));
    CHECK(run("left_behind_mean", kYibin) == 2.0 / 2);
    CHECK(run("left_behind_mean", kLuzhou) == 4.0 / 2);
    CHECK(run("wait_mean", kLuzhou) == doctest::Approx((1 * 11.0 + 4 * 17.0) / 5));
    CHECK_FALSE(measure_catalog(run.model()).find("held_back_mean", kYibin));
}

TEST_CASE("Priorities at the first port do not count again at the next, where all are alike") {
    // The three urgent ones for Luzhou board first, then seven of the nine; at Luzhou three of the five take their
    // places. The second barge takes two and three.
    std::string text = rotation("");
    text.insert(text.find("from = \"yibin\"\nto = \"luzhou\""), "priority = 1\n");
    const Simulated run(text);
    CHECK(run("containers_boarded", kYibin) == 12.0);
    CHECK(run("containers_boarded", kLuzhou) == 5.0);
    CHECK(run("containers_shipped", "service.river") == 17.0);
    CHECK(run("wait_mean", kYibin) == doctest::Approx((3 * 6.0 + 7 * 6.0 + 2 * 12.0) / 12));
}

TEST_CASE("Room kept for the next port is left free by those who ride on from there, and by no others") {
    // Four places for Luzhou. 06:00: 6 for Guoyuan, 3 stay for want of room that is not kept; 3 for Luzhou take of it.
    // At 11:00 they land, and of 5 at Luzhou 4 board. 12:00: the other 3; at 17:00 the last of Luzhou.
    for (const std::string kept : {"\"4 TEU\"", "0.4"}) {
        const Simulated run(rotation("keep_room = { luzhou = " + kept + " }"));
        CHECK(run("left_behind_mean", kYibin) == 3.0 / 2);
        CHECK(run("held_back_mean", kYibin) == 3.0 / 2);
        CHECK(run("left_behind_mean", kLuzhou) == 1.0 / 2);
        CHECK_FALSE(measure_catalog(run.model()).find("held_back_mean", kLuzhou));
        CHECK(run("teu_per_departure", kYibin) == (9.0 + 3.0) / 2);
        CHECK(run("teu_per_departure", kLuzhou) == (10.0 + 4.0) / 2);
        CHECK(run("wait_mean", kYibin) == doctest::Approx((6 * 6.0 + 3 * 12.0 + 3 * 6.0) / 12));
        CHECK(run("wait_mean", kLuzhou) == doctest::Approx((4 * 11.0 + 1 * 17.0) / 5));
    }
}

TEST_CASE("Who finds a barge really full is not held back by kept room") {
    // Two places are kept; Yibin's 8 for Guoyuan leave them, and 2 of 3 for Luzhou take them. One is held back of the
    // nine, one stays because the barge is full.
    const Simulated run(rotation("keep_room = { luzhou = \"2 TEU\" }"));
    CHECK(run("left_behind_mean", kYibin) == 2.0 / 2);
    CHECK(run("held_back_mean", kYibin) == 1.0 / 2);
    CHECK(run("full_share", kYibin) == 0.5);
}

TEST_CASE("All of a barge may be kept: then nobody rides through") {
    const Simulated run(rotation("keep_room = { luzhou = \"10 TEU\" }"));
    CHECK(run("containers_delivered", "demand.a") == 0.0);
    CHECK(run("containers_delivered", "demand.b") == 3.0);
    CHECK(run("wait_max", kLuzhou) == 11.0);
}

TEST_CASE("Room is kept for a port on the way back, too") {
    // Upstream 10 + 5 h. Four places for Luzhou: of 9 from Guoyuan to Yibin, 6 board.
    std::string text = rotation("keep_room = { luzhou = \"4 TEU\" }");
    text.replace(text.find("\"one-way\""), 9, "\"each\"");
    text += "[demand.up]\nfrom = \"guoyuan\"\nto = \"yibin\"\nreleases = [{ time = 2020-01-01, containers = 9 }]\n";
    const Simulated run(text);
    CHECK(run("held_back_mean", "service.river.backward.guoyuan") == 3.0 / 2);
    CHECK(run("teu_per_departure", "service.river.backward.guoyuan") == (6.0 + 3.0) / 2);
}

}  // namespace corridor
