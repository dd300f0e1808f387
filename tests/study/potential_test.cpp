#include "corridor/study/potential.h"

#include <doctest/doctest.h>

#include <cmath>

#include "model/compiled.h"

namespace corridor {
namespace {

const std::string kDaily = R"([service.through]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
)";

// 100 TEU a sailing, seven sailings a week: 100 TEU a day, whatever is asked.
TEST_CASE("The greatest throughput of a demand is what the places of its services allow, with the hops that bind") {
    const model::Model model =
        model::model_of(model::kRiver + model::kDemand + "box_share = { ft40 = 1.0 }\n" + kDaily);
    const std::vector<Potential> all = potentials(model, model::static_balance(model));
    REQUIRE(all.size() == 1);
    CHECK(all[0].demand == "demand.d");
    CHECK(all[0].from == "a");
    CHECK(all[0].to == "c");
    // 70 containers of 2 TEU in a week.
    CHECK(all[0].offered == doctest::Approx(20));
    CHECK(all[0].greatest == doctest::Approx(100));
    REQUIRE(all[0].cut.size() == 1);
    CHECK(all[0].cut[0].subject == "service.through.forward");
}

TEST_CASE("Of the demands of a large network the largest are looked at, at least one") {
    const auto demand = [](const std::string& id, int volume) {
        return "[demand." + id + "]\nfrom = \"a\"\nto = \"c\"\nvolume = \"" + std::to_string(volume) +
               " containers\"\n";
    };
    const model::Model model =
        model::model_of(model::kRiver + demand("one", 70) + demand("three", 90) + demand("two", 80) + kDaily);
    const auto looked_at = [&](std::size_t most) {
        std::string ids;
        for (const Potential& one : potentials(model, model::static_balance(model), most)) ids += one.demand + ' ';
        return ids;
    };
    const std::size_t stops = model.stops.size();
    CHECK(looked_at(3 * stops) == "demand.one demand.three demand.two ");
    CHECK(looked_at(2 * stops) == "demand.three demand.two ");
    CHECK(looked_at(0) == "demand.three ");
}

TEST_CASE("Where nothing holds a demand back, its greatest throughput is infinite") {
    const model::Model model = model::model_of(model::kRiver + model::kDemand + R"(
[service.through]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { continuous = true }
)");
    CHECK(std::isinf(potentials(model, model::static_balance(model))[0].greatest));
}

}  // namespace
}  // namespace corridor
