// The JSON Schema accepts what the reader accepts: the shipped scenarios, every key's example, and both ways to write a
// number that may be of two kinds.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "corridor/scenario/reader.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

using nlohmann::json;

/// As editors of TOML hand it to a schema: dates are text.
json as_json(const Node& node) {
    if (const auto* const text = node.as<std::string>()) return *text;
    if (const auto* const flag = node.as<bool>()) return *flag;
    if (const auto* const whole = node.as<std::int64_t>()) return *whole;
    if (const auto* const number = node.as<double>()) return *number;
    if (const auto* const instant = node.as<Instant>()) return format_instant(*instant);
    json result = node.as<Array>() != nullptr ? json::array() : json::object();
    if (const auto* const items = node.as<Array>()) {
        for (const Node& item : *items) result.push_back(as_json(item));
    } else {
        for (const auto& [key, value] : *node.as<Table>()) result[key] = as_json(value);
    }
    return result;
}

/// As much of JSON Schema 2020-12 as corridor's own schema uses.
class Validator {
  public:
    explicit Validator(json root) : root_(std::move(root)) {}

    const json& root() const { return root_; }

    /// Where and why `value` is not accepted; empty where it is.
    std::string complaint(const json& schema, const json& value, const std::string& path) const {
        if (schema.contains("$ref")) {
            const json& target = root_.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1)));
            if (std::string text = complaint(target, value, path); !text.empty()) return text;
        }
        if (!fits_type(schema, value)) return path + ": not of type " + schema["type"].get<std::string>();
        if (!fits_constants(schema, value)) return path + ": not one of the constants";
        if (!fits_bounds(schema, value)) return path + ": out of bounds";
        if (!fits_pattern(schema, value)) return path + ": not like " + schema["pattern"].get<std::string>();
        if (std::string text = of_parts(schema, value, path); !text.empty()) return text;
        return of_combinations(schema, value, path);
    }

  private:
    bool accepts(const json& schema, const json& value) const { return complaint(schema, value, "").empty(); }

    static bool fits_type(const json& schema, const json& value) {
        if (!schema.contains("type")) return true;
        const std::string type = schema["type"];
        if (type == "integer") return value.is_number_integer();
        if (type == "number") return value.is_number();
        if (type == "string") return value.is_string();
        if (type == "array") return value.is_array();
        REQUIRE(type == "object");
        return value.is_object();
    }

    static bool fits_constants(const json& schema, const json& value) {
        if (schema.contains("const") && schema["const"] != value) return false;
        if (!schema.contains("enum")) return true;
        const json& words = schema["enum"];
        return std::find(words.begin(), words.end(), value) != words.end();
    }

    static bool fits_bounds(const json& schema, const json& value) {
        if (!value.is_number()) return true;
        return (!schema.contains("minimum") || value >= schema["minimum"]) &&
               (!schema.contains("exclusiveMinimum") || value > schema["exclusiveMinimum"]) &&
               (!schema.contains("maximum") || value <= schema["maximum"]);
    }

    static bool fits_pattern(const json& schema, const json& value) {
        if (!schema.contains("pattern") || !value.is_string()) return true;
        return matches(value.get<std::string>(), schema["pattern"].get<std::string>());
    }

    static bool matches(const std::string& text, const std::string& pattern) {
        static std::map<std::string, std::regex> known;
        const auto found = known.try_emplace(pattern, pattern).first;
        return std::regex_search(text, found->second);
    }

    std::string of_parts(const json& schema, const json& value, const std::string& path) const {
        if (value.is_array() && schema.contains("items")) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                std::string text = complaint(schema["items"], value[i], fmt::format("{}[{}]", path, i));
                if (!text.empty()) return text;
            }
        }
        if (!value.is_object()) return "";
        const json required = schema.value("required", json::array());
        for (const json& name : required) {
            if (!value.contains(name.get<std::string>())) return path + ": lacks " + name.get<std::string>();
        }
        const json dependent = schema.value("dependentRequired", json::object());
        for (const auto& [key, companions] : dependent.items()) {
            for (const json& name : companions) {
                if (value.contains(key) && !value.contains(name.get<std::string>()))
                    return path + ": lacks " + name.get<std::string>();
            }
        }
        for (const auto& [key, part] : value.items()) {
            if (std::string text = of_property(schema, key, part, path + '.' + key); !text.empty()) return text;
        }
        return "";
    }

    std::string of_property(const json& schema, const std::string& key, const json& part,
                            const std::string& path) const {
        if (schema.contains("properties") && schema["properties"].contains(key)) {
            return complaint(schema["properties"][key], part, path);
        }
        const json patterns = schema.value("patternProperties", json::object());
        for (const auto& [pattern, of_matching] : patterns.items()) {
            if (matches(key, pattern)) return complaint(of_matching, part, path);
        }
        if (!schema.contains("additionalProperties")) return "";
        if (schema["additionalProperties"] == false) return path + ": unknown";
        return complaint(schema["additionalProperties"], part, path);
    }

    std::string of_combinations(const json& schema, const json& value, const std::string& path) const {
        if (schema.contains("not") && accepts(schema["not"], value)) return path + ": excluded";
        const json all_of = schema.value("allOf", json::array());
        for (const json& part : all_of) {
            if (std::string text = complaint(part, value, path); !text.empty()) return text;
        }
        const auto count = [&](const char* word) {
            int accepting = 0;
            for (const json& part : schema[word]) accepting += accepts(part, value) ? 1 : 0;
            return accepting;
        };
        if (schema.contains("oneOf") && count("oneOf") != 1) return path + ": not exactly one of the alternatives";
        if (!schema.contains("anyOf") || count("anyOf") > 0) return "";
        std::string all;
        for (const json& part : schema["anyOf"]) all += " / " + complaint(part, value, path);
        return all.substr(3);
    }

    json root_;
};

