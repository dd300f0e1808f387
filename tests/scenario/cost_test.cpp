#include <doctest/doctest.h>

#include "corridor/model/compile.h"
#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

/// What is said of two ports with a currency and more behind them; places count from the end of the two ports.
std::string said_of(const std::string& more, const std::string& currency = "currency = \"CNY\"\n") {
    return complaints(currency + extended(more));
}

TEST_CASE("A scenario has one currency, which it declares") {
    const std::string tariff = "[service.a-b.cost]\ntariff = \"320 USD/TEU\"\n";
    CHECK(said_of(tariff, "currency = \"USD\"\n") == "");
    CHECK(said_of(tariff) ==
          "53:10: error: service.a-b.cost.tariff: money in USD, but the scenario's currency is CNY (it "
          "has one); convert it to CNY\n");
    CHECK(said_of(tariff, "\n") ==
          "53:10: error: service.a-b.cost.tariff: money in USD, but the scenario has no "
          "currency; write currency = \"USD\" at the top\n");
    CHECK(said_of("", "currency = \"RMB\"\n") ==
          "1:12: error: currency: 'RMB' is not the code of a currency (ISO 4217); "
          "write three capitals, such as \"CNY\"\n");
}

TEST_CASE("A price says what it is per") {
    CHECK(said_of("[service.a-b.cost]\nper_km = \"5 CNY\"\n") ==
          "53:10: error: service.a-b.cost.per_km: expected a price such as \"100 CNY/km\", got an amount of money; use "
          "CNY/km\n");
    CHECK(said_of("[terminal.b.cost]\nquay_lift = 200\n") ==
          "53:13: error: terminal.b.cost.quay_lift: expected a price such as \"100 CNY/lift\" or a price such as \"100 "
          "CNY/TEU\", got 200 without a unit; use CNY/lift or CNY/TEU\n");
}

TEST_CASE("A time charter needs a fleet") {
    CHECK(said_of("[service.a-b.cost]\nper_hour = \"800 CNY/h\"\n") ==
          "52:1: error: service.a-b.cost: 'per_hour' needs a fleet (a time charter is paid for each of its vehicles); "
          "give 'fleet', or 'per_departure' and 'per_km' instead\n");
}

TEST_CASE("Free time is free of storage") {
    CHECK(said_of("[terminal.b.cost]\nfree_time = \"3 d\"\n") ==
          "53:1: error: terminal.b.cost.free_time: 'free_time' has no meaning without 'storage'\n");
}

TEST_CASE("Factors per fuel need its use, in the same unit") {
    CHECK(said_of("[vehicle.barge.emissions]\nwtt = \"0.6 kg CO2e/l\"\nttw = \"22.5 g CO2e/t-km\"\n") ==
          "53:7: error: vehicle.barge.emissions.wtt: 'wtt' is per unit of fuel (its use is not known); give 'energy', "
          "such as \"18 l/km\"\n");
    CHECK(said_of(
              "[vehicle.barge.emissions]\nenergy = \"9 kWh/km\"\nwtt = \"0.6 kg CO2e/l\"\nttw = \"0 kg CO2e/kWh\"\n") ==
          "54:7: error: vehicle.barge.emissions.wtt: 'wtt' is in kg CO2e/l, but 'energy' in kWh/km (they do not "
          "multiply); give 'wtt' per unit of 'energy', or leave 'energy' out\n");
    CHECK(said_of("[vehicle.barge.emissions]\nenergy = \"9 kWh/km\"\nenergy_empty = \"4 l/km\"\n"
                  "wtt = \"0.6 kg CO2e/kWh\"\nttw = \"0 kg CO2e/kWh\"\n") ==
          "54:16: error: vehicle.barge.emissions.energy_empty: 'energy_empty' is in l/km, but 'energy' in kWh/km; give "
          "both in the same fuel per km\n");
}

TEST_CASE("The road costs something only where something goes by road, and by distance only where it is known") {
    CHECK(said_of("[demand.c]\nfrom = \"a\"\nto = \"b\"\nrate = \"1 TEU/d\"\nroad_cost = \"900 CNY/TEU\"\n") ==
          "56:13: error: demand.c.road_cost: 'road_cost' has no meaning (nothing goes by road); give 'road_time' or "
          "'patience'\n");
    CHECK(said_of("[demand.c]\nfrom = \"a\"\nto = \"b\"\nrate = \"1 TEU/d\"\nroad_time = \"9 h\"\nroad_cost = \"9 "
                  "CNY/km\"\n") ==
          "57:13: error: demand.c.road_cost: 'road_distance' is missing (the price is by distance); for example "
          "road_distance = \"340 km\"\n");
}

TEST_CASE("A value of time at which a price is worth more than a million hours is refused") {
    const auto compiled = [](const std::string& value) {
        const Scenario scenario = scenario_of("currency = \"CNY\"\n" + replaced(extended("[service.a-b.cost]\ntariff = "
                                                                                         "\"100 CNY/TEU\"\n"),
                                                                                "profile =", value + "profile ="));
        return summary(model::compile(scenario, stated_values(scenario.quantities)).diagnostics());
    };
    CHECK(compiled("value_of_time = \"0.0001 CNY/TEU-h\"\n").find("value_of_time") == std::string::npos);
    CHECK(compiled("value_of_time = \"0.00005 CNY/TEU-h\"\n") ==
          "43:17: error: demand.a-b.value_of_time: makes the dearest ride, lift or road worth 2000000 h (at most "
          "1000000); give a higher value of time\n");
}

TEST_CASE("Uncertain prices and factors are drawn like any number") {
    const Scenario scenario = scenario_of(
        "currency = \"CNY\"\n" +
        extended(
            "[service.a-b.cost]\ntariff = { value = \"320 CNY/TEU\", range = [\"300 CNY/TEU\", \"400 CNY/TEU\"] }\n"
            "[vehicle.barge.emissions]\nwtt = \"6.8 g CO2e/t-km\"\n"
            "ttw = { value = \"22.5 g CO2e/t-km\", range = [\"17.4 g CO2e/t-km\", \"30 g CO2e/t-km\"] }\n"));
    const auto stated = model::compile(scenario, stated_values(scenario.quantities));
    const auto drawn = model::compile(scenario, drawn_values(scenario.quantities, 1, 3));
    REQUIRE(stated.ok());
    REQUIRE(drawn.ok());
    const model::Service& service = drawn.value().services.items().front();
    CHECK(stated.value().services.items().front().cost->tariff->per_teu == 320.0);
    CHECK(service.cost->tariff->per_teu != 320.0);
    CHECK(service.cost->tariff->per_teu > 300.0);
    CHECK(service.cost->tariff->per_teu < 400.0);
    CHECK(service.emissions->per_tonne_km.ttw > 0.0174);
    CHECK(service.emissions->per_tonne_km.ttw < 0.030);
    CHECK(service.emissions->per_tonne_km.ttw != 0.0225);
}

}  // namespace
}  // namespace corridor::scenario
