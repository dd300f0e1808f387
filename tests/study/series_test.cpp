// What is measured by week, against what is measured of the whole period.
#include "corridor/study/series.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/support.h"
#include "model/calendar.h"

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

/// Of all replications: the shares within `hours`.
double within(const Series& series, std::string_view name, const std::string& subject, int hours) {
    for (const DistributionRow& row : series.distributions) {
        if (row.name != name || row.subject != subject) continue;
        REQUIRE(row.within.size() == kTimeLimits.size());
        return row.within[static_cast<std::size_t>(std::ranges::find(kTimeLimits, hours) - kTimeLimits.begin())].mean();
    }
    FAIL("there is no row " << subject);
    return 0.0;
}

Series once(const std::string& text) { return run_series(Simulated(text).model(), {.seed = 1, .replications = 1}); }

/// What there is of a kind of resource in a part of the period, in ms.
double time_there_is(const model::Model& model, std::string_view measure, const std::string& subject,
                     const model::Window& part) {
    const bool is_crane = measure == "crane_utilisation";
    for (const model::Terminal& terminal : model.terminals) {
        if (is_crane && subject.starts_with("terminal." + terminal.id + "."))
            return static_cast<double>(model::open_time(terminal.open, part));
    }
    return static_cast<double>(part.to - part.from);
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
    const Simulated explained(daily(), 1, 0, kWithCauses);
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

TEST_CASE("The measures with causes begin with those without, so that outcomes with causes serve for both") {
    const SeriesBasis basis = series_basis(Simulated(daily()).model());
    REQUIRE(basis.explained.size() > basis.catalog.size());
    for (std::size_t i = 0; i < basis.catalog.size(); ++i) {
        CHECK(basis.explained.infos()[i].name == basis.catalog.infos()[i].name);
        CHECK(basis.explained.infos()[i].subject == basis.catalog.infos()[i].subject);
    }
}

TEST_CASE("The share within a limit is of each container its own time, exact but for 1.6 % beyond the limit") {
    // A barge leaves at midnight, 12 h, 12 h 5 min, 12 h 6 min and 24 h after the release of a container each; it takes
    // ten hours. The histogram that percentiles come from has a bin from 11 h 56 min 32 s to 12 h 5 min 16 s.
    const Series series =
        once(river(departures("{ times = [2020-01-02] }") +
                   listed(boxes_at("00:00:00") + boxes_at("11:54:00") + boxes_at("11:55:00") + boxes_at("12:00:00"))));
    const auto dwell = [&](int hours) { return within(series, "dwell_within_share", "terminal.a", hours); };
    CHECK(dwell(1) == 0.0);
    CHECK(dwell(6) == 0.0);
    CHECK(dwell(12) == 0.5);
    CHECK(dwell(18) == 0.75);
    CHECK(dwell(24) == 1.0);
    CHECK(dwell(2016) == 1.0);
    const auto door = [&](int hours) { return within(series, "door_to_door_within_share", "demand.boxes", hours); };
    CHECK(door(18) == 0.0);
    CHECK(door(24) == 0.75);
    CHECK(door(36) == 1.0);
    CHECK(std::isnan(within(series, "dwell_within_share", "terminal.b", 24)));
}

TEST_CASE("So it is of many containers, and of the mean over replications") {
    const Series series = once(
        river(departures("{ times = [2020-01-02] }") + listed(boxes_at("00:00:00", 1500) + boxes_at("12:00:00", 500)),
              "20000 TEU"));
    const auto dwell = [&](int hours) { return within(series, "dwell_within_share", "terminal.a", hours); };
    CHECK(dwell(6) == 0.0);
    CHECK(dwell(12) == 0.25);
    CHECK(dwell(18) == 0.25);
    CHECK(dwell(24) == 1.0);

    // A limit that the scenario names is exact: the histogram counts no less, and no more than within 1.6 % beyond it.
    const std::string exact = daily() + "[run]\ndelivered_within = [\"18 h\", \"18.3 h\", \"24 h\", \"24.4 h\"]\n";
    const Simulated named(exact);
    const Series ten = run_series(named.model(), {.seed = 1, .replications = 10});
    const auto counted = [&](const std::string& limit) {
        Estimate share;
        for (std::uint64_t r = 0; r < 10; ++r) {
            share.add(Simulated(exact, 1, r)("delivered_within_share", "demand.d." + limit));
        }
        return share.mean();
    };
    for (const auto& [limit, label, beyond] : {std::tuple{18, "18 h", "18.3 h"}, std::tuple{24, "24 h", "24.4 h"}}) {
        CHECK(counted(label) > 0.3);
        CHECK(within(ten, "door_to_door_within_share", "demand.d", limit) >= counted(label));
        CHECK(within(ten, "door_to_door_within_share", "demand.d", limit) <= counted(beyond));
    }
}

TEST_CASE("In the tutorial, where a barge begins to load 5 h before it leaves, dwell is even from 5 to 61 h") {
    // Three departures a week are 56 h apart; a list closes 6 h before and the barge berths within one.
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/scenarios/tutorial/scenario.toml");
    REQUIRE(scenario.ok());
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    const Series series = run_series(model.value(), {.seed = 1, .replications = 20});
    for (const auto& [hours, hand] : {std::pair{6, 1.0 / 56}, {12, 7.0 / 56}, {24, 19.0 / 56}, {48, 43.0 / 56}}) {
        CHECK(within(series, "dwell_within_share", "terminal.port", hours) == doctest::Approx(hand).epsilon(0.02));
    }
    CHECK(within(series, "dwell_within_share", "terminal.port", 4) == 0.0);
    CHECK(within(series, "dwell_within_share", "terminal.port", 72) == 1.0);
}

TEST_CASE("A crane and a berth that work from Sunday noon to Monday noon are as busy in both weeks as that") {
    // Four moves of twelve hours by two cranes; the first week has five days.
    const Series series =
        once(with_terminal_of(river(departures("{ times = [2020-01-05T12:00:00] }") + listed(boxes_at("00:00:00", 4))),
                              "a", "berths = { count = 1 }\nquay_cranes = { count = 2, move_time = \"12 h\" }"));
    for (const std::string_view measure : {"crane_utilisation", "berth_utilisation"}) {
        CAPTURE(measure);
        const SeriesRow& row = row_of(series, measure, "terminal.a.quay");
        REQUIRE(row.weeks.size() == 5);
        CHECK(row.weeks[0].mean() == doctest::Approx(12.0 / 120.0).epsilon(1e-12));
        CHECK(row.weeks[1].mean() == doctest::Approx(12.0 / 168.0).epsilon(1e-12));
        CHECK(row.weeks[2].mean() == 0.0);
    }
}

TEST_CASE("What a crane works after closing counts in no week") {
    // Sunday 08-16, 16-24 of which four hours are open, and Monday 08-16: of twelve open hours a day.
    const std::string keys = "opening = [\"Mon-Sun 08:00-20:00\"]\nquay_cranes = { count = 1, move_time = \"8 h\" }";
    const Series series = once(with_terminal_of(
        river(departures("{ times = [2020-01-05T08:00:00] }") + listed(boxes_at("00:00:00", 3))), "a", keys));
    const SeriesRow& row = row_of(series, "crane_utilisation", "terminal.a.quay");
    CHECK(row.weeks[0].mean() == doctest::Approx(12.0 / 60.0).epsilon(1e-12));
    CHECK(row.weeks[1].mean() == doctest::Approx(8.0 / 84.0).epsilon(1e-12));
    CHECK(row.weeks[2].mean() == 0.0);
}

TEST_CASE("In every example the weeks of what is busy add up to the period") {
    std::size_t checked = 0;
    for (const auto& entry : std::filesystem::directory_iterator(CORRIDOR_SOURCE_DIR "/scenarios/examples")) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream stream(entry.path());
        const Simulated run({std::istreambuf_iterator<char>(stream), {}});
        const Series series = run_series(run.model(), {.seed = 1, .replications = 1});
        const model::Model weekly = model::in_weeks(run.model());
        for (const SeriesRow& row : series.rows) {
            if (!row.name.ends_with("_utilisation")) continue;
            CAPTURE(entry.path().filename().string());
            CAPTURE(row.subject);
            double busy = 0.0;
            for (std::size_t i = 0; i < row.weeks.size(); ++i) {
                const model::Window week{weekly.months[i].from, weekly.months[i].to};
                const double there_is = time_there_is(weekly, row.name, row.subject, week);
                busy += there_is > 0.0 ? row.weeks[i].mean() * there_is : 0.0;
            }
            const double all = time_there_is(weekly, row.name, row.subject, weekly.window);
            CHECK(busy / all == doctest::Approx(run(std::string(row.name), row.subject)).epsilon(1e-9));
            ++checked;
        }
    }
    CHECK(checked > 20);
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
