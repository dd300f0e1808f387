#include "corridor/study/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/fingerprint.h"
#include "corridor/study/potential.h"

namespace corridor {
namespace {

bool is_by_chance(const KnownFigure& figure) {
    return figure.kind == FigureKind::mean || figure.kind == FigureKind::half_width;
}

std::size_t by_chance(const std::vector<KnownFigure>& figures) {
    return static_cast<std::size_t>(std::ranges::count_if(figures, is_by_chance));
}

double standard_error(const Estimate& estimate) {
    return estimate.sd() / std::sqrt(static_cast<double>(estimate.samples()));
}

// A system that has been simulated.
struct Simulated {
    RunStatus status;
    MeasureCatalog catalog;
    StudyResult result;
    TwinReport theory;
    std::vector<Potential> potentials;

    std::size_t position_of(const KnownFigure& figure) const {
        const auto position = catalog.find(figure.measure, figure.subject);
        ensures(position.has_value(), "a known figure has its measure");
        return *position;
    }

    const Estimate& at(const KnownFigure& figure) const { return result.measures[position_of(figure)]; }

    std::string unit_of(const KnownFigure& figure) const {
        const std::string_view unit = catalog.infos()[position_of(figure)].unit;
        return figure.factor == 1.0 ? std::string(unit) : fmt::format("{:.3g} x {}", figure.factor, unit);
    }

