#include "corridor/study/assumption_study.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "corridor/scenario/quantiles.h"
#include "corridor/study/fingerprint.h"
#include "study/scenario_experiment.h"

namespace corridor {
namespace {

using scenario::Scenario;

// The share of the largest effect on an output, of whichever output it is most.
std::vector<double> scores(const std::vector<std::vector<Effects>>& outputs, std::size_t inputs) {
    std::vector<double> scores(inputs, 0.0);
    for (const std::vector<Effects>& effects : outputs) {
        const double most = std::ranges::max(effects, {}, &Effects::mean_absolute).mean_absolute;
        for (std::size_t i = 0; i < inputs && most > 0; ++i) {
            scores[i] = std::max(scores[i], effects[i].mean_absolute / most);
        }
    }
    return scores;
}

}  // namespace

AssumptionResult study_assumptions(const Scenario& scenario, const std::vector<ReadingTarget>& outputs,
                                   const MeasureCatalog& catalog, const AssumptionPlan& plan, const StudyWatch& watch) {
    AssumptionResult result;
    for (const scenario::Param param : scenario::ranged(scenario.quantities)) {
        result.inputs.push_back(scenario.quantities[param].path);
    }
    const std::size_t inputs = result.inputs.size();
    const MakeExperiment make_experiment = [&] {
        return study::ScenarioExperiment(scenario, outputs, catalog, plan.seed, watch.stop);
    };
    const EffectsPlan screening{.seed = plan.seed, .trajectories = plan.trajectories, .threads = plan.threads};
    result.effects = elementary_effects(make_experiment, inputs, outputs.size(), screening, watch);
    result.status = result.effects.status;
    if (result.status.state != RunState::complete || result.effects.trajectories == 0 || inputs == 0) return result;

    const std::vector<double> score = scores(result.effects.outputs, inputs);
    std::vector<std::size_t> order(inputs);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return score[i]; });
    const auto none = std::ranges::find_if(order, [&](std::size_t i) { return score[i] == 0.0; });
    const auto few = std::min<std::ptrdiff_t>(none - order.begin(), static_cast<std::ptrdiff_t>(plan.inputs));
    result.looked_into.assign(order.begin(), order.begin() + few);

    std::vector<std::vector<std::size_t>> groups;
    for (const std::size_t input : result.looked_into) groups.push_back({input});
    result.has_others = result.looked_into.size() < inputs;
    if (result.has_others) groups.emplace_back(order.begin() + few, order.end());
    const IndicesPlan design{.seed = plan.seed, .rows = plan.rows, .threads = plan.threads};
    result.indices = sobol_indices(make_experiment, inputs, groups, outputs.size(), design, watch);
    result.status = result.indices.status;
    result.fingerprint = combined_fingerprint(result.effects.fingerprint, result.indices.fingerprint);
    return result;
}

}  // namespace corridor
