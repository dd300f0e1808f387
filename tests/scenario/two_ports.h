// A small scenario that the reader's tests change, and what the reader has to say about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/scenario/reader.h"
#include "replaced.h"

namespace corridor::scenario {

/// a --- 275 km of river --- b, a barge nine times a week, and containers for it.
inline constexpr std::string_view kTwoPorts = R"(format = 1
[period]
start = 2020-01-01
end = 2020-07-01
[source.F001]
kind = "reported"
[source.F003]
kind = "derived"
derived_from = ["F001"]
[quantity.upstream]
value = "10 km/h"
range = ["8 km/h", "13 km/h"]
[quantity.sailings]
value = "9 /week"
[quantity.boxes]
product = ["sailings", "124 containers"]
[terminal.a]
latitude = 29.6
longitude = 106.7
quay_cranes = { count = 3, rate = "25 moves/h" }
opening = ["Mon-Fri 06:00-22:00"]
[terminal.b]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "275 km"
speed = { downstream = "16 km/h", upstream = { use = "upstream" } }
[vehicle.barge]
mode = "waterway"
capacity = "150 TEU"
[service.a-b]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
departures = { per_week = { use = "sailings" } }
[demand.a-b]
from = "a"
to = "b"
rate = { use = "boxes" }
profile = { 2020-01 = 0.9 }
consignment = { sizes = [1, 2], shares = [0.5, 0.5] }
[reported.shipped]
value = "15900 containers"
use = "validate"
source = "F001"
[reported.shipped.reading.all]
measure = "containers_shipped"
of = ["service.a-b"]
)";

/// The two ports with `part` replaced.
inline std::string changed(std::string_view part, std::string_view replacement) {
    return replaced(std::string(kTwoPorts), part, replacement);
}

/// The two ports with more behind them.
inline std::string extended(std::string_view more) { return std::string(kTwoPorts) + std::string(more); }

/// Each diagnostic on a line, without the lines of the files: "3:1: error: link.a-b: ... (see 2:1)". The places of
/// other files than scenario.toml start with their names.
inline std::string summary(const Diagnostics& diagnostics) {
    const auto show = [](const SourcePlace& place) {
        const std::string file = place.file == "scenario.toml" ? "" : place.file + ":";
        return place.line == 0 ? file : fmt::format("{}{}:{}", file, place.line, place.column);
    };
    std::string text;
    for (Diagnostic diagnostic : diagnostics) {
        const std::string place = show(diagnostic.place);
        std::string related;
        for (const SourcePlace& other : diagnostic.related) related += fmt::format(" (see {})", show(other));
        diagnostic.place = {};
        diagnostic.excerpt.clear();
        diagnostic.related.clear();
        std::string line = render({diagnostic});
        line.pop_back();
        text += fmt::format("{}{}{}{}\n", place, place.ends_with(':') || place.empty() ? " " : ": ", line, related);
    }
    return text;
}

/// What the reader has to say about a text; empty where it is content.
inline std::string complaints(const std::string& text, const std::vector<std::string>& assignments = {}) {
    std::vector<Override> overrides;
    for (const std::string& assignment : assignments) overrides.push_back({assignment});
    return summary(parse_scenario(text, "scenario.toml", overrides).diagnostics());
}

/// The scenario of a text that must be faultless.
inline Scenario scenario_of(const std::string& text, const std::vector<Override>& overrides = {}) {
    Result<Scenario> result = parse_scenario(text, "scenario.toml", overrides);
    if (!result.ok()) throw std::invalid_argument(render(result.diagnostics()));
    return std::move(result).value();
}

}  // namespace corridor::scenario
