#include <utility>

#include "commands.h"
#include "corridor/engine/measures.h"
#include "corridor/report/check_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/contradictions.h"
#include "corridor/study/reading.h"
#include "exit_code.h"
#include "loading.h"

namespace corridor::tools {
namespace {

void append(Diagnostics& all, const Diagnostics& more) { all.insert(all.end(), more.begin(), more.end()); }

std::string text_of(const CheckReport& report, const Options& options) {
    if (options.format == Format::json) return check_json(report);
    if (options.format == Format::csv) return check_csv(report);
    return check_text(report, options.shows_everything ? Detail::everything : Detail::headlines);
}

// Everything there is to say; with errors, no more than them.
CheckReport report_on(const Options& options, const Console& console) {
    CheckReport report{.title = options.scenario, .hash = {}, .command = command_text(options)};
    const Result<Loaded> result = load(options, console);
    if (!result.ok()) {
        report.findings = result.diagnostics();
        return report;
    }
    const Loaded& loaded = result.value();
    report.title = loaded.scenario.title;
    report.hash = loaded.scenario.hash;
    std::vector<model::Load> loads = model::static_balance(loaded.model);
    Diagnostics found = model::queue_warnings(loaded.scenario, loads);
    append(found, contradictions(loaded.scenario));
    append(found, resolve_readings(loaded.scenario, loaded.model, measure_catalog(loaded.model)).diagnostics());
    report.findings = loaded.findings;
    append(report.findings, scenario::located(loaded.scenario, std::move(found)));
    if (has_errors(report.findings)) return report;
    report.potentials = potentials(loaded.model, loads);
    const auto demands = std::ranges::count(loaded.model.demands.items(), false, &model::Demand::repositions);
    report.potentials_omitted = static_cast<std::size_t>(demands) - report.potentials.size();
    report.loads = std::move(loads);
    return report;
}

}  // namespace

int check(const Options& options, const Console& console) {
    const CheckReport report = report_on(options, console);
    console.show(report.findings);
    const int code = console.print(text_of(report, options));
    return code == kFine && has_errors(report.findings) ? kBadInput : code;
}

}  // namespace corridor::tools
