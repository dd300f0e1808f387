#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "commands.h"
#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/model/balance.h"
#include "corridor/report/optimise_report.h"
#include "corridor/scenario/reader.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "progress_bar.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

constexpr std::uint64_t kFreshReplications = 100;

Diagnostic mistake(std::string path, std::string message, std::string hint) {
    return {.path = std::move(path), .message = std::move(message), .hint = std::move(hint)};
}

class OptimiseStudy {
  public:
    OptimiseStudy(const Options& options, const Console& console, Loaded loaded)
        : options_(options), console_(console), loaded_(std::move(loaded)), catalog_(measure_catalog(loaded_.model)) {
        OptimisePlan& plan = report_.plan;
        plan.seed = options.seed.value_or(loaded_.scenario.seed);
        plan.tolerance = options.tolerance;
        plan.most_replications = options.most_replications;
        plan.threads = options.threads;
        report_.title = loaded_.scenario.title;
        report_.hash = loaded_.scenario.hash;
        report_.warnings = loaded_.findings;
        report_.fresh_seed = plan.seed + 1;
    }

    int execute() {
        if (const int code = prepare(); code != kFine) return code;
        report_.command = command();
        {
            const InterruptWatch watching;
            ProgressBar bar(console_, "points");
            report_.result =
                optimise([this](const Point& point) { return model_at(point); }, report_.plan, watch_on(bar));
        }
        if (const int code = end_of(report_.result.status, loaded_.model.origin, console_); code != kFine) return code;
        if (!has_a_model()) {
            console_.error(
                fmt::format("no point of the ranges makes a model: {}", report_.result.asked.front().refusal));
            return kBadInput;
        }
        if (report_.result.chosen) {
            if (const int code = confirm_choice(); code != kFine) return code;
        }
        if (options_.format != Format::table) console_.show(report_.warnings);
        const int code = console_.print(text());
        if (code != kFine || report_.result.chosen) return code;
        console_.error("no point meets the target");
        return kCheckFailed;
    }

  private:
    bool has_a_model() const {
        return std::ranges::any_of(report_.result.asked, [](const Candidate& each) { return each.refusal.empty(); });
    }

    // What can be wrong before the first run, all at once.
    int prepare() {
        if (options_.scenario == "-") {
            console_.error("optimise reads its scenario once for each point: give a file, not standard input");
            return kBadInput;
        }
        Diagnostics mistakes;
        for (const std::string& text : options_.varied) take_variable(text, mistakes);
        for (const std::string& text : options_.requirements) take_requirement(text, mistakes);
        if (options_.minimised) take_minimised(*options_.minimised, mistakes);
        for (const std::string& text : options_.prices) take_price(text, mistakes);
        check_size(mistakes);
        console_.show(mistakes);
        return mistakes.empty() ? kFine : kBadInput;
    }

    void take_variable(const std::string& text, Diagnostics& mistakes) {
        auto parsed = parse_variable(text);
        if (!parsed.ok()) return append(mistakes, parsed.diagnostics());
        Variable variable = std::move(parsed).value();
        std::vector<std::string_view> paths;
        const scenario::Quantity* found = nullptr;
        for (const scenario::Quantity& quantity : loaded_.scenario.quantities) {
            paths.push_back(quantity.path);
            if (quantity.path == variable.path) found = &quantity;
        }
        const std::string option = fmt::format("--vary '{}'", text);
        if (found == nullptr) {
            mistakes.push_back(mistake(
                option, fmt::format("the scenario has no number '{}'", variable.path),
                did_you_mean(nearest(variable.path, paths), "corridor assumptions --all lists the numbers there are")));
            return;
        }
        const bool is_twice = std::ranges::any_of(report_.plan.variables,
                                                  [&](const Variable& other) { return other.path == variable.path; });
        if (is_twice) return mistakes.push_back(mistake(option, "it is varied twice", "give one range"));
        report_.base.push_back(display(found->value, found->dimension, found->unit).value);
        report_.plan.variables.push_back(std::move(variable));
    }

