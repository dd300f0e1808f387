// Vessels that several lines share, and their empty runs.
#include "corridor/model/balance.h"
#include "simulated.h"

namespace corridor {
namespace {

/// a --- 100 km, 10 h --- b --- 50 km, 5 h --- c, the same in both directions. January 2020.
std::string corridor_of(const std::string& fleet, const std::string& services) {
    return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
b-c = { mode = "waterway", from = "b", to = "c", length = "50 km", speed = "10 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "10 TEU"
[fleet.pool]
)" + fleet +
           "\n" + services +
           "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nreleases = [{ time = 2020-01-01, containers = 1 }]\n";
}

/// One-way departures of the shared fleet, "a" to "b": from_to("a", "b", "2020-01-01T06:00:00").
std::string from_to(const std::string& from, const std::string& to, const std::string& times,
                    const std::string& more = "") {
    return "[service." + from + to + "]\nroute = [\"" + from + "\", \"" + to +
           "\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\nfleet = \"pool\"\ndepartures = { times = [" + times +
           "] }\n" + more + "\n";
}

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

// From a to b, 100 km, for the departure of b; on the 20th the barge is back at a and takes the container to b.
const std::string& fetched_once() {
    static const std::string services =
        from_to("b", "a", "2020-01-01T12:00:00", R"(cost = { per_km = "10 CNY/km" })") +
        from_to("a", "b", "2020-01-20T12:00:00", R"(cost = { per_km = "20 CNY/km", per_hour = "24 CNY/d" })");
    static const std::string text =
        "currency = \"CNY\"\n" + corridor_of("vehicles = { a = 1 }\nrepositioning = \"on-demand\"", services);
    return text;
}

TEST_CASE("Empty runs and the charter of a shared fleet are paid by its services in proportion to their vehicle-km") {
    // Each has 100 km of trips, and so 50 km of the 100 km that the barge ran empty, and 372 of its 744 hours.
    const Simulated run(fetched_once());
    CHECK(run("empty_vehicle_km", "fleet.pool") == 100.0);
    CHECK(run("empty_run_km", "service.ba") == 50.0);
    CHECK(run("empty_run_km", "service.ab") == 50.0);
    CHECK(run("charter_hours", "service.ab") == 372.0);
    CHECK(run("running_cost", "service.ba") == 10.0 * (100 + 50));
    CHECK(run("running_cost", "service.ab") == 20.0 * (100 + 50) + 372.0);
    // The trip from b was empty: nobody pays for it, nor for its part of the empty run.
    CHECK(run("empty_run_km", "demand.boxes.ride.ab.forward.a.b") == 50.0);
    CHECK(run("cost", "demand.boxes") == 20.0 * (100 + 50) + 372.0);
}

TEST_CASE("An empty run emits by what an empty vehicle takes") {
    // 4 l/km empty, 10 l/km full: 4.6 l/km with 1 TEU of 10. 100 km of that, 100 km without load, 100 km beside.
    std::string text = fetched_once();
    const std::string capacity = "capacity = \"10 TEU\"\n";
    text.replace(text.find(capacity), capacity.size(),
                 capacity +
                     "emissions = { energy = \"10 l/km\", energy_empty = \"4 l/km\", wtt = \"0.5 kg CO2e/l\", ttw "
                     "= \"2.5 kg CO2e/l\" }\n");
    const Simulated run(text);
    CHECK(run("energy_used", "service.ab") == doctest::Approx(460.0 + 200.0));
    CHECK(run("energy_used", "service.ba") == doctest::Approx(400.0 + 200.0));
    CHECK(run("emissions_ttw", "total") == doctest::Approx(1260.0 * 2.5e-3));
    CHECK(run("emissions", "demand.boxes") == doctest::Approx(660.0 * 3e-3));
}

TEST_CASE("An empty run passes locks like any vessel, and waits for them") {
    // The barge of 11:30 is at the lock at 16:30, the chamber down at 17:00 and back at 17:30. The one that was fetched
    // at 12:00 comes at 17:00, is down at 18:00 and at b at 23:00; its trip takes 5 h + 30 min + 5 h.
    const std::string lock = "[lock.dam]\nlink = \"a-b\"\nplaces = 1\noperation = \"one-way\"\ncycle_time = \"1 h\"\n";
    const std::string other =
        "[service.other]\nroute = [\"a\", \"b\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\ndepartures = { times "
        "= "
        "[2020-01-01T11:30:00] }\n";
    const std::string from_b = from_to("b", "a", "2020-01-01T12:00:00") + from_to("a", "b", "2020-01-20T12:00:00");
    const std::string pool = "vehicles = { a = 1 }\nrepositioning = \"on-demand\"";
    const Simulated run(corridor_of(pool, lock + other + from_b));
    CHECK(run("lateness_mean", "service.ba.forward") == 11.0);
    CHECK(run("lockages", "lock.dam.forward") == 3.0);
    CHECK(run("lock_wait_mean", "lock.dam.forward") == doctest::Approx(0.5 / 3));
    CHECK(run("fleet_utilisation", "fleet.pool") == doctest::Approx((11.0 + 10.5 + 10.5) / 744));
    const Simulated alone(corridor_of(pool, lock + from_b));
    CHECK(alone("lateness_mean", "service.ba.forward") == 10.5);
}

TEST_CASE("An empty run waits for a closed link, and for water that an empty vessel needs") {
    const std::string pool = "vehicles = { a = 1 }\nrepositioning = \"on-demand\"";
    const std::string closed =
        "[disruption.flood]\nof = [\"link.a-b\"]\nclosed = true\nwindows = [{ from = 2020-01-01T11:00:00, to = "
        "2020-01-01T15:00:00 }]\n";
    const std::string later = from_to("a", "b", "2020-01-20T12:00:00");
    const Simulated run(corridor_of(pool, from_to("b", "a", "2020-01-01T12:00:00") + later + closed));
    CHECK(run("lateness_mean", "service.ba.forward") == 13.0);
    CHECK(run("closure_wait_mean", "link.a-b.forward") == 3.0 / 2);
    // It lies 1.2 m deep with its clearance; until 20:00 there is 1 m.
    std::string text = corridor_of(pool, from_to("b", "a", "2020-01-02T12:00:00") + later);
    const std::string link = R"(to = "b", length = "100 km", speed = "10 km/h")";
    text.replace(text.find(link), link.size(),
                 link +
                     ", depth = [{ from = 2020-01-01, depth = \"1 m\" }, { from = 2020-01-02T20:00:00, depth = \"3 "
                     "m\" }]");
    const std::string capacity = "capacity = \"10 TEU\"\n";
    text.replace(text.find(capacity), capacity.size(),
                 capacity +
                     "payload = \"300 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"2 m\"\nkeel_clearance = "
                     "\"0.2 m\"\n");
    CHECK(Simulated(text)("lateness_mean", "service.ba.forward") == 18.0);
}

namespace {

std::string fleet_disrupted(const std::string& effect, const std::string& from, const std::string& to) {
    return "[disruption.event]\nof = [\"fleet.pool\"]\n" + effect + "\nwindows = [{ from = " + at(from) +
           ", to = " + at(to) + " }]\n";
}

/// A fleet has to be able to leave every place it comes to; this is long after.
std::string much_later(const std::string& from) { return from_to(from, "a", "2020-01-30T00:00:00"); }

}  // namespace

// a at 08:00 and 14:00, to b: the fleet is closed from 06:00 to 12:00.
TEST_CASE("No vehicle of a closed fleet is sent: its departures are held, or cancelled, as those of a closed service") {
    const auto run = [](const std::string& more) {
        return Simulated(corridor_of("vehicles = { a = 2 }",
                                     from_to("a", "b", at("08:00") + ", " + at("14:00"), "no_vehicle = \"cancel\"") +
                                         much_later("b") + fleet_disrupted("closed = true" + more, "06:00", "12:00")));
    };
    const Simulated held = run("");
    CHECK(held("lateness_mean", "service.ab.forward") == (4.0 + 0.0) / 2);
    CHECK(held("departures_cancelled", "service.ab") == 0.0);
    const Simulated cancelled = run("\ndepartures = \"cancel\"");
    CHECK(cancelled("lateness_mean", "service.ab.forward") == 0.0);
    CHECK(cancelled("departures_cancelled", "service.ab") == 1.0);
}

// The departure of 12:00 from b fetches the barge at a, ten hours empty: at 15:00; or at 12:00, and slowly.
TEST_CASE("A closed fleet makes no empty runs, and a slowed one makes long ones") {
    const auto late = [](const std::string& effect) {
        const Simulated run(corridor_of("vehicles = { a = 1 }\nrepositioning = \"on-demand\"",
                                        from_to("b", "a", at("12:00")) + from_to("a", "b", "2020-01-30T00:00:00") +
                                            fleet_disrupted(effect, "08:00", "15:00")));
        CHECK(run("empty_runs", "fleet.pool") == 1.0);
        CHECK(run("running_time_mean", "service.ba.forward") == 10.0);
        return run("lateness_mean", "service.ba.forward");
    };
    CHECK(late("closed = true") == 13.0);
    CHECK(late("slowed = 1.5") == 15.0);
}

TEST_CASE("The runs of a slowed fleet take so many times as long, whatever service they are of") {
    const Simulated run(corridor_of("vehicles = { a = 3 }", from_to("a", "b", at("08:00")) +
                                                                from_to("a", "c", at("08:00") + ", " + at("20:00")) +
                                                                much_later("b") + much_later("c") +
                                                                fleet_disrupted("slowed = 2", "06:00", "12:00")));
    CHECK(run("running_time_mean", "service.ab.forward") == 20.0);
    CHECK(run("running_time_mean", "service.ac.forward") == (30.0 + 15.0) / 2);
}

// Two barges at a. That of 06:00 leaves; the one of 07:00 stays, until the first is at b at 16:00 and waits there
// in its place, or until 12:00.
TEST_CASE("Where vehicles of a fleet are away, as many stay where they wait") {
    const auto late = [](const std::string& until, const std::string& more) {
        return Simulated(corridor_of("vehicles = { a = 2 }",
                                     from_to("a", "b", at("06:00") + ", " + at("07:00"), more) + much_later("b") +
                                         fleet_disrupted("fewer_vehicles = 1", "00:00", until)));
    };
    CHECK(late("23:00", "")("lateness_mean", "service.ab.forward") == (0.0 + 9.0) / 2);
    CHECK(late("12:00", "")("lateness_mean", "service.ab.forward") == (0.0 + 5.0) / 2);
    const Simulated cancelled = late("23:00", "no_vehicle = \"cancel\"");
    CHECK(cancelled("departures_cancelled", "service.ab") == 1.0);
    CHECK(cancelled("departures_run", "service.ab") == 1.0);
}

// b at 16:00, where the departure back waits: with one of two away the barge goes on, with both away it does not.
TEST_CASE("A vehicle that ends its trip goes on where enough others wait in its place") {
    const auto late = [](const std::string& vehicles, int away) {
        const Simulated run(
            corridor_of("vehicles = " + vehicles,
                        from_to("a", "b", at("06:00")) + from_to("b", "a", at("12:00")) +
                            fleet_disrupted("fewer_vehicles = " + std::to_string(away), "07:00", "22:00")));
        return run("lateness_mean", "service.ba.forward");
    };
    CHECK(late("{ a = 2 }", 1) == 4.0);
    CHECK(late("{ a = 2 }", 2) == 10.0);
    CHECK(late("{ a = 1 }", 1) == 10.0);
}

// Of the departures that waited for the only barge, that of 07:00 has it at 12:00, though its service is the
// second.
TEST_CASE("When a fleet is restored, the earliest departure of all its services goes first") {
    for (const std::string effect : {"closed = true", "fewer_vehicles = 1"}) {
        const Simulated run(corridor_of(
            "vehicles = { a = 1 }", from_to("a", "b", at("08:00")) + from_to("a", "c", at("07:00")) + much_later("b") +
                                        much_later("c") + fleet_disrupted(effect, "06:00", "12:00")));
        CHECK(run("lateness_mean", "service.ac.forward") == 5.0);
        CHECK(run("lateness_mean", "service.ab.forward") == 29 * 24.0 + 7.0);  // the barge is back on the 30th at 15:00
    }
}

// Home is a, from where the barge came to b at 16:00; it starts at 20:00 and is at a at 06:00, for the departure of
// 05:00.
TEST_CASE("A vehicle goes home when its closed fleet is restored") {
    const Simulated run(corridor_of("vehicles = { a = 1 }\nrepositioning = \"home\"",
                                    from_to("a", "b", at("06:00") + ", 2020-01-02T05:00:00") +
                                        from_to("b", "c", "2020-01-20T00:00:00") +
                                        fleet_disrupted("closed = true", "07:00", "20:00")));
    CHECK(run("lateness_mean", "service.ab.forward") == (0.0 + 1.0) / 2);
}

TEST_CASE("Vehicles that are away in reserve are missed by nobody") {
    const std::string services = from_to("a", "b", at("06:00")) + from_to("b", "a", at("20:00"));
    const std::string fleet = "vehicles = { a = 2 }\nrepositioning = \"on-demand\"";
    const Simulated plain(corridor_of(fleet, services));
    const Simulated away(corridor_of(fleet, services + fleet_disrupted("fewer_vehicles = 1", "00:00", "23:00")));
    CHECK(plain.outcome().fingerprint == away.outcome().fingerprint);
    CHECK(away("backlog_most", "total") == 0.0);
}

// Two barges at a and one at b: the first leaves at 06:00, and two wait, as they have to, until 09:00.
TEST_CASE("Vehicles that a service has for itself can be away too") {
    const std::string shuttle = R"([service.line]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
fleet = 3
departures = { times = [2020-01-01T06:00:00, 2020-01-01T07:00:00] }
return_departures = { times = [2020-01-10T00:00:00] }
)";
    const Simulated run(river(shuttle + listed("{ time = 2020-01-01 }") +
                              "[disruption.event]\nof = [\"service.line\"]\nfewer_vehicles = 2\nwindows = [{ from = " +
                              at("00:00") + ", to = " + at("09:00") + " }]\n"));
    CHECK(run("lateness_mean", "service.line.forward") == (0.0 + 2.0) / 2);
}

TEST_CASE("The static balance knows what disruptions leave of the vehicle time") {
    const auto hours = [](const std::string& effect) {
        const Simulated run(
            corridor_of("vehicles = { a = 2 }", from_to("a", "b", at("06:00")) + much_later("b") +
                                                    "[disruption.event]\nof = [\"fleet.pool\"]\n" + effect +
                                                    "\nwindows = [{ from = 2020-01-10, to = 2020-01-20 }]\n"));
        for (const model::Load& load : model::static_balance(run.model())) {
            if (load.resource == model::Resource::fleet) return load.capacity;
        }
        return 0.0;
    };
    CHECK(hours("closed = true") == doctest::Approx(2 * 168.0 * (1 - 10.0 / 31)));
    CHECK(hours("fewer_vehicles = 1") == doctest::Approx(2 * 168.0 * (1 - 5.0 / 31)));
    CHECK(hours("slowed = 2") == 2 * 168.0);
}

}  // namespace corridor
