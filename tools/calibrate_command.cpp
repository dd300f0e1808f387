#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "commands.h"
#include "corridor/report/calibration_report.h"
#include "corridor/report/output_folder.h"
#include "corridor/scenario/quantiles.h"
#include "corridor/scenario/reader.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "page_file.h"
#include "progress_bar.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFewestMembers = 20;

// The file that a calibrated scenario is to be, and how it names the one that it extends.
struct CalibratedFile {
    fs::path folder;
    std::string name;
    std::string base;
};

class CalibrationStudy {
  public:
    CalibrationStudy(const Options& options, const Console& console, Loaded loaded)
        : options_(options), console_(console), model_(std::move(loaded.model)), catalog_(measure_catalog(model_)) {
        report_.scenario = std::move(loaded.scenario);
        report_.warnings = std::move(loaded.findings);
        const std::size_t ranges = scenario::ranged(report_.scenario.quantities).size();
        report_.plan = {.smoother = {.seed = options.seed.value_or(report_.scenario.seed),
                                     .members = options.members.value_or(std::max<std::uint64_t>(200, 2 * ranges)),
                                     .assimilations = options.assimilations.value_or(4),
                                     .threads = options.threads},
                        .leaves_one_out = options.leaves_one_out};
        report_.command = command();
    }

    int execute() {
        if (const int code = prepare(); code != kFine) return code;
        const PageFile page(options_, console_);
        if (const int code = page.prepare(scenario::files_of(report_.scenario)); code != kFine) return code;
        {
            const InterruptWatch watching;
            ProgressBar bar(console_, "members");
            report_.result =
                calibrate(report_.scenario, report_.targets, fitted_, catalog_, report_.plan, watch_on(bar));
        }
        if (const int code = end_with(report_.result); code != kFine) return code;
        const Diagnostics doubts = calibration_warnings(report_);
        report_.warnings.insert(report_.warnings.end(), doubts.begin(), doubts.end());
        if (const int code = write(); code != kFine) return code;
        const StudyPageParts parts{"calibration", report_.scenario, calibration_json(report_)};
        if (const int code = page.write(parts); code != kFine) return code;
        if (options_.format != Format::table) console_.show(report_.warnings);
        return console_.print(text());
    }

  private:
    // What can be wrong before the first run.
    int prepare() {
        auto targets = resolve_readings(report_.scenario, model_, catalog_);
        if (!targets.ok()) return refuse(targets.diagnostics());
        report_.targets = std::move(targets).value();
        auto fitted = fitted_targets(report_.scenario, report_.targets);
        if (!fitted.ok()) return refuse(fitted.diagnostics());
        fitted_ = std::move(fitted).value();
        const std::size_t ranges = scenario::ranged(report_.scenario.quantities).size();
        if (ranges == 0) {
            console_.error(
                "calibrate needs a range (no number of the scenario has one); write for instance rate = "
                "{ value = \"60 TEU/week\", range = [\"50 TEU/week\", \"70 TEU/week\"] }");
            return kBadInput;
        }
        if (options_.leaves_one_out && fitted_.size() < 2) {
            console_.error("--leave-one-out needs two figures to calibrate on, the scenario has one");
            return kBadInput;
        }
        if (report_.plan.smoother.members <= ranges + 1) {
            report_.warnings.push_back(
                {.severity = Severity::warning,
                 .message = fmt::format("{} members are few for {} ranges: chance correlations may move some",
                                        report_.plan.smoother.members, ranges),
                 .hint = "ask for more --members than ranges"});
        }
        return prepare_file();
    }

    int refuse(const Diagnostics& diagnostics) const {
        console_.show(scenario::located(report_.scenario, diagnostics));
        return kBadInput;
    }

    int prepare_file() {
        if (!options_.out) return kFine;
        const std::string problem = problem_of_file();
        if (!problem.empty()) {
            console_.error(problem);
            return kBadInput;
        }
        return end_of(folder().prepare(), console_);
    }

