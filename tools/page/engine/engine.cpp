// The engine of a page: what corridor does for `run`, called from a script in the reader's browser.
#include <emscripten.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "corridor/engine/timeline.h"
#include "corridor/model/compile.h"
#include "corridor/report/page.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/series.h"

extern "C" void corridor_progress(double done, double total);  // progress.js

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

/// The scenario of the page, as it was written.
struct Opened {
    std::string text;
    std::string file;
};

Opened& opened() {
    static Opened scenario;
    return scenario;
}

/// What is wrong, each in a line.
std::string complaint(const Diagnostics& findings) {
    std::string text;
    for (const Diagnostic& finding : findings) {
        if (finding.severity == Severity::error) text += (text.empty() ? "" : "\n") + one_line(finding);
    }
    return Json::object({{"error", text}}).dump();
}

StudyWatch tell_progress() {
    return {.progress = [](std::uint64_t done, std::uint64_t expected) {
        corridor_progress(static_cast<double>(done), static_cast<double>(expected));
    }};
}

/// The scenario with some settings, and the first replications of it: a page asks for a few and then for more of the
/// same.
class Prepared {
  public:
    Prepared(Json settings, scenario::Scenario scenario, model::Model model, Diagnostics findings)
        : settings_(std::move(settings)),
          scenario_(std::move(scenario)),
          model_(std::move(model)),
          findings_(std::move(findings)),
          catalog_(measure_catalog(model_)),
          simulator_(model_, catalog_) {}
    Prepared(const Prepared&) = delete;

    bool is_for(const Json& settings) const { return settings_ == settings; }
    const model::Model& model() const { return model_; }

    std::string run(const StudyPlan& plan) {
        const auto targets = resolve_readings(scenario_, model_, catalog_);
        if (!targets.ok()) return complaint(targets.diagnostics());
        std::vector<MeasureSum> headlines;
        for (const ReadingTarget& target : targets.value()) headlines.push_back(target.in(catalog_));
        if (first_.seed != plan.seed) first_ = {.seed = plan.seed, .outcomes = {}};
        const auto make_replicator = [this] { return [this](std::uint64_t r) { return replication(r); }; };
        const StudyResult study = run_study(make_replicator, catalog_.size(), headlines, plan, tell_progress());
        if (study.status.state != RunState::complete) return Json::object({{"error", study.status.reason}}).dump();
        PriorResult none;  // the ranges are not drawn from again
        none.values.resize(targets.value().size());
        return page_run(run_report({.scenario = scenario_,
                                    .model = model_,
                                    .catalog = catalog_,
                                    .targets = targets.value(),
                                    .plan = plan,
                                    .study = study,
                                    .prior = none,
                                    .findings = findings_,
                                    .command = ""}));
    }

  private:
    Outcome replication(std::uint64_t number) {
        constexpr std::size_t kMostKept = 100;
        std::vector<Outcome>& known = first_.outcomes;
        if (number < known.size()) return known[number];
        Outcome outcome = simulator_.run(first_.seed, number);
        if (number == known.size() && number < kMostKept) known.push_back(outcome);
        return outcome;
    }

    struct First {
        std::uint64_t seed = 0;
        std::vector<Outcome> outcomes;
    };

    Json settings_;
    scenario::Scenario scenario_;
    model::Model model_;
    Diagnostics findings_;
    MeasureCatalog catalog_;
    Simulator simulator_;
    First first_;
};

std::string pictures(const model::Model& model, const StudyPlan& plan) {
    const Series series = run_series(model, plan, tell_progress());
    if (series.status.state != RunState::complete) return Json::object({{"error", series.status.reason}}).dump();
    return page_pictures(model, series, record_trips(model, plan.seed, 0));
}

/// Of the settings asked for; with what is wrong where there is none.
std::string prepare(const Json& settings, std::unique_ptr<Prepared>& prepared) {
    if (prepared && prepared->is_for(settings)) return "";
    prepared.reset();
    std::vector<scenario::Override> overrides;
    for (const Json& assignment : settings) overrides.push_back({assignment.get<std::string>()});
    auto scenario = scenario::parse_scenario(opened().text, opened().file, overrides);
    if (!scenario.ok()) return complaint(scenario.diagnostics());
    auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    Diagnostics findings = scenario.diagnostics();
    const Diagnostics compiled = scenario::located(scenario.value(), model.diagnostics());
    findings.insert(findings.end(), compiled.begin(), compiled.end());
    if (!model.ok()) return complaint(findings);
    // The page shows nothing of the undisturbed corridor, which takes as long again.
    model.value().takes_census = false;
    prepared = std::make_unique<Prepared>(settings, std::move(scenario).value(), std::move(model).value(), findings);
    return "";
}

std::string answer(const Json& request) {
    static std::unique_ptr<Prepared> prepared;
    if (std::string complaint = prepare(request.at("overrides"), prepared); !complaint.empty()) return complaint;
    StudyPlan plan{.seed = request.at("seed").get<std::uint64_t>(),
                   .replications = request.at("replications").get<std::uint64_t>()};
    if (request.contains("precision")) {
        plan.precision = request.at("precision").get<double>();
        plan.most_replications = request.at("most_replications").get<std::uint64_t>();
    }
    return request.at("part") == "run" ? prepared->run(plan) : pictures(prepared->model(), plan);
}

}  // namespace
}  // namespace corridor

extern "C" {

/// The scenario that the page holds, as one text.
EMSCRIPTEN_KEEPALIVE void corridor_open(const char* text, const char* file) { corridor::opened() = {text, file}; }

/// The answer to {overrides: ["path=value"], seed, replications, part: "run" or "series"}: that of `page_run` or
/// `page_pictures`, or {error}. A run goes on until `precision` is reached, where it is given, or `most_replications`.
/// The answer is there until the next call.
EMSCRIPTEN_KEEPALIVE const char* corridor_run(const char* request) {
    static std::string text;
    try {
        text = corridor::answer(nlohmann::ordered_json::parse(request));
    } catch (const std::exception& failure) {
        text = nlohmann::ordered_json({{"error", failure.what()}}).dump();
    }
    return text.c_str();
}
}
