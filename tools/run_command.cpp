#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

#include "commands.h"
#include "corridor/base/unit.h"
#include "corridor/report/assumptions.h"
#include "corridor/report/output_folder.h"
#include "corridor/report/page.h"
#include "corridor/report/result_files.h"
#include "corridor/report/run_report.h"
#include "corridor/report/timeline_file.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/comparison.h"
#include "corridor/study/prior.h"
#include "corridor/study/requirement.h"
#include "corridor/study/series.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "output_target.h"
#include "page_file.h"
#include "progress_bar.h"
#include "run_page.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

constexpr std::uint64_t kFewestDraws = 200;
const std::vector<std::string> kOutputFiles{"result.json",      "measures.csv",    "comparison.csv",
                                            "theory.csv",       "assumptions.csv", "audit.csv",
                                            "datapackage.json", "network.geojson", "result.xlsx"};

// One run, from a loaded scenario to its report.
class Run {
  public:
    Run(const Options& options, const Console& console, Loaded loaded)
        : options_(options),
          console_(console),
          loaded_(std::move(loaded)),
          catalog_(measure_catalog(loaded_.model, {.causes = options.explains})) {
        const scenario::Scenario& scenario = loaded_.scenario;
        plan_ = {.seed = options.seed.value_or(scenario.seed),
                 .replications = options.replications.value_or(static_cast<std::uint64_t>(scenario.replications)),
                 .precision = options.precision,
                 .most_replications = options.most_replications,
                 .threads = options.threads};
    }

    int execute() {
        if (const int code = prepare(); code != kFine) return code;
        if (const int code = simulate(); code != kFine) return code;
        const RunReport report = this->report();
        if (const int code = write_events(); code != kFine) return code;
        if (const int code = write_page(report); code != kFine) return code;
        if (const int code = write_files(report); code != kFine) return code;
        if (const int code = console_.print(text_of(report)); code != kFine) return code;
        return check_requirements(report);
    }

    /// The page alone; with `errors`, where the scenario is what is wrong.
    int render_page(std::string& html, Diagnostics& errors) {
        errors = resolve();
        if (!errors.empty()) {
            console_.show(errors);
            return kBadInput;
        }
        if (const int code = simulate(); code != kFine) return code;
        return draw_page(report(), [&](const PageParts& parts) {
            Page page = page_html(parts, options_.language);
            PageFile::tell_left_out(page, console_, "--out writes every figure");
            html = std::move(page.html);
            return kFine;
        });
    }

  private:
    // What the figures and the requirements ask for; the errors in them.
    Diagnostics resolve() {
        auto targets = resolve_readings(loaded_.scenario, loaded_.model, catalog_);
        Diagnostics errors = scenario::located(loaded_.scenario, targets.diagnostics());
        if (targets.ok()) loaded_.findings.insert(loaded_.findings.end(), errors.begin(), errors.end());
        if (targets.ok()) errors.clear();
        for (const std::string& text : options_.requirements) {
            auto requirement = parse_requirement(text, loaded_.scenario);
            if (requirement.ok()) {
                requirements_.push_back(std::move(requirement).value());
            } else {
                errors.insert(errors.end(), requirement.diagnostics().begin(), requirement.diagnostics().end());
            }
        }
        if (errors.empty()) targets_ = std::move(targets).value();
        return errors;
    }

    // Everything that can be wrong before hours of work.
    int prepare() {
        if (const Diagnostics errors = resolve(); !errors.empty()) {
            console_.show(errors);
            return kBadInput;
        }
        std::vector<std::string> inputs = scenario::files_of(loaded_.scenario);
        inputs.push_back(options_.scenario);
        if (const int code = check_targets(targets_of_files(), inputs, console_); code != kFine) return code;
        if (const int code = prepare_events(); code != kFine) return code;
        if (const int code = PageFile(options_, console_).prepare(inputs); code != kFine) return code;
        return options_.out ? end_of(folder().prepare(), console_) : kFine;
    }