    void take_requirement(const std::string& text, Diagnostics& mistakes) {
        auto parsed = parse_mean_requirement(text);
        if (!parsed.ok()) return append(mistakes, parsed.diagnostics());
        const MeanRequirement& requirement = parsed.value();
        const auto unit =
            unit_of_measure(fmt::format("--require '{}'", text), requirement.measure, requirement.subject, mistakes);
        if (!unit) return;
        if (!requirement.unit.empty() && requirement.unit != *unit) {
            mistakes.push_back(mistake(fmt::format("--require '{}'", text),
                                       fmt::format("the measure is in {}, the bound in {}",
                                                   unit->empty() ? "plain numbers" : *unit, requirement.unit),
                                       "give the bound in the unit of the measure, or without one"));
            return;
        }
        report_.units.push_back(*unit);
        report_.plan.requirements.push_back(requirement);
    }

    void take_minimised(const std::string& text, Diagnostics& mistakes) {
        const std::size_t blank = text.find(' ');
        const std::string option = fmt::format("--minimise '{}'", text);
        if (blank == std::string::npos) {
            mistakes.push_back(mistake(option, "a measure and a subject are needed", "write it as in 'cost total'"));
            return;
        }
        const MeasureName name{.measure = text.substr(0, blank), .subject = text.substr(blank + 1)};
        const auto unit = unit_of_measure(option, name.measure, name.subject, mistakes);
        if (!unit) return;
        report_.units.push_back(*unit);
        report_.plan.minimised = name;
    }

    void take_price(const std::string& text, Diagnostics& mistakes) {
        const std::size_t equals = text.rfind('=');
        Measurement price;
        UnitError ignored;
        const std::string option = fmt::format("--price '{}'", text);
        const bool is_number = equals != std::string::npos &&
                               parse_measurement(text.substr(equals + 1), price, ignored) &&
                               price.dimension == kNumber && price.value >= 0;
        if (!is_number) {
            mistakes.push_back(
                mistake(option, "not a price",
                        "write it as in service.feeder.departures.per_week=1500: of one unit, 0 or more"));
            return;
        }
        const auto variable = std::ranges::find(report_.plan.variables, text.substr(0, equals), &Variable::path);
        if (variable == report_.plan.variables.end()) {
            mistakes.push_back(mistake(option, "a price of what is not varied", "give it a range with --vary"));
        } else {
            variable->price = price.value;
        }
    }

