// The audit table: every figure recomputed by hand from the columns beside it and the scenario's prices and factors.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

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

RunReport example() {
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/scenarios/examples/cost-and-carbon.toml");
    REQUIRE(scenario.ok());
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
        while (std::getline(lines, line)) {
            const std::vector<std::string> row = cells(line);
            REQUIRE(row.size() == titles_.size());
            for (std::size_t i = 1; i < row.size(); ++i) {
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

}  // namespace corridor
