#include <fmt/format.h>

#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/scenario/reader.h"
#include "scenario/keys.h"
#include "scenario/keys_study.h"
#include "scenario/quantity_form.h"
#include "scenario/shape.h"
#include "scenario/table_columns.h"

namespace corridor::scenario {
namespace {

std::string describe(const Shape& shape);

std::string describe_quantity(const Shape& shape) {
    if (shape.is_whole) return "a whole number";
    if (shape.dimensions.empty()) return "a number, with its unit";
    std::vector<std::string> texts;
    for (const Dimension& dimension : shape.dimensions) texts.push_back(corridor::describe(dimension));
    return fmt::format("{}", fmt::join(texts, " or "));
}

std::string describe_parts(const std::vector<Shape>& parts) {
    std::vector<std::string> texts;
    for (const Shape& part : parts) {
        std::string text = describe(part);
        if (texts.empty() || texts.back() != text) texts.push_back(std::move(text));
    }
    return fmt::format("{}", fmt::join(texts, ", or "));
}

/// What a value looks like, in a few words.
std::string describe(const Shape& shape) {
    if (!shape.name.empty()) return fmt::format("see [{0}](#{0})", shape.name);
    switch (shape.kind) {
        case Shape::Kind::text:
            return std::string(shape.meaning);
        case Shape::Kind::flag:
            return "true";
        case Shape::Kind::choice:
            return fmt::format("\"{}\"", fmt::join(shape.words, "\" or \""));
        case Shape::Kind::number:
            return "a number";
        case Shape::Kind::whole:
            return "a whole number";
        case Shape::Kind::instant:
            return "a date or a date with a time";
        case Shape::Kind::quantity:
            return describe_quantity(shape);
        case Shape::Kind::list:
            return fmt::format("a list; each is {}", describe(shape.parts.front()));
        case Shape::Kind::table:
            return "a table";
        case Shape::Kind::by_id:
            return shape.parts.front().kind == Shape::Kind::table
                       ? "tables by id"
                       : fmt::format("by id, {}", describe(shape.parts.front()));
        case Shape::Kind::by_month:
            return fmt::format("by month, {}", describe(shape.parts.front()));
        case Shape::Kind::any_of:
            return describe_parts(shape.parts);
    }
    return "";
}

/// "required", "default 3", "one of volume, rate".
std::string describe_presence(const KeyInfo& key, const std::vector<KeyInfo>& keys) {
    if (!key.group.empty()) {
        std::vector<std::string_view> names;
        for (const KeyInfo& other : keys) {
            if (other.group == key.group) names.push_back(other.name);
        }
        return fmt::format("{} of {}", key.presence == Presence::required ? "one" : "at most one",
                           fmt::join(names, ", "));
    }
    if (key.presence == Presence::required) return "required";
    if (!key.default_value.empty()) return fmt::format("default `{}`", key.default_value);
    return key.companion.empty() ? "" : fmt::format("with {}", key.companion);
}

/// Text within a Markdown table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string bounds_of(const Shape& shape) {
    const bool is_bounded = !std::isinf(shape.bounds.low) || !std::isinf(shape.bounds.high);
    const bool has_numbers =
        shape.kind == Shape::Kind::number || shape.kind == Shape::Kind::whole || shape.kind == Shape::Kind::quantity;
    return is_bounded && has_numbers ? ", " + describe(shape.bounds) : "";
}

class Reference {
  public:
    std::string take() { return std::move(text_); }

    void add_shared() {
        const std::map<std::string_view, Shape> shared = shared_;
        for (const auto& [name, shape] : shared) add_tables(std::string(name), shape);
    }

    void add_keys(const std::string& title, const std::vector<KeyInfo>& keys) {
        text_ +=
            fmt::format("## {}\n\n| Key | Value | | Meaning | Example |\n| --- | --- | --- | --- | --- |\n", title);
        for (const KeyInfo& key : keys) {
            text_ += fmt::format("| `{}` | {}{} | {} | {} | `{} = {}` |\n", key.name, cell(describe(key.shape)),
                                 bounds_of(key.shape), cell(describe_presence(key, keys)), cell(key.meaning), key.name,
                                 cell(key.example));
        }
        text_ += '\n';
        const bool is_document = &keys == &document_keys().infos() || &keys == &study_keys().infos();
        for (const KeyInfo& key : keys)
            add_shape(is_document ? std::string(key.name) : fmt::format("{}.{}", title, key.name), key.shape);
    }

    void add_table(const CsvTable& table) {
        text_ += fmt::format("## {} (CSV)\n\n| Column | | Meaning |\n| --- | --- | --- |\n", table.key);
        for (const Column& column : table.columns) {
            const bool is_required = column.presence == Presence::required;
            const std::string unit = column.unit.empty() ? "" : fmt::format(" In {}.", column.unit);
            text_ +=
                fmt::format("| `{}` | {} | {}{} |\n", column.name, is_required ? "required" : "", column.meaning, unit);
        }
        text_ += '\n';
    }

  private:
    /// The tables within a value. What several keys share is put off to a section of its own.
    void add_shape(const std::string& title, const Shape& shape) {
        if (!shape.name.empty()) {
            shared_.emplace(shape.name, shape);
        } else {
            add_tables(title, shape);
        }
    }

    void add_tables(const std::string& title, const Shape& shape) {
        if (shape.kind == Shape::Kind::table) add_keys(title, *shape.keys);
        const bool is_by_id = shape.kind == Shape::Kind::by_id;
        for (const Shape& part : shape.parts) add_shape(is_by_id ? title + ".ID" : title, part);
    }

    std::string text_;
    std::map<std::string_view, Shape> shared_;
};

}  // namespace

std::string key_reference() {
    Reference reference;
    reference.add_keys("scenario", document_keys().infos());
    reference.add_shared();
    reference.add_keys("quantity", quantity_keys());
    for (const CsvTable* const table : csv_tables()) reference.add_table(*table);
    Reference study;
    study.add_keys("study", study_keys().infos());
    return "# The keys of a scenario\n\n" + reference.take() + "# The keys of a study\n\n" + study.take();
}

}  // namespace corridor::scenario
