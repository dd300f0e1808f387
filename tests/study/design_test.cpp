// The points of designs: against what is known of each.
#include "corridor/study/design.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "model/compiled.h"
#include "study/design_points.h"
#include "tools/shell.h"

namespace corridor {
namespace {

using study::Places;

constexpr const char* kLine =
    "\n[service.s]\nvehicle = \"barge\"\nroute = [\"a\", \"c\"]\ndirections = \"one-way\"\n"
    "departures = { per_week = 7 }\n";

std::string scenario_text() { return model::kRiver + model::kDemand + "release = \"even\"\n" + kLine; }

/// A study of `scenario_text` with the lines of `text`.
Result<scenario::StudyFile> study_file_of(const tests::Scratch& folder, const std::string& text) {
    folder.file("scenario.toml", scenario_text());
    folder.file("study.toml", "scenario = \"scenario.toml\"\n" + text);
    return scenario::read_study((folder.path() / "study.toml").string());
}

Design design_of(const std::string& text) {
    const tests::Scratch folder;
    auto study = study_file_of(folder, text);
    INFO(render(study.diagnostics()));
    REQUIRE(study.ok());
    auto design = Design::make(study.value(), model::scenario_of(scenario_text()), 1);
    INFO(render(design.diagnostics()));
    REQUIRE(design.ok());
    return std::move(design).value();
}

std::string lines_of(const Design& design) {
    std::string lines;
    for (std::uint64_t point = 0; point < design.size(); ++point) lines += design.text(point) + "\n";
    return lines;
}

}  // namespace

TEST_CASE("A grid has all combinations, and the last parameter changes fastest") {
    CHECK(lines_of(design_of(
              "design = { kind = \"grid\" }\n[parameter]\n\"x.b\" = [1, 2]\n\"x.a\" = [\"3 h\", \"4 h\"]\n")) ==
          "x.b = 1, x.a = 3 h\nx.b = 1, x.a = 4 h\nx.b = 2, x.a = 3 h\nx.b = 2, x.a = 4 h\n");
}

TEST_CASE("Steps go up to the end of the span, in decimals as one would write them") {
    const Design design =
        design_of("design = { kind = \"grid\" }\n[parameter]\n\"x.a\" = { from = 0.1, to = 0.5, step = 0.1 }\n");
    CHECK(lines_of(design) == "x.a = 0.1\nx.a = 0.2\nx.a = 0.3\nx.a = 0.4\nx.a = 0.5\n");
}

TEST_CASE("One at a time: the scenario as it is, and from there every value alone") {
    CHECK(
        lines_of(design_of("design = { kind = \"one-at-a-time\" }\n[parameter]\n\"x.b\" = [1, 2]\n\"x.a\" = [3]\n")) ==
        "as in the scenario\nx.b = 1\nx.b = 2\nx.a = 3\n");
}

TEST_CASE("A list is a CSV file whose columns are paths") {
    const tests::Scratch folder;
    folder.file("points.csv", "x.a,x.b\n3 h,1\n4 h,2\n");
    auto study = study_file_of(folder, "design = { kind = \"list\", file = \"points.csv\" }\n");
    INFO(render(study.diagnostics()));
    REQUIRE(study.ok());
    const auto design = Design::make(study.value(), model::scenario_of(scenario_text()), 1);
    REQUIRE(design.ok());
    CHECK(lines_of(design.value()) == "x.a = 3 h, x.b = 1\nx.a = 4 h, x.b = 2\n");
    CHECK(design.value().overrides(0)[0].assignment == "x.a = 3 h");
}

TEST_CASE("Each of the equal parts of each axis of a Latin hypercube has one point") {
    constexpr std::size_t kCount = 50;
    const Places places = study::latin_hypercube({"a", "b", "c"}, kCount, 7);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        std::set<int> parts;
        for (std::size_t point = 0; point < kCount; ++point) {
            parts.insert(static_cast<int>(places[point * 3 + axis] * kCount));
        }
        CHECK(parts.size() == kCount);
        CHECK(*parts.begin() == 0);
        CHECK(*parts.rbegin() == kCount - 1);
    }
}

