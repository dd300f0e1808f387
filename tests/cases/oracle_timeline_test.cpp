// Exact figures that no measure holds, taken from timelines: how uneven the headways of vessels are that leave when
// full, and how often a shuttle that comes back finds too few containers. The scenarios are those of oracle/.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/timeline.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/estimate.h"

namespace corridor {
namespace {

constexpr std::uint64_t kReplications = 20;

model::Model case_model(const std::string& id) {
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/scenarios/verification/" + id + ".toml");
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    return std::move(model).value();
}

/// When vehicles had the event, in order.
std::vector<double> times_of(VehicleEvent event, const Timeline& timeline) {
    std::vector<double> times;
    for (const TimelineEvent& one : timeline.events) {
        if (one.is_vehicle && one.event == static_cast<std::uint8_t>(event)) {
            times.push_back(static_cast<double>(one.time));
        }
    }
    return times;
}

double headway_variation(const Timeline& timeline) {
    const std::vector<double> departures = times_of(VehicleEvent::departs, timeline);
    Estimate headways;
    for (std::size_t i = 1; i < departures.size(); ++i) {
        headways.add(departures[i] - departures[i - 1]);
    }
    return headways.sd() / headways.mean();
}

/// The share of trips that start later than the shuttle was back from the one before.
double waits_for_container(const Timeline& timeline) {
    const std::vector<double> starts = times_of(VehicleEvent::called, timeline);
    const std::vector<double> ends = times_of(VehicleEvent::ends_trip, timeline);
    REQUIRE(starts.size() > 1);
    std::size_t late = 0;
    for (std::size_t trip = 1; trip < starts.size(); ++trip) {
        late += starts[trip] > ends[trip - 1] ? 1U : 0U;
    }
    return static_cast<double>(late) / static_cast<double>(starts.size() - 1);
}

/// Held to 4 standard errors over replications, which must be small enough to see a deviation of 3 %.
void compare_timelines(const std::string& id, const std::function<double(const Timeline&)>& figure, double exact) {
    const model::Model model = case_model(id);
    Estimate estimate;
    for (std::uint64_t replication = 0; replication < kReplications; ++replication) {
        const Timeline timeline = record_timeline(model, 1, replication);
        REQUIRE(timeline.status.state == RunState::complete);
        estimate.add(figure(timeline));
    }
    const double error = estimate.sd() / std::sqrt(static_cast<double>(kReplications));
    CAPTURE(id);
    CAPTURE(estimate.mean());
    CAPTURE(error);
    CHECK(std::abs(estimate.mean() - exact) <= 4.0 * error);
    CHECK(4.0 * error < 0.03 * exact);
}

}  // namespace

TEST_CASE("Headways of vessels that leave with n containers vary by one over the root of n") {
    compare_timelines("full-a", headway_variation, 1.0 / std::sqrt(20.0));
    compare_timelines("full-b", headway_variation, 1.0 / std::sqrt(90.0));
    compare_timelines("full-c", headway_variation, 1.0 / std::sqrt(2.0));
}

TEST_CASE("A shuttle waits for its first containers as often as its queue left behind is too short") {
    compare_timelines("shuttle-b", waits_for_container, 0.3819660112501064);
    compare_timelines("shuttle-c", waits_for_container, 0.26785496065000614);
}

}  // namespace corridor
