#include "corridor/study/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "corridor/scenario/quantiles.h"
#include "corridor/study/fingerprint.h"
#include "corridor/study/sample.h"
#include "study/reporting_error.h"
#include "study/scenario_experiment.h"

namespace corridor {
namespace {

using scenario::Reported;
using scenario::Scenario;
using scenario::Source;

PriorSummary summary_of(const SortedSample& sample) {
    return {.median = sample.quantile(0.5), .interval90 = {sample.quantile(0.05), sample.quantile(0.95)}};
}

Estimate moments(const std::vector<double>& sample) {
    Estimate estimate;
    for (const double x : sample) estimate.add(x);
    return estimate;
}

// One sample: what the members say of one number.
template <class Of>
std::vector<double> over(const Ensemble& ensemble, const Of& of) {
    std::vector<double> sample;
    for (const Member& member : ensemble.members) sample.push_back(of(member));
    return sample;
}

// What would be reported, by the members.
SortedSample reports(const Reported& figure, const Ensemble& ensemble, std::size_t target, std::uint64_t seed) {
    std::vector<double> sample;
    for (std::size_t j = 0; j < ensemble.members.size(); ++j) {
        sample.push_back(ensemble.members[j].outputs[target] * study::reporting_error(figure, seed, j));
    }
    return SortedSample(std::move(sample));
}

class Calibration {
  public:
    Calibration(const Scenario& scenario, const std::vector<ReadingTarget>& targets,
                const std::vector<std::size_t>& fitted, const MeasureCatalog& catalog, const CalibrationPlan& plan,
                const StudyWatch& watch)
        : scenario_(scenario),
          targets_(targets),
          fitted_(fitted),
          plan_(plan),
          watch_(watch),
          params_(scenario::ranged(scenario.quantities)),
          make_experiment_([&scenario, &targets, &catalog, seed = plan.smoother.seed, stop = watch.stop] {
              return study::ScenarioExperiment(scenario, targets, catalog, seed, stop);
          }) {
        for (const std::size_t target : fitted) {
            const Reported& figure = figure_of(target);
            const double value = scenario.quantities[figure.value].value;
            observations_.push_back({.output = target, .value = value, .error = figure.error * value});
        }
    }

    CalibrationResult run() {
        CalibrationResult result;
        const PriorEnsemble prior =
            prior_ensemble(make_experiment_, params_.size(), fitted_, plan_.smoother, continued());
        result.status = prior.ensemble.status;
        asked_ = plan_.smoother.members;
        if (!is_usable(prior.ensemble, result)) return result;
        const Smoothed all = assimilate(make_experiment_, prior, observations_, plan_.smoother, continued());
        if (!is_usable(all.ensemble, result)) return result;
        result.mismatch = all.mismatch;
        describe_parameters(all, result);
        describe_figures(prior.ensemble, all, result);
        if (plan_.leaves_one_out && fitted_.size() > 1) leave_out(prior, result);
        return result;
    }

  private:
    const Reported& figure_of(std::size_t target) const { return scenario_.reported[targets_[target].figure]; }

    static bool is_usable(const Ensemble& ensemble, CalibrationResult& result) {
        result.status = ensemble.status;
        result.members = ensemble.members.size();
        result.refused = ensemble.refused;
        result.fingerprint = ensemble.fingerprint;
        return ensemble.status.state == RunState::complete && ensemble.members.size() >= 2;
    }

    // Progress over all smoothers: each goes on where the last one was.
    StudyWatch continued() const {
        if (!watch_.progress) return watch_;
        const SmootherPlan& smoother = plan_.smoother;
        const std::size_t smoothers = plan_.leaves_one_out && fitted_.size() > 1 ? 1 + fitted_.size() : 1;
        const std::uint64_t all = smoother.members * (1 + smoothers * smoother.assimilations);
        return {.stop = watch_.stop, .progress = [this, all](std::uint64_t done, std::uint64_t) {
                    watch_.progress(std::min(asked_ + done, all), all);
                }};
    }

