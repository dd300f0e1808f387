#include <fmt/format.h>

#include <utility>

#include "commands.h"
#include "corridor/report/sensitivity_report.h"
#include "corridor/scenario/quantiles.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/assumption_study.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "page_file.h"
#include "progress_bar.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

constexpr std::uint64_t kFewestRows = 16;

class SensitivityStudy {
  public:
    SensitivityStudy(const Options& options, const Console& console, Loaded loaded)
        : options_(options),
          console_(console),
          loaded_(std::move(loaded)),
          catalog_(measure_catalog(loaded_.model)),
          plan_{.seed = options.seed.value_or(loaded_.scenario.seed),
                .trajectories = options.trajectories.value_or(AssumptionPlan{}.trajectories),
                .rows = options.rows.value_or(AssumptionPlan{}.rows),
                .inputs = options.inputs.value_or(AssumptionPlan{}.inputs),
                .threads = options.threads} {}

    int execute() {
        if (const int code = prepare(); code != kFine) return code;
        const PageFile page(options_, console_);
        if (const int code = page.prepare(scenario::files_of(loaded_.scenario)); code != kFine) return code;
        SensitivityReport report{.title = loaded_.scenario.title,
                                 .hash = loaded_.scenario.hash,
                                 .command = command(),
                                 .seed = plan_.seed,
                                 .outputs = names(),
                                 .result = {},
                                 .warnings = loaded_.findings};
        {
            const InterruptWatch watching;
            ProgressBar bar(console_, "trajectories, then rows");
            report.result = study_assumptions(loaded_.scenario, targets_, catalog_, plan_, watch_on(bar));
        }
        if (const int code = end_with(report.result); code != kFine) return code;
        warn_of_refusals(report);
        const StudyPageParts parts{"sensitivity", loaded_.scenario, sensitivity_json(report)};
        if (const int code = page.write(parts); code != kFine) return code;
        if (options_.format != Format::table) console_.show(report.warnings);
        return console_.print(text_of(report));
    }

  private:
    // What can be wrong before the first run.
    int prepare() {
        auto targets = resolve_readings(loaded_.scenario, loaded_.model, catalog_);
        if (!targets.ok()) {
            console_.show(scenario::located(loaded_.scenario, targets.diagnostics()));
            return kBadInput;
        }
        targets_ = in_order_of_file(std::move(targets).value());
        for (const char* const measure : {"containers_shipped", "containers_railed", "containers_delivered"}) {
            if (!loaded_.scenario.reported.empty() || !catalog_.find(measure, "total")) continue;
            targets_.push_back({.figure = {}, .measure = measure, .unit = "containers", .subjects = {"total"}});
        }
        const std::size_t ranges = scenario::ranged(loaded_.scenario.quantities).size();
        if (ranges == 0) {
            console_.error(
                "sensitivity needs a range (no number of the scenario has one); write for instance rate = "
                "{ value = \"60 TEU/week\", range = [\"50 TEU/week\", \"70 TEU/week\"] }");
            return kBadInput;
        }
        if (ranges > kMostDimensions) {
            console_.error(
                fmt::format("sensitivity looks at {} ranges at most, the scenario has {}; fix some with --set",
                            kMostDimensions, ranges));
            return kBadInput;
        }
        return kFine;
    }

    std::vector<ReadingTarget> in_order_of_file(const std::vector<ReadingTarget>& targets) const {
        const std::vector<std::size_t> positions = positions_in_file(loaded_.scenario, targets);
        std::vector<ReadingTarget> ordered(targets.size());
        for (std::size_t i = 0; i < targets.size(); ++i) ordered[positions[i]] = targets[i];
        return ordered;
    }

    // A table of its own has the first reading of each figure; what a limit bounds is no result to explain.
    std::vector<OutputName> names() const {
        std::vector<OutputName> names;
        Id<scenario::Reported> before;
        for (const ReadingTarget& target : targets_) {
            if (!target.figure.valid()) {
                names.push_back({.name = target.measure, .unit = target.unit});
                continue;
            }
            const scenario::Reported& figure = loaded_.scenario.reported[target.figure];
            names.push_back({.name = fmt::format("{}/{}", figure.id, reading_of(loaded_.scenario, target).id),
                             .unit = target.unit,
                             .is_headline = target.figure != before && figure.use != scenario::FigureUse::limit});
            before = target.figure;
        }
        return names;
    }

    int end_with(const AssumptionResult& result) const {
        if (const int code = end_of(result.status, loaded_.model.origin, console_); code != kFine) return code;
        if (result.effects.trajectories < 2 || result.indices.rows < kFewestRows) {
            console_.error(
                "too few points of the ranges have a result (the others make no model, or leave a reported "
                "figure without a value); narrow the ranges");
            return kBadInput;
        }
        return kFine;
    }

    static void warn_of_refusals(SensitivityReport& report) {
        const AssumptionResult& result = report.result;
        const std::uint64_t refused = result.effects.refused + result.indices.refused;
        if (refused == 0) return;
        report.warnings.push_back(
            {.severity = Severity::warning,
             .message =
                 fmt::format("{} of {} trajectories and {} of {} rows do not count (some point of theirs makes no "
                             "model, or leaves a figure without a value)",
                             result.effects.refused, result.effects.refused + result.effects.trajectories,
                             result.indices.refused, result.indices.refused + result.indices.rows),
             .hint = "narrow the ranges"});
    }

    std::string command() const {
        return fmt::format("{} --seed {} --rows {} --trajectories {} --inputs {}", command_text(options_), plan_.seed,
                           plan_.rows, plan_.trajectories, plan_.inputs);
    }

    std::string text_of(const SensitivityReport& report) const {
        if (options_.format == Format::json) return sensitivity_json(report);
        if (options_.format == Format::csv) return sensitivity_csv(report);
        return sensitivity_text(report, options_.shows_everything ? Detail::everything : Detail::headlines);
    }

    const Options& options_;
    const Console& console_;
    Loaded loaded_;
    MeasureCatalog catalog_;
    AssumptionPlan plan_;
    std::vector<ReadingTarget> targets_;
};

}  // namespace

int sensitivity(const Options& options, const Console& console) {
    Result<Loaded> loaded = load(options, console);
    if (!loaded.ok()) {
        console.show(loaded.diagnostics());
        return kBadInput;
    }
    return SensitivityStudy(options, console, std::move(loaded).value()).execute();
}

}  // namespace corridor::tools
