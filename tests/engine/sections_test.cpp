// What trains and vessels wait for on the way: paths, headways, the other direction, closures; worked out by hand.
#include <algorithm>

#include "corridor/model/balance.h"
#include "simulated.h"

namespace corridor {
namespace {

/// A railway of 100 km and two hours between a and b, with trains that leave either end at these times of 1 January.
std::string railway(const std::string& link, const std::string& from_a, const std::string& from_b = "") {
    const auto service = [](const std::string& id, const std::string& route, const std::string& times) {
        return times.empty()
                   ? std::string{}
                   : "[service." + id + "]\nroute = [" + route +
                         "]\ndirections = \"one-way\"\nvehicle = \"train\"\ndepartures = { times = [" + times + "] }\n";
    };
    return R"(
[period]
start = 2020-01-01
end = 2020-01-08
[terminal.a]
rail_cranes = "unlimited"
[terminal.b]
rail_cranes = "unlimited"
[vehicle.train]
mode = "railway"
capacity = "80 TEU"
[link.line]
mode = "railway"
from = "a"
to = "b"
length = "100 km"
speed = "50 km/h"
)" + link + "\n" +
           service("out", "\"a\", \"b\"", from_a) + service("back", "\"b\", \"a\"", from_b);
}

}  // namespace

TEST_CASE("On a single track two trains meet at the crossing place") {
    // Sections of an hour. A from 00:00, in the first until 01:00; B from 00:30, in the second until 01:30. A waits at
    // the crossing place from 01:00 to 01:30; B finds the first section free. A is there at 02:30, B too.
    const Simulated run(railway("tracks = 1\ncrossing_places = 1", at("00:00"), at("00:30")));
    CHECK(run("running_time_mean", "service.out.forward") == doctest::Approx(2.5));
    CHECK(run("running_time_mean", "service.back.forward") == doctest::Approx(2.0));
    CHECK(run("section_wait_mean", "link.line.forward") == doctest::Approx(0.5));
    CHECK(run("section_wait_mean", "link.line.backward") == 0.0);
    CHECK(run("link_passages", "link.line.forward") == 1.0);
}

TEST_CASE("Without a crossing place the second waits at its end, with enough tracks nobody does") {
    const Simulated single(railway("tracks = 1", at("00:00"), at("00:30")));
    CHECK(single("section_wait_mean", "link.line.backward") == doctest::Approx(1.5));
    CHECK(single("running_time_mean", "service.back.forward") == doctest::Approx(3.5));
    const Simulated twofold(railway("tracks = 2\nheadway = \"1 min\"", at("00:00"), at("00:30")));
    CHECK(twofold("link_wait_mean", "link.line.backward") == 0.0);
}

TEST_CASE("Trains follow each other at the headway, and nobody overtakes who came first") {
    // Out at 00:00, 00:05 and 00:20, ten minutes apart; B asks at 00:15, before the third: it goes at 02:10, when both
    // are through, and the third at 04:10.
    const Simulated run(railway("tracks = 1\nheadway = \"10 min\"",
                                at("00:00") + ", " + at("00:05") + ", " + at("00:20"), at("00:15")));
    CHECK(run("path_wait_mean", "link.line.forward") == doctest::Approx(5.0 / 3 * kMinute));
    CHECK(run("section_wait_mean", "link.line.backward") == doctest::Approx(115 * kMinute));
    CHECK(run("section_wait_mean", "link.line.forward") == doctest::Approx(230.0 / 3 * kMinute));
    CHECK(run("link_wait_mean", "link.line.forward") == doctest::Approx(235.0 / 3 * kMinute));
}

TEST_CASE("Dense traffic on a single track with crossing places never stands still") {
    std::string there;
    std::string back;
    for (int hour = 0; hour < 20; ++hour) {
        const std::string time = at((hour < 10 ? "0" : "") + std::to_string(hour) + ":00");
        there += (hour > 0 ? ", " : "") + time;
        back += (hour > 0 ? ", " : "") + time;
    }
    const Simulated run(railway("tracks = 1\ncrossing_places = 3\nheadway = \"5 min\"", there, back));
    CHECK(run("link_passages", "link.line.forward") == 20.0);
    CHECK(run("link_passages", "link.line.backward") == 20.0);
}

