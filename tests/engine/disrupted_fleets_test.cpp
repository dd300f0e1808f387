// Fleets that are closed, slowed, or whose vessels are away.
#include "corridor/model/balance.h"
#include "engine/fleets.h"

namespace corridor {
namespace {

std::string fleet_disrupted(const std::string& effect, const std::string& from, const std::string& to) {
    return disrupted("fleet.pool", effect, at(from), at(to));
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
