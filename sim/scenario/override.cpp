#include "scenario/override.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scenario/keys.h"
#include "scenario/merge.h"
#include "scenario/roster.h"
#include "scenario/strings.h"
#include "scenario/text_check.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

/// All assignments in one text, one a line.
std::string text_of(const std::vector<Override>& overrides) {
    std::string text;
    for (const Override& override : overrides) {
        std::string line = override.assignment;
        std::ranges::replace(line, '\n', ' ');
        text += line + '\n';
    }
    return text;
}

struct Assignment {
    std::vector<std::string> keys;
    Node value;
};

std::optional<Assignment> parse_assignment(std::string_view line, Place place) {
    const std::size_t equals = line.find('=');
    const std::string_view path = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos || path.empty()) return std::nullopt;
    const std::string_view written = trimmed(line.substr(equals + 1));
    const Place value_place{place.text, place.line, static_cast<std::uint32_t>(line.find(written, equals + 1) + 1)};
    Assignment assignment{split_path(path), {std::string(written), value_place, place}};
    if (auto value = parse_toml_value(written, value_place)) assignment.value.value = std::move(value->value);
    return assignment;
}

/// The shape under `key`, in a table of shape `shape`; nullptr where the language knows none.
const Shape* shape_under(const Shape& shape, std::string_view key) {
    if (shape.kind == Shape::Kind::by_id || shape.kind == Shape::Kind::by_month) return &shape.parts.front();
    const KeyInfo* const info = shape.keys == nullptr ? nullptr : find_key(*shape.keys, key);
    if (info != nullptr) return &info->shape;
    for (const Shape& part : shape.parts) {
        if (const Shape* const found = shape_under(part, key)) return found;
    }
    return nullptr;
}

/// Reports an entity that is not there: a slip in an id would otherwise make a new one, with everything missing.
bool check_ids(const Node& tree, const Shape& document, const Assignment& assignment, Findings& findings) {
    const Shape* shape = &document;
    const Node* node = &tree;
    std::string path;
    for (const std::string& key : assignment.keys) {
        const Node* const next = node == nullptr ? nullptr : child(*node, key);
        if (shape->kind == Shape::Kind::by_id && next == nullptr) {
            const std::vector<std::string_view> known =
                node == nullptr ? std::vector<std::string_view>{} : keys_of(*node);
            findings.error(unknown_entity(assignment.value.key, path, path.substr(path.rfind('.') + 1), key, known));
            return false;
        }
        path += (path.empty() ? "" : ".") + key;
        shape = shape_under(*shape, key);
        if (shape == nullptr) return true;
        node = next;
    }
    return true;
}

void note_lost_ranges(const std::vector<Replaced>& replaced, Findings& findings) {
    for (const Replaced& value : replaced) {
        if (const Node* const range = child(value.old_value, "range")) {
            findings.note(
                {value.place, value.path, "the value is fixed, its range no longer counts", "", {range->place}});
        }
    }
}

}  // namespace

void apply_overrides(Node& tree, const std::vector<Override>& overrides, Loader& loader, Texts& texts,
                     Findings& findings) {
    if (overrides.empty()) return;
    const std::uint32_t text = texts.add("--set", text_of(overrides));
    if (!check_encoding(texts, text, findings) || !check_nesting(texts, text, findings)) return;
    const Shape document = document_shape();
    for (std::uint32_t line = 1; line <= overrides.size(); ++line) {
        const Place place{text, line, 1};
        std::optional<Assignment> assignment = parse_assignment(texts.line(place), place);
        if (!assignment) {
            findings.error(
                {place, "", "not an assignment", "write path=value, such as service.a-b.departures.per_week=7"});
        } else if (assignment->keys.front() == "extends") {
            findings.error({place, "extends", "cannot be set on the command line (the files are read before it)",
                            "write a scenario that extends the other one, and give that"});
        } else if (check_ids(tree, document, *assignment, findings)) {
            Node overlay = nested(assignment->keys, std::move(assignment->value));
            loader.expand_tables(overlay, &tree);
            note_lost_ranges(merge(tree, std::move(overlay), document), findings);
        }
    }
}

}  // namespace corridor::scenario
