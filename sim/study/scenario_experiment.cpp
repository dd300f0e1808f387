#include "study/scenario_experiment.h"

#include <utility>

#include "corridor/model/compile.h"
#include "corridor/scenario/quantiles.h"

namespace corridor::study {

ScenarioExperiment::ScenarioExperiment(const scenario::Scenario& scenario, const std::vector<ReadingTarget>& outputs,
                                       const MeasureCatalog& catalog, std::uint64_t seed, const std::atomic<bool>* stop)
    : scenario_(scenario), outputs_(outputs), catalog_(catalog), sums_(sums_in(catalog)), seed_(seed), stop_(stop) {}

Answer ScenarioExperiment::operator()(const std::vector<double>& point, std::uint64_t chance) const {
    const Result<model::Model> model = model::compile(scenario_, scenario::values_at(scenario_.quantities, point));
    if (!model.ok()) return {};
    Simulator simulator(model.value(), catalog_);
    Outcome outcome = simulator.run(seed_, chance, stop_);
    Answer answer{.status = std::move(outcome.status), .outputs = {}, .fingerprint = outcome.fingerprint};
    if (answer.status.state != RunState::complete) return answer;
    const bool is_usual = simulator.catalog().shares_content_with(catalog_);
    for (const MeasureSum& sum : is_usual ? sums_ : sums_in(simulator.catalog())) {
        answer.outputs.push_back(sum.of(outcome.measures));
    }
    return answer;
}

std::vector<MeasureSum> ScenarioExperiment::sums_in(const MeasureCatalog& catalog) const {
    std::vector<MeasureSum> sums;
    for (const ReadingTarget& output : outputs_) sums.push_back(output.in(catalog));
    return sums;
}

}  // namespace corridor::study
