#include "corridor/study/prior.h"

#include <functional>
#include <utility>

#include "corridor/model/compile.h"
#include "corridor/study/fingerprint.h"
#include "study/in_order.h"
#include "study/reporting_error.h"

namespace corridor {
namespace {

using scenario::Reported;
using scenario::Scenario;
using study::Next;

struct Draw {
    RunStatus status;
    Diagnostics refusal;         // not empty: the values do not make a model
    std::vector<double> values;  // by target
    std::uint64_t fingerprint = 0;
};

// Runs any draw of one prior predictive.
class DrawRunner {
  public:
    DrawRunner(const Scenario& scenario, const std::vector<ReadingTarget>& targets, const MeasureCatalog& catalog,
               const PriorPlan& plan, const std::atomic<bool>* stop)
        : scenario_(scenario),
          targets_(targets),
          catalog_(catalog),
          sums_(sums_in(catalog)),
          plan_(plan),
          stop_(stop) {}

    Draw operator()(std::uint64_t number) const {
        const Result<model::Model> model =
            model::compile(scenario_, scenario::drawn_values(scenario_.quantities, plan_.seed, number));
        if (!model.ok()) return {.status = {}, .refusal = model.diagnostics(), .values = {}};

        Simulator simulator(model.value(), catalog_);
        const Outcome outcome = simulator.run(plan_.seed, number, stop_);
        Draw draw{.status = outcome.status, .refusal = {}, .values = {}, .fingerprint = outcome.fingerprint};
        if (outcome.status.state != RunState::complete) return draw;
        const bool is_usual = simulator.catalog().shares_content_with(catalog_);
        draw.values = values_of(outcome, number, is_usual ? sums_ : sums_in(simulator.catalog()));
        return draw;
    }

  private:
    std::vector<MeasureSum> sums_in(const MeasureCatalog& catalog) const {
        std::vector<MeasureSum> sums;
        for (const ReadingTarget& target : targets_) sums.push_back(target.in(catalog));
        return sums;
    }

    std::vector<double> values_of(const Outcome& outcome, std::uint64_t number,
                                  const std::vector<MeasureSum>& sums) const {
        std::vector<double> values;
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const Reported& figure = scenario_.reported[targets_[i].figure];
            values.push_back(sums[i].of(outcome.measures) * study::reporting_error(figure, plan_.seed, number));
        }
        return values;
    }

    const Scenario& scenario_;
    const std::vector<ReadingTarget>& targets_;
    const MeasureCatalog& catalog_;
    std::vector<MeasureSum> sums_;  // by target
    const PriorPlan& plan_;
    const std::atomic<bool>* stop_;
};

void add_draw(PriorResult& result, Draw draw) {
    ++result.draws;
    result.fingerprint = combined_fingerprint(result.fingerprint, draw.fingerprint);
    if (!draw.refusal.empty()) {
        if (result.refused++ == 0) result.first_refusal = std::move(draw.refusal);
        return;
    }
    for (std::size_t i = 0; i < draw.values.size(); ++i) result.values[i].push_back(draw.values[i]);
}

}  // namespace

PriorResult run_prior(const Scenario& scenario, const std::vector<ReadingTarget>& targets,
                      const MeasureCatalog& catalog, const PriorPlan& plan, const StudyWatch& watch) {
    PriorResult result;
    result.values.resize(targets.size());

    const DrawRunner runner(scenario, targets, catalog, plan, watch.stop);
    const auto make_worker = [&] { return std::cref(runner); };
    const auto consume = [&](std::uint64_t, Draw draw) {
        result.status = draw.status;
        if (draw.status.state != RunState::complete) return Next::stop;
        add_draw(result, std::move(draw));
        if (watch.progress) watch.progress(result.draws, plan.draws);
        return Next::go_on;
    };
    study::run_in_order<Draw>(plan.threads, plan.draws, make_worker, consume, watch.stop);

    if (study::is_set(watch.stop) && result.draws < plan.draws && result.status.state == RunState::complete) {
        result.status.state = RunState::cancelled;
    }
    return result;
}

}  // namespace corridor