TEST_CASE("The axes of a Latin hypercube are independent: their correlations are those of chance") {
    constexpr std::size_t kCount = 400;
    const Places places = study::latin_hypercube({"a", "b"}, kCount, 7);
    double product = 0;
    for (std::size_t point = 0; point < kCount; ++point) {
        product += (places[2 * point] - 0.5) * (places[2 * point + 1] - 0.5) * 12 / kCount;
    }
    CHECK(std::abs(product) < 4 / std::sqrt(400.0));
}

TEST_CASE("A parameter's order in a Latin hypercube is its own: another parameter does not change it") {
    const Places one = study::latin_hypercube({"a"}, 20, 7);
    const Places two = study::latin_hypercube({"b", "a"}, 20, 7);
    for (std::size_t point = 0; point < 20; ++point) CHECK(one[point] == two[2 * point + 1]);
}

// Joe & Kuo's published direction numbers give these: https://web.maths.unsw.edu.au/~fkuo/sobol/
TEST_CASE("A Sobol sequence begins with its known points") {
    const Places places = study::sobol_points(3, 7);
    const Places known{0.5,   0.5,   0.5,    //
                       0.75,  0.25,  0.25,   //
                       0.25,  0.75,  0.75,   //
                       0.375, 0.375, 0.625,  //
                       0.875, 0.875, 0.125,  //
                       0.625, 0.125, 0.875,  //
                       0.125, 0.625, 0.375};
    CHECK(places == known);
}

TEST_CASE("From one point of a Morris trajectory to the next one input moves by two thirds, and each once") {
    constexpr std::size_t kAxes = 4;
    const Places places = study::morris_points(kAxes, 3, 1);
    REQUIRE(places.size() == 3 * (kAxes + 1) * kAxes);
    for (std::size_t trajectory = 0; trajectory < 3; ++trajectory) {
        std::set<std::size_t> moved;
        for (std::size_t step = 1; step <= kAxes; ++step) {
            const std::size_t at = (trajectory * (kAxes + 1) + step) * kAxes;
            for (std::size_t axis = 0; axis < kAxes; ++axis) {
                const double change = std::abs(places[at + axis] - places[at - kAxes + axis]);
                if (change == 0) continue;
                CHECK(change == doctest::Approx(2.0 / 3));
                CHECK(moved.insert(axis).second);
            }
        }
        CHECK(moved.size() == kAxes);
    }
}

TEST_CASE("Morris trajectories reach both ends of a span, so whole numbers of four stay whole") {
    const Design design =
        design_of("design = { kind = \"morris\", trajectories = 20 }\n[parameter]\n\"x.a\" = { from = 2, to = 8 }\n");
    std::set<double> values;
    for (std::uint64_t point = 0; point < design.size(); ++point) {
        values.insert(Design::number_of(*design.level(point, 0)));
    }
    CHECK(values == std::set<double>{2, 4, 6, 8});
}

TEST_CASE("Quantiles become numbers of a span in its unit, or one of the levels, all equally often") {
    const Design design = design_of(
        "design = { kind = \"sobol\", points = 7 }\n[parameter]\n\"x.a\" = { from = \"8 km/h\", to = \"12 km/h\" }\n"
        "\"x.b\" = [10, 20, 30, 40]\n");
    CHECK(design.text(0) == "x.a = 10 km/h, x.b = 30");
    CHECK(design.text(1) == "x.a = 11 km/h, x.b = 20");
    CHECK(design.text(2) == "x.a = 9 km/h, x.b = 40");
    CHECK(design.overrides(0)[0].assignment == "x.a = \"10 km/h\"");
    CHECK(design.parameters()[0].unit == "km/h");
    CHECK(Design::number_of(*design.level(0, 0)) == 10.0);
}

TEST_CASE("A range of the scenario is taken with its distribution, in the unit in which it is written") {
    const tests::Scratch folder;
    const std::string text =
        scenario_text() + "[quantity.wait]\nvalue = \"120 min\"\nrange = [\"60 min\", \"180 min\"]\n";
    folder.file("scenario.toml", text);
    folder.file("study.toml",
                "scenario = \"scenario.toml\"\ndesign = { kind = \"sobol\", points = 3 }\n[parameter]\n"
                "\"quantity.wait\" = { range = \"scenario\" }\n");
    const auto study = scenario::read_study((folder.path() / "study.toml").string());
    REQUIRE(study.ok());
    const auto design = Design::make(study.value(), model::scenario_of(text), 1);
    INFO(render(design.diagnostics()));
    REQUIRE(design.ok());
    // A symmetric triangle: the median is its middle; a quarter of it lies below 60 + 120 sqrt(1/8).
    CHECK(design.value().text(0) == "quantity.wait = 120 min");
    const double quarter = Design::number_of(*design.value().level(2, 0));
    CHECK(quarter == doctest::Approx(60 + 120 * std::sqrt(0.125)));
}