    void describe_parameters(const Smoothed& all, CalibrationResult& result) const {
        std::vector<std::vector<double>> values;
        for (const Member& member : all.ensemble.members) {
            const auto at = scenario::values_at(scenario_.quantities, point_of(member.scores));
            values.emplace_back();
            for (const scenario::Param param : params_) values.back().push_back(at[param]);
        }
        const auto everywhere = [&](double quantile) {
            return scenario::values_at(scenario_.quantities, std::vector<double>(params_.size(), quantile));
        };
        const auto low = everywhere(0.05);
        const auto middle = everywhere(0.5);
        const auto high = everywhere(0.95);
        for (std::size_t i = 0; i < params_.size(); ++i) {
            const std::vector<double> scores = over(all.ensemble, [&](const Member& m) { return m.scores[i]; });
            std::vector<double> sample;
            for (const std::vector<double>& of_member : values) sample.push_back(of_member[i]);
            const double sd = moments(scores).sd();
            const scenario::Param param = params_[i];
            result.parameters.push_back({.param = param,
                                         .prior = {.median = middle[param], .interval90 = {low[param], high[param]}},
                                         .posterior = summary_of(SortedSample(std::move(sample))),
                                         .variance_left = all.is_moved[i] ? sd * sd : 1.0,
                                         .is_informed = all.is_moved[i] && differs_from_normal(scores)});
        }
        describe_joint(all.ensemble, result);
    }

    static void describe_joint(const Ensemble& ensemble, CalibrationResult& result) {
        constexpr double kStrong = 0.3;
        for (std::size_t i = 0; i < result.parameters.size(); ++i) {
            for (std::size_t k = i + 1; k < result.parameters.size(); ++k) {
                if (!result.parameters[i].is_informed || !result.parameters[k].is_informed) continue;
                const Estimate a = moments(over(ensemble, [&](const Member& m) { return m.scores[i]; }));
                const Estimate b = moments(over(ensemble, [&](const Member& m) { return m.scores[k]; }));
                const Estimate product = moments(over(
                    ensemble, [&](const Member& m) { return (m.scores[i] - a.mean()) * (m.scores[k] - b.mean()); }));
                const double correlation = product.mean() / (a.sd() * b.sd());
                if (std::abs(correlation) > kStrong) result.joint.push_back({i, k, correlation});
            }
        }
        std::ranges::stable_sort(result.joint, std::ranges::greater{},
                                 [](const JointBelief& joint) { return std::abs(joint.correlation); });
    }

    void describe_figures(const Ensemble& prior, const Smoothed& all, CalibrationResult& result) const {
        const std::uint64_t seed = plan_.smoother.seed;
        for (std::size_t target = 0; target < targets_.size(); ++target) {
            const Reported& figure = figure_of(target);
            const double reported = scenario_.quantities[figure.value].value;
            const SortedSample before = reports(figure, prior, target, seed);
            const SortedSample after = reports(figure, all.ensemble, target, seed);
            const auto fitted = std::ranges::find(fitted_, target);
            const bool is_fitted = fitted != fitted_.end();
            result.figures.push_back({.target = target,
                                      .is_fitted = is_fitted,
                                      .prior = summary_of(before),
                                      .posterior = summary_of(after),
                                      .prior_percentile = 100 * before.rank_of(reported),
                                      .posterior_percentile = 100 * after.rank_of(reported),
                                      .spread = is_fitted
                                                    ? all.spread[static_cast<std::size_t>(fitted - fitted_.begin())]
                                                    : std::numeric_limits<double>::quiet_NaN()});
        }
    }

