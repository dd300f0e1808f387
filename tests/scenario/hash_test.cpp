#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

/// The tables of a text, each from its header to the next.
std::vector<std::string> tables_of(const std::string& text) {
    std::vector<std::string> tables;
    for (std::size_t start = text.find("\n[") + 1; start != 0 && start < text.size();) {
        const std::size_t next = text.find("\n[", start);
        const std::size_t end = next == std::string::npos ? text.size() : next + 1;
        tables.push_back(text.substr(start, end - start));
        start = end;
    }
    return tables;
}

TEST_CASE("The order of tables changes neither the hash nor the order of entities") {
    const Scenario expected = scenario_of(std::string(kTwoPorts));
    std::vector<std::string> tables = tables_of(std::string(kTwoPorts));
    REQUIRE(tables.size() == 14);
    std::mt19937 random(1);
    for (int i = 0; i < 20; ++i) {
        for (std::size_t last = tables.size() - 1; last > 0; --last) {
            std::swap(tables[last], tables[random() % (last + 1)]);
        }
        std::string text = "format = 1\n";
        for (const std::string& table : tables) text += table;
        const Scenario scenario = scenario_of(text);
        CHECK(scenario.hash == expected.hash);
        REQUIRE(scenario.quantities.size() == expected.quantities.size());
        for (std::size_t q = 0; q < scenario.quantities.size(); ++q) {
            CHECK(scenario.quantities[Param{q}].path == expected.quantities[Param{q}].path);
        }
    }
}

TEST_CASE("Comments and formatting do not change the hash; the seed and the number of replications do not either") {
    const std::string hash = scenario_of(std::string(kTwoPorts)).hash;
    CHECK(hash.size() == 16);
    CHECK(scenario_of("# a comment\n" + std::string(kTwoPorts)).hash == hash);
    CHECK(scenario_of(changed("longitude = 106.7", "longitude   =  106.70  # east")).hash == hash);
    CHECK(scenario_of(changed("count = 3", "count = 3.0")).hash == hash);
    CHECK(scenario_of(extended("[run]\nseed = 7\nreplications = 3\n")).hash == hash);
}

TEST_CASE("Every change of a value changes the hash") {
    const std::string hash = scenario_of(std::string(kTwoPorts)).hash;
    CHECK(scenario_of(changed("275 km", "276 km")).hash != hash);
    CHECK(scenario_of(changed("2020-07-01", "2020-07-02")).hash != hash);
    CHECK(scenario_of(extended("[run]\ndelivered_within = [\"3 d\"]\n")).hash != hash);
    CHECK(scenario_of(changed("[0.5, 0.5]", "[0.25, 0.75]")).hash != hash);
}

TEST_CASE("An override changes the hash as editing the file does") {
    const Result<Scenario> result =
        parse_scenario(std::string(kTwoPorts), "scenario.toml", {{"vehicle.barge.capacity=200 TEU"}});
    REQUIRE(result.ok());
    CHECK(result.value().hash == scenario_of(changed("150 TEU", "200 TEU")).hash);
}

}  // namespace
}  // namespace corridor::scenario