    std::vector<OutputTarget> targets_of_files() const {
        std::vector<OutputTarget> targets;
        if (options_.events) targets.push_back({"--events", *options_.events});
        if (options_.page) targets.push_back({"--report", *options_.page});
        if (!options_.out) return targets;
        for (const std::string& name : kOutputFiles) {
            targets.push_back({"--out", (std::filesystem::path(*options_.out) / name).string()});
        }
        return targets;
    }

    int prepare_events() const {
        if (!options_.events) return kFine;
        if (!timeline_format(*options_.events)) {
            console_.error(
                fmt::format("--events: '{}' does not say which format it is to have; end it in .csv, .jsonl "
                            "(JSON lines) or .json (for trace viewers)",
                            *options_.events));
            return kBadInput;
        }
        return end_of(folder_of(*options_.events).prepare(), console_);
    }

    /// For one file.
    OutputFolder folder_of(const std::filesystem::path& file) const {
        const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
        return {folder, {file.filename().string()}, options_.replaces_results ? Existing::replace : Existing::refuse};
    }

    OutputFolder folder() const {
        return {*options_.out, kOutputFiles, options_.replaces_results ? Existing::replace : Existing::refuse};
    }

    std::vector<MeasureSum> headlines() const {
        std::vector<MeasureSum> sums;
        for (const ReadingTarget& target : targets_) sums.push_back(target.in(catalog_));
        const auto delivered = catalog_.find("containers_delivered", "total");
        if (sums.empty() && delivered) sums.push_back({.measures = {*delivered}});
        return sums;
    }

    int simulate() {
        const InterruptWatch watching;
        {
            ProgressBar bar(console_, "replications");
            study_ = run_study(loaded_.model, catalog_, headlines(), plan_, watch_on(bar));
        }
        if (const int code = end_with(study_.status, "replication", study_.replications); code != kFine) return code;
        if (targets_.empty()) return kFine;
        const PriorPlan prior_plan{.seed = plan_.seed, .draws = draws(), .threads = plan_.threads};
        {
            ProgressBar bar(console_, "draws over the ranges");
            prior_ =
                run_prior(loaded_.scenario, targets_, options_.explains ? measure_catalog(loaded_.model) : catalog_,
                          prior_plan, watch_on(bar));
        }
        return end_with(prior_.status, "draw", prior_.draws);
    }

    std::uint64_t draws() const { return options_.draws.value_or(std::max(kFewestDraws, plan_.replications)); }

    int end_with(const RunStatus& status, std::string_view what, std::uint64_t number) const {
        if (status.state == RunState::broken) {
            const Instant at = loaded_.model.origin + Duration{status.at};
            console_.error(fmt::format("a defect of corridor in {} {} at {}: {}", what, number, format_instant(at),
                                       status.reason));
            return kDefect;
        }
        // Also where a signal came after the last replication: nobody else would answer it.
        if (status.state == RunState::cancelled || interrupted()) {
            console_.error(fmt::format("{}; nothing was printed or written", interruption()));
            return interruption_code();
        }
        return kFine;
    }

    RunReport report() const {
        return run_report({.scenario = loaded_.scenario,
                           .model = loaded_.model,
                           .catalog = catalog_,
                           .targets = targets_,
                           .plan = plan_,
                           .study = study_,
                           .prior = prior_,
                           .findings = loaded_.findings,
                           .command = command()});
    }

    // With everything that bears on the results, so without --threads.
    std::string command() const {
        std::string line = command_text(options_);
        if (options_.explains) line += " --explain";
        line += fmt::format(" --seed {} --replications {}", plan_.seed, plan_.replications);
        if (plan_.precision) {
            line += fmt::format(" --precision {} --max-replications {}", format_number(*plan_.precision),
                                plan_.most_replications);
        }
        if (!targets_.empty()) line += fmt::format(" --draws {}", draws());
        return line;
    }

    std::string text_of(const RunReport& report) const {
        if (options_.format == Format::json) return run_json(report);
        const bool is_run = options_.command == Command::run;
        if (options_.format == Format::csv) return is_run ? measures_csv(report) : comparison_csv(report);
        if (!is_run) return comparison_text(report);
        return run_text(report, options_.shows_everything ? Detail::everything : Detail::headlines);
    }

