// Empty containers: who takes one or waits for one, what comes back, and what is sent where it is missing.
#include <fstream>
#include <iterator>

#include "corridor/base/diagnostic.h"
#include "simulated.h"

namespace corridor {
namespace {

/// a and b, a day apart in either direction, for two weeks; every container leaves as soon as it is there.
std::string two_ports(const std::string& at_a, const std::string& at_b, const std::string& rest) {
    return "[period]\nstart = 2020-01-01\nend = 2020-01-15\n"
           "[terminal.a]\nquay_cranes = \"unlimited\"\nempties = " +
           at_a + "\n[terminal.b]\nquay_cranes = \"unlimited\"\nempties = " + at_b + R"(
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
)" + rest;
}

std::string demand(const std::string& id, const std::string& from, const std::string& to, const std::string& how) {
    return "[demand." + id + "]\nfrom = \"" + from + "\"\nto = \"" + to + "\"\n" + how + "\n";
}

std::string three_to_two() {
    const std::string empties = "release = \"even\"\ntakes_empties = true\nreturns_empties = true";
    return demand("exports", "a", "b", "rate = \"3 containers/d\"\n" + empties) +
           demand("imports", "b", "a", "rate = \"2 containers/d\"\n" + empties);
}

std::string releases(const std::string& list) { return "release = \"listed\"\nreleases = [" + list + "]\n"; }

}  // namespace

TEST_CASE("With three out and two back a day, a stock of ten lasts for eight days, and then everybody waits") {
    // At a one is taken at 04:00, 12:00 and 20:00, and one comes back at 06:00 and 18:00 from the second day on. The
    // evenings see 7, 6, 5, ..., 0 on the eighth day. The ninth begins with a shortage at 04:00, and so do all 18
    // releases from then on. The 12 who are served wait 2, 6, 10, ..., 46 h: 288 h. Six still wait at the end.
    const Simulated run(two_ports("{ stock = { ft20 = 10 } }", "{ stock = { ft20 = 10 } }", three_to_two()));
    CHECK(run("shortages", "demand.exports") == 18.0);
    CHECK(run("shortage_share", "demand.exports") == doctest::Approx(18.0 / 42));
    CHECK(run("empty_wait_mean", "demand.exports") == doctest::Approx(288.0 / 36));
    CHECK(run("empty_wait_max", "demand.exports") == 46.0);
    CHECK(run("empties_missing_at_end", "demand.exports") == 6.0);
    CHECK(run("shortages", "demand.imports") == 0.0);
    CHECK(run("shortages", "total") == 18.0);
    CHECK(run("shortage_share", "total") == doctest::Approx(18.0 / 70));
    CHECK(run("empties_missing_at_end", "total") == 6.0);
    // Container-hours at a: 204 on the first day, then 24 L - 12 from a level of L in the morning: 792 in all.
    CHECK(run("empties_mean", "terminal.a.ft20") == doctest::Approx(792.0 / 336));
    CHECK(run("empties_min", "terminal.a.ft20") == 0.0);
    CHECK(run("empties_at_end", "terminal.a.ft20") == 0.0);
    // Of 20 in all, none is at a, four travel, and b has the rest.
    CHECK(run("empties_at_end", "terminal.b.ft20") == 16.0);
    // The wait for an empty is part of the time from door to door; the yard sees nobody.
    CHECK(run("door_to_door_time_max", "demand.exports") == 24.0 + 38.0);
    CHECK(run("yard_max", "terminal.a") == 0.0);
}

TEST_CASE("By thresholds a terminal above its high level sends what one below its low level lacks") {
    // As before; in the morning of the fifth day a is down to 4 and b up to 11: one is sent, and arrives in the
    // morning after, when the same holds. Sent on days 5 to 14; the last arrives at the end of the run.
    const Simulated run(two_ports("{ stock = { ft20 = 10 }, low = { ft20 = 5 } }",
                                  "{ stock = { ft20 = 10 }, high = { ft20 = 10 } }",
                                  three_to_two() + "[empties]\npolicy = \"threshold\"\n"));
    CHECK(run("shortages", "total") == 0.0);
    CHECK(run("empties_min", "terminal.a.ft20") == 3.0);
    CHECK(run("empties_at_end", "terminal.a.ft20") == 3.0);
    CHECK(run("empties_repositioned", "total") == 9.0);
    CHECK(run("empties_repositioned_teu", "total") == 9.0);
    CHECK(run("empties_repositioned_teu_km", "total") == 1000.0);
    CHECK(run("containers_released", "empties.b.a") == 10.0);
    CHECK(run("containers_under_way", "empties.b.a") == 1.0);
    CHECK(run("containers_released", "total") == 70.0);  // of demands
    CHECK(run("containers_shipped", "service.line.backward.empty") == 10.0);
}

