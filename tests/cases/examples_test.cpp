// The examples in scenarios/examples run as they are.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "corridor/study/twin.h"
#include "engine/simulated.h"

namespace corridor {
namespace {

std::vector<std::string> examples() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(CORRIDOR_SOURCE_DIR "/scenarios/examples")) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    return files;
}

std::string contents(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("Every example is shorter than 40 lines and runs without a warning") {
    REQUIRE_FALSE(examples().empty());
    for (const std::string& file : examples()) {
        CAPTURE(file);
        const std::string text = contents(file);
        CHECK(std::ranges::count(text, '\n') < 40);
        const auto scenario = scenario::read_scenario(file);
        REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
        const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
        REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
        CHECK_MESSAGE(model.diagnostics().empty(), render(model.diagnostics()));
        // Explained as well: every hour of every container has to have a cause.
        const MeasureCatalog catalog = measure_catalog(model.value(), kWithCauses);
        const RunStatus status = Simulator(model.value(), catalog).run(1, 0).status;
        CHECK_MESSAGE(status.state == RunState::complete, status.reason);
    }
}

TEST_CASE("The example of theory has an exact wait of each kind: 1 h for its crane, 2 h 10 min for its berth") {
    const Simulated simulated(contents(CORRIDOR_SOURCE_DIR "/scenarios/examples/theory.toml"));
    std::map<std::string, double> exact;
    for (const TheoryRow& row : analytic_twin(simulated.model()).rows) {
        if (row.unit == "h" && row.standing == Standing::exact) exact[row.measure] = row.value;
    }
    REQUIRE(exact.size() == 3);
    CHECK(exact["crane_wait_mean"] == doctest::Approx(1.0));                   // rho s / (1 - rho) = 3 x 20 min
    CHECK(exact["berth_wait_mean"] == doctest::Approx(0.125 * (52.0 / 3.0)));  // lambda E[S^2] / 2(1 - rho)
    CHECK(exact["wait_mean"] > 12.0);
}

}  // namespace corridor
