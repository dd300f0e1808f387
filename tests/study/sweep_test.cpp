// Sweeps: the same results however they came about.
#include "corridor/study/sweep.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>

#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "study/outputs.h"
#include "study/study_folder.h"
#include "study/work_list.h"

namespace corridor {
namespace {

/// What one run of the scenario with the settings of a point gives.
StudyResult study_at(const Sweep& sweep, std::uint64_t point) {
    auto scenario = scenario::read_again(sweep.base, sweep.design.overrides(point));
    REQUIRE(scenario.ok());
    const auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    REQUIRE(model.ok());
    const MeasureCatalog catalog = measure_catalog(model.value());
    const std::size_t delivered = *catalog.find("containers_delivered", "total");
    return run_study(model.value(), catalog, {{.measures = {delivered}}},
                     {.seed = sweep.seed,
                      .replications = sweep.rule.replications,
                      .precision = sweep.rule.precision,
                      .most_replications = sweep.rule.most});
}

std::size_t delivered_in(const Sweep& sweep) { return sweep.headlines().front(); }

}  // namespace

TEST_CASE("A sweep gives at each point what a run with its settings gives") {
    const StudyFolder folder(kGrid);
    CHECK(folder.run("s.sqlite", 2).runs == 30);
    const Sweep sweep = folder.sweep();
    StoreReader store(folder.at("s.sqlite"));
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    std::uint64_t points = 0;
    summarise(store.study(), read, [&](const PointSummary& point) {
        ++points;
        const Estimate& found = point.estimates[delivered_in(sweep)];
        const StudyResult expected = study_at(sweep, point.point);
        CHECK(point.state == PointState::complete);
        CHECK(point.fingerprint == expected.fingerprint);
        CHECK(found.mean() == expected.headlines.front().mean());
        CHECK(found.sd() == expected.headlines.front().sd());
    });
    CHECK(points == 6);
}

TEST_CASE("Any number of threads, and any interruption, gives the same exports") {
    const StudyFolder folder(kGrid);
    folder.run("one.sqlite", 1);
    const std::string expected = folder.exported("one.sqlite");
    CHECK(expected.find("14,30,") != std::string::npos);
    for (const unsigned threads : {2U, 7U}) {
        const std::string name = std::to_string(threads) + ".sqlite";
        folder.run(name, threads);
        CHECK(folder.exported(name) == expected);
    }
    std::uint64_t runs = 0;
    for (std::uint64_t stop_at = 1; runs < 30; stop_at += 4) {
        const SweepResult result = folder.run("resumed.sqlite", 2, {}, stop_at);
        CHECK(result.stored_before == runs);
        runs += result.runs;
    }
    CHECK(runs == 30);
    folder.run("resumed.sqlite", 2);
    CHECK(folder.exported("resumed.sqlite") == expected);
}

TEST_CASE("Points at which a queue has no steady state are known by their load, and marked") {
    // A barge a day carries 100 containers of 1 TEU: 350 and 700 a week are half of that and all of it.
    const StudyFolder folder(
        "design = { kind = \"grid\" }\nreplications = 2\n[parameter]\n"
        "\"demand.d.volume\" = [\"350 containers\", \"700 containers\", \"770 containers\"]\n");
    folder.run("s.sqlite", 1);
    const Sweep sweep = folder.sweep();
    StoreReader store(folder.at("s.sqlite"));
    SweepTable table(store.study(), sweep.shown);
    std::vector<double> loads;
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    const SummaryCounts counts = summarise(store.study(), read, [&](const PointSummary& point) {
        loads.push_back(point.estimates.back().mean());
        table.add(point, [&] { return settings_text(sweep.design, point.point); });
    });
    REQUIRE(loads.size() == 3);
    CHECK(loads[0] == doctest::Approx(0.5));
    CHECK(loads[1] == doctest::Approx(1.0));
    CHECK(loads[2] == doctest::Approx(1.1));
    const std::string text = table.text(counts, "s.sqlite");
    INFO(text);
    CHECK(text.find("offered_load_highest/total [share]") != std::string::npos);
    CHECK(text.find("  1.1 !  ") != std::string::npos);
    CHECK(text.find("No steady state at 2 of 3 points, marked ! (number 1, 2): ") != std::string::npos);
    CHECK(text.find("\nscenario " + sweep.base.hash + ", seed 1, corridor ") != std::string::npos);
}

TEST_CASE("A complete sweep has nothing to do") {
    const StudyFolder folder(kGrid);
    folder.run("s.sqlite", 2);
    const SweepResult again = folder.run("s.sqlite", 2);
    CHECK(again.runs == 0);
    CHECK(again.stored_before == 30);
}

TEST_CASE("With a precision each point stops where a run of its own would, however the sweep came about") {
    const StudyFolder folder(
        "design = { kind = \"grid\" }\nreplications = 4\nprecision = \"4 %\"\nmost_replications = 60\n[parameter]\n"
        "\"demand.d.volume\" = [\"30 containers\", \"70 containers\"]\n");
    folder.run("one.sqlite", 1);
    const std::string expected = folder.exported("one.sqlite");
    folder.run("five.sqlite", 5);
    CHECK(folder.exported("five.sqlite") == expected);
    for (std::uint64_t stop_at = 1; stop_at < 100; stop_at += 9) folder.run("resumed.sqlite", 3, {}, stop_at);
    folder.run("resumed.sqlite", 3);
    CHECK(folder.exported("resumed.sqlite") == expected);

    const Sweep sweep = folder.sweep();
    StoreReader store(folder.at("one.sqlite"));
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    std::set<std::uint64_t> counts;
    summarise(store.study(), read, [&](const PointSummary& point) {
        const StudyResult alone = study_at(sweep, point.point);
        CHECK(point.replications == alone.replications);
        CHECK(point.fingerprint == alone.fingerprint);
        CHECK(point.estimates[delivered_in(sweep)].mean() == alone.headlines.front().mean());
        counts.insert(point.replications);
    });
    CHECK(counts.size() == 2);
}

TEST_CASE("A point that ends before it is as precise as asked is not called complete") {
    const StudyFolder folder(
        "design = { kind = \"grid\" }\nreplications = 4\nprecision = \"0.01 %\"\nmost_replications = 9\n[parameter]\n"
        "\"demand.d.volume\" = [\"30 containers\", \"70 containers\"]\n");
    folder.run("short.sqlite", 1);
    StoreReader store(folder.at("short.sqlite"));
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    const SummaryCounts counts = summarise(store.study(), read, [](const PointSummary& point) {
        CHECK(point.replications == 9);
        CHECK(label(point.state) == std::string("imprecise"));
    });
    CHECK(counts.imprecise == 2);
    CHECK(counts.incomplete == 0);
}

TEST_CASE("Shards and one process give the same exports") {
    const StudyFolder folder(kGrid);
    folder.run("one.sqlite", 2);
    std::vector<std::string> shards;
    for (std::uint64_t number = 1; number <= 4; ++number) {
        const std::string name = "shard-" + std::to_string(number);
        folder.run(name, 2, {number, 4});
        shards.push_back(folder.at(name));
    }
    merge_stores(folder.at("merged.sqlite"), shards);
    CHECK(folder.exported("merged.sqlite") == folder.exported("one.sqlite"));
    CHECK(folder.run("merged.sqlite", 2).runs == 0);
}

TEST_CASE("What failed is tried again, and nothing else") {
    const StudyFolder folder(kGrid);
    folder.run("one.sqlite", 2);
    const std::string expected = folder.exported("one.sqlite");
    const Sweep sweep = folder.sweep();
    {
        StoreWriter store(folder.at("one.sqlite"), store_study(sweep, folder.study(), ""),
                          [&](std::uint64_t point) { return settings_text(sweep.design, point); });
        store.add({3, 2, "a defect of corridor", {}});
        store.commit();
    }
    CHECK(folder.exported("one.sqlite").find("failed,a defect of corridor,\n") != std::string::npos);
    CHECK(folder.run("one.sqlite", 2).runs == 1);
    CHECK(folder.exported("one.sqlite") == expected);
}

TEST_CASE("What is wrong in a list is shown in its row") {
    const StudyFolder folder("design = { kind = \"list\", file = \"points.csv\" }\n");
    folder.file("points.csv", "service.s.departures.per_week,demand.d.volume\n7,30 containers\n7,-3 containers\n");
    const std::string text = render(check_points(folder.sweep(), 1));
    CHECK(
        text.ends_with("points.csv:3:3: error: demand.d.volume: must be >= 0, got -3 containers (at point 1: "
                       "service.s.departures.per_week = 7, demand.d.volume = -3 containers)\n"));
}

TEST_CASE("All points are checked before the first run, and what is wrong is shown in the study file") {
    const StudyFolder folder(
        "design = { kind = \"grid\" }\n[parameter]\n\"service.s.departures.per_wek\" = [7]\n\"demand.d.volume\" = "
        "[\"-3 "
        "containers\", \"5 km\", \"30 containers\"]\n");
    std::string text = render(check_points(folder.sweep(), 2));
    const std::string prefix = folder.path().string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
        text.erase(at, prefix.size());
    CHECK(
        text ==
        R"(study.toml:4:1: error: service.s.departures.per_wek: unknown key 'per_wek' (at every point); did you mean 'per_week'?
    4 | "service.s.departures.per_wek" = [7]
      | ^
study.toml:5:22: error: demand.d.volume: must be >= 0, got -3 containers (at point 0: service.s.departures.per_wek = 7, demand.d.volume = -3 containers)
    5 | "demand.d.volume" = ["-3 containers", "5 km", "30 containers"]
      |                      ^
study.toml:5:39: error: demand.d.volume: expected a number of containers such as "124 containers" or a number of TEU such as "150 TEU", got a length (at point 1: service.s.departures.per_wek = 7, demand.d.volume = 5 km); use containers or boxes or TEU
    5 | "demand.d.volume" = ["-3 containers", "5 km", "30 containers"]
      |                                       ^
)");
}

TEST_CASE("A study file is read like a scenario: every mistake at once, with line and caret") {
    const tests::Scratch folder;
    folder.file("scenario.toml", river_text());
    const auto complaints = [&](const std::string& text) {
        folder.file("study.toml", text);
        const auto study = scenario::read_study((folder.path() / "study.toml").string());
        CHECK(!study.ok());
        return model::text_of(study.diagnostics());
    };
    CHECK(complaints(
              "scenaro = \"x\"\ndesign = { kind = \"gird\" }\nreplications = 0\n[parameter]\n\"a.b\" = { from = 5, "
              "to = 1, step = 1 }\n\"a.c\" = []\n\"a.d\" = { from = \"8 km/h\", to = \"9 km\" }\n"
              "\"a.e\" = { from = 1, to = 5, step = 0 }\n\"a.f\" = { from = 1, to = 5, step = -1 }\n") ==
          "error: scenaro: unknown table 'scenaro'; did you mean 'scenario'?\n"
          "error: design.kind: 'gird' is not one of \"grid\", \"list\", \"latin-hypercube\", \"sobol\", \"morris\", "
          "\"one-at-a-time\"; did you mean \"grid\"?\n"
          "error: replications: must be between 1 and 1000000, got 0\n"
          "error: parameter.a.b: the range 5 to 1 by 1 is empty\n"
          "error: parameter.a.c: no values are given (the list is empty)\n"
          "error: parameter.a.d: 'km/h' and 'km' are two units; write 'from', 'to' and 'step' in the same unit\n"
          "error: parameter.a.e: the range 1 to 5 by 0 is empty\n"
          "error: parameter.a.f: the range 1 to 5 by -1 is empty\n");
    CHECK(
        complaints("scenario = \"../scenario.toml\"\ndesign = { kind = \"sobol\" }\n") ==
        "error: scenario: '../scenario.toml' is outside of the study's folder (only files below it are read); put the "
        "study beside the scenario, or above it\n"
        "error: design: 'points' is missing (a design of kind \"sobol\" needs it)\n"
        "error: design: nothing varies (no parameter is given); write for instance [parameter] "
        "\"service.a-b.departures.per_week\" = [3, 5, 7]\n");
}

TEST_CASE("A pattern that fits no measure, and a sweep beyond the limit, are refused before anything is run") {
    const auto refusal = [](const std::string& study) {
        const StudyFolder folder(study);
        const auto planned = folder.plan();
        return planned.ok() ? "" : model::text_of(planned.diagnostics());
    };
    CHECK(refusal(std::string("measures = [\"containers_delivred/total\"]\n") + kGrid) ==
          "error: measures: 'containers_delivred/total' fits no measure; did you mean 'containers_delivered'?\n");
    CHECK(refusal(std::string("measures = [\"offered_load_highest/total\"]\n") + kGrid).empty());
    const std::string huge = refusal(
        "replications = 1000000\ndesign = { kind = \"sobol\", points = 1000 }\n[parameter]\n\"demand.d.volume\" = { "
        "from = "
        "\"1 containers\", to = \"2 containers\" }\n");
    CHECK(huge.starts_with(
        "error: : 1,000 points with up to 1,000,000 replications each are 1,000,000,000 runs (the limit "
        "is 100,000,000; at "));
}

TEST_CASE("A star stands for any text, and costs no more than the texts are long") {
    CHECK(study::matches("*/total", "containers_shipped/total"));
    CHECK(study::matches("*", ""));
    CHECK(study::matches("a*b*c", "axxbyybzc"));
    CHECK(!study::matches("a*b*c", "axxbyybz"));
    CHECK(!study::matches("", "a"));
    CHECK(study::matches("abc", "abc"));
    CHECK(!study::matches("abc", "abcd"));
    std::string stars;
    for (int i = 0; i < 2000; ++i) stars += "*a";
    CHECK(!study::matches(stars + "b", std::string(20'000, 'a')));
}

// ---- handing out work ----

namespace {

Record headline(std::uint64_t point, std::uint64_t replication, double value) {
    return {point, replication, "", {value}};
}

}  // namespace

TEST_CASE("Work is handed out point by point, each worker staying at its own, the last one shared") {
    study::WorkList work({.replications = 20}, {0});
    for (std::uint64_t point = 0; point < 2; ++point) work.add_point(point);
    const auto taken = [&](std::optional<std::uint64_t> last) {
        const auto block = work.next(last);
        if (!block) return std::string("none");
        return std::to_string(block->point) + ":" + std::to_string(block->first) + "+" + std::to_string(block->count);
    };
    CHECK(taken(std::nullopt) == "0:0+16");
    CHECK(taken(std::nullopt) == "1:0+16");
    CHECK(taken(0) == "0:16+4");
    CHECK(taken(0) == "1:16+4");
    CHECK(taken(1) == "none");
    CHECK(work.is_empty());
}

TEST_CASE("Gaps in what is stored are handed out, and no more") {
    study::WorkList work({.replications = 6}, {0});
    work.add_stored(headline(0, 1, 1));
    work.add_stored(headline(0, 4, 1));
    work.add_point(0);
    CHECK(work.done() == 2);
    CHECK(work.expected() == 6);
    std::set<std::uint64_t> handed_out;
    while (const auto block = work.next(0)) {
        for (std::uint64_t i = 0; i < block->count; ++i) handed_out.insert(block->first + i);
    }
    CHECK(handed_out == std::set<std::uint64_t>{0, 2, 3, 5});
}

TEST_CASE("With a precision, records that come out of turn wait, and those beyond what is needed are dropped") {
    study::WorkList work({.replications = 2, .precision = 0.5, .most = 100}, {0});
    work.add_point(0);
    const auto first = work.next(std::nullopt);
    REQUIRE(first);
    CHECK(first->count == 2);
    const auto ahead = work.next(std::nullopt);
    REQUIRE(ahead);
    CHECK(ahead->first == 2);
    CHECK(work.take({headline(0, 2, 10), headline(0, 3, 10)}).empty());
    // 10 and 14: half-width 25 of 12; with a third sample of 10, 5.7 of 11.3; with a fourth, 3.2 of 11.
    const std::vector<Record> wanted = work.take({headline(0, 0, 10), headline(0, 1, 14)});
    CHECK(wanted.size() == 4);
    CHECK(work.is_empty());
    CHECK(work.take({headline(0, 4, 10)}).empty());
    CHECK(work.done() == 4);
}

}  // namespace corridor
