#include "loading.h"

#include <fmt/format.h>

#include <utility>

#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor::tools {
namespace {

Result<scenario::Scenario> read(const Options& options) {
    std::vector<scenario::Override> overrides;
    for (const std::string& assignment : options.overrides) overrides.push_back({assignment});
    return scenario::read_scenario(options.scenario, overrides);
}

}  // namespace

std::optional<scenario::Scenario> load_scenario(const Options& options, const Console& console) {
    Result<scenario::Scenario> scenario = read(options);
    console.show(scenario.diagnostics());
    if (!scenario.ok()) return std::nullopt;
    return std::move(scenario).value();
}

Result<Loaded> load(const Options& options, const Console& console) {
    Result<scenario::Scenario> scenario = read(options);
    if (!scenario.ok()) return scenario.diagnostics();
    Diagnostics findings = scenario.diagnostics();
    const scenario::Values stated = scenario::stated_values(scenario.value().quantities);
    Result<model::Model> model = model::compile(scenario.value(), stated);
    const Diagnostics compiled_findings = scenario::located(scenario.value(), model.diagnostics());
    findings.insert(findings.end(), compiled_findings.begin(), compiled_findings.end());
    if (!model.ok()) return findings;
    const model::Model& compiled = model.value();
    if (const double size = model::expected_size(compiled); size > options.most_containers.value_or(size)) {
        findings.push_back({.message = fmt::format(
                                "{}: a replication has {:.0f} containers and background moves, more than the {:.0f} "
                                "of --max-containers",
                                options.scenario, size, *options.most_containers),
                            .hint = "allow more, or ask for less demand or a shorter period"});
        return findings;
    }
    console.detail(fmt::format("{} terminals, {} services, {} demands, scenario {}", compiled.terminals.size(),
                               compiled.services.size(), compiled.demands.size(), scenario.value().hash));
    return Loaded{
        .scenario = std::move(scenario).value(), .model = std::move(model).value(), .findings = std::move(findings)};
}

}  // namespace corridor::tools
