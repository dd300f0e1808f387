#include <fmt/format.h>

#include "corridor/base/text.h"
#include "corridor/model/balance.h"
#include "corridor/report/run_report.h"
#include "corridor/report/table.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/standstill.h"

namespace corridor {
namespace {

void append(Diagnostics& all, const Diagnostics& more) { all.insert(all.end(), more.begin(), more.end()); }

Diagnostic imprecise(const StudyPlan& plan, std::uint64_t replications) {
    return {.severity = Severity::warning,
            .message = fmt::format("the precision of {} % was not reached in {} replications",
                                   number_text(100 * *plan.precision), replications),
            .hint = replications < plan.most_replications
                        ? "a reported figure stays without a value: nothing was counted for it"
                        : "raise --max-replications, or ask for less"};
}

Diagnostic refused_draws(const PriorResult& prior) {
    return {.severity = Severity::warning,
            .message = fmt::format("{} of {} draws over the ranges make no model (the first: {})", prior.refused,
                                   prior.draws, one_line(prior.first_refusal.front())),
            .hint = "narrow the ranges"};
}

Diagnostics warnings(const RunParts& parts, const Twin& twin, const TwinReport& theory) {
    Diagnostics all = parts.findings;
    append(all, scenario::located(parts.scenario, model::queue_warnings(parts.scenario, twin.loads)));
    if (parts.study.precision == PrecisionState::not_reached) {
        all.push_back(imprecise(parts.plan, parts.study.replications));
    }
    if (parts.prior.refused > 0) all.push_back(refused_draws(parts.prior));
    append(all, theory_warnings(theory));
    append(all, standstill_warnings(parts.catalog, parts.study));
    return all;
}

}  // namespace

RunReport run_report(const RunParts& parts) {
    const Twin twin = analytic_twin(parts.model);
    RunReport report{.title = parts.scenario.title,
                     .hash = parts.scenario.hash,
                     .command = parts.command,
                     .seed = parts.plan.seed,
                     .replications = parts.study.replications,
                     .fingerprint = parts.study.fingerprint,
                     .names = display_names(parts.scenario),
                     .measures = parts.catalog,
                     .estimates = parts.study.measures,
                     .comparison = {},
                     .prior_draws = parts.prior.draws,
                     .prior_refused = parts.prior.refused,
                     .prior_fingerprint = parts.prior.fingerprint,
                     .theory = compare_with_theory(twin, parts.catalog, parts.study),
                     .warnings = {}};
    report.warnings = warnings(parts, twin, report.theory);
    if (!parts.targets.empty()) {
        report.comparison =
            compare(parts.scenario, parts.model, parts.catalog, parts.targets, parts.study, parts.prior);
    }
    return report;
}

}  // namespace corridor
