// Low water, worked out by hand.
#include "simulated.h"

namespace corridor {
namespace {

/// Barges of 3,120 t that lie 1.1 m deep empty and 3.5 m loaded: 130 t for each 0.1 m.
std::string low_water(const std::string& depth, const std::string& rest) {
    std::string text = river(
        "payload = \"3120 t\"\ndraught_empty = \"1.1 m\"\ndraught_loaded = \"3.5 m\"\n"
        "keel_clearance = \"0.2 m\"\n" +
            rest,
        "400 TEU");
    text.insert(text.find("speed ="), depth + "\n");
    return text;
}

const std::string kThreeHundred = listed("{ time = 2020-01-01T00:00:00, containers = 300 }",
                                         "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }");

std::string daily() { return departures("{ headway = \"24 h\", first = 2020-01-01T06:00:00 }"); }

}  // namespace

TEST_CASE("A ship of 3,000 t takes 130 t more for each 0.1 m of depth") {
    // 3.0 m of water leave 2.8 m for the ship: 1.7 m x 1,300 t/m = 2,210 t, 170 containers of 13 t. The others go next.
    const Simulated run(low_water("depth = \"3.0 m\"", daily() + kThreeHundred));
    CHECK(run("depth_payload_mean", "service.line.forward") == doctest::Approx(2210.0));
    CHECK(run("left_behind_mean", "service.line.forward") == doctest::Approx(130.0 / 31));
    CHECK(run("containers_rolled", "service.line.forward") == 130.0);
    CHECK(run("depth_bound_share", "service.line.forward") == doctest::Approx(1.0 / 31));
    const Simulated deeper(low_water("depth = \"3.1 m\"", daily() + kThreeHundred));
    CHECK(deeper("depth_payload_mean", "service.line.forward") == doctest::Approx(2340.0));
    CHECK(deeper("containers_rolled", "service.line.forward") == 120.0);
    const Simulated enough(low_water("depth = \"3.7 m\"", daily() + kThreeHundred));
    CHECK(enough("depth_payload_mean", "service.line.forward") == doctest::Approx(3120.0));
    CHECK(enough("depth_bound_share", "service.line.forward") == 0.0);
}

TEST_CASE("A ship that has loaded more than the falling water carries waits until it floats") {
    // Loaded from 00:00 until 08:00 for 3.0 m; from 07:00 on there are 2.0 m, from 3 January 06:00 on 3.0 m again.
    std::string text = low_water(
        "depth = [{ from = 2020-01-01, depth = \"3.0 m\" }, { from = 2020-01-01T07:00:00, depth "
        "= \"2.0 m\" }, { from = 2020-01-03T06:00:00, depth = \"3.0 m\" }]",
        departures("{ times = [2020-01-01T06:00:00] }", "cut_off = \"6 h\"") + kThreeHundred);
    text.replace(text.find("quay_cranes = \"unlimited\""), 25,
                 "quay_cranes = { count = \"unlimited\", move_time = \"8 h\" }");
    const Simulated run(text);
    CHECK(run("depth_wait_mean", "link.a-b.forward") == doctest::Approx(46.0));
    CHECK(run("running_time_mean", "service.line.forward") == doctest::Approx(56.0));
}

// Two come to a link that is closed until the 4th: with 1,300 t, which 1.5 m from the 3rd until the 20th do not carry,
// and empty.
TEST_CASE("Whether a ship floats is asked again when it may enter, and others go ahead of who does not") {
    const std::string link =
        "closed = [\"2020-01-01/2020-01-04\"]\ndepth = [{ from = 2020-01-01, depth = \"3.0 m\" }, "
        "{ from = 2020-01-03, depth = \"1.5 m\" }, { from = 2020-01-20, depth = \"3.0 m\" }]";
    const Simulated run(low_water(link, departures("{ times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] }") +
                                            listed("{ time = 2020-01-01T00:00:00, containers = 100 }",
                                                   "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }")));
    CHECK(run("closure_wait_mean", "link.a-b.forward") == (66 + 60) / 2.0);
    CHECK(run("depth_wait_mean", "link.a-b.forward") == (16 * 24 + 0) / 2.0);
    CHECK(run("running_time_mean", "service.line.forward") == 10.0 + (66 + 16 * 24 + 60) / 2.0);
    CHECK(run("door_to_door_time_mean", "demand.boxes") == 19 * 24 + 10.0);
}

TEST_CASE("Depths by month hold until the next month that is given") {
    const Simulated run(
        low_water("depth_by_month = { 2019-12 = \"3.0 m\", 2020-02 = \"2.5 m\" }", daily() + kThreeHundred));
    CHECK(run("depth_payload_mean", "service.line.forward") == doctest::Approx(2210.0));
}

TEST_CASE("Nobody is called for a load that no ship can carry until the water rises") {
    // A container of 13 t; 1.3 m carry nothing, 2.0 m from 5 January on do.
    const Simulated run(
        low_water("depth = [{ from = 2020-01-01, depth = \"1.3 m\" }, { from = 2020-01-05, depth = \"2.0 "
                  "m\" }]",
                  departures("{ when_ready = true }", "minimum_load = \"1 TEU\"\nlongest_wait = \"6 h\"") +
                      listed("{ time = 2020-01-01T00:00:00, containers = 1 }",
                             "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }")));
    CHECK(run("departures_run", "service.line") == 1.0);
    CHECK(run("wait_mean", "service.line.forward") == doctest::Approx(96.0));
}

}  // namespace corridor
