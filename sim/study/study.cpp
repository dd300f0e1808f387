#include "corridor/study/study.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "corridor/study/fingerprint.h"
#include "study/in_order.h"
#include "study/precision.h"

namespace corridor {
namespace {

using study::Next;

double worst_half_width(const std::vector<Estimate>& headlines) {
    double worst = 0;
    for (const Estimate& headline : headlines) worst = std::max(worst, study::relative_half_width(headline));
    return worst;
}

std::uint64_t expected_replications(const StudyResult& result, const StudyPlan& plan) {
    if (!plan.precision) return plan.replications;
    return study::replications_needed(result.replications, worst_half_width(result.headlines), *plan.precision,
                                      plan.replications, plan.most_replications);
}

void add_outcome(StudyResult& result, const std::vector<MeasureSum>& headlines, const Outcome& outcome) {
    for (std::size_t i = 0; i < result.measures.size(); ++i) result.measures[i].add(outcome.measures[i]);
    for (std::size_t i = 0; i < headlines.size(); ++i) result.headlines[i].add(headlines[i].of(outcome.measures));
    ++result.replications;
    result.fingerprint = combined_fingerprint(result.fingerprint, outcome.fingerprint);
}

bool is_precise(const StudyResult& result, const StudyPlan& plan) {
    return plan.precision && result.replications >= plan.replications &&
           worst_half_width(result.headlines) <= *plan.precision;
}

bool is_reached(const StudyResult& result, const StudyPlan& plan) {
    const auto is_defined = [](const Estimate& headline) { return headline.samples() > 0; };
    return is_precise(result, plan) && std::ranges::all_of(result.headlines, is_defined);
}

}  // namespace

double MeasureSum::of(const std::vector<double>& values) const {
    double sum = 0;
    for (const std::size_t measure : measures) sum += values[measure];
    return sum * factor;
}

StudyResult run_study(const std::function<Replicator()>& make_replicator, std::size_t measure_count,
                      const std::vector<MeasureSum>& headlines, const StudyPlan& plan, const StudyWatch& watch) {
    StudyResult result;
    result.measures.resize(measure_count);
    result.headlines.resize(headlines.size());

    const auto consume = [&](std::uint64_t, const Outcome& outcome) {
        result.status = outcome.status;
        if (outcome.status.state != RunState::complete) return Next::stop;
        add_outcome(result, headlines, outcome);
        if (watch.progress) watch.progress(result.replications, expected_replications(result, plan));
        return is_precise(result, plan) ? Next::stop : Next::go_on;
    };
    const std::uint64_t count =
        plan.precision ? std::max(plan.replications, plan.most_replications) : plan.replications;
    study::run_in_order<Outcome>(plan.threads, count, make_replicator, consume, watch.stop);

    const bool is_cut_short = result.replications < plan.replications || (plan.precision && !is_precise(result, plan));
    if (study::is_set(watch.stop) && is_cut_short && result.status.state == RunState::complete) {
        result.status.state = RunState::cancelled;
    }
    if (plan.precision) {
        result.precision = is_reached(result, plan) ? PrecisionState::reached : PrecisionState::not_reached;
    }
    return result;
}

StudyResult run_study(const model::Model& model, const MeasureCatalog& catalog,
                      const std::vector<MeasureSum>& headlines, const StudyPlan& plan, const StudyWatch& watch) {
    const auto make_replicator = [&] {
        auto simulator = std::make_shared<Simulator>(model, catalog);
        return Replicator{[simulator, seed = plan.seed, stop = watch.stop](std::uint64_t replication) {
            return simulator->run(seed, replication, stop);
        }};
    };
    return run_study(make_replicator, catalog.size(), headlines, plan, watch);
}

}  // namespace corridor
