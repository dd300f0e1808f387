// JSON as text: the last step of every JSON result.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "corridor/study/estimate.h"

namespace corridor::report {

using Json = nlohmann::ordered_json;

/// NaN has no form in JSON: null.
inline Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

/// [low, high]; null where there is none.
inline Json interval_json(const std::optional<Interval>& interval) {
    return interval ? Json{interval->low, interval->high} : Json(nullptr);
}

/// What every JSON result begins with: scenario {title, hash}, version, and the command that gives the result again.
Json result_header(const std::string& title, const std::string& hash, const std::string& command);

/// Indented by two, one final line feed, doubles in their shortest round-trip form. Characters that could steer a
/// terminal are written as \u escapes, which a JSON reader turns back; bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& json);

/// The same in a single line.
std::string json_line(const Json& json);

}  // namespace corridor::report
