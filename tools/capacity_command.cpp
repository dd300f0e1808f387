#include <fmt/format.h>

#include <utility>

#include "commands.h"
#include "corridor/report/capacity_report.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "progress_bar.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

std::string text_of(const CapacityReport& report, Format format) {
    if (format == Format::json) return capacity_json(report);
    if (format == Format::csv) return capacity_csv(report);
    return capacity_text(report);
}

}  // namespace

int capacity(const Options& options, const Console& console) {
    const Result<Loaded> result = load(options, console);
    if (!result.ok()) {
        console.show(result.diagnostics());
        return kBadInput;
    }
    const Loaded* const loaded = &result.value();
    console.show(loaded->findings);
    const scenario::Scenario& scenario = loaded->scenario;
    const CapacityPlan plan{
        .seed = options.seed.value_or(scenario.seed),
        .replications = options.replications.value_or(static_cast<std::uint64_t>(scenario.replications)),
        .threads = options.threads};
    constexpr std::uint64_t kFewest = 5;
    if (plan.replications < kFewest) {
        console.error(
            fmt::format("capacity needs at least {} replications (growth is judged by its interval, which so few "
                        "leave too wide); add --replications 20",
                        kFewest));
        return kBadInput;
    }
    if (scenario.demands.empty()) {
        console.error("capacity needs a demand (there is nothing to grow); add a [demand] table");
        return kBadInput;
    }
    CapacityReport report{
        .title = scenario.title,
        .hash = scenario.hash,
        .command = fmt::format("{} --seed {} --replications {}", command_text(options), plan.seed, plan.replications),
        .seed = plan.seed,
        .replications = plan.replications};
    {
        const InterruptWatch watching;
        ProgressBar bar(console, "replications of a trial");
        report.capacity = find_capacity(loaded->model, plan, watch_on(bar));
    }
    if (const int code = end_of(report.capacity.status, loaded->model.origin, console); code != kFine) return code;
    Twin twin = analytic_twin(loaded->model);
    report.cuts = std::move(twin.cuts);
    report.cuts_omitted = twin.cuts_omitted;
    return console.print(text_of(report, options.format));
}

}  // namespace corridor::tools
