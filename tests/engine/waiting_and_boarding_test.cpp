// Who waits, who boards, who is left behind: small histories that can be followed with a pencil.
#include <cmath>

#include "simulated.h"

namespace corridor {

TEST_CASE("A container that is ready at the instant of a departure is on it") {
    // Departures at 06:00 each day. A container at 06:00 leaves at once; one a millisecond later waits a day.
    const auto wait = [](const std::string& time) {
        const Simulated run(river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
                                  listed("{ time = " + time + ", containers = 1 }")));
        return run("wait_mean", "service.line.forward");
    };
    CHECK(wait("2020-01-02T06:00:00") == 0.0);
    CHECK(wait("2020-01-02T06:00:00.001") == doctest::Approx(24.0 - 1.0 / 3.6e6).epsilon(1e-12));
}

TEST_CASE("A list that closes before departure counts into the waiting") {
    // Cut-off six hours: ready at midnight for the 06:00 departure, on board; ready at 00:01, a day later.
    const std::string service =
        departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })", R"(cut_off = "6 h")");
    const Simulated in_time(river(service + listed("{ time = 2020-01-02T00:00:00, containers = 1 }")));
    CHECK(in_time("wait_mean", "service.line.forward") == 6.0);
    CHECK(in_time("door_to_door_time_mean", "demand.boxes") == 16.0);
    const Simulated too_late(river(service + listed("{ time = 2020-01-02T00:01:00, containers = 1 }")));
    CHECK(too_late("wait_mean", "service.line.forward") == doctest::Approx(30.0 - 1.0 / 60.0));
}

TEST_CASE("Departures whose list would have closed before the run are not served, however many they are") {
    // Every second for a month, closing a million hours before: a list in 1905.
    const std::string boxes = listed("{ time = 2020-01-01T00:00:00, containers = 1 }");
    const Simulated none(
        river(departures(R"({ headway = "1 s", first = 2020-01-01 })", R"(cut_off = "1000000 h")") + boxes));
    CHECK(none("departures_run", "service.line") == 0.0);
    // With six hours, departures from 06:00 on are served: six fewer than there are hours.
    const Simulated some(river(departures(R"({ headway = "1 h", first = 2020-01-01 })", R"(cut_off = "6 h")") + boxes));
    CHECK(some("departures_run", "service.line") == 31 * 24.0 - 6.0);
}

TEST_CASE("Who was left behind goes first") {
    // Room for 2. Three containers at 01:00 and two at 07:00; departures at 06:00, 12:00, 18:00.
    //   06:00  two of 01:00      12:00  the third of 01:00, one of 07:00      18:00  the last
    const Simulated run(
        river(departures(R"({ times = [2020-01-01T06:00:00, 2020-01-01T12:00:00, 2020-01-01T18:00:00] })") +
                  listed("{ time = 2020-01-01T01:00:00, containers = 3 }, "
                         "{ time = 2020-01-01T07:00:00, containers = 2 }"),
              "2 TEU"));
    const std::string line = "service.line.forward";
    CHECK(run("wait_mean", line) == doctest::Approx((5 + 5 + 11 + 5 + 11) / 5.0));
    CHECK(run("wait_min", line) == 5.0);
    CHECK(run("wait_max", line) == 11.0);
    CHECK(run("containers_rolled", line) == 2.0);
    CHECK(run("left_behind_mean", line) == doctest::Approx((1 + 1 + 0) / 3.0));
    CHECK(run("left_behind_share", line) == doctest::Approx(2.0 / 3.0));
    CHECK(run("full_share", line) == doctest::Approx(2.0 / 3.0));
    CHECK(run("load_factor", line) == doctest::Approx(5.0 / 6.0));
}

TEST_CASE("A container that does not fit is passed over, and a smaller one behind it takes the place") {
    // Room for 3 TEU, in the order of the terminals' demands: two of 40 ft, then one of 20 ft. The first departure
    // takes a 40 ft and the 20 ft; the second takes the other 40 ft.
    const std::string two_sizes = R"(
[demand.forty]
from = "a"
to = "b"
release = "listed"
releases = [{ time = 2020-01-01T01:00:00, containers = 2 }]
box_share = { ft40 = 1.0 }
[demand.twenty]
from = "a"
to = "b"
release = "listed"
releases = [{ time = 2020-01-01T02:00:00, containers = 1 }]
)";
    const Simulated run(
        river(departures(R"({ times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] })") + two_sizes, "3 TEU"));
    CHECK(run("door_to_door_time_mean", "demand.twenty") == 14.0);
    CHECK(run("door_to_door_time_mean", "demand.forty") == doctest::Approx((15.0 + 21.0) / 2));
    CHECK(run("teu_shipped", "service.line") == 5.0);
    CHECK(run("containers_shipped", "service.line") == 3.0);
}