    // Why the calibrated scenario cannot stand where it was asked for; empty, and `file_` known, where it can.
    std::string problem_of_file() {
        if (options_.scenario == "-") {
            return "--out needs a scenario file that the calibrated one can extend, not standard input";
        }
        if (!options_.overrides.empty()) {
            return "--out does not go with --set (the calibrated scenario extends the file, not the settings); write a "
                   "scenario that extends it with these settings";
        }
        const fs::path out(*options_.out);
        if (!out.has_filename() || out.extension() != ".toml") {
            return fmt::format("--out: '{}' is no scenario file (its name ends in .toml)", out.string());
        }
        fs::path base(options_.scenario);
        if (fs::is_directory(base)) base /= "scenario.toml";
        file_.folder = out.has_parent_path() ? out.parent_path() : fs::path(".");
        file_.name = out.filename().string();
        const fs::path relative = fs::weakly_canonical(base).lexically_relative(fs::weakly_canonical(file_.folder));
        file_.base = relative.generic_string();
        if (relative.empty() || *relative.begin() == "..") {
            return fmt::format(
                "--out: '{}' cannot extend '{}' (a scenario reads only from its own folder and below); write it beside "
                "it",
                out.string(), options_.scenario);
        }
        if (!fs::exists(out)) return "";
        if (!options_.replaces_results) {
            return fmt::format("--out: '{}' is there already; give another name, or --force to replace it",
                               out.string());
        }
        if (!fs::equivalent(out, base) && is_calibrated(out)) return "";
        return fmt::format(
            "--out: '{}' is not replaced (--force is for what calibrate wrote of another scenario); give another name",
            out.string());
    }

    static bool is_calibrated(const fs::path& file) {
        std::ifstream in(file);
        std::string first;
        return std::getline(in, first) && first.starts_with(kCalibratedBegin);
    }

    OutputFolder folder() const {
        return {file_.folder, {file_.name}, options_.replaces_results ? Existing::replace : Existing::refuse};
    }

    int end_with(const CalibrationResult& result) const {
        if (const int code = end_of(result.status, model_.origin, console_, "printed or written"); code != kFine) {
            return code;
        }
        if (result.members < kFewestMembers) {
            console_.error(fmt::format(
                "only {} of {} members have a result (the others make no model, or leave a figure to calibrate "
                "on without a value); narrow the ranges, or ask for more --members",
                result.members, report_.plan.smoother.members));
            return kBadInput;
        }
        return kFine;
    }

    // Only what a run would accept is written.
    int write() {
        if (!options_.out) return kFine;
        const CalibratedScenario calibrated = calibrated_scenario(report_, file_.base);
        const auto check = scenario::parse_scenario(calibrated.text, *options_.out, {}, file_.folder.string());
        if (!check.ok()) {
            console_.show(check.diagnostics());
            // What it extends was read when the command began.
            const bool is_elsewhere = std::ranges::any_of(check.diagnostics(), [this](const Diagnostic& finding) {
                return finding.place.file != *options_.out || finding.path == "extends";
            });
            if (is_elsewhere) {
                console_.error(fmt::format("'{}' cannot be read any more; nothing was written, give the command again",
                                           options_.scenario));
                return kEnvironment;
            }
            console_.error("the calibrated scenario is not sound; nothing was written");
            return kDefect;
        }
        if (!calibrated.omitted.empty()) {
            report_.warnings.push_back(
                {.severity = Severity::warning,
                 .message = fmt::format("{} is not in the calibrated scenario (it stands within a list)",
                                        fmt::join(calibrated.omitted, ", ")),
                 .hint = "make it a named quantity"});
        }
        const InterruptWatch all_or_nothing;
        const int code = end_of(folder().write({{file_.name, calibrated.text}}), console_);
        if (code != kFine) return code;
        console_.note(fmt::format("wrote {}", *options_.out));
        return kFine;
    }

    std::string command() const {
        const SmootherPlan& smoother = report_.plan.smoother;
        return fmt::format("{} --seed {} --members {} --assimilations {}{}", command_text(options_), smoother.seed,
                           smoother.members, smoother.assimilations,
                           report_.plan.leaves_one_out ? " --leave-one-out" : "");
    }

    std::string text() const {
        if (options_.format == Format::json) return calibration_json(report_);
        if (options_.format == Format::csv) return calibration_csv(report_);
        return calibration_text(report_, options_.shows_everything ? Detail::everything : Detail::headlines);
    }

    const Options& options_;
    const Console& console_;
    model::Model model_;
    MeasureCatalog catalog_;
    CalibrationReport report_;
    std::vector<std::size_t> fitted_;
    CalibratedFile file_;
};

}  // namespace

int calibrate(const Options& options, const Console& console) {
    Result<Loaded> loaded = load(options, console);
    if (!loaded.ok()) {
        console.show(loaded.diagnostics());
        return kBadInput;
    }
    return CalibrationStudy(options, console, std::move(loaded).value()).execute();
}

}  // namespace corridor::tools
