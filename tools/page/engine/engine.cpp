// The engine of a page: what corridor does for `run`, called from a script in the reader's browser.
#include <emscripten.h>

#include <algorithm>
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

std::string run(const scenario::Scenario& scenario, const model::Model& model, const Diagnostics& findings,
                const StudyPlan& plan) {
    const MeasureCatalog catalog = measure_catalog(model);
    const auto targets = resolve_readings(scenario, model, catalog);
    if (!targets.ok()) return complaint(targets.diagnostics());
    std::vector<MeasureSum> headlines;
    for (const ReadingTarget& target : targets.value()) headlines.push_back(target.in(catalog));
    const StudyResult study = run_study(model, catalog, headlines, plan, tell_progress());
    if (study.status.state != RunState::complete) return Json::object({{"error", study.status.reason}}).dump();
    PriorResult none;  // the ranges are not drawn from again
    none.values.resize(targets.value().size());
    return page_run(run_report({.scenario = scenario,
                                .model = model,
                                .catalog = catalog,
                                .targets = targets.value(),
                                .plan = plan,
                                .study = study,
                                .prior = none,
                                .findings = findings,
                                .command = ""}));
}

std::string pictures(const model::Model& model, const StudyPlan& plan) {
    const Series series = run_series(model, plan, tell_progress());
    if (series.status.state != RunState::complete) return Json::object({{"error", series.status.reason}}).dump();
    return page_pictures(model, series, record_trips(model, plan.seed, 0));
}

std::string answer(const Json& request) {
    std::vector<scenario::Override> overrides;
    for (const Json& assignment : request.at("overrides")) overrides.push_back({assignment.get<std::string>()});
    const auto scenario = scenario::parse_scenario(opened().text, opened().file, overrides);
    if (!scenario.ok()) return complaint(scenario.diagnostics());
    auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    Diagnostics findings = scenario.diagnostics();
    const Diagnostics compiled = scenario::located(scenario.value(), model.diagnostics());
    findings.insert(findings.end(), compiled.begin(), compiled.end());
    if (!model.ok()) return complaint(findings);
    model.value().takes_census =
        false;  // the page shows nothing of the undisturbed corridor, which takes as long again
    const StudyPlan plan{.seed = request.at("seed").get<std::uint64_t>(),
                         .replications = request.at("replications").get<std::uint64_t>()};
    return request.at("part") == "run" ? run(scenario.value(), model.value(), findings, plan)
                                       : pictures(model.value(), plan);
}

}  // namespace
}  // namespace corridor

extern "C" {

/// The scenario that the page holds, as one text.
EMSCRIPTEN_KEEPALIVE void corridor_open(const char* text, const char* file) { corridor::opened() = {text, file}; }

/// The answer to {overrides: ["path=value"], seed, replications, part: "run" or "series"}: that of `page_run` or
/// `page_pictures`, or {error}. It is there until the next call.
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
