#include <fmt/format.h>

#include <utility>

#include "commands.h"
#include "corridor/report/capacity_report.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "progress_bar.h"

namespace corridor::tools {
namespace {

std::string text_of(const CapacityReport& report, Format format) {
    if (format == Format::json) return capacity_json(report);
    if (format == Format::csv) return capacity_csv(report);
    return capacity_text(report);
}

int end_with(const RunStatus& status, const Loaded& loaded, const Console& console) {
    if (status.state == RunState::broken) {
        console.error(fmt::format("a defect of corridor at {}: {}",
                                  format_instant(loaded.model.origin + Duration{status.at}), status.reason));
        return kDefect;
    }
    if (status.state == RunState::cancelled || interrupted()) {
        console.error("interrupted; nothing was printed");
        return kSignalBase + interrupting_signal();
    }
    return kFine;
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
        const StudyWatch watch{.stop = &interrupted(), .progress = [&](std::uint64_t done, std::uint64_t expected) {
                                   bar.show(done, expected);
                               }};
        report.capacity = find_capacity(loaded->model, plan, watch);
    }
    if (const int code = end_with(report.capacity.status, *loaded, console); code != kFine) return code;
    Twin twin = analytic_twin(loaded->model);
    report.cuts = std::move(twin.cuts);
    report.cuts_omitted = twin.cuts_omitted;
    return console.print(text_of(report, options.format));
}

}  // namespace corridor::tools
