#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "commands.h"
#include "corridor/base/text.h"
#include "corridor/model/balance.h"
#include "corridor/model/compile.h"
#include "corridor/report/options_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/growth.h"
#include "corridor/study/options.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "page_file.h"
#include "progress_bar.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(' ');
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(' ') + 1 - from);
}

// A scenario that takes part.
struct Participant {
    std::string name;
    Loaded loaded;
};

// "daily: service.a.departures.per_week=7; service.b.fleet=3": settings over the do-minimum. Anything without an equals
// sign is a scenario of its own, which as a rule extends the do-minimum.
struct Proposal {
    std::string name;
    Options options;
};

Proposal proposal_of(const std::string& text, const Options& base) {
    Proposal proposal{.name = text, .options = base};
    if (text.find('=') == std::string::npos) {
        const std::filesystem::path path(text);
        proposal.options.scenario = text;
        proposal.name = path.stem().string();
        if (proposal.name == "scenario" && path.has_parent_path())
            proposal.name = path.parent_path().filename().string();
        if (proposal.name.empty()) proposal.name = path.parent_path().filename().string();
        return proposal;
    }
    std::string_view rest = text;
    const std::size_t colon = rest.find(':');
    if (colon < rest.find('=')) {
        const std::string_view name = trimmed(rest.substr(0, colon));
        if (!name.empty()) proposal.name = name;
        rest.remove_prefix(colon + 1);
    }
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view assignment = trimmed(rest.substr(0, end));
        if (!assignment.empty()) proposal.options.overrides.emplace_back(assignment);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return proposal;
}

std::string most_used(const model::Model& model) {
    const std::vector<model::Load> loads = model::static_balance(model);
    const auto most = std::ranges::max_element(loads, {}, &model::Load::share);
    if (most == loads.end()) return "nothing that has a limit";
    return fmt::format("{} of {}{}, {:.0f} %{}", label(most->resource), most->subject,
                       most->where.empty() ? "" : fmt::format(" ({})", most->where), 100 * most->share(),
                       most->share() > 1 && most->excess == model::Excess::queues ? ": its queue grows" : "");
}

class OptionsStudy {
  public:
    OptionsStudy(const Options& options, const Console& console) : options_(options), console_(console) {}

    int execute() {
        if (!load_all()) return kBadInput;
        const PageFile page(options_, console_);
        if (const int code = page.prepare(inputs()); code != kFine) return code;
        const scenario::Scenario& base = participants_.front().loaded.scenario;
        plan_ = {.seed = options_.seed.value_or(base.seed),
                 .replications = options_.replications.value_or(static_cast<std::uint64_t>(base.replications)),
                 .threads = options_.threads};
        if (plan_.replications < 2) {
            console_.error(
                "options needs at least 2 replications (a difference has an interval); add --replications 20");
            return kBadInput;
        }
        OptionsReport report{.title = base.title,
                             .command = command(),
                             .seed = plan_.seed,
                             .difference = options_.difference,
                             .horizons = {},
                             .warnings = warnings_};
        for (const Growth& growth : options_.growths) {
            if (const int code = simulate(growth, report); code != kFine) return code;
        }
        if (const int code = page.write(StudyPageParts{"options", base, options_json(report)}); code != kFine)
            return code;
        return console_.print(text_of(report));
    }

  private:
    // "daily: ;" has a name and nothing to do; and no file is called so.
    static bool sets_nothing(const std::string& text) {
        const std::size_t colon = text.find(':');
        const std::size_t from = colon == std::string::npos ? 0 : colon + 1;
        return text.find_first_not_of(" ;", from) == std::string::npos;
    }

    // Columns that bear one name could not be told apart.
    const Proposal* named_twice(const std::vector<Proposal>& proposals) const {
        const auto has_twin = [&](const Proposal& one) {
            return std::ranges::count(proposals, one.name, &Proposal::name) > 1;
        };
        const auto found = std::ranges::find_if(proposals, has_twin);
        return found == proposals.end() ? nullptr : &*found;
    }

    std::vector<std::string> inputs() const {
        std::vector<std::string> files;
        for (const Participant& one : participants_) {
            for (std::string& file : scenario::files_of(one.loaded.scenario)) files.push_back(std::move(file));
        }
        return files;
    }

    // Every scenario before the first run, with all that is wrong in any of them.
    bool load_all() {
        std::vector<Proposal> proposals{{.name = "do-minimum", .options = options_}};
        for (const std::string& variant : options_.variants) proposals.push_back(proposal_of(variant, options_));
        for (const std::string& variant : options_.variants) {
            if (!sets_nothing(variant)) continue;
            console_.error(
                fmt::format("the option '{}' sets nothing; write NAME: PATH=VALUE, more of them after ';', or "
                            "the file of a scenario",
                            printable(variant)));
            return false;
        }
        if (const Proposal* const twin = named_twice(proposals)) {
            console_.error(
                fmt::format("two variants are called '{}'; name settings as in 'NAME: PATH=VALUE', or rename a file",
                            printable(twin->name)));
            return false;
        }
        bool is_fine = true;
        for (Proposal& proposal : proposals) {
            Result<Loaded> loaded = load(proposal.options, console_);
            is_fine = is_fine && loaded.ok();
            if (!loaded.ok()) {
                console_.show(loaded.diagnostics());
                continue;
            }
            const Diagnostics fresh = new_findings(loaded.value().findings);
            console_.show(fresh);
            warnings_.insert(warnings_.end(), fresh.begin(), fresh.end());
            participants_.push_back({std::move(proposal.name), std::move(loaded).value()});
        }
        return is_fine && measure_same_time();
    }

