// Vessels that several lines share.
#include "engine/fleets.h"

#include "corridor/model/balance.h"

namespace corridor {
namespace {

std::string findings_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    std::string found;
    for (const Diagnostic& d : model.diagnostics()) {
        if (d.severity == Severity::error) found += d.path + ": " + d.message + "; " + d.hint + "\n";
    }
    return found;
}

}  // namespace

TEST_CASE("Two lines run with one barge: where it ends a trip it waits for a departure of either") {
    // a 06:00 -> b 16:00, waits; b 06:00 on the 2nd -> a 16:00. 20 h of trips.
    const Simulated run(corridor_of(
        "vehicles = { a = 1 }", from_to("a", "b", "2020-01-01T06:00:00") + from_to("b", "a", "2020-01-02T06:00:00")));
    CHECK(run("departures_run", "service.ab") == 1.0);
    CHECK(run("lateness_mean", "service.ba.forward") == 0.0);
    CHECK(run("fleet_utilisation", "fleet.pool") == doctest::Approx(20.0 / 744));
    CHECK(run("empty_runs", "fleet.pool") == 0.0);
    CHECK_FALSE(measure_catalog(run.model()).find("fleet_utilisation", "service.ab"));
}

TEST_CASE("Of departures of several lines that wait for a barge, the earliest has the next") {
    // The only barge is back at a on the 2nd at 02:00. The line to b has waited since 08:00, that to c since 07:00.
    //   02:00 -> c 17:00; c 18:00 -> a on the 3rd at 09:00 -> b
    const Simulated run(corridor_of(
        "vehicles = { a = 1 }",
        from_to("a", "b", "2020-01-01T06:00:00, 2020-01-01T08:00:00") + from_to("b", "a", "2020-01-01T16:00:00") +
            from_to("a", "c", "2020-01-01T07:00:00") + from_to("c", "a", "2020-01-02T18:00:00")));
    CHECK(run("lateness_mean", "service.ac.forward") == 19.0);
    CHECK(run("lateness_mean", "service.ab.forward") == doctest::Approx((0.0 + 49.0) / 2));
}

TEST_CASE("A departure that finds no barge fetches the one that waits nearest") {
    // b at 12:00. The barge at c is 5 h away, that at a 10 h: five hours late, or, called five hours before, on time.
    // On the 21st c, whose barge is gone, fetches the one that has come to b.
    const auto late = [](const std::string& policy, const std::string& more) {
        const Simulated run(corridor_of("vehicles = { a = 1, c = 1 }\nrepositioning = \"" + policy + "\"",
                                        from_to("b", "a", "2020-01-01T12:00:00", more) +
                                            from_to("a", "b", "2020-01-20T12:00:00") +
                                            from_to("c", "b", "2020-01-21T12:00:00")));
        CHECK(run("empty_vehicle_km", "fleet.pool") == (policy == "none" ? 0.0 : 50.0 + 50.0));
        return run("lateness_mean", "service.ba.forward");
    };
    CHECK(late("on-demand", "") == 5.0);
    CHECK(late("on-demand", "cut_off = \"5 h\"") == 0.0);
    CHECK(late("on-demand", "cut_off = \"4 h\"") == 1.0);
    CHECK(late("none", "") == 19 * 24.0 + 10.0);  // until the barge from a is there on the 20th at 22:00
}

TEST_CASE("A departure that would be cancelled waits where a barge can be fetched") {
    const auto run = [](const std::string& policy) {
        return Simulated(corridor_of("vehicles = { a = 1 }\nrepositioning = \"" + policy + "\"",
                                     from_to("b", "a", "2020-01-01T12:00:00", "no_vehicle = \"cancel\"") +
                                         from_to("a", "b", "2020-01-20T12:00:00")));
    };
    const Simulated none = run("none");
    CHECK(none("departures_cancelled", "service.ba") == 1.0);
    const Simulated fetched = run("on-demand");
    CHECK(fetched("departures_cancelled", "service.ba") == 0.0);
    CHECK(fetched("lateness_mean", "service.ba.forward") == 10.0);
    // 100 km empty, 100 km each of the two trips
    CHECK(fetched("empty_running_share", "fleet.pool") == doctest::Approx(100.0 / 300.0));
    CHECK(fetched("fleet_utilisation", "fleet.pool") == doctest::Approx(30.0 / 744));
}

TEST_CASE("A barge that becomes free goes where a departure waits for one") {
    // The only barge leaves a at 06:00 and is at b at 16:00. At c one has been waited for since 08:00: 5 h more.
    const Simulated run(
        corridor_of("vehicles = { a = 1 }\nrepositioning = \"on-demand\"",
                    from_to("a", "b", "2020-01-01T06:00:00") + from_to("c", "b", "2020-01-01T08:00:00")));
    CHECK(run("lateness_mean", "service.cb.forward") == 13.0);
    CHECK(run("empty_runs", "fleet.pool") == 1.0);
}

