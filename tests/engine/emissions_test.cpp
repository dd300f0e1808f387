// Emissions: rides by tonne-km with empty running, handling at terminals, the road.
#include "simulated.h"

namespace corridor {
namespace {

const std::string kThreeBoxes =
    "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nreleases = [{ time = 2020-01-02T00:00:00, containers = 3 }]\n";

/// One round trip on the second of January: 100 km there with 3 TEU of 10 t, 100 km back without load.
std::string round_trip(const std::string& factors, const std::string& rest = kThreeBoxes) {
    return river("emissions = " + factors + "\n[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\n" +
                 "vehicle = \"barge\"\ndepartures = { times = [2020-01-02T06:00:00] }\n" + rest);
}

const std::string kRide = "demand.boxes.ride.line.forward.a.b";

}  // namespace

TEST_CASE("A default intensity is multiplied by the tonne-km: empty running is in it") {
    //  30 t x 100 km at 6.8 + 22.5 g
    const Simulated run(round_trip(R"({ wtt = "6.8 g CO2e/t-km", ttw = "22.5 g CO2e/t-km" })"));
    CHECK(run("tonne_km", kRide) == 3000.0);
    CHECK(run("emissions_wtt", kRide) == doctest::Approx(0.0204));
    CHECK(run("emissions_ttw", kRide) == doctest::Approx(0.0675));
    CHECK(run("emissions", "total") == doctest::Approx(0.0879));
    CHECK(run("emissions_per_tonne_km", "service.line") == doctest::Approx(29.3));
    CHECK(run("emissions_per_teu", "demand.boxes") == doctest::Approx(29.3));
}

TEST_CASE("By fuel, the round trip with its empty run is divided by the tonne-km carried") {
    //  There 10 + 10 x 3/100 l/km, back 10 l/km: 2,030 l. At 0.6 + 2.7 kg: 6,699 kg over 3,000 t-km.
    const Simulated run(round_trip(
        R"({ energy = "20 l/km", energy_empty = "10 l/km", wtt = "0.6 kg CO2e/l", ttw = "2.7 kg CO2e/l" })"));
    CHECK(run("energy_used", "service.line") == doctest::Approx(2030.0));
    CHECK(run("energy_used", kRide) == doctest::Approx(2030.0));
    CHECK(run("emissions_wtt", "service.line") == doctest::Approx(1.218));
    CHECK(run("emissions_ttw", "demand.boxes") == doctest::Approx(5.481));
    CHECK(run("emissions_per_tonne_km", "demand.boxes") == doctest::Approx(2233.0));
}

TEST_CASE("Two demands share a service by their tonne-km, wherever they ride") {
    //  30 t there, 20 t of empties (10 boxes of 2 t) back; 2 x 100 km at 5 kg: 1,000 kg by 3,000 : 2,000 t-km
    const std::string empties =
        "[demand.empties]\nfrom = \"b\"\nto = \"a\"\nempty_share = 1\n"
        "releases = [{ time = 2020-01-02T00:00:00, containers = 10 }]\n";
    const Simulated run(round_trip(R"({ wtt = "1 kg CO2e/km", ttw = "4 kg CO2e/km" })", kThreeBoxes + empties));
    CHECK(run("emissions", "service.line") == doctest::Approx(1.0));
    CHECK(run("emissions", "demand.boxes") == doctest::Approx(0.6));
    CHECK(run("emissions", "demand.empties") == doctest::Approx(0.4));
    CHECK(run("emissions_wtt", "demand.empties") == doctest::Approx(0.08));
}

TEST_CASE("A service that carries nothing emits all the same") {
    const std::string later =
        "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nreleases = [{ time = 2020-01-03T00:00:00, containers = 3 }]\n";
    const Simulated run(round_trip(R"({ wtt = "1 kg CO2e/km", ttw = "4 kg CO2e/km" })", later));
    CHECK(run("emissions", "total") == doctest::Approx(1.0));
    CHECK(run("emissions", "demand.boxes") == 0.0);
}

TEST_CASE("Fuel per tonne-km times what a kilogram of it emits") {
    //  2 kg per 1,000 t-km, as reported of the Three Gorges reservoir, at 3.2 kg: 6.4 g/t-km
    const Simulated run(round_trip(R"({ energy = "0.002 kg/t-km", wtt = "0.6 kg CO2e/kg", ttw = "3.2 kg CO2e/kg" })"));
    CHECK(run("emissions_ttw", "service.line") == doctest::Approx(3000 * 6.4e-6));
    CHECK(run("emissions_per_tonne_km", "service.line") == doctest::Approx(7.6));
}

TEST_CASE("A visit of a terminal counts once, a lift each time") {
    //  a - b - c with a change at b: four lifts and three visits of 2 containers of 2 TEU
    const auto text = [](const std::string& factors) {
        return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[terminal.b]
quay_cranes = "unlimited"
emissions = )" +
               factors + R"(
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "40 km", speed = "10 km/h" }
b-c = { mode = "waterway", from = "b", to = "c", length = "40 km", speed = "10 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
[service]
upper = { route = ["a", "b"], directions = "one-way", vehicle = "barge", departures = { continuous = true } }
lower = { route = ["b", "c"], directions = "one-way", vehicle = "barge", departures = { continuous = true } }
[demand.boxes]
from = "a"
to = "c"
box_share = { ft40 = 1 }
releases = [{ time = 2020-01-02T00:00:00, containers = 2 }]
)";
    };
    const Simulated by_visit(text(R"({ wtt = "2.4 kg CO2e/container", ttw = "9 kg CO2e/container" })"));
    CHECK(by_visit("visits", "terminal.b") == 2.0);
    CHECK(by_visit("emissions", "terminal.b") == doctest::Approx(2 * 11.4e-3));
    CHECK(by_visit("emissions", "demand.boxes") == doctest::Approx(2 * 11.4e-3));
    const Simulated by_lift(text(R"({ wtt = "1 kg CO2e/lift", ttw = "2 kg CO2e/lift" })"));
    CHECK(by_lift("rides_lifted", "terminal.b.quay") == 4.0);
    CHECK(by_lift("emissions_ttw", "terminal.b") == doctest::Approx(8e-3));
    const Simulated by_mass(text(R"({ wtt = "10 g CO2e/t", ttw = "1 kg CO2e/TEU" })"));
    CHECK(by_mass("emissions_wtt", "terminal.b") == doctest::Approx(40 * 10e-6));
    CHECK(by_mass("emissions_ttw", "total") == doctest::Approx(4e-3));
}

