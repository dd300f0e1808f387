#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "corridor/scenario/reader.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/shape.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kInstantPattern = R"(^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$)";
constexpr const char* kMonthPattern = R"(^\d{4}-\d{2}$)";

/// A constant of the key tables as JSON. Dates become text, as TOML editors hand them to schemas.
Json to_json(const Node& node) {
    if (const auto* const text = node.as<std::string>()) return *text;
    if (const auto* const flag = node.as<bool>()) return *flag;
    if (const auto* const whole = node.as<std::int64_t>()) return *whole;
    if (const auto* const number = node.as<double>()) return *number;
    if (const auto* const instant = node.as<Instant>()) return format_instant(*instant);
    if (const auto* const items = node.as<Array>()) {
        Json list = Json::array();
        for (const Node& item : *items) list.push_back(to_json(item));
        return list;
    }
    Json table = Json::object();
    for (const auto& [key, value] : *node.as<Table>()) table[key] = to_json(value);
    return table;
}

/// Whether a table has to say all that is required: an entity's may leave a part to a CSV table or to the scenario that
/// this one extends.
enum class Completeness { whole, may_be_partial };

/// Exactly or at most one of the keys of each group.
void add_groups(Json& schema, const std::vector<KeyInfo>& keys, Completeness completeness) {
    Json all_of = Json::array();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string_view group = keys[i].group;
        const bool is_first =
            std::ranges::find(keys, group, &KeyInfo::group) == keys.begin() + static_cast<std::ptrdiff_t>(i);
        if (group.empty() || !is_first) continue;
        Json one_of = Json::array();
        Json none = Json::array();
        for (const KeyInfo& key : keys) {
            if (key.group != group) continue;
            one_of.push_back({{"required", {std::string(key.name)}}});
            none.push_back({{"required", {std::string(key.name)}}});
        }
        if (keys[i].presence == Presence::optional || completeness == Completeness::may_be_partial)
            one_of.push_back({{"not", {{"anyOf", none}}}});
        all_of.push_back({{"oneOf", one_of}});
    }
    if (!all_of.empty()) schema["allOf"] = all_of;
}

/// Text with a number and a unit; only % is one where nothing but plain numbers will do. The exponent of a number is
/// not taken for a unit.
Json measured_text(const std::vector<Dimension>& dimensions) {
    constexpr std::string_view kNumberPattern = R"(^\s*[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)";
    const bool are_plain = !dimensions.empty() && std::ranges::count(dimensions, kNumber) == std::ssize(dimensions);
    if (are_plain) return {{"type", "string"}, {"pattern", fmt::format(R"({}\s*%\s*$)", kNumberPattern)}};
    std::string pattern = fmt::format(R"({}(?![eE][+-]?[0-9])\s*[^\s\d.].*$)", kNumberPattern);
    return {{"type", "string"}, {"pattern", std::move(pattern)}};
}

/// Writes schemas; shapes that several keys share become definitions.
class SchemaWriter {
  public:
    Json table(const std::vector<KeyInfo>& keys, Completeness completeness) {
        Json properties = Json::object();
        Json required = Json::array();
        Json companions = Json::object();
        for (const KeyInfo& key : keys) {
            const std::string name(key.name);
            properties[name] = property(key);
            if (key.presence == Presence::required && key.group.empty() && completeness == Completeness::whole)
                required.push_back(name);
            if (!key.companion.empty()) companions[name] = Json::array({std::string(key.companion)});
        }
        Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
        if (!required.empty()) schema["required"] = required;
        if (!companions.empty()) schema["dependentRequired"] = companions;
        add_groups(schema, keys, completeness);
        return schema;
    }

    Json take_definitions() { return std::move(definitions_); }

  private:
    Json property(const KeyInfo& key) {
        Json schema = value(key.shape, Completeness::may_be_partial);
        schema["description"] = std::string(key.meaning);
        if (!key.default_value.empty()) schema["default"] = to_json(parse_constant(key.default_value));
        schema["examples"] = Json::array({to_json(parse_constant(key.example))});
        return schema;
    }

    Json value(const Shape& shape, Completeness completeness) {
        if (shape.name.empty()) return described(shape, completeness);
        const std::string name(shape.name);
        if (!definitions_.contains(name)) definitions_[name] = described(shape, completeness);
        return {{"$ref", "#/$defs/" + name}};
    }

    Json described(const Shape& shape, Completeness completeness) {
        switch (shape.kind) {
            case Shape::Kind::text:
                return {{"type", "string"}};
            case Shape::Kind::flag:
                return {{"const", true}};
            case Shape::Kind::choice:
                return {{"enum", shape.words}};
            case Shape::Kind::number:
                return number("number", shape.bounds);
            case Shape::Kind::whole:
                return number("integer", shape.bounds);
            case Shape::Kind::instant:
                return {{"type", "string"}, {"pattern", kInstantPattern}};
            case Shape::Kind::quantity:
                return quantity(shape);
            case Shape::Kind::list:
                return {{"type", "array"}, {"items", value(shape.parts.front(), Completeness::whole)}};
            case Shape::Kind::table:
                return table(*shape.keys, completeness);
            case Shape::Kind::by_id:
                return {{"type", "object"},
                        {"additionalProperties", value(shape.parts.front(), Completeness::may_be_partial)}};
            case Shape::Kind::by_month:
                return by_month(shape.parts.front());
            case Shape::Kind::any_of:
                break;
        }
        Json any_of = Json::array();
        for (const Shape& part : shape.parts) any_of.push_back(value(part, Completeness::whole));
        return {{"anyOf", any_of}};
    }

    static Json number(std::string_view type, const Bounds& bounds) {
        Json schema{{"type", type}};
        if (!std::isinf(bounds.low)) schema[bounds.excludes_low ? "exclusiveMinimum" : "minimum"] = bounds.low;
        if (!std::isinf(bounds.high)) schema["maximum"] = bounds.high;
        return schema;
    }

    Json quantity(const Shape& shape) {
        const bool may_be_plain = shape.dimensions.empty() || shape.has_plain_unit ||
                                  std::ranges::find(shape.dimensions, kNumber) != shape.dimensions.end();
        Json any_of = Json::array();
        if (may_be_plain) any_of.push_back(number(shape.is_whole ? "integer" : "number", shape.bounds));
        if (!shape.is_whole) any_of.push_back(measured_text(shape.dimensions));
        if (shape.keys != nullptr)
            any_of.push_back(
                value({.kind = Shape::Kind::table, .name = "quantity", .keys = shape.keys}, Completeness::whole));
        return {{"anyOf", any_of}};
    }

    Json by_month(const Shape& month) {
        return {{"type", "object"},
                {"patternProperties", {{kMonthPattern, value(month, Completeness::whole)}}},
                {"additionalProperties", false}};
    }

    Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema() {
    SchemaWriter writer;
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "A scenario of corridor"},
                {"description", "The flow of containers through a freight corridor, in TOML."}};
    schema.update(writer.table(document_keys().infos(), Completeness::may_be_partial));
    schema["$defs"] = writer.take_definitions();
    return schema.dump(2) + "\n";
}

}  // namespace corridor::scenario