Validator validator() { return Validator(json::parse(json_schema())); }

json parsed(const std::string& text) {
    const auto node = parse_quietly(text);
    REQUIRE_MESSAGE(node.has_value(), text);
    return as_json(*node);
}

/// Every "examples" and "default" of a schema against the schema that it stands in.
void check_examples(const Validator& validator, const json& schema, const std::string& path) {
    if (schema.is_object() && schema.contains("examples") && schema["examples"].is_array()) {
        for (const json& example : schema["examples"]) CHECK(validator.complaint(schema, example, path) == "");
        if (schema.contains("default")) CHECK(validator.complaint(schema, schema["default"], path) == "");
    }
    for (const auto& [key, part] : schema.items()) {
        if (part.is_structured() && key != "examples") check_examples(validator, part, path + '/' + key);
    }
}

std::string with_room(const std::string& room) { return "service.river.keep_room = { luzhou = " + room + " }\n"; }

}  // namespace

TEST_CASE("The JSON Schema accepts every scenario that comes with corridor") {
    const Validator schema = validator();
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(CORRIDOR_SOURCE_DIR "/scenarios")) {
        if (entry.path().extension() != ".toml" || entry.path().filename() == "study.toml") continue;
        std::ifstream stream(entry.path());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        CHECK(schema.complaint(schema.root(), parsed(text), entry.path().filename().string()) == "");
        ++files;
    }
    CHECK(files > 20);
}

TEST_CASE("The JSON Schema accepts the example and the default of every key") {
    const Validator schema = validator();
    check_examples(schema, schema.root(), "");
}

TEST_CASE("The JSON Schema accepts room to keep in TEU and as a share") {
    const Validator schema = validator();
    for (const char* room :
         {"\"20 TEU\"", "0.1", "\"10 %\"", "{ value = \"20 TEU\", range = [\"10 TEU\", \"30 TEU\"] }"}) {
        CHECK(schema.complaint(schema.root(), parsed(with_room(room)), room) == "");
    }
    for (const std::string room : {"true", "\"much\"", "\"20\"", "\"1e5\"", "\"2.5e-3\"", "-1"}) {
        CHECK_MESSAGE(schema.complaint(schema.root(), parsed(with_room(room)), room) != "", room);
    }
    CHECK(schema.complaint(schema.root(), parsed("demand.d.empty_share = \"20 TEU\""), "x") != "");
}

}  // namespace corridor::scenario
