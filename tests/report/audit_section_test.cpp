// The audit table: every figure recomputed by hand from the columns beside it and the scenario's prices and factors.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "corridor/base/diagnostic.h"
#include "corridor/model/compile.h"
#include "corridor/report/run_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/study.h"

namespace corridor {
namespace {

RunReport report_of(const model::Model& model) {
    const MeasureCatalog catalog = measure_catalog(model);
    RunReport report{.title = "audited", .replications = 3};
    report.measures = catalog;
    report.estimates = run_study(model, catalog, {}, {.seed = 1, .replications = 3}).measures;
    return report;
}

RunReport example(const std::vector<scenario::Override>& overrides = {}) {
    const auto scenario =
        scenario::read_scenario(CORRIDOR_SOURCE_DIR "/scenarios/examples/cost-and-carbon.toml", overrides);
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    return report_of(model.value());
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream stream(line + ',');
    for (std::string cell; std::getline(stream, cell, ',');) all.push_back(cell);
    return all;
}

/// audit.csv by subject and column.
class Table {
  public:
    explicit Table(const std::string& csv) {
        std::istringstream lines(csv);
        std::string line;
        std::getline(lines, line);
        titles_ = cells(line);
        REQUIRE(titles_.back() == "fingerprint");
        while (std::getline(lines, line)) {
            const std::vector<std::string> row = cells(line);
            REQUIRE(row.size() == titles_.size());
            for (std::size_t i = 1; i + 1 < row.size(); ++i) {
                if (!row[i].empty()) values_[row[0]][titles_[i]] = std::stod(row[i]);
            }
        }
    }
    double operator()(const std::string& subject, const std::string& title) const {
        REQUIRE_MESSAGE(values_.contains(subject), subject);
        REQUIRE_MESSAGE(values_.at(subject).contains(title), subject << ' ' << title);
        return values_.at(subject).at(title);
    }
    std::size_t rows() const { return values_.size(); }