    // A difference of totals over other times says nothing.
    bool measure_same_time() const {
        const auto period_of = [](const model::Model& model) {
            const auto at = [&model](Tick tick) { return format_instant(model.origin + Duration{tick}); };
            return fmt::format("{} to {} after a warm-up from {}", at(model.window.from), at(model.window.to), at(0));
        };
        const std::string expected = period_of(participants_.front().loaded.model);
        for (const Participant& one : participants_) {
            const std::string period = period_of(one.loaded.model);
            if (period == expected) continue;
            console_.error(fmt::format("'{}' measures {}, the do-minimum {}; give both the same period and warm_up",
                                       printable(one.name), period, expected));
            return false;
        }
        return true;
    }

    // Without what was said of the do-minimum.
    Diagnostics new_findings(const Diagnostics& findings) const {
        Diagnostics fresh;
        for (const Diagnostic& finding : findings) {
            const auto is_same = [&](const Diagnostic& known) { return one_line(known) == one_line(finding); };
            const bool is_known =
                !participants_.empty() && std::ranges::any_of(participants_.front().loaded.findings, is_same);
            if (!is_known) fresh.push_back(finding);
        }
        return fresh;
    }

    int simulate(const Growth& growth, OptionsReport& report) {
        std::vector<model::Model> models;
        for (const Participant& one : participants_)
            models.push_back(with_demand_grown(one.loaded.model, growth.factor));
        for (std::size_t i = 0; i < models.size(); ++i) {
            const double size = model::expected_size(models[i]);
            if (size <= options_.most_containers.value_or(size)) continue;
            console_.error(
                fmt::format("'{}' has {:.0f} containers and background moves in a replication{}, more than the "
                            "{:.0f} of --max-containers; allow more, or grow less",
                            printable(participants_[i].name), size,
                            growth.name.empty() ? "" : " of " + printable(growth.name), *options_.most_containers));
            return kBadInput;
        }
        HorizonReport horizon{.name = growth.name, .factor = growth.factor, .base = {}, .options = {}, .result = {}};
        std::vector<VariantReport> shown;
        for (std::size_t i = 0; i < models.size(); ++i) {
            shown.push_back({.name = participants_[i].name,
                             .hash = participants_[i].loaded.scenario.hash,
                             .measures = measure_catalog(models[i]),
                             .bottleneck = most_used(models[i])});
        }
        std::vector<Variant> options;
        for (std::size_t i = 1; i < models.size(); ++i) options.push_back({&models[i], &shown[i].measures});
        {
            const InterruptWatch watching;
            ProgressBar bar(console_, growth.name.empty() ? "replications" : "replications of " + growth.name);
            horizon.result = compare_options({models.data(), &shown.front().measures}, options, plan_, watch_on(bar));
        }
        if (const int code = end_of(horizon.result.status, models.front().origin, console_); code != kFine) return code;
        warn_of_strangers(shown, horizon.result, report);
        horizon.base = std::move(shown.front());
        horizon.options.assign(std::make_move_iterator(shown.begin() + 1), std::make_move_iterator(shown.end()));
        report.horizons.push_back(std::move(horizon));
        return kFine;
    }

    // A scenario of another corridor has hardly a measure in common with the do-minimum.
    void warn_of_strangers(const std::vector<VariantReport>& shown, const OptionsResult& result,
                           OptionsReport& report) const {
        const std::size_t all = shown.front().measures.size();
        for (std::size_t i = 0; i < result.options.size(); ++i) {
            const std::size_t common = result.options[i].pairs.size();
            if (2 * common >= all) continue;
            const Diagnostic warning{
                .severity = Severity::warning,
                .message = fmt::format("'{}' has {} of the {} measures of the do-minimum: is it an option for the same "
                                       "corridor? (differences of totals between two corridors say nothing)",
                                       printable(shown[i + 1].name), common, all),
                .hint = "write an option as an overlay that extends the do-minimum, or as settings"};
            console_.show({warning});
            report.warnings.push_back(warning);
        }
    }

    std::string command() const {
        std::string line = command_text(options_);
        for (const std::string& variant : options_.variants) line += ' ' + shell_quoted(variant);
        for (const Growth& growth : options_.growths) {
            if (growth.name.empty() && growth.factor == 1.0) continue;
            line += " --growth " + shell_quoted(fmt::format("{}={}", growth.name, growth.factor));
        }
        return line + fmt::format(" --difference {} --seed {} --replications {}", options_.difference, plan_.seed,
                                  plan_.replications);
    }

    std::string text_of(const OptionsReport& report) const {
        if (options_.format == Format::json) return options_json(report);
        if (options_.format == Format::csv) return options_csv(report);
        return options_text(report, options_.shows_everything ? Detail::everything : Detail::headlines);
    }

    const Options& options_;
    const Console& console_;
    std::vector<Participant> participants_;  ///< the do-minimum first
    Diagnostics warnings_;                   ///< of all of them, each once
    StudyPlan plan_;
};

}  // namespace

int compare_options(const Options& options, const Console& console) { return OptionsStudy(options, console).execute(); }

}  // namespace corridor::tools
