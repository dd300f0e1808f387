// Where vehicles were when.
#include "corridor/engine/timeline.h"
#include "engine/support.h"

namespace corridor {

// Ten hours down the river, without handling times; one leaves at midnight and one at noon, the third too late to
// arrive.
TEST_CASE("A trip has its calls with when it came, when it went and what it took along") {
    const Simulated run(
        river(departures("{ times = [2020-01-02T00:00:00, 2020-01-02T12:00:00, 2020-01-31T20:00:00] }") +
              listed("{ time = 2020-01-01, containers = 3 }, { time = 2020-01-02T06:00:00, containers = 2 }")));
    const TripRecord record = record_trips(run.model(), 1, 0);
    REQUIRE(record.status.state == RunState::complete);
    REQUIRE(record.trips.size() == 3);
    const auto hour = [](Tick time) { return static_cast<double>(time) / kMillisecondsPerHour; };
    const Trip& first = record.trips[0];
    REQUIRE(first.calls.size() == 2);
    CHECK(hour(first.calls[0].arrives) == 24);
    CHECK(hour(first.calls[0].departs) == 24);
    CHECK(first.calls[0].containers == 3);
    CHECK(hour(first.calls[1].arrives) == 34);
    CHECK(first.calls[1].containers == 0);
    CHECK(record.trips[1].calls[0].containers == 2);
    CHECK(record.trips[2].calls.size() == 1);
}

}  // namespace corridor