TEST_CASE("No more barges are fetched than departures wait for") {
    // Two wait at a; at b one departure at 12:00, served at 22:00 by the first, and none is sent after it.
    const Simulated run(corridor_of(
        "vehicles = { a = 2 }\nrepositioning = \"on-demand\"",
        from_to("b", "a", "2020-01-01T12:00:00, 2020-01-05T12:00:00") + from_to("a", "b", "2020-01-04T12:00:00")));
    CHECK(run("empty_runs", "fleet.pool") == 1.0);
    CHECK(run("lateness_mean", "service.ba.forward") == doctest::Approx((10.0 + 0.0) / 2));
}

TEST_CASE("A barge that has nothing to do goes home") {
    // Nothing leaves b. The barge is there at 16:00 and back at a at 02:00, in time for the 3rd; then home again.
    const std::string line = from_to("a", "b", "2020-01-01T06:00:00, 2020-01-03T06:00:00");
    const Simulated run(corridor_of("vehicles = { a = 1 }\nrepositioning = \"home\"", line));
    CHECK(run("departures_late", "service.ab") == 0.0);
    CHECK(run("departures_run", "service.ab") == 2.0);
    CHECK(run("empty_runs", "fleet.pool") == 2.0);
    CHECK(run("empty_vehicle_km", "fleet.pool") == 200.0);
    CHECK(run("empty_running_share", "fleet.pool") == 0.5);
    CHECK(run("fleet_utilisation", "fleet.pool") == doctest::Approx(40.0 / 744));
}

TEST_CASE("A load calls a barge from afar, and one barge for one load") {
    // Ten at b at 01:00 fill a barge; it comes from a, ten hours later. Ten more at 02:00 are for the next.
    std::string text = corridor_of("vehicles = { a = 2 }\nrepositioning = \"on-demand\"",
                                   from_to("b", "a", "2020-01-01") + from_to("a", "b", "2020-01-30"));
    text.replace(text.find("{ times = [2020-01-01] }"), 24, "{ when_full = true }");
    text +=
        "[demand.back]\nfrom = \"b\"\nto = \"a\"\nreleases = [{ time = 2020-01-01T01:00:00, containers = 10 }, "
        "{ time = 2020-01-01T02:00:00, containers = 10 }]\n";
    const Simulated run(text);
    CHECK(run("empty_runs", "fleet.pool") == 2.0);
    CHECK(run("departures_run", "service.ba") == 2.0);
    CHECK(run("wait_mean", "service.ba.forward") == 10.0);
}

TEST_CASE("After a layover a barge of the fleet is there for either line") {
    // At b at 16:00, four hours of layover: the departure of 17:00 to a is at 20:00.
    const Simulated run(corridor_of(
        "vehicles = { a = 1 }",
        from_to("a", "b", "2020-01-01T06:00:00", "layover = \"4 h\"") + from_to("b", "a", "2020-01-01T17:00:00")));
    CHECK(run("lateness_mean", "service.ba.forward") == 3.0);
}

TEST_CASE("The balance asks of a shared fleet what all its services need") {
    // 31 round trips of 20 h in 744 h: 620 vehicle-hours of 1488; per week 140 of 336.
    std::string text =
        corridor_of("vehicles = { a = 1, b = 1 }", from_to("a", "b", "2020-01-01") + from_to("b", "a", "2020-01-01"));
    for (int i = 0; i < 2; ++i) {
        text.replace(text.find("{ times = [2020-01-01] }"), 24, "{ headway = \"24 h\" }");
    }
    const Simulated run(text);
    for (const model::Load& load : model::static_balance(run.model())) {
        if (load.resource != model::Resource::fleet) continue;
        CHECK(load.subject == "fleet.pool");
        CHECK(load.offered == doctest::Approx(140.0));
        CHECK(load.capacity == doctest::Approx(336.0));
    }
    CHECK(run("fleet_utilisation", "fleet.pool") == doctest::Approx(620.0 / 1488).epsilon(0.01));
}

TEST_CASE("The services of a fleet have one type of vehicle") {
    std::string text =
        corridor_of("vehicles = { a = 1 }", from_to("a", "b", "2020-01-01") + from_to("b", "a", "2020-01-02"));
    text += "[vehicle.ship]\nmode = \"waterway\"\ncapacity = \"10 TEU\"\n";
    text.replace(text.rfind("vehicle = \"barge\""), 17, "vehicle = \"ship\"");
    CHECK(findings_of(text) ==
          "service.ba.vehicle: the vehicles of fleet 'pool' are of one type ('ab' has 'barge', 'ba' has 'ship'); give "
          "the services the same vehicle, or fleets of their own\n");
}

TEST_CASE("A fleet must not gather where nothing begins") {
    CHECK(findings_of(corridor_of("vehicles = { a = 1 }", from_to("a", "b", "2020-01-01"))) ==
          "fleet.pool: its vehicles never leave 'b' again (no service of the fleet begins there); add a service from "
          "there, or repositioning = \"on-demand\"\n");
    CHECK(
        findings_of(corridor_of("vehicles = { c = 1 }\nrepositioning = \"home\"", from_to("a", "b", "2020-01-01"))) ==
        "fleet.pool: its vehicles never leave 'c' again (no service of the fleet begins there, and it is their home); "
        "add a service from there, or repositioning = \"on-demand\"\n");
    CHECK(findings_of(corridor_of("vehicles = { c = 1 }\nrepositioning = \"on-demand\"",
                                  from_to("a", "b", "2020-01-01"))) == "");
}

}  // namespace corridor
