// Empty runs of vessels that several lines share: what they cost and emit, and what they meet on the way.
#include "engine/fleets.h"

namespace corridor {
namespace {

// From a to b, 100 km, for the departure of b; on the 20th the barge is back at a and takes the container to b.
const std::string& fetched_once() {
    static const std::string services =
        from_to("b", "a", "2020-01-01T12:00:00", R"(cost = { per_km = "10 CNY/km" })") +
        from_to("a", "b", "2020-01-20T12:00:00", R"(cost = { per_km = "20 CNY/km", per_hour = "24 CNY/d" })");
    static const std::string text =
        "currency = \"CNY\"\n" + corridor_of("vehicles = { a = 1 }\nrepositioning = \"on-demand\"", services);
    return text;
}

}  // namespace

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

}  // namespace corridor
