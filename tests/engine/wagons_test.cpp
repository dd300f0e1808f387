// Trains that are made up of wagons, and the rules by which they are formed.
#include <algorithm>

#include "engine/stowage.h"
#include "simulated.h"

namespace corridor {
namespace {

/// Two rail yards, ten hours apart, and a train of `wagons`. January 2020.
std::string wagon_line(const std::string& wagons, const std::string& service, const std::string& rest) {
    return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { rail_cranes = "unlimited" }
b = { rail_cranes = "unlimited" }
[link.a-b]
mode = "railway"
from = "a"
to = "b"
length = "400 km"
speed = "40 km/h"
[vehicle.train]
mode = "railway"
)" + wagons +
           "\n[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"one-way\"\nvehicle = \"train\"\n" + service +
           "\n" + rest;
}

const std::string kTwoTrains = "departures = { times = [2020-01-01T06:00:00, 2020-01-01T12:00:00] }";

std::string boxes(const std::string& id, int hour, int count, const std::string& size) {
    return "[demand." + id + "]\nfrom = \"a\"\nto = \"b\"\nrelease = \"listed\"\nbox_share = { " + size +
           " = 1.0 }\nreleases = [{ time = 2020-01-01T0" + std::to_string(hour) +
           ":00:00, containers = " + std::to_string(count) + " }]\n";
}

/// Whether containers of these sizes (quarter TEU) can be put on wagons, tried one after the other on each.
bool can_be_put(std::vector<std::uint32_t> sizes, std::vector<std::uint32_t>& free) {
    if (sizes.empty()) return true;
    const std::uint32_t size = sizes.back();
    sizes.pop_back();
    for (std::uint32_t& wagon : free) {
        if (wagon < size) continue;
        wagon -= size;
        const bool fits = can_be_put(sizes, free);
        wagon += size;
        if (fits) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("Which containers fit on wagons is what trying every way of putting them there finds") {
    for (std::uint32_t teu = 1; teu <= 4; ++teu) {
        for (std::uint32_t wagons = 1; wagons <= 3; ++wagons) {
            for (std::uint32_t code = 0; code < 13 * 7 * 5; ++code) {
                const engine::BySize containers{code % 13, code / 13 % 7, code / 13 / 7};
                std::vector<std::uint32_t> sizes(containers[0], 4);
                sizes.insert(sizes.end(), containers[1], 8);
                sizes.insert(sizes.end(), containers[2], 9);
                std::vector<std::uint32_t> free(wagons, 4 * teu);
                CAPTURE(code);
                const std::size_t quarters = 4 * containers[0] + 8 * containers[1] + 9 * containers[2];
                const bool fits = quarters <= 4 * teu * wagons && can_be_put(sizes, free);
                REQUIRE(engine::fit_on_wagons(containers, wagons, teu) == fits);
            }
        }
    }
}

TEST_CASE("A 40-foot container needs a wagon for itself where wagons take two TEU") {
    // Two wagons of 2 TEU: a 20 ft and a 40 ft fill three places; of two more of 40 ft none fits beside the first, and
    // the 20 ft that comes last does.
    const std::string demand =
        boxes("1", 1, 1, "ft20") + boxes("2", 2, 1, "ft40") + boxes("3", 3, 2, "ft40") + boxes("4", 4, 1, "ft20");
    const Simulated run(wagon_line("wagons = 2\nteu_per_wagon = 2", kTwoTrains, demand));
    CHECK(run("door_to_door_time_mean", "demand.1") == 5.0 + 10.0);
    CHECK(run("door_to_door_time_mean", "demand.2") == 4.0 + 10.0);
    CHECK(run("door_to_door_time_mean", "demand.4") == 2.0 + 10.0);
    CHECK(run("door_to_door_time_mean", "demand.3") == 9.0 + 10.0);
    CHECK(run("load_factor", "service.line") == 1.0);
    CHECK(run("full_share", "service.line.forward") == 1.0);
}

TEST_CASE("40-foot containers alone use two of the three places of a wagon") {
    // Four wagons of 3 TEU: six would be 12 TEU, but each wagon takes one.
    const Simulated run(wagon_line("wagons = 4\nteu_per_wagon = 3", kTwoTrains, boxes("forty", 1, 6, "ft40")));
    CHECK(run("left_behind_mean", "service.line.forward") == 2.0 / 2);
    CHECK(run("full_share", "service.line.forward") == 0.5);
    CHECK(run("load_factor", "service.line") == doctest::Approx((8.0 + 4.0) / 24.0));
    // A 20-foot container still finds room on such a train: it is not full for those who board there.
    const Simulated mixed(wagon_line("wagons = 4\nteu_per_wagon = 3", kTwoTrains,
                                     boxes("forty", 1, 6, "ft40") + boxes("twenty", 2, 3, "ft20")));
    CHECK(mixed("door_to_door_time_mean", "demand.twenty") == 4.0 + 10.0);
    CHECK(mixed("full_share", "service.line.forward") == 0.0);
}

TEST_CASE("A 45-foot container needs three places of one wagon") {
    const Simulated run(wagon_line("wagons = 2\nteu_per_wagon = 3", kTwoTrains, boxes("long", 1, 3, "ft45")));
    CHECK(run("teu_per_departure", "service.line") == doctest::Approx((4.5 + 2.25) / 2));
    const auto scenario =
        scenario::parse_scenario(wagon_line("wagons = 2\nteu_per_wagon = 2", kTwoTrains, boxes("long", 1, 3, "ft45")));
    REQUIRE(scenario.ok());
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_FALSE(model.ok());
    CHECK(
        model.diagnostics().front().message ==
        "can never be loaded (a container of 2.25 TEU does not fit the 2 TEU of a wagon of 'train' on service 'line')");
}

TEST_CASE("A train is not run before 50 TEU are there, and at latest 48 h after its time") {
    // 25 wagons of 2 TEU, the least train from Chengdu to Qinzhou. 49 TEU by 05:00, the fiftieth at 09:00: three hours
    // late. Without it, two days late with 49.
    const std::string formed =
        "departures = { times = [2020-01-01T06:00:00] }\nminimum_load = \"50 TEU\"\nlongest_wait = \"48 h\"";
    const std::string train = "wagons = 25\nteu_per_wagon = 2";
    const Simulated full(wagon_line(train, formed, boxes("1", 5, 49, "ft20") + boxes("2", 9, 1, "ft20")));
    CHECK(full("lateness_mean", "service.line.forward") == 3.0);
    CHECK(full("teu_per_departure", "service.line") == 50.0);
    const Simulated short_of_one(wagon_line(train, formed, boxes("1", 5, 49, "ft20")));
    CHECK(short_of_one("lateness_mean", "service.line.forward") == 48.0);
    CHECK(short_of_one("teu_per_departure", "service.line") == 49.0);
}

}  // namespace corridor
