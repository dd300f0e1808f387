#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/toml.h"
#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

using Visit = std::function<void(const std::string& path, const KeyInfo& key)>;

/// Calls `visit` for every key of the language; entities are called a-b and months 2020-01.
void walk(const std::string& path, const Shape& shape, const Visit& visit) {
    const auto below = [&](std::string_view name) {
        return path.empty() ? std::string(name) : path + "." + std::string(name);
    };
    if (shape.kind == Shape::Kind::by_id) return walk(below("a-b"), shape.parts.front(), visit);
    if (shape.kind == Shape::Kind::by_month) return walk(below("2020-01"), shape.parts.front(), visit);
    if (shape.kind == Shape::Kind::table) {
        for (const KeyInfo& key : *shape.keys) {
            visit(below(key.name), key);
            walk(below(key.name), key.shape, visit);
        }
    }
    for (const Shape& part : shape.parts) walk(path, part, visit);
}

TEST_CASE("Every key has a meaning, and an example and a default that are TOML") {
    int keys = 0;
    walk("", document_shape(), [&](const std::string& path, const KeyInfo& key) {
        CAPTURE(path);
        ++keys;
        CHECK(key.meaning.ends_with('.'));
        CHECK(parse_toml_value(key.example, {}).has_value());
        CHECK((key.default_value.empty() || parse_toml_value(key.default_value, {}).has_value()));
    });
    CHECK(keys > 100);
}

/// What is said of an example that concerns the example itself, not the two ports that it is put into.
bool is_about_the_example(const Diagnostic& diagnostic, const std::string& path) {
    const auto mentions = [&](std::string_view words) { return diagnostic.message.find(words) != std::string::npos; };
    const bool is_there = diagnostic.severity == Severity::error && diagnostic.path.starts_with(path);
    return is_there && !mentions("unknown ") && !mentions("has no ") && !mentions("cannot open") &&
           !mentions("only a ") && !mentions("cannot be drawn") && !mentions("is missing");
}

TEST_CASE("Every key's example can be set") {
    for (const KeyInfo& table : document_keys().infos()) {
        walk(std::string(table.name), table.shape, [&](const std::string& path, const KeyInfo& key) {
            if (!path.starts_with("terminal.a-b") && path.find("a-b") == std::string::npos) return;
            const std::string assignment = path + "=" + std::string(key.example);
            CAPTURE(assignment);
            const std::string extra = "[terminal.a-b]\nquay_cranes = \"unlimited\"\nrail_cranes = \"unlimited\"\n";
            const auto result = parse_scenario(extended(extra), "scenario.toml", {{assignment}});
            for (const Diagnostic& diagnostic : result.diagnostics()) {
                CHECK_MESSAGE(!is_about_the_example(diagnostic, path), render({diagnostic}));
            }
        });
    }
}

TEST_CASE("The key reference names every key") {
    const std::string reference = key_reference();
    walk("", document_shape(), [&](const std::string& path, const KeyInfo& key) {
        CAPTURE(path);
        CHECK(reference.find("| `" + std::string(key.name) + "` |") != std::string::npos);
    });
}

/// Every "$ref" within a schema.
void collect_references(const nlohmann::json& schema, std::set<std::string>& references) {
    if (schema.is_object() && schema.contains("$ref")) references.insert(schema["$ref"].get<std::string>());
    for (const nlohmann::json& part : schema) {
        if (part.is_structured()) collect_references(part, references);
    }
}

TEST_CASE("The JSON Schema describes every table of a scenario, and nothing besides") {
    const nlohmann::json schema = nlohmann::json::parse(json_schema());
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema["additionalProperties"] == false);
    for (const KeyInfo& key : document_keys().infos()) {
        CAPTURE(key.name);
        REQUIRE(schema["properties"].contains(std::string(key.name)));
        CHECK(schema["properties"][std::string(key.name)]["description"] == std::string(key.meaning));
    }
    const nlohmann::json& link = schema["properties"]["link"]["additionalProperties"];
    CHECK(link["additionalProperties"] == false);
    CHECK(link["properties"]["mode"]["enum"] == nlohmann::json::parse(R"(["waterway", "railway"])"));
    CHECK(link["properties"]["length"]["examples"][0] == "275 km");
}

TEST_CASE("Every reference of the JSON Schema leads to a definition") {
    const nlohmann::json schema = nlohmann::json::parse(json_schema());
    std::set<std::string> references;
    collect_references(schema, references);
    CHECK(references.contains("#/$defs/quantity"));
    CHECK(references.contains("#/$defs/law"));
    for (const std::string& reference : references) {
        CAPTURE(reference);
        CHECK(schema.contains(nlohmann::json::json_pointer(reference.substr(1))));
    }
}

}  // namespace
}  // namespace corridor::scenario
