#include "corridor/study/study.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "study/in_order.h"

namespace corridor {
namespace {

using study::Next;

// Half-width as a share of the mean; 0 where nothing varies, infinite where it is not known. More replications do not
// help a headline that no replication defines: it asks for none.
double relative_half_width(const Estimate& estimate) {
    if (estimate.samples() == 0) return 0;
    const std::optional<double> half = estimate.half_width();
    if (!half) return std::numeric_limits<double>::infinity();
    return *half == 0 ? 0 : *half / std::abs(estimate.mean());
}

double worst_half_width(const std::vector<Estimate>& headlines) {
    double worst = 0;
    for (const Estimate& headline : headlines) worst = std::max(worst, relative_half_width(headline));
    return worst;
}

// How many replications will do, from the half-width so far: it shrinks with the square root of their number.
std::uint64_t expected_replications(const StudyResult& result, const StudyPlan& plan) {
    if (!plan.precision) return plan.replications;
    const double excess = worst_half_width(result.headlines) / *plan.precision;
    const double needed = static_cast<double>(result.replications) * excess * excess;
    if (!(needed < static_cast<double>(plan.most_replications))) return plan.most_replications;
    return std::max(plan.replications, static_cast<std::uint64_t>(std::ceil(needed)));
}

void add_outcome(StudyResult& result, const std::vector<MeasureSum>& headlines, const Outcome& outcome) {
    for (std::size_t i = 0; i < result.measures.size(); ++i) result.measures[i].add(outcome.measures[i]);
    for (std::size_t i = 0; i < headlines.size(); ++i) result.headlines[i].add(headlines[i].of(outcome.measures));
    ++result.replications;
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