    int write_files(const RunReport& report) const {
        if (!options_.out) return kFine;
        std::vector<OutputFile> files{{"measures.csv", measures_csv(report)},
                                      {"comparison.csv", comparison_csv(report)},
                                      {"theory.csv", theory_csv(report)},
                                      {"audit.csv", audit_csv(report)},
                                      {"assumptions.csv", assumptions_csv(corridor::assumptions(loaded_.scenario))}};
        files.push_back({"datapackage.json", data_package(report, files)});
        files.push_back({"network.geojson", flows_geojson(loaded_.scenario, report)});
        files.push_back({"result.json", run_json(report)});
        const InterruptWatch all_or_nothing;
        files.push_back({"result.xlsx", {}});
        if (const int code = end_of(read_workbook(report, files.back().content), console_); code != kFine) return code;
        if (const int code = end_of(folder().write(files), console_); code != kFine || !interrupted()) return code;
        console_.error(fmt::format("{}; the files are written, nothing was printed", interruption()));
        return interruption_code();
    }

    /// A workbook is written by a library, under another name.
    OutputProblem read_workbook(const RunReport& report, std::string& content) const {
        OutputStream place = folder().open("result.xlsx");
        if (place.problem().kind != OutputProblem::Kind::none) return place.problem();
        write_run_xlsx(report, place.scratch().string());
        place.take_scratch([&content](std::string_view piece) { content += piece; });
        return place.problem();
    }

    int write_events() const {
        if (!options_.events) return kFine;
        const InterruptWatch watching;
        const std::string name = std::filesystem::path(*options_.events).filename().string();
        OutputStream file = folder_of(*options_.events).open(name);
        const RunStatus status =
            write_timeline(loaded_.model, plan_.seed, 0, *timeline_format(name), file, &interrupted());
        if (const int code = end_with(status, "replication", 0); code != kFine) return code;
        return end_of(file.commit(), console_);
    }

    int write_page(const RunReport& report) const {
        if (!options_.page) return kFine;
        return draw_page(report, [this](const PageParts& parts) { return PageFile(options_, console_).write(parts); });
    }

    // Runs for the pictures by week, and hands all of it to `take`, which gives the exit code.
    int draw_page(const RunReport& report, const std::function<int(const PageParts&)>& take) const {
        const InterruptWatch watching;
        StudyPlan same = plan_;
        same.replications = study_.replications;
        Series series;
        {
            ProgressBar bar(console_, "replications by week");
            series = run_series(loaded_.model, same, watch_on(bar));
        }
        if (const int code = end_with(series.status, "replication", series.replications); code != kFine) return code;
        const TripRecord trips = record_trips(loaded_.model, plan_.seed, 0, &interrupted());
        if (const int code = end_with(trips.status, "replication", 0); code != kFine) return code;
        const PageParts parts{loaded_.scenario, loaded_.model, report, series, trips};
        return take(parts);
    }

    int check_requirements(const RunReport& report) const {
        // A table shows the warnings itself.
        if (options_.format != Format::table) console_.show(report.warnings);
        int code = kFine;
        for (const Requirement& requirement : requirements_) {
            const RequirementOutcome outcome = corridor::check(requirement, report.comparison);
            if (outcome.holds) {
                console_.note(outcome.explanation);
            } else {
                console_.error(outcome.explanation);
                code = kCheckFailed;
            }
        }
        return code;
    }

    const Options& options_;
    const Console& console_;
    Loaded loaded_;
    MeasureCatalog catalog_;
    StudyPlan plan_;
    std::vector<ReadingTarget> targets_;
    std::vector<Requirement> requirements_;
    StudyResult study_;
    PriorResult prior_;
};

}  // namespace

int run(const Options& options, const Console& console) {
    Result<Loaded> loaded = load(options, console);
    if (!loaded.ok()) {
        console.show(loaded.diagnostics());
        return kBadInput;
    }
    return Run(options, console, std::move(loaded).value()).execute();
}

int render_run(const Options& options, const Console& console, Loaded loaded, std::string& html, Diagnostics& errors) {
    return Run(options, console, std::move(loaded)).render_page(html, errors);
}

}  // namespace corridor::tools
