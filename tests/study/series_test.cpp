// What is measured by week, against what is measured of the whole period.
#include "corridor/study/series.h"

#include <doctest/doctest.h>

#include <numeric>

#include "engine/support.h"

namespace corridor {
namespace {

/// From Wednesday, the first, to Saturday, the first of February: a departure a day, full of containers.
std::string daily() {
    return river(departures("{ per_week = 7 }") +
                 "[demand.d]\nfrom = \"a\"\nto = \"b\"\nrate = \"70 containers/week\"\n");
}

const SeriesRow& row_of(const Series& series, std::string_view name, const std::string& subject) {
    for (const SeriesRow& row : series.rows) {
        if (row.name == name && row.subject == subject) return row;
    }
    FAIL("there is no row " << subject);
    return series.rows.front();
}

TEST_CASE("Weeks go from Monday to Sunday, cut to the period") {
    const Simulated run(daily());
    const model::Model weekly = model::in_weeks(run.model());
    REQUIRE(weekly.months.size() == 5);
    CHECK(weekly.months[0].label == "2020-01-01");
    CHECK(weekly.months[1].label == "2020-01-06");
    CHECK(weekly.months[4].label == "2020-01-27");
    CHECK(weekly.months.front().from == run.model().window.from);
    CHECK(weekly.months.back().to == run.model().window.to);
    for (std::size_t i = 1; i < 5; ++i) CHECK(weekly.months[i].from == weekly.months[i - 1].to);
}

TEST_CASE(
    "The weeks of a flow add up to that of the period, those of a yard to its mean, and the causes to all waiting") {
    const Simulated run(daily());
    const Simulated explained(daily(), 1, 0, Explain::yes);
    const Series series = run_series(run.model(), {.seed = 1, .replications = 1});
    REQUIRE(series.status.state == RunState::complete);
    CHECK(series.replications == 1);

    const SeriesRow& shipped = row_of(series, "containers_shipped", "service.line.forward");
    REQUIRE(shipped.weeks.size() == 5);
    double sum = 0;
    for (const Estimate& week : shipped.weeks) sum += week.mean();
    CHECK(sum > 200);
    CHECK(sum == run("containers_shipped", "service.line.forward"));

    const SeriesRow& yard = row_of(series, "yard_mean", "terminal.a");
    const model::Model weekly = model::in_weeks(run.model());
    double integral = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        integral += yard.weeks[i].mean() * static_cast<double>(weekly.months[i].to - weekly.months[i].from);
    }
    const model::Window window = run.model().window;
    CHECK(integral / static_cast<double>(window.to - window.from) ==
          doctest::Approx(run("yard_mean", "terminal.a")).epsilon(1e-12));

    double waited = 0;
    for (const WaitRow& wait : series.waits) waited += wait.hours.mean();
    CHECK(waited > 0);
    CHECK(waited == doctest::Approx(explained("waiting_time", "total")).epsilon(1e-12));
}

TEST_CASE("Disruptions happen by week as they do in the run, without the corridor beside it that has none") {
    const Simulated run(daily() + disrupted("service.line", "closed = true", "2020-01-10", "2020-01-20"));
    const Series series = run_series(run.model(), {.seed = 1, .replications = 1});
    const SeriesRow& shipped = row_of(series, "containers_shipped", "service.line.forward");
    CHECK(shipped.weeks[2].mean() == 0);
    for (const SeriesRow& row : series.rows) CHECK(row.name != "throughput_lost");
}

}  // namespace
}  // namespace corridor