TEST_CASE("In a grid a range of the scenario is its ends and what is stated; one at a time it is its ends") {
    const tests::Scratch folder;
    const std::string text =
        scenario_text() + "[quantity.wait]\nvalue = \"90 min\"\nrange = [\"60 min\", \"180 min\"]\n";
    const auto points = [&](const std::string& kind) {
        const auto study =
            study_file_of(folder, "design = { kind = \"" + kind +
                                      "\" }\n[parameter]\n\"quantity.wait\" = { range = \"scenario\" }\n");
        INFO(render(study.diagnostics()));
        REQUIRE(study.ok());
        const auto design = Design::make(study.value(), model::scenario_of(text), 1);
        INFO(render(design.diagnostics()));
        REQUIRE(design.ok());
        CHECK(design.value().parameters().front().unit == "min");
        return lines_of(design.value());
    };
    CHECK(points("grid") == "quantity.wait = 60 min\nquantity.wait = 90 min\nquantity.wait = 180 min\n");
    CHECK(points("one-at-a-time") == "as in the scenario\nquantity.wait = 60 min\nquantity.wait = 180 min\n");
}

TEST_CASE("A named number that is used as a count takes whole numbers of its range") {
    const tests::Scratch folder;
    const std::string text = scenario_text() +
                             "[quantity.size]\nvalue = 3\nrange = [1, 10]\n[demand.more]\nfrom = \"a\"\n"
                             "to = \"c\"\nvolume = \"9 containers\"\nconsignment = { use = \"size\" }\n";
    const auto study = study_file_of(folder,
                                     "design = { kind = \"sobol\", points = 16 }\n[parameter]\n"
                                     "\"quantity.size\" = { range = \"scenario\" }\n");
    REQUIRE(study.ok());
    const auto design = Design::make(study.value(), model::scenario_of(text), 1);
    INFO(render(design.diagnostics()));
    REQUIRE(design.ok());
    for (std::uint64_t point = 0; point < 16; ++point) {
        const double size = Design::number_of(*design.value().level(point, 0));
        CHECK(size == std::nearbyint(size));
    }
    CHECK(design.value().text(0) == "quantity.size = 4");  // the median: 10 - sqrt(9 x 7 / 2) = 4.4
}

TEST_CASE("A parameter without a range in the scenario, and a grid beyond the limit, are refused") {
    const tests::Scratch folder;
    const auto refusal = [&](const std::string& text) {
        const auto study = study_file_of(folder, text);
        INFO(render(study.diagnostics()));
        REQUIRE(study.ok());
        const auto design = Design::make(study.value(), model::scenario_of(scenario_text()), 1);
        return design.ok() ? "" : model::text_of(design.diagnostics());
    };
    CHECK(refusal(
              "design = { kind = \"sobol\", points = 3 }\n[parameter]\n\"quantity.x\" = { range = \"scenario\" }\n") ==
          "error: quantity.x: the scenario gives this no range; give 'from' and 'to'\n");
    CHECK(refusal("design = { kind = \"grid\" }\n[parameter]\n\"quantity.x\" = { range = \"scenario\" }\n") ==
          "error: quantity.x: the scenario gives this no range; give 'values', or 'from', 'to' and 'step'\n");
    const std::string axis = " = { from = 1, to = 1000000, step = 1 }\n";
    CHECK(refusal("design = { kind = \"grid\" }\n[parameter]\n\"x.a\"" + axis + "\"x.b\"" + axis) ==
          "error: design: 1,000,000,000,000 points with 2 parameters are too many (the limit is 1,000,000 points, and "
          "20,000,000 values); leave out values, or take a Latin hypercube or a Sobol sequence\n");
}

}  // namespace corridor
