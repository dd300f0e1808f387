#include "study/reading_sum.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "model/compiled.h"

namespace corridor::study {
namespace {

// a --100 km-- b --50 km-- c downstream. "through" a - b - c one way, "short" a - b and back; only laden containers,
// from a to c.
const std::string kText = model::kRiver + model::kDemand + R"(empty_share = 0
itineraries = 1
[service.through]
route = ["a", "b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
[service.short]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
departures = { per_week = 7 }
)";

const MeasureDescription& measure(std::string_view name) {
    const auto& all = measure_descriptions();
    const auto found = std::ranges::find(all, name, &MeasureDescription::name);
    REQUIRE(found != all.end());
    return *found;
}

TEST_CASE("Counts can be added, means, shares, times and percentiles cannot") {
    for (const char* const name : {"containers_shipped", "teu_railed", "teu_km", "departures_late", "lifts",
                                   "lifts_teu", "containers_in_system"}) {
        CHECK_MESSAGE(is_additive(measure(name)), name);
    }
    for (const char* const name :
         {"wait_mean", "load_factor", "teu_per_departure", "left_behind_mean", "yard_mean", "yard_p95", "yard_p99",
          "crane_queue_mean", "door_to_door_time_max", "moves_per_berth_hour"}) {
        CHECK_FALSE_MESSAGE(is_additive(measure(name)), name);
    }
}

TEST_CASE("Subjects overlap unless something tells them apart") {
    const model::Model model = model::model_of(kText);
    const auto why = [&](std::string_view a, std::string_view b) { return overlap(model, a, b); };
    CHECK(why("service.short", "service.short") == "'service.short' is there twice");
    CHECK(why("service.short", "service.short.forward") == "both count service.short");
    CHECK(why("service.short.forward", "service.short.laden") == "both count service.short");
    CHECK(why("service.short.2020-01", "service.short.empty") == "both count service.short");
    CHECK(why("total", "service.short") == "the total counts everything");
    CHECK(why("link.ab", "service.through") == "both count what a link carries over a service");
    CHECK(why("link.ab", "link.bc.forward") == "one trip goes over both");
    CHECK(why("terminal.a", "terminal.a.quay") == "both count terminal.a");

    CHECK(why("service.short", "service.through").empty());
    CHECK(why("service.short.forward", "service.short.backward").empty());
    CHECK(why("service.short.laden", "service.short.empty").empty());
    CHECK(why("service.through.forward.a", "service.through.forward.b").empty());
    CHECK(why("terminal.a", "terminal.b").empty());
}

TEST_CASE("Links that no trip has in common can be added") {
    const std::string apart = model::kRiver + R"(
[service.upper]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
[service.lower]
route = ["b", "c"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
)" + model::kDemand;
    CHECK(overlap(model::model_of(apart), "link.ab", "link.bc").empty());
}

TEST_CASE("A subject that nothing can be counted on is told from one that happens to be empty") {
    const model::Model model = model::model_of(kText);
    const auto why = [&](std::string_view name, std::string_view subject) {
        const Emptiness found = emptiness(model, measure(name), subject);
        return found.reason + (found.by_network ? "!" : "");
    };
    CHECK(why("containers_shipped", "service.through.backward") == "no service runs there!");
    CHECK(why("containers_shipped", "link.bc.backward") == "no service runs there!");
    CHECK(why("containers_railed", "total") == "no service runs there!");
    CHECK(why("containers_shipped", "service.short.backward") == "no demand goes that way");
    CHECK(why("containers_shipped", "service.through.empty") == "no demand goes that way");
    CHECK(why("containers_boarded", "service.short") == "no demand goes that way");
    CHECK(why("lifts", "terminal.b") == "no demand goes that way");

    CHECK(why("containers_shipped", "total").empty());
    CHECK(why("containers_shipped", "service.through.forward.2020-01").empty());
    CHECK(why("containers_shipped", "link.bc.laden").empty());
    CHECK(why("lifts", "terminal.c.quay").empty());
    CHECK(why("departures_run", "service.short.backward").empty());
    CHECK(why("containers_delivered", "demand.d").empty());
}

}  // namespace
}  // namespace corridor::study
