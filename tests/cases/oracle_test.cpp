// Exact answers of queueing and timetable theory, against scenarios that set the same systems up as corridors.
//
// oracle/exact.csv has a row a figure: case (its scenario is oracle/<case>.toml), metric, the measure and subject that
// simulate it, the exact value, the factor from measure to metric, and how the two are held against each other:
//   mean      the simulated mean lies within chance of the exact value
//   exact     nothing is random: equal
//   whole     a rate over the whole window, off by what one departure at its edges can change
//   bound     not more than the value
//   at least  not less than the value
//   nearest   a percentile of whole numbers, which jumps between neighbours: less than one off
//   since H   nothing is random: equal on a clock that stood at H hours at the release
//   cut       no measure: how many places or cranes the minimum cut of the demand is made of
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <thread>

#include "corridor/base/diagnostic.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/potential.h"
#include "corridor/study/study.h"
#include "corridor/study/twin.h"

namespace corridor {
namespace {

const std::string kFolder = CORRIDOR_SOURCE_DIR "/tests/cases/oracle/";

struct Figure {
    std::string metric;
    std::string measure;
    std::string subject;
    double exact = 0.0;
    double factor = 1.0;
    std::string kind;
};

std::map<std::string, std::vector<Figure>> figures_by_case() {
    std::map<std::string, std::vector<Figure>> cases;
    std::ifstream file(kFolder + "exact.csv");
    std::string line;
    std::getline(file, line);
    REQUIRE(line == "case,metric,measure,subject,exact,factor,kind");
    while (std::getline(file, line)) {
        std::vector<std::string> cells;
        boost::split(cells, line, boost::is_any_of(","));
        REQUIRE(cells.size() == 7);
        cases[cells[0]].push_back({cells[1], cells[2], cells[3], std::stod(cells[4]), std::stod(cells[5]), cells[6]});
    }
    return cases;
}

struct SimulatedCase {
    MeasureCatalog catalog;
    StudyResult result;
    TwinReport theory;
    std::vector<Potential> potentials;
};

SimulatedCase simulate(const std::string& id) {
    const auto scenario = scenario::read_scenario(kFolder + id + ".toml");
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    MeasureCatalog catalog = measure_catalog(model.value());
    StudyPlan plan;
    plan.seed = scenario.value().seed;
    plan.replications = static_cast<std::uint64_t>(scenario.value().replications);
    plan.threads = std::max(1U, std::thread::hardware_concurrency());
    StudyResult result = run_study(model.value(), catalog, {}, plan);
    REQUIRE_MESSAGE(result.status.state == RunState::complete, result.status.reason);
    TwinReport theory = compare_with_theory(analytic_twin(model.value()), catalog, result);
    return {std::move(catalog), std::move(result), std::move(theory),
            potentials(model.value(), model::static_balance(model.value()))};
}

const std::string kSince = "since ";

void compare_cut(const Figure& figure, const std::vector<Potential>& potentials) {
    const auto found = std::ranges::find(potentials, figure.subject, &Potential::demand);
    REQUIRE(found != potentials.end());
    CHECK(static_cast<double>(found->cut.size()) == figure.exact);
}

/// How many standard errors a mean may be off: all `tests` together are wrong by chance once in a thousand times.
double critical_z(std::size_t tests, std::uint64_t replications) {
    const boost::math::students_t law(static_cast<double>(replications - 1));
    return boost::math::quantile(law, 1.0 - 0.001 / (2.0 * static_cast<double>(tests)));
}

void compare(const Figure& figure, const Estimate& estimate, std::size_t tests) {
    const double simulated = estimate.mean() * figure.factor;
    const double exact = figure.exact;
    if (figure.kind == "exact") {
        CHECK(simulated == doctest::Approx(exact).epsilon(1e-9));
    } else if (figure.kind == "whole") {
        CHECK(simulated == doctest::Approx(exact).epsilon(2e-3));
    } else if (figure.kind == "bound") {
        CHECK(simulated <= exact * (1.0 + 1e-9));
    } else if (figure.kind == "at least") {
        CHECK(simulated >= exact * (1.0 - 1e-9));
    } else if (figure.kind == "nearest") {
        CHECK(std::abs(simulated - exact) < 1.0);
    } else if (figure.kind.starts_with(kSince)) {
        CHECK(simulated + std::stod(figure.kind.substr(kSince.size())) == doctest::Approx(exact).epsilon(1e-9));
    } else {
        REQUIRE(figure.kind == "mean");
        const double error = estimate.sd() * figure.factor / std::sqrt(static_cast<double>(estimate.samples()));
        const double allowed = critical_z(tests, estimate.samples()) * error;
        CAPTURE(error);
        CHECK(std::abs(simulated - exact) <= allowed + 1e-9 * std::abs(exact));
        CHECK(allowed < 0.15 * std::abs(exact));  // a mean off by more than this would have been seen
    }
}

}  // namespace

TEST_CASE("Simulation agrees with exact theory wherever theory has an answer") {
    const auto cases = figures_by_case();
    REQUIRE(cases.size() == 116);
    std::size_t tests = 0;
    for (const auto& [id, figures] : cases) {
        tests += figures.size();
    }
    for (const auto& one : cases) {
        const std::string& id = one.first;
        const SimulatedCase simulated = simulate(id);
        for (const TheoryComparison& twin : simulated.theory.rows) {
            CAPTURE(id);
            CAPTURE(twin.row.measure);
            CAPTURE(twin.row.subject);
            CAPTURE(twin.row.method);
            CAPTURE(twin.row.value);
            CAPTURE(twin.simulated.mean());
            if (twin.row.standing == Standing::exact) CHECK(twin.agreement != Agreement::differs);
            if (twin.row.standing != Standing::exact) WARN(twin.agreement != Agreement::differs);
        }
        for (const Figure& figure : one.second) {
            CAPTURE(id);
            CAPTURE(figure.metric);
            if (figure.kind == "cut") {
                compare_cut(figure, simulated.potentials);
                continue;
            }
            const auto measure = simulated.catalog.find(figure.measure, figure.subject);
            REQUIRE(measure.has_value());
            compare(figure, simulated.result.measures[*measure], tests);
        }
    }
}

}  // namespace corridor
