#include "corridor/study/assumption_study.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "corridor/model/compile.h"
#include "corridor/scenario/quantiles.h"

namespace corridor {
namespace {

using scenario::Scenario;

// Asks the scenario at a point of its ranges.
class ScenarioExperiment {
  public:
    ScenarioExperiment(const Scenario& scenario, const std::vector<ReadingTarget>& outputs,
                       const MeasureCatalog& catalog, std::uint64_t seed, const std::atomic<bool>* stop)
        : scenario_(scenario), outputs_(outputs), catalog_(catalog), seed_(seed), stop_(stop) {
        for (const ReadingTarget& output : outputs) sums_.push_back(output.in(catalog));
    }

    Answer operator()(const std::vector<double>& point, std::uint64_t chance) const {
        const Result<model::Model> model = model::compile(scenario_, scenario::values_at(scenario_.quantities, point));
        if (!model.ok()) return {};
        Simulator simulator(model.value(), catalog_);
        Outcome outcome = simulator.run(seed_, chance, stop_);
        Answer answer{.status = std::move(outcome.status), .outputs = {}};
        if (answer.status.state != RunState::complete) return answer;
        const bool is_usual = simulator.catalog().shares_content_with(catalog_);
        for (std::size_t i = 0; i < outputs_.size(); ++i) {
            const MeasureSum sum = is_usual ? sums_[i] : outputs_[i].in(simulator.catalog());
            answer.outputs.push_back(sum.of(outcome.measures));
            if (std::isnan(answer.outputs.back())) return {.status = answer.status, .outputs = {}};
        }
        return answer;
    }

  private:
    const Scenario& scenario_;
    const std::vector<ReadingTarget>& outputs_;
    const MeasureCatalog& catalog_;
    std::vector<MeasureSum> sums_;
    std::uint64_t seed_;
    const std::atomic<bool>* stop_;
};

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
        return ScenarioExperiment(scenario, outputs, catalog, plan.seed, watch.stop);
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
    return result;
}

}  // namespace corridor