TEST_CASE("Emissions per lift are of lifts between vehicle and terminal, not of yard cranes") {
    //  3 containers at 1 + 4 kg, each from the stack to the quay and from there on board
    std::string text = river(departures("{ times = [2020-01-03T06:00:00] }") + kThreeBoxes);
    const std::string_view head = "[terminal.a]\n";
    text.insert(text.find(head) + head.size(),
                "yard_cranes = { count = 1, rate = \"10 moves/h\" }\n"
                "emissions = { wtt = \"1 kg CO2e/lift\", ttw = \"4 kg CO2e/lift\" }\n");
    const Simulated run(text);
    CHECK(run("lifts", "terminal.a.yard") == 3.0);
    CHECK(run("rides_lifted", "terminal.a.quay") == 3.0);
    CHECK(run("emissions", "terminal.a") == doctest::Approx(15e-3));
}

TEST_CASE("By road each container is a lorry of its own") {
    //  3 containers of 10 t over 120 km: 0.35 l/km at 3.3 kg, or 80 g/t-km
    const auto by_road = [](const std::string& factors) {
        return river(departures("{ times = [2020-01-20T00:00:00] }") +
                     "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nroad_time = \"9 h\"\nroad_distance = \"120 km\"\n"
                     "releases = [{ time = 2020-01-02T00:00:00, containers = 3 }]\nroad_emissions = " +
                     factors);
    };
    const Simulated fuel(by_road(R"({ energy = "0.35 l/km", wtt = "0.6 kg CO2e/l", ttw = "2.7 kg CO2e/l" })"));
    CHECK(fuel("emissions", "demand.boxes.road") == doctest::Approx(3 * 120 * 0.35 * 3.3e-3));
    const Simulated intensity(by_road(R"({ wtt = "18 g CO2e/t-km", ttw = "62 g CO2e/t-km" })"));
    CHECK(intensity("emissions", "total") == doctest::Approx(30 * 120 * 80e-6));
    CHECK(intensity("emissions_per_tonne_km", "demand.boxes") == doctest::Approx(80.0));
}

}  // namespace corridor