    double cut_of(const std::string& demand) const {
        const auto found = std::ranges::find(potentials, demand, &Potential::demand);
        ensures(found != potentials.end(), "a known cut is that of a demand");
        return static_cast<double>(found->cut.size());
    }
};

Simulated simulate(const KnownSystem& system, unsigned threads, const StudyWatch& watch) {
    const auto scenario = scenario::parse_scenario(system.scenario, system.id + ".toml");
    ensures(scenario.ok(), "a known system is a scenario");
    const auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    ensures(model.ok(), "a known system has a model");
    Simulated simulated{.catalog = measure_catalog(model.value())};
    const StudyPlan plan{.seed = scenario.value().seed,
                         .replications = static_cast<std::uint64_t>(scenario.value().replications),
                         .threads = threads};
    simulated.result = run_study(model.value(), simulated.catalog, {}, plan, watch);
    simulated.status = simulated.result.status;
    if (simulated.status.state != RunState::complete) return simulated;
    simulated.theory = compare_with_theory(analytic_twin(model.value()), simulated.catalog, simulated.result);
    simulated.potentials = potentials(model.value(), model::static_balance(model.value()));
    return simulated;
}

// How many standard errors one of `comparisons` may be off.
double most_z(std::size_t comparisons, std::uint64_t samples) {
    const boost::math::students_t law(static_cast<double>(samples - 1));
    return boost::math::quantile(law, 1.0 - kFamilyWiseError / (2.0 * static_cast<double>(comparisons)));
}

// Where `figure.expected` and `figure.simulated` are known, and the error by chance where there is one.
void judge(VerifiedFigure& figure, std::size_t comparisons, std::uint64_t samples) {
    constexpr double kLastDigits = 1e-9;
    constexpr double kEdges = 2e-3;
    const double off = figure.simulated - figure.expected;
    const double size = std::abs(figure.expected);
    switch (figure.known.kind) {
        case FigureKind::mean:
        case FigureKind::half_width:
            figure.allowed = most_z(comparisons, samples) * figure.standard_error.value_or(0.0) + kLastDigits * size;
            break;
        case FigureKind::exact:
        case FigureKind::cut:
            figure.allowed = kLastDigits * std::max(1.0, size);
            break;
        case FigureKind::whole:
            figure.allowed = kEdges * size;
            break;
        case FigureKind::nearest:
            figure.allowed = 1.0;
            break;
        case FigureKind::bound:
            figure.agrees = off <= kLastDigits * size;
            return;
        case FigureKind::at_least:
            figure.agrees = off >= -kLastDigits * size;
            return;
    }
    figure.agrees = std::abs(off) <= figure.allowed;
}

VerifiedFigure compared(const KnownFigure& known, const Simulated& simulated, std::size_t comparisons) {
    VerifiedFigure figure{.known = known, .expected = known.exact};
    if (known.kind == FigureKind::cut) {
        figure.unit = "places or cranes";
        figure.simulated = simulated.cut_of(known.subject);
        judge(figure, comparisons, 0);
        return figure;
    }
    const Estimate& estimate = simulated.at(known);
    figure.unit = simulated.unit_of(known);
    figure.simulated = estimate.mean() * known.factor + known.clock;
    if (is_by_chance(known)) figure.standard_error = standard_error(estimate) * known.factor;
    judge(figure, comparisons, estimate.samples());
    return figure;
}

// Of an interval the half-width by normal theory has the relative standard error 1/sqrt(2(n - 1)).
VerifiedFigure compared(const KnownFigure& known, double factor, const Estimate& first, const Estimate& second,
                        std::size_t comparisons) {
    VerifiedFigure figure{.known = known};
    if (known.kind == FigureKind::half_width) {
        figure.expected = factor * standard_error(first);
        figure.simulated = standard_error(second);
        const auto relative = [](const Estimate& one) {
            return 1.0 / std::sqrt(2.0 * (static_cast<double>(one.samples()) - 1));
        };
        figure.standard_error = figure.expected * std::hypot(relative(first), relative(second));
    } else {
        figure.expected = factor * first.mean();
        figure.simulated = second.mean();
        if (is_by_chance(known)) {
            figure.standard_error = std::hypot(factor * standard_error(first), standard_error(second));
        }
    }
    judge(figure, comparisons, std::min(first.samples(), second.samples()));
    return figure;
}

}  // namespace

std::size_t comparisons_by_chance(const std::vector<KnownFamily>& families,
                                  const std::vector<KnownRelation>& relations) {
    std::size_t count = 0;
    for (const KnownFamily& family : families) {
        for (const KnownSystem& system : family.systems) count += by_chance(system.figures);
    }
    for (const KnownRelation& relation : relations) count += by_chance(relation.of_second);
    return std::max<std::size_t>(count, 1);
}

std::optional<double> VerifiedFigure::z() const {
    if (!standard_error || !(*standard_error > 0)) return std::nullopt;
    return (simulated - expected) / *standard_error;
}

VerifiedSystem verify(const KnownSystem& system, std::size_t comparisons, unsigned threads, const StudyWatch& watch) {
    Simulated simulated = simulate(system, threads, watch);
    VerifiedSystem verified{.id = system.id,
                            .status = simulated.status,
                            .replications = simulated.result.replications,
                            .fingerprint = simulated.result.fingerprint,
                            .figures = {},
                            .theory = {}};
    if (simulated.status.state != RunState::complete) return verified;
    for (const KnownFigure& figure : system.figures) {
        verified.figures.push_back(compared(figure, simulated, comparisons));
    }
    if (system.is_steady) verified.theory = std::move(simulated.theory);
    return verified;
}

VerifiedSystem verify(const KnownRelation& relation, std::size_t comparisons, unsigned threads,
                      const StudyWatch& watch) {
    VerifiedSystem verified{.id = relation.first.id + ", " + relation.second.id,
                            .status = {},
                            .replications = 0,
                            .fingerprint = 0,
                            .figures = {},
                            .theory = {}};
    const Simulated first = simulate(relation.first, threads, watch);
    verified.status = first.status;
    if (first.status.state != RunState::complete) return verified;
    const Simulated second = simulate(relation.second, threads, watch);
    verified.status = second.status;
    verified.replications = first.result.replications + second.result.replications;
    verified.fingerprint = combined_fingerprint(first.result.fingerprint, second.result.fingerprint);
    if (second.status.state != RunState::complete) return verified;
    for (std::size_t i = 0; i < relation.of_first.size(); ++i) {
        const KnownFigure& of_first = relation.of_first[i];
        const KnownFigure& of_second = relation.of_second[i];
        verified.figures.push_back(
            compared(of_second, of_first.factor, first.at(of_first), second.at(of_second), comparisons));
        verified.figures.back().unit = second.unit_of(of_second);
    }
    return verified;
}

}  // namespace corridor