TEST_CASE("A train takes the next path that nobody has taken") {
    // Paths at full hours. 00:30 and 00:40 take 01:00 and 02:00; 02:00 finds its path taken and takes 03:00.
    const Simulated run(railway("paths_per_day = 24", at("00:30") + ", " + at("00:40") + ", " + at("02:00")));
    CHECK(run("path_wait_mean", "link.line.forward") == doctest::Approx((30 + 80 + 60) / 3.0 * kMinute));
    const Simulated punctual(railway("paths_per_day = 24", at("00:00") + ", " + at("01:00")));
    CHECK(punctual("link_wait_mean", "link.line.forward") == 0.0);
}

TEST_CASE("Paths are counted from midnight, whenever the run begins") {
    // A warm-up of 90 minutes: the run begins at 22:30, paths are at 00:00, 08:00, 16:00 all the same.
    std::string text = railway("paths_per_day = 3", at("07:00"));
    text.insert(text.find("[terminal.a]"), "warm_up = \"90 min\"\n");
    CHECK(Simulated(text)("path_wait_mean", "link.line.forward") == doctest::Approx(1.0));
}

TEST_CASE("Nobody enters a closed link, and who is under way goes on") {
    // Open 06:00 - 22:00. 21:59 runs through the night; 22:00 and 23:00 wait until 06:00.
    const Simulated run(
        railway("opening = [\"Mon-Sun 06:00-22:00\"]", at("21:59") + ", " + at("22:00") + ", " + at("23:00")));
    CHECK(run("closure_wait_mean", "link.line.forward") == doctest::Approx((0 + 8 + 7) / 3.0));
    const Simulated flood(railway("closed = [\"2020-01-02/2020-01-04\"]", at("23:59") + ", 2020-01-02T12:00:00"));
    CHECK(flood("closure_wait_mean", "link.line.forward") == doctest::Approx(36.0 / 2));
}

TEST_CASE("Extra time is that of its law, whatever the sections") {
    const Simulated fixed(railway("tracks = 1\ncrossing_places = 2\nextra_time = \"20 min\"", at("00:00")));
    CHECK(fixed("running_time_mean", "service.out.forward") == doctest::Approx(2.0 + 20 * kMinute));
    // 168 trains, exponential: the mean lies within four standard errors.
    std::string text = railway("extra_time = { law = \"exponential\", mean = \"30 min\" }", at("00:00"));
    const std::string times = "times = [" + at("00:00") + "]";
    text.replace(text.find(times), times.size(), "headway = \"1 h\", first = 2020-01-01T00:00:00");
    const Simulated random(text);
    const double mean = random("running_time_mean", "service.out.forward") - 2.0;
    CHECK(mean == doctest::Approx(0.5).epsilon(4 / 12.9));
    CHECK(mean != doctest::Approx(0.5).epsilon(1e-6));
}

TEST_CASE("Vessels take turns on a reach with alternating traffic") {
    // Ten hours each way: the vessel from b at 03:00 waits until the one from a is through at 10:00.
    std::string text = river(departures("{ times = [2020-01-01T00:00:00] }") + R"([service.back]
route = ["b", "a"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-01T03:00:00] }
)");
    text.insert(text.find("speed ="), "traffic = \"alternating\"\n");
    CHECK(Simulated(text)("section_wait_mean", "link.a-b.backward") == doctest::Approx(7.0));
}

TEST_CASE("The static balance knows paths, headways and closures") {
    // A headway of an hour, open 16 hours a day: 112 trains a week. One leaves.
    const Simulated run(railway("headway = \"1 h\"\nopening = [\"Mon-Sun 06:00-22:00\"]", at("12:00")));
    const auto loads = model::static_balance(run.model());
    const auto line = std::find_if(loads.begin(), loads.end(),
                                   [](const model::Load& load) { return load.subject == "link.line.forward"; });
    REQUIRE(line != loads.end());
    CHECK(line->capacity == doctest::Approx(112.0));
    CHECK(line->offered == doctest::Approx(1.0));
}

}  // namespace corridor