TEST_CASE("What travels to a terminal already counts there, and what containers wait for is lacking") {
    // Three are asked for at a at 10:00, where none is; the review at noon sends three, that of midnight no more.
    const Simulated run(
        two_ports("{}", "{ stock = { ft20 = 10 }, high = { ft20 = 0 } }",
                  demand("exports", "a", "b",
                         releases("{ time = 2020-01-01T10:00:00, containers = 3 }") + "takes_empties = true") +
                      "[empties]\npolicy = \"threshold\"\nreview = \"12 h\"\n"));
    CHECK(run("containers_released", "empties.b.a") == 3.0);
    CHECK(run("empty_wait_mean", "demand.exports") == 26.0);
    CHECK(run("door_to_door_time_mean", "demand.exports") == 50.0);
    CHECK(run("empties_at_end", "terminal.b.ft20") == 7.0);
}

TEST_CASE("Why containers wait is told of those of demands, not of empties that are repositioned") {
    // As above: three exports wait for 26 h and travel for 24 h each, after three empties that have come from b.
    const Simulated run(
        two_ports("{}", "{ stock = { ft20 = 10 }, high = { ft20 = 0 } }",
                  demand("exports", "a", "b",
                         releases("{ time = 2020-01-01T10:00:00, containers = 3 }") + "takes_empties = true") +
                      "[empties]\npolicy = \"threshold\"\nreview = \"12 h\"\n"),
        1, 0, kWithCauses);
    CHECK(run("containers_delivered", "empties.b.a") == 3.0);
    CHECK(run("waiting_time", "empty.demand.exports") == 3 * 26.0);
    CHECK(run("journey_time", "running.service.line.forward") == 3 * 24.0);
    CHECK(run("journey_time", "running.service.line.backward") == 0.0);
    const double all = run("waiting_time", "total") + run("journey_time", "total");
    CHECK(all == doctest::Approx(run("containers_in_system", "total") * 14 * 24));
}

TEST_CASE("With a look-ahead, what will be taken is lacking before it is asked for") {
    // Three at 10:00 on the third day: within the look-ahead of 48 h from the second midnight on, and there in time.
    const Simulated run(
        two_ports("{}", "{ stock = { ft20 = 10 }, high = { ft20 = 0 } }",
                  demand("exports", "a", "b",
                         releases("{ time = 2020-01-03T10:00:00, containers = 3 }") + "takes_empties = true") +
                      "[empties]\npolicy = \"plan\"\nlook_ahead = \"48 h\"\n"));
    CHECK(run("containers_released", "empties.b.a") == 3.0);
    CHECK(run("shortages", "demand.exports") == 0.0);
    CHECK(run("empties_mean", "terminal.a.ft20") == doctest::Approx(3 * 10.0 / 336));
}

TEST_CASE("Each size has a stock of its own, and only laden containers take time to be emptied") {
    // Two laden containers of 40 ft to b, back 24 h + 10 h after 06:00 on the first day; an empty one at once.
    const auto run = [](const std::string& empty_share) {
        return Simulated(two_ports("{ stock = { ft20 = 5, ft40 = 2 } }", "{}",
                                   demand("exports", "a", "b",
                                          releases("{ time = 2020-01-01T06:00:00, containers = 2 }") +
                                              "box_share = { ft40 = 1 }\ntakes_empties = true\nreturns_empties = "
                                              "true\nemptied_after = \"10 h\"\nempty_share = " +
                                              empty_share)));
    };
    const Simulated laden = run("0");
    CHECK(laden("empties_at_end", "terminal.a.ft20") == 5.0);
    CHECK(laden("empties_at_end", "terminal.a.ft40") == 0.0);
    CHECK(laden("empties_mean", "terminal.b.ft40") == doctest::Approx(2 * (336.0 - 40) / 336));
    CHECK(run("1")("empties_mean", "terminal.b.ft40") == doctest::Approx(2 * (336.0 - 30) / 336));
}

TEST_CASE("Who waited longest takes the next empty, whatever its demand") {
    // None at a. One of y at 01:00 and one of x at 02:00 wait for what comes from b at 24:00 and 25:00.
    const std::string takes = "takes_empties = true";
    const Simulated run(
        two_ports("{}", "{}",
                  demand("x", "a", "b", releases("{ time = 2020-01-01T02:00:00 }") + takes) +
                      demand("y", "a", "b", releases("{ time = 2020-01-01T01:00:00 }") + takes) +
                      demand("back", "b", "a",
                             releases("{ time = 2020-01-01T00:00:00 }, { time = 2020-01-01T01:00:00 }") +
                                 "returns_empties = true")));
    CHECK(run("empty_wait_mean", "demand.y") == 23.0);
    CHECK(run("empty_wait_mean", "demand.x") == 23.0);
    CHECK(run("empties_at_end", "terminal.a.ft20") == 0.0);
}

TEST_CASE("A container that goes by road takes an empty, and brings it") {
    const Simulated run(two_ports("{ stock = { ft20 = 1 } }", "{}",
                                  demand("exports", "a", "b",
                                         releases("{ time = 2020-01-02T00:00:00, containers = 2 }") +
                                             "takes_empties = true\nreturns_empties = true\nroad_time = \"6 h\"")));
    CHECK(run("containers_by_road", "demand.exports") == 1.0);
    CHECK(run("empties_missing_at_end", "demand.exports") == 1.0);
    CHECK(run("empties_mean", "terminal.b.ft20") == doctest::Approx((336.0 - 30) / 336));
}

