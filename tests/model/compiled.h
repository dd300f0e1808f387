// Scenario text to a model, for tests.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor::model {

inline scenario::Scenario scenario_of(const std::string& text) {
    auto scenario = scenario::parse_scenario(text);
    INFO(render(scenario.diagnostics()));
    REQUIRE(scenario.ok());
    return std::move(scenario).value();
}

inline Result<Model> compile_text(const std::string& text) {
    const scenario::Scenario scenario = scenario_of(text);
    return compile(scenario, scenario::stated_values(scenario.quantities));
}

inline Model model_of(const std::string& text) {
    auto model = compile_text(text);
    INFO(render(model.diagnostics()));
    REQUIRE(model.ok());
    return std::move(model).value();
}

/// "error: path: message; hint", a line each.
inline std::string text_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& d : diagnostics) {
        text += d.severity == Severity::error ? "error: " : "warning: ";
        text += d.path + ": " + d.message + (d.hint.empty() ? "" : "; " + d.hint) + "\n";
    }
    return text;
}

/// What the reader says of a scenario that it refuses.
inline std::string refusal_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    return scenario.ok() ? "" : text_of(scenario.diagnostics());
}

inline std::string findings_of(const std::string& text) { return text_of(compile_text(text).diagnostics()); }

/// The errors alone, of reading or else of compiling.
inline std::string errors_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    Diagnostics all = scenario.ok() ? compile_text(text).diagnostics() : scenario.diagnostics();
    std::erase_if(all, [](const Diagnostic& d) { return d.severity != Severity::error; });
    return text_of(all);
}

constexpr Tick kMinute = 60'000;
constexpr Tick kHour = 60 * kMinute;
constexpr Tick kDay = 24 * kHour;

/// A week from Monday; terminals a, b, c on a river, in this order downstream: a - b 100 km, b - c 50 km, 10 km/h down
/// and 5 km/h up. Nothing takes time at the terminals. Barges of 100 TEU.
inline const std::string kRiver = R"(
format = 1
title = "A river"
period = { start = 2020-01-06, end = 2020-01-13 }
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[link]
ab = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = { downstream = "10 km/h", upstream = "5 km/h" } }
bc = { mode = "waterway", from = "b", to = "c", length = "50 km", speed = { downstream = "10 km/h", upstream = "5 km/h" } }
[vehicle]
barge = { mode = "waterway", capacity = "100 TEU" }
)";

/// A demand from a to c that any service from a to c carries.
inline const std::string kDemand = R"(
[demand.d]
from = "a"
to = "c"
volume = "70 containers"
)";

}  // namespace corridor::model