  private:
    std::vector<std::string> titles_;
    std::map<std::string, std::map<std::string, double>> values_;
};

const std::string kOut = "demand.boxes.ride.barge.forward.port.city";
const std::string kBack = "demand.back.ride.barge.backward.city.port";
const std::string kRoad = "demand.boxes.road";

}  // namespace

TEST_CASE("Rides: t-km, tariffs, lifts, energy and emissions follow from the columns") {
    const Table table(audit_csv(example()));
    CHECK(table.rows() == 2 + 1 + 1 + 4);
    double t_km = 0.0;
    double energy = 0.0;
    for (const std::string& ride : {kOut, kBack}) {
        CAPTURE(ride);
        CHECK(table(ride, "ride_length (km)") == 350.0);
        CHECK(table(ride, "containers_carried (containers)") == table(ride, "teu_carried (TEU)"));
        CHECK(table(ride, "tonne_km (t-km)") == doctest::Approx(table(ride, "tonnes_carried (t)") * 350.0));
        CHECK(table(ride, "cost_of_rides (CNY)") == doctest::Approx(table(ride, "teu_carried (TEU)") * 350.0 * 1.2));
        CHECK(table(ride, "cost_of_lifts (CNY)") ==
              doctest::Approx(table(ride, "containers_carried (containers)") * 230 +
                              table(ride, "teu_carried (TEU)") * 200));
        CHECK(table(ride, "vehicle_km (km)") == doctest::Approx(table(ride, "vehicle_trips (departures)") * 700.0));
        CHECK(table(ride, "emissions_wtt (t CO2e)") == doctest::Approx(table(ride, "energy_used (energy)") * 0.65e-3));
        CHECK(table(ride, "emissions_ttw (t CO2e)") == doctest::Approx(table(ride, "energy_used (energy)") * 2.7e-3));
        t_km += table(ride, "tonne_km (t-km)");
        energy += table(ride, "energy_used (energy)");
    }
    CHECK(table("service.barge", "tonne_km (t-km)") == doctest::Approx(t_km));
    CHECK(table("service.barge", "energy_used (energy)") == doctest::Approx(energy));
    CHECK(table(kOut, "tonnes_carried (t)") == doctest::Approx(table(kOut, "teu_carried (TEU)") * 10.0));
    CHECK(table(kOut, "cost_of_storage (CNY)") == doctest::Approx(table(kOut, "storage_teu_days (TEU-d)") * 12.0));
}

TEST_CASE("Services: running cost and energy follow from departures, km and the load") {
    const Table table(audit_csv(example()));
    const std::string who = "service.barge";
    const double km = table(who, "vehicle_km (km)");
    const double trips = table(who, "vehicle_trips (departures)");
    CHECK(km == doctest::Approx(trips * 700.0));
    CHECK(table(who, "running_cost (CNY)") == doctest::Approx(2 * 182 * 7000.0 + trips * 6000.0 + km * 60.0));
    CHECK(table(who, "tariff_income (CNY)") ==
          doctest::Approx(table(kOut, "cost_of_rides (CNY)") + table(kBack, "cost_of_rides (CNY)")));
    //  6 l/km empty, 3 l/km more for 120 TEU
    const double teu_km = 350.0 * (table(kOut, "teu_carried (TEU)") + table(kBack, "teu_carried (TEU)"));
    CHECK(table(who, "energy_used (energy)") == doctest::Approx(6 * km + 3 * teu_km / 120));
    CHECK(table(who, "vehicle_km (km)") ==
          doctest::Approx(table(who, "vehicle_km_empty (km)") + table(kOut, "vehicle_km (km)") +
                          table(kBack, "vehicle_km (km)")));
}

TEST_CASE("Terminals and the road: lifts, visits and lorries follow from the columns") {
    const Table table(audit_csv(example()));
    const double boxes =
        table(kOut, "containers_carried (containers)") + table(kBack, "containers_carried (containers)");
    CHECK(table("terminal.port.quay", "rides_lifted (containers)") == boxes);
    CHECK(table("terminal.port", "visits (containers)") == boxes);
    CHECK(table("terminal.port", "cost_of_lifts (CNY)") == doctest::Approx(boxes * 230.0));
    CHECK(table("terminal.city", "cost_of_lifts (CNY)") == doctest::Approx(boxes * 200.0));
    CHECK(table("terminal.port", "emissions_wtt (t CO2e)") == doctest::Approx(boxes * 2.4e-3));
    CHECK(table("terminal.port", "emissions_ttw (t CO2e)") == doctest::Approx(boxes * 9e-3));
    CHECK(table(kRoad, "tonne_km (t-km)") == doctest::Approx(table(kRoad, "tonnes_carried (t)") * 340.0));
    CHECK(table(kRoad, "cost_of_road (CNY)") == doctest::Approx(table(kRoad, "teu_carried (TEU)") * 340.0 * 3.5));
    CHECK(table(kRoad, "emissions_ttw (t CO2e)") == doctest::Approx(table(kRoad, "tonne_km (t-km)") * 62e-6));
}

TEST_CASE("The rows add up to the totals of demands and of the whole") {
    const RunReport report = example();
    const Table table(audit_csv(report));
    const auto total = [&](const std::string& measure, const std::string& subject) {
        return report.estimates[*report.measures.find(measure, subject)].mean();
    };
    double cost = 0.0;
    for (const std::string& ride : {kOut, kBack}) {
        cost += table(ride, "cost_of_rides (CNY)") + table(ride, "cost_of_lifts (CNY)");
    }
    cost += table("terminal.port", "cost_of_storage (CNY)") + table(kRoad, "cost_of_road (CNY)");
    CHECK(total("cost", "total") == doctest::Approx(cost));
    CHECK(total("cost", "demand.boxes") + total("cost", "demand.back") == doctest::Approx(cost));
    double wtt = 0.0;
    for (const std::string& row : {kOut, kBack, kRoad, std::string("terminal.port")}) {
        wtt += table(row, "emissions_wtt (t CO2e)");
    }
    CHECK(total("emissions_wtt", "total") == doctest::Approx(wtt));
    CHECK(total("emissions_wtt", "demand.boxes") + total("emissions_wtt", "demand.back") == doctest::Approx(wtt));
}

TEST_CASE("Storage before the road and until collected has rows of its own, so that what the cargo pays adds up") {
    const RunReport report = example(
        {{"demand.boxes.patience=24 h"}, {"demand.back.collected_after=4 d"}, {"terminal.port.cost.free_time=6 h"}});
    const Table table(audit_csv(report));
    const std::string collected = "demand.back.collected";
    //  4 days less 6 hours, of all who arrive and are fetched; nobody stands at the port for more than a day to leave
    //  by road
    const double days = table(collected, "storage_teu_days (TEU-d)");
    CHECK(days == doctest::Approx(table(kBack, "teu_carried (TEU)") * 3.75).epsilon(0.05));
    CHECK(table(kRoad, "storage_teu_days (TEU-d)") > 0.0);
    CHECK(table(kRoad, "storage_teu_days (TEU-d)") < table(kRoad, "teu_carried (TEU)") * 0.75);
    double stored = 0.0;
    double cost = 0.0;
    for (const std::string& row : {kOut, kRoad, collected}) {
        CHECK(table(row, "cost_of_storage (CNY)") == doctest::Approx(table(row, "storage_teu_days (TEU-d)") * 12.0));
        stored += table(row, "cost_of_storage (CNY)");
    }
    CHECK(table("terminal.port", "cost_of_storage (CNY)") == doctest::Approx(stored));
    for (const std::string& ride : {kOut, kBack}) {
        cost += table(ride, "cost_of_rides (CNY)") + table(ride, "cost_of_lifts (CNY)");
    }
    cost += stored + table(kRoad, "cost_of_road (CNY)");
    CHECK(report.estimates[*report.measures.find("cost", "total")].mean() == doctest::Approx(cost));
    CHECK(run_text(report, Detail::headlines).find("\ndemand.back.collected ") != std::string::npos);
}

TEST_CASE("The screen and the JSON show the same rows") {
    const RunReport report = example();
    const std::string text = run_text(report, Detail::headlines);
    CHECK(text.find("\nRides, what they cost and emit (CNY)\n") != std::string::npos);
    CHECK(text.find("\nServices, what they cost and emit (CNY)\n") != std::string::npos);
    CHECK(text.find("\nTerminals, what they cost and emit (CNY)\n") != std::string::npos);
    const auto json = nlohmann::json::parse(run_json(report));
    const Table table(audit_csv(report));
    REQUIRE(json["audit"].size() == table.rows());
    for (const auto& row : json["audit"]) {
        if (row["subject"] != kOut) continue;
        CHECK(row["tonne_km"].get<double>() == table(kOut, "tonne_km (t-km)"));
        CHECK_FALSE(row.contains("visits"));
    }
}

TEST_CASE("Of a shared fleet, empty runs and charter follow from the columns, and what is transferred directly") {
    // Barges between a and b, and from the hub c; trains from b on. One fleet, and more goes one way than back.
    const auto scenario = scenario::parse_scenario(R"(
currency = "CNY"
period = { start = 2020-01-01, end = 2020-03-01 }
[terminal.a]
quay_cranes = "unlimited"
cost = { quay_lift = "100 CNY/TEU" }
[terminal.b]
quay_cranes = { count = 2, rate = "20 moves/h" }
rail_cranes = { count = 2, rate = "20 moves/h" }
transfer = "direct"
cost = { quay_lift = "90 CNY/lift", rail_lift = "70 CNY/TEU" }
emissions = { wtt = "1 kg CO2e/lift", ttw = "4 kg CO2e/lift" }
[terminal.c]
quay_cranes = "unlimited"
[terminal.d]
rail_cranes = "unlimited"
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
b-c = { mode = "waterway", from = "b", to = "c", length = "50 km", speed = "10 km/h" }
b-d = { mode = "railway", from = "b", to = "d", length = "300 km", speed = "50 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "60 TEU"
emissions = { energy = "9 l/km", energy_empty = "6 l/km", wtt = "0.65 kg CO2e/l", ttw = "2.7 kg CO2e/l" }
[vehicle.train]
mode = "railway"
capacity = "40 TEU"
[fleet.pool]
vehicles = { a = 2, c = 1 }
repositioning = "on-demand"
[service.down]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
fleet = "pool"
departures = { when_full = true }
longest_wait = "30 h"
cost = { per_departure = "1000 CNY", per_km = "50 CNY/km", per_hour = "2400 CNY/d" }
[service.up]
route = ["c", "b"]
directions = "one-way"
vehicle = "barge"
fleet = "pool"
departures = { headway = "72 h", first = 2020-01-01T06:00:00 }
cost = { per_km = "40 CNY/km", per_hour = "1200 CNY/d" }
[service.trains]
route = ["b", "d"]
directions = "one-way"
vehicle = "train"
departures = { headway = "12 h", first = 2020-01-01 }
cut_off = "2 h"
[demand]
inland = { from = "a", to = "d", rate = "300 TEU/week", box_share = { ft20 = 0.5, ft40 = 0.5 } }
short = { from = "c", to = "b", rate = "60 TEU/week", box_share = { ft20 = 1 } }
)");
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    const RunReport report = report_of(model.value());
    const Table table(audit_csv(report));
    const std::string by_barge = "demand.inland.ride.down.forward.a.b";
    const std::string by_train = "demand.inland.ride.trains.forward.b.d";
    const std::string short_ride = "demand.short.ride.up.forward.c.b";
    const auto running_cost = [&](const std::string& who, double per_departure, double per_km, double per_hour) {
        return table(who, "vehicle_trips (departures)") * per_departure +
               (table(who, "vehicle_km (km)") + table(who, "empty_run_km (km)")) * per_km +
               table(who, "charter_hours (vehicle-h)") * per_hour;
    };
    for (const std::string& who : {std::string{"service.down"}, by_barge}) {
        CHECK(table(who, "empty_run_km (km)") > 0.0);
        CHECK(table(who, "running_cost (CNY)") == doctest::Approx(running_cost(who, 1000, 50, 100)));
    }
    for (const std::string& who : {std::string{"service.up"}, short_ride}) {
        CHECK(table(who, "running_cost (CNY)") == doctest::Approx(running_cost(who, 0, 40, 50)));
    }
    const auto mean = [&](const std::string& measure, const std::string& subject) {
        return report.estimates[*report.measures.find(measure, subject)].mean();
    };
    const auto both = [&](const std::string& column) {
        return table("service.down", column) + table("service.up", column);
    };
    CHECK(both("empty_run_km (km)") == doctest::Approx(mean("empty_vehicle_km", "fleet.pool")));
    CHECK(both("charter_hours (vehicle-h)") == doctest::Approx(3 * 60 * 24.0));
    const double teu_km = 100 * table(by_barge, "teu_carried (TEU)") + 50 * table(short_ride, "teu_carried (TEU)");
    CHECK(both("energy_used (energy)") ==
          doctest::Approx(6 * (both("vehicle_km (km)") + both("empty_run_km (km)")) + 3 * teu_km / 60));
    CHECK(table(by_train, "taken_directly (containers)") > 0.0);
    CHECK(table(by_train, "cost_of_lifts (CNY)") ==
          doctest::Approx(70 * (table(by_train, "teu_carried (TEU)") - table(by_train, "taken_directly_teu (TEU)"))));
    CHECK(table("terminal.b.rail", "rides_lifted (containers)") ==
          doctest::Approx(table(by_train, "containers_carried (containers)") -
                          table(by_train, "taken_directly (containers)")));
    CHECK(table("terminal.b", "emissions_ttw (t CO2e)") ==
          doctest::Approx(4e-3 * (table("terminal.b.rail", "rides_lifted (containers)") +
                                  table("terminal.b.quay", "rides_lifted (containers)"))));
}

}  // namespace corridor