    void leave_out(const PriorEnsemble& prior, CalibrationResult& result) {
        for (std::size_t i = 0; i < fitted_.size(); ++i) {
            asked_ += plan_.smoother.members * plan_.smoother.assimilations;
            std::vector<Observation> others = observations_;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            const Smoothed without = assimilate(make_experiment_, prior, others, plan_.smoother, continued());
            result.status = without.ensemble.status;
            if (result.status.state != RunState::complete) return;
            result.fingerprint = combined_fingerprint(result.fingerprint, without.ensemble.fingerprint);
            const Reported& figure = figure_of(fitted_[i]);
            const SortedSample predicted = reports(figure, without.ensemble, fitted_[i], plan_.smoother.seed);
            result.left_out.push_back(
                {.target = fitted_[i],
                 .predicted = summary_of(predicted),
                 .percentile = 100 * predicted.rank_of(scenario_.quantities[figure.value].value)});
        }
    }

    const Scenario& scenario_;
    const std::vector<ReadingTarget>& targets_;
    const std::vector<std::size_t>& fitted_;
    const CalibrationPlan& plan_;
    const StudyWatch& watch_;
    std::vector<scenario::Param> params_;
    MakeExperiment make_experiment_;
    std::vector<Observation> observations_;
    std::uint64_t asked_ = 0;
};

Diagnostic about(const Reported& figure, std::string message, std::string hint) {
    return {
        .place = figure.place, .path = "reported." + figure.id, .message = std::move(message), .hint = std::move(hint)};
}

// The path of an input that was calibrated on the figure already; empty where none was.
std::string calibrated_before(const Scenario& scenario, const Reported& figure) {
    for (const scenario::Quantity& quantity : scenario.quantities) {
        for (const Id<Source> id : quantity.sources) {
            const Source& source = scenario.sources[id];
            if (source.kind != scenario::SourceKind::calibrated) continue;
            const bool is_used = std::ranges::any_of(source.derived_from, [&](Id<Source> origin) {
                return std::ranges::find(figure.sources, origin) != figure.sources.end();
            });
            if (is_used) return quantity.path;
        }
    }
    return "";
}

std::string why_it_cannot_be_fitted(const Scenario& scenario, const Reported& figure) {
    if (scenario.quantities[figure.value].value == 0)
        return "a figure of 0 has no relative error, and cannot be fitted";
    return figure.error > 0 ? "" : "no reporting error is given: exact agreement cannot be asked of a simulation";
}

}  // namespace

Result<std::vector<std::size_t>> fitted_targets(const Scenario& scenario, const std::vector<ReadingTarget>& targets) {
    std::vector<std::size_t> fitted;
    Diagnostics errors;
    for (const Reported& figure : scenario.reported) {
        if (figure.use != scenario::FigureUse::calibrate) continue;
        if (figure.readings.size() > 1 && figure.calibrate_on.empty()) {
            errors.push_back(about(
                figure, fmt::format("which of its {} readings to calibrate on is not said", figure.readings.size()),
                fmt::format("write calibrate_on = \"{}\", or another", figure.readings.front().id)));
        }
        if (const std::string why = why_it_cannot_be_fitted(scenario, figure); !why.empty()) {
            errors.push_back(about(figure, why, "write error = 0.04, one standard deviation as a share"));
        }
        if (const std::string path = calibrated_before(scenario, figure); !path.empty()) {
            errors.push_back(about(figure, fmt::format("{} was calibrated on it already (a figure counts once)", path),
                                   "calibrate the scenario as it was before"));
        }
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const bool is_its = &scenario.reported[targets[i].figure] == &figure;
            const bool is_chosen =
                figure.calibrate_on.empty() || reading_of(scenario, targets[i]).id == figure.calibrate_on;
            if (is_its && is_chosen) fitted.push_back(i);
        }
    }
    if (!errors.empty()) return errors;
    if (fitted.empty()) {
        return Diagnostics{
            {.message = "no reported figure is there to calibrate on",
             .hint = "write use = \"calibrate\" for one; what is left at \"validate\" tests the result"}};
    }
    return fitted;
}

CalibrationResult calibrate(const Scenario& scenario, const std::vector<ReadingTarget>& targets,
                            const std::vector<std::size_t>& fitted, const MeasureCatalog& catalog,
                            const CalibrationPlan& plan, const StudyWatch& watch) {
    return Calibration(scenario, targets, fitted, catalog, plan, watch).run();
}

}  // namespace corridor