TEST_CASE("The payload of a vehicle binds like its room") {
    const std::string text =
        river(departures(R"({ times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] })") +
              listed("{ time = 2020-01-01T01:00:00, containers = 3 }", "tonnes_per_teu = \"20 t/TEU\""));
    const std::string limited = "payload = \"45 t\"\n";
    std::string with_limit = text;
    with_limit.insert(with_limit.find("capacity ="), limited);
    CHECK(Simulated(text)("wait_max", "service.line.forward") == 5.0);
    CHECK(Simulated(with_limit)("wait_max", "service.line.forward") == 11.0);
}

// 100 t carry ten of 10 t: of 35 the first three departures take ten each. Where others of 2 t board too, a vehicle
// with nine has room for one of those, and one with ten has not.
TEST_CASE("A vehicle whose payload is used up is full, whatever room is left") {
    const auto full_share = [](int containers, const std::string& more) {
        std::string text = river(departures("{ headway = \"24 h\", first = 2020-01-01T06:00:00 }") +
                                 listed("{ time = 2020-01-01, containers = " + std::to_string(containers) + " }",
                                        "tonnes_per_teu = \"10 t/TEU\"\nbox_share = { ft20 = 1 }") +
                                 more);
        text.insert(text.find("capacity ="), "payload = \"100 t\"\n");
        return Simulated(text)("full_share", "service.line.forward");
    };
    CHECK(full_share(35, "") == doctest::Approx(3.0 / 31));
    const std::string light =
        "[demand.light]\nfrom = \"a\"\nto = \"b\"\ntonnes_per_teu = \"2 t/TEU\"\nbox_share = { ft20 = 1 }\n"
        "releases = [{ time = 2020-01-31T23:00:00 }]\n";
    CHECK(full_share(39, light) == doctest::Approx(3.0 / 31));
    CHECK(full_share(40, light) == doctest::Approx(4.0 / 31));
}

// 105 t carry ten of 10 t, and nobody weighs 5 t.
TEST_CASE("A barge that leaves when full does so when nobody can be added by weight") {
    std::string text =
        river(departures("{ when_full = true }") + listed("{ time = 2020-01-01T01:00:00, containers = 9 }, "
                                                          "{ time = 2020-01-01T03:00:00, containers = 1 }",
                                                          "tonnes_per_teu = \"10 t/TEU\"\nbox_share = { ft20 = 1 }"));
    text.insert(text.find("capacity ="), "payload = \"105 t\"\n");
    CHECK(Simulated(text)("wait_max", "service.line.forward") == 2.0);
}

TEST_CASE("N05: what happens at the end of the period is not counted, what happens at its start is") {
    const std::string boxes = listed("{ time = 2020-01-01T00:00:00, containers = 1 }");
    // The barge sails ten hours and arrives exactly at the end of January, or a millisecond before it.
    const Simulated at_end(river(departures("{ times = [2020-01-31T14:00:00] }") + boxes));
    CHECK(at_end("containers_shipped", "total") == 1.0);
    CHECK(at_end("containers_delivered", "total") == 0.0);
    const Simulated before_end(river(departures("{ times = [2020-01-31T13:59:59.999] }") + boxes));
    CHECK(before_end("containers_delivered", "total") == 1.0);
    const Simulated at_start(river(departures("{ times = [2020-01-01T00:00:00] }") + boxes));
    CHECK(at_start("containers_shipped", "total") == 1.0);
}

TEST_CASE("The yard of a month is a mean over time, however short the period") {
    // Two containers in the yard from 01:10 until the barge leaves at 01:40; half an hour of the one hour from 01:00.
    std::string text = river(departures("{ times = [2020-01-01T01:40:00] }") +
                             listed("{ time = 2020-01-01T01:10:00, containers = 2 }"));
    const std::string plain = "start = 2020-01-01\nend = 2020-02-01\n";
    text.replace(text.find(plain), plain.size(), "start = 2020-01-01T01:00:00\nend = 2020-01-01T02:00:00\n");
    const Simulated run(text);
    CHECK(run("yard_mean", "terminal.a") == 1.0);
    CHECK(run("yard_mean", "terminal.a.2020-01") == 1.0);
}

TEST_CASE("N04: room for all gives the same result to the last digit, however much room that is") {
    const auto run = [](const std::string& capacity) {
        return Simulated(river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
                                   "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"40 containers/d\"\n",
                               capacity));
    };
    const Simulated ample = run("1000 TEU");
    const Simulated endless = run("100000000 TEU");
    CHECK(ample("door_to_door_time_mean", "demand.boxes") == endless("door_to_door_time_mean", "demand.boxes"));
    CHECK(ample("wait_p95", "service.line.forward") == endless("wait_p95", "service.line.forward"));
}

TEST_CASE("N01: a run without containers ends, and means of nothing are not numbers") {
    const Simulated run(river(departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
                              "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"0 containers/h\"\n"));
    CHECK(run("departures_run", "service.line") == 31.0);
    CHECK(run("containers_delivered", "total") == 0.0);
    CHECK(std::isnan(run("wait_mean", "service.line.forward")));
}

}  // namespace corridor
