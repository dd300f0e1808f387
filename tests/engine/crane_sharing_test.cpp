// How many cranes work on one vehicle, and which vehicle gets a crane that is free.
#include "engine/simulated.h"

namespace corridor {
namespace {

/// Two vessels that berth together at midnight: a takes six containers on board, b four. A move takes an hour.
///
///   port ==== a: 6 ====> hub
///        ==== b: 4 ====>
class Vessels {
  public:
    explicit Vessels(const std::string& cranes, const std::string& vehicle = "", const std::string& of_b = "ship")
        : run_(R"(
period = { start = 2020-01-01, end = 2020-01-03 }
[terminal.port]
quay_cranes = { move_time = "1 h", )" +
               cranes + R"( }
[terminal.hub]
quay_cranes = "unlimited"
[link.sea]
mode = "waterway"
from = "port"
to = "hub"
length = "1 km"
running_time = "0 h"
[vehicle.free]
mode = "waterway"
capacity = "10 TEU"
[vehicle.ship]
mode = "waterway"
capacity = "10 TEU"
)" + vehicle + service("a", 6, "ship") +
               service("b", 4, of_b)) {}

    double hours_of(const std::string& ship) const { return run_("wait_mean", "service." + ship + ".forward"); }
    std::uint64_t fingerprint() const { return run_.outcome().fingerprint; }

  private:
    static std::string service(const std::string& id, int containers, const std::string& vehicle) {
        return "[service." + id + "]\nroute = [\"port\", \"hub\"]\ndirections = \"one-way\"\nvehicle = \"" + vehicle +
               "\"\n"
               "departures = { times = [2020-01-01T00:00:00] }\n"
               "[demand." +
               id + "]\nfrom = \"port\"\nto = \"hub\"\nvia = [\"" + id +
               "\"]\nreleases = [{ time = 2020-01-01, containers = " + std::to_string(containers) + " }]\n";
    }

    Simulated run_;
};

}  // namespace

// Cranes at (a, b) in each hour. Without a limit (3, 0), (3, 0), (0, 3), (0, 1).
// At most two: (2, 1), (2, 1), (2, 1), (0, 1). To share evenly changes nothing: of three cranes b has the third anyway.
TEST_CASE("At most so many cranes work on one vehicle, and the others go to the next") {
    const Vessels free("count = 3");
    CHECK(free.hours_of("a") == 2.0);
    CHECK(free.hours_of("b") == 4.0);
    for (const std::string sharing : {"first-come", "even"}) {
        const Vessels two("count = 3, cranes_per_vehicle = 2, sharing = \"" + sharing + "\"");
        CHECK(two.hours_of("a") == 3.0);
        CHECK(two.hours_of("b") == 4.0);
    }
}

// First come: (3, 1), (3, 1), (0, 2). Evenly: (2, 2), (2, 2), (2, 0).
TEST_CASE("A free crane goes to who came first, or to who has the fewest at work") {
    const Vessels first("count = 4, cranes_per_vehicle = 3");
    CHECK(first.hours_of("a") == 2.0);
    CHECK(first.hours_of("b") == 3.0);
    const Vessels even("count = 4, cranes_per_vehicle = 3, sharing = \"even\"");
    CHECK(even.hours_of("a") == 3.0);
    CHECK(even.hours_of("b") == 2.0);
}

// Without a limit first come is (4, 0), (2, 2), (0, 2), and evenly as above.
TEST_CASE("Cranes can be shared evenly without a limit") {
    const Vessels first("count = 4");
    CHECK(first.hours_of("a") == 2.0);
    CHECK(first.hours_of("b") == 3.0);
    const Vessels even("count = 4, sharing = \"even\"");
    CHECK(even.hours_of("a") == 3.0);
    CHECK(even.hours_of("b") == 2.0);
}

TEST_CASE("Of the limits of terminal and vehicle the lesser holds") {
    const Vessels ship("count = 3, cranes_per_vehicle = 2", "cranes = 1\n");
    CHECK(ship.hours_of("a") == 6.0);
    CHECK(ship.hours_of("b") == 4.0);
    const Vessels port("count = 3, cranes_per_vehicle = 1", "cranes = 2\n");
    CHECK(port.hours_of("a") == 6.0);
    CHECK(port.hours_of("b") == 4.0);
}

TEST_CASE("Where cranes are unlimited, their number at one vehicle still may be limited") {
    const Vessels two("count = \"unlimited\", cranes_per_vehicle = 2");
    CHECK(two.hours_of("a") == 3.0);
    CHECK(two.hours_of("b") == 2.0);
}

// a: 1 crane for 6 hours; b: all four at once.
TEST_CASE("Where cranes are unlimited, a vehicle without a limit has as many as it has use for") {
    const Vessels one("count = \"unlimited\"", "cranes = 1\n", "free");
    CHECK(one.hours_of("a") == 6.0);
    CHECK(one.hours_of("b") == 1.0);
}

TEST_CASE("As many cranes at one vehicle as there are is no limit") {
    CHECK(Vessels("count = 3").fingerprint() == Vessels("count = 3, cranes_per_vehicle = 3").fingerprint());
    CHECK(Vessels("count = 3").fingerprint() != Vessels("count = 3, cranes_per_vehicle = 2").fingerprint());
}

// Six moves: two cranes take three hours, three would take two.
TEST_CASE("The limit of the terminal holds for background calls as well") {
    const auto turnaround = [](const std::string& limit) {
        return Simulated(
            "period = { start = 2020-01-01, end = 2020-01-02 }\n[terminal.port]\nquay_cranes = { count = "
            "3, move_time = \"1 h\"" +
            limit +
            " }\n[background.ships]\nterminal = \"port\"\nmode = \"waterway\"\nmoves = 6\n"
            "calls = [{ time = 2020-01-01, stay = \"0 h\" }]\n")("turnaround_mean", "terminal.port.quay");
    };
    CHECK(turnaround("") == 2.0);
    CHECK(turnaround(", cranes_per_vehicle = 2") == 3.0);
}

}  // namespace corridor
