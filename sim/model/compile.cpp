#include "corridor/model/compile.h"

#include <algorithm>
#include <utility>

#include "calendar.h"
#include "compilation.h"

namespace corridor::model {
namespace {

Diagnostic finding(Severity severity, const scenario::Entity& entity, std::string path, std::string message,
                   std::string hint) {
    Diagnostic result;
    result.severity = severity;
    result.place = entity.place;
    result.path = std::move(path);
    result.message = std::move(message);
    result.hint = std::move(hint);
    return result;
}

}  // namespace

void Compilation::error(const scenario::Entity& entity, std::string path, std::string message, std::string hint) {
    findings.push_back(finding(Severity::error, entity, std::move(path), std::move(message), std::move(hint)));
}

void Compilation::warn(const scenario::Entity& entity, std::string path, std::string message, std::string hint) {
    findings.push_back(finding(Severity::warning, entity, std::move(path), std::move(message), std::move(hint)));
}

void compile_period(Compilation& compilation) {
    const scenario::Scenario& scenario = compilation.scenario;
    Model& model = compilation.model;
    const Tick warm_up = compilation.numbers.duration(scenario.warm_up);
    model.origin = scenario.start - Duration{warm_up};
    model.window = {.from = warm_up, .to = (scenario.end - model.origin).count()};
    compilation.calendar_end = model.window.to + kCalendarTail.count();
    for (const MonthPart& part : months_between(scenario.start, scenario.end)) {
        model.months.push_back({.label = format_month(month_of(part.from)),
                                .from = (part.from - model.origin).count(),
                                .to = (part.to - model.origin).count()});
    }
    for (const scenario::Param limit : scenario.delivered_within) {
        const Tick within = compilation.numbers.duration(limit);
        const auto& before = model.delivered_within;
        if (std::find(before.begin(), before.end(), within) != before.end()) {
            compilation.numbers.error(limit, "is given twice", "leave one out");
        }
        model.delivered_within.push_back(within);
    }
}

Result<Model> compile(const scenario::Scenario& scenario, const scenario::Values& values) {
    Compilation compilation(scenario, values);
    compile_period(compilation);
    compile_terminals(compilation);
    compile_links(compilation);
    compile_locks(compilation);
    compile_ways(compilation);
    compile_vehicles(compilation);
    compile_fleets(compilation);
    compile_services(compilation);
    connect_fleets(compilation);
    compile_demands(compilation);
    compile_empties(compilation);
    compile_backgrounds(compilation);
    compile_costs(compilation);
    compile_disruptions(compilation);
    check_size(compilation);
    rank_priorities(compilation);
    if (has_errors(compilation.findings)) return std::move(compilation.findings);
    compile_itineraries(compilation);
    if (has_errors(compilation.findings)) return std::move(compilation.findings);
    compile_shallows(compilation);
    compile_turns(compilation);
    compile_yards(compilation);
    if (has_errors(compilation.findings)) return std::move(compilation.findings);
    lint(compilation);
    lint_empties(compilation);
    lint_dates(compilation);
    return {std::move(compilation.model), std::move(compilation.findings)};
}

}  // namespace corridor::model
