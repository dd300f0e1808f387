#include <utility>

#include "commands.h"
#include "corridor/engine/measures.h"
#include "corridor/report/check_report.h"
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

}  // namespace

int check(const Options& options, const Console& console) {
    std::optional<Loaded> loaded = load(options, console);
    if (!loaded) return kBadInput;
    CheckReport report{.title = loaded->scenario.title,
                       .hash = loaded->scenario.hash,
                       .command = command_text(options),
                       .findings = std::move(loaded->findings),
                       .loads = model::static_balance(loaded->model)};
    append(report.findings, model::queue_warnings(loaded->scenario, report.loads));
    append(report.findings, contradictions(loaded->scenario));

    const auto targets = resolve_readings(loaded->scenario, measure_catalog(loaded->model));
    append(report.findings, targets.diagnostics());
    console.show(report.findings);
    return targets.ok() ? console.print(text_of(report, options)) : kBadInput;
}

}  // namespace corridor::tools