TEST_CASE("A plan sends six containers for 13 TEU-km where the nearest first take 17") {
    // Three are too many at p and at q, two are missing at x, y and z. At 1 km/h a kilometre is an hour.
    //   p-x 1   p-y 2   p-z 9      nearest first: p-x 2, p-y 1, q-z 2, q-y 1 = 17
    //   q-x 2   q-y 7   q-z 3      plan:          p-x 1, p-y 2, q-x 1, q-z 2 = 13
    std::string text =
        "[period]\nstart = 2020-01-01\nend = 2020-01-15\n[vehicle.lighter]\nmode = \"waterway\"\n"
        "capacity = \"1 TEU\"\n";
    for (const std::string id : {"p", "q"}) {
        text += "[terminal." + id +
                "]\nquay_cranes = \"unlimited\"\n"
                "empties = { stock = { ft20 = 3 }, high = { ft20 = 0 } }\n";
    }
    for (const std::string id : {"x", "y", "z"}) {
        text += "[terminal." + id + "]\nquay_cranes = \"unlimited\"\nempties = { low = { ft20 = 2 } }\n";
    }
    const auto way = [](const std::string& from, const std::string& to, int km) {
        const std::string id = from + "-" + to;
        return "[link." + id + "]\nmode = \"waterway\"\nfrom = \"" + from + "\"\nto = \"" + to + "\"\nlength = \"" +
               std::to_string(km) + " km\"\nspeed = \"1 km/h\"\n[service." + id + "]\nroute = [\"" + from + "\", \"" +
               to + "\"]\nlinks = [\"" + id +
               "\"]\ndirections = \"one-way\"\nvehicle = \"lighter\"\ndepartures = { continuous = true }\n";
    };
    text +=
        way("p", "x", 1) + way("p", "y", 2) + way("p", "z", 9) + way("q", "x", 2) + way("q", "y", 7) + way("q", "z", 3);
    const Simulated plan(text + "[empties]\npolicy = \"plan\"\n");
    CHECK(plan("empties_repositioned", "total") == 6.0);
    CHECK(plan("empties_repositioned_teu_km", "total") == 13.0);
    CHECK(plan("containers_released", "empties.p.x") == 1.0);
    CHECK(plan("containers_released", "empties.p.y") == 2.0);
    CHECK(plan("containers_released", "empties.q.x") == 1.0);
    CHECK(plan("containers_released", "empties.q.z") == 2.0);
    const Simulated nearest(text + "[empties]\npolicy = \"threshold\"\n");
    CHECK(nearest("empties_repositioned", "total") == 6.0);
    CHECK(nearest("empties_repositioned_teu_km", "total") == 17.0);
}

TEST_CASE("Empties board after demands, or with them where they have their priority") {
    // A barge of two at 06:00. Two are sent at midnight, one of the demand is ready at 05:00.
    const auto rolled = [](const std::string& priority) {
        const Simulated run(river(
            departures(R"({ headway = "24 h", first = 2020-01-01T06:00:00 })") +
                listed("{ time = 2020-01-01T05:00:00, containers = 1 }") +
                "[terminal.a.empties]\nstock = { ft20 = 2 }\nhigh = { ft20 = 0 }\n[terminal.b.empties]\nlow = { ft20 "
                "= 2 }\n[empties]\npolicy = \"threshold\"\n" +
                priority,
            "2 TEU"));
        CHECK(run("empties_at_end", "terminal.b.ft20") == 2.0);
        return run("door_to_door_time_mean", "demand.boxes");
    };
    CHECK(rolled("") == 11.0);
    CHECK(rolled("priority = 0\n") == 35.0);
}

TEST_CASE("Totals of money, t-km and emissions have the repositioned empties, totals of containers do not") {
    std::ifstream file(CORRIDOR_SOURCE_DIR "/scenarios/examples/empties.toml");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto insert_behind = [&](const std::string& part, const std::string& more) {
        REQUIRE(text.find(part) != std::string::npos);
        text.insert(text.find(part) + part.size(), more);
    };
    insert_behind("cut_off = \"12 h\"\n", "cost = { tariff = \"1 CNY/TEU-km\" }\n");
    insert_behind("capacity = \"80 TEU\"", ", emissions = { wtt = \"2 g CO2e/t-km\", ttw = \"8 g CO2e/t-km\" }");
    const Simulated run("currency = \"CNY\"\n" + text);
    const std::string way = "empties.coast.upriver";
    REQUIRE(run("cost", way) > 0.0);
    const auto demands = [&](const std::string& measure) {
        return run(measure, "demand.exports") + run(measure, "demand.imports");
    };
    for (const std::string measure : {"cost", "tonne_km", "emissions", "emissions_wtt"}) {
        CHECK(run(measure, "total") == doctest::Approx(demands(measure) + run(measure, way)));
    }
    for (const std::string measure : {"containers_released", "containers_delivered", "containers_in_system"}) {
        CHECK(run(measure, "total") == doctest::Approx(demands(measure)));
    }
    CHECK(run("emissions_per_tonne_km", "total") == doctest::Approx(10.0));
}

}  // namespace corridor