    std::optional<std::string> unit_of_measure(const std::string& option, const std::string& measure,
                                               const std::string& subject, Diagnostics& mistakes) const {
        if (const auto found = catalog_.find(measure, subject)) return std::string(catalog_.infos()[*found].unit);
        std::vector<std::string_view> names;
        std::vector<std::string_view> subjects;
        for (const MeasureInfo& info : catalog_.infos()) {
            if (info.name == measure) subjects.push_back(info.subject);
            if (names.empty() || names.back() != info.name) names.push_back(info.name);
        }
        if (subjects.empty()) {
            mistakes.push_back(
                mistake(option, fmt::format("the scenario has no measure '{}'", measure),
                        did_you_mean(nearest(measure, names), "corridor run SCENARIO --all lists those there are")));
        } else {
            constexpr std::size_t kShown = 5;
            const std::vector<std::string_view> few(
                subjects.begin(), subjects.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, subjects.size())));
            mistakes.push_back(mistake(option, fmt::format("'{}' has no subject '{}'", measure, subject),
                                       did_you_mean(nearest(subject, subjects),
                                                    fmt::format("there are {}{}", fmt::join(few, ", "),
                                                                few.size() < subjects.size() ? " and others" : ""))));
        }
        return std::nullopt;
    }

    void check_size(Diagnostics& mistakes) const {
        const std::size_t most = report_.plan.minimised ? kMostCompared : kMostPoints;
        double points = 1;
        for (const Variable& variable : report_.plan.variables) {
            points *= variable.steps();
        }
        if (points <= static_cast<double>(most)) return;
        mistakes.push_back(mistake("--vary", fmt::format("that makes {:.15g} points (the limit is {})", points, most),
                                   report_.plan.minimised ? "narrow the ranges, widen the steps, or minimise the price"
                                                          : "narrow the ranges, or widen the steps"));
    }

    static void append(Diagnostics& all, const Diagnostics& more) { all.insert(all.end(), more.begin(), more.end()); }

    Result<model::Model> model_at(const Point& point) const {
        Result<Loaded> loaded = loaded_at(point);
        if (!loaded.ok()) return loaded.diagnostics();
        return std::move(loaded).value().model;
    }

    Result<Loaded> loaded_at(const Point& point) const {
        Options options = options_;
        for (std::size_t i = 0; i < point.size(); ++i) {
            options.overrides.push_back(report_.plan.variables[i].assignment(point[i]));
        }
        Result<Loaded> loaded = load(options, console_);
        if (!loaded.ok()) {
            Diagnostics errors = loaded.diagnostics();
            std::erase_if(errors, [](const Diagnostic& finding) { return finding.severity != Severity::error; });
            return errors;
        }
        return loaded;
    }

    // What `run` would say of the point before it runs.
    void warn_of(const Loaded& chosen) {
        Diagnostics found = chosen.findings;
        append(found, scenario::located(chosen.scenario,
                                        model::queue_warnings(chosen.scenario, model::static_balance(chosen.model))));
        report_.warnings.clear();  // they were of the scenario as it stands
        for (const Diagnostic& finding : found) {
            if (finding.severity == Severity::warning) report_.warnings.push_back(finding);
        }
    }

    int confirm_choice() {
        const Result<Loaded> chosen = loaded_at(report_.result.asked[*report_.result.chosen].point);
        if (!chosen.ok()) return kDefect;
        warn_of(chosen.value());
        const InterruptWatch watching;
        ProgressBar bar(console_, "fresh replications");
        const StudyPlan fresh{.seed = report_.fresh_seed,
                              .replications = options_.replications.value_or(kFreshReplications),
                              .threads = options_.threads};
        report_.confirmation = confirm(loaded_.model, chosen.value().model, report_.plan, fresh, watch_on(bar));
        return end_of(report_.confirmation.status, loaded_.model.origin, console_);
    }

    std::string command() const {
        std::string line = command_text(options_);
        const auto add = [&](std::string_view option, const std::vector<std::string>& texts) {
            for (const std::string& text : texts) line += fmt::format(" {} {}", option, shell_quoted(text));
        };
        add("--vary", options_.varied);
        add("--require", options_.requirements);
        add("--price", options_.prices);
        if (options_.minimised) line += " --minimise " + shell_quoted(*options_.minimised);
        return line + fmt::format(" --tolerance {} --seed {} --replications {} --max-replications {}",
                                  format_number(report_.plan.tolerance), report_.plan.seed,
                                  options_.replications.value_or(kFreshReplications), report_.plan.most_replications);
    }

    std::string text() const {
        if (options_.format == Format::json) return optimise_json(report_);
        if (options_.format == Format::csv) return optimise_csv(report_);
        return optimise_text(report_, options_.shows_everything ? Detail::everything : Detail::headlines);
    }

    const Options& options_;
    const Console& console_;
    Loaded loaded_;
    MeasureCatalog catalog_;
    OptimiseReport report_;
};

}  // namespace

int optimise(const Options& options, const Console& console) {
    Result<Loaded> loaded = load(options, console);
    if (!loaded.ok()) {
        console.show(loaded.diagnostics());
        return kBadInput;
    }
    return OptimiseStudy(options, console, std::move(loaded).value()).execute();
}

}  // namespace corridor::tools
