#include "scenario/node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "scenario/strings.h"

namespace corridor::scenario {
namespace {

std::string describe_value(const std::string& text) { return fmt::format("text \"{}\"", abbreviated(text)); }
std::string describe_value(bool value) { return value ? "true" : "false"; }
std::string describe_value(std::int64_t value) { return fmt::format("the number {}", value); }
std::string describe_value(double value) {
    return fmt::format("the number {}", std::isfinite(value) ? format_number(value) : fmt::format("{}", value));
}
std::string describe_value(Instant value) { return fmt::format("the date {}", format_instant(value)); }
std::string describe_value(const Array&) { return "a list"; }
std::string describe_value(const Table&) { return "a table"; }
std::string describe_value(std::monostate) { return "nothing"; }

/// Length before content, so that no text can imitate the structure around it.
void write_text(std::string_view text, std::string& out) {
    fmt::format_to(std::back_inserter(out), "{}:{}", text.size(), text);
}

void write_value(const std::string& text, std::string& out) { write_text(text, out); }
void write_value(bool value, std::string& out) { out += value ? "true" : "false"; }
void write_value(std::int64_t value, std::string& out) { fmt::format_to(std::back_inserter(out), "{}", value); }
void write_value(double value, std::string& out) {
    // 3.0 and 3 are the same number to the reader.
    constexpr double kExactIntegers = 9007199254740992.0;
    if (std::nearbyint(value) == value && std::abs(value) <= kExactIntegers) {
        write_value(static_cast<std::int64_t>(value), out);
    } else {
        fmt::format_to(std::back_inserter(out), "{}", value);
    }
}
void write_value(Instant value, std::string& out) {
    fmt::format_to(std::back_inserter(out), "@{}", value.time_since_epoch().count());
}
void write_value(std::monostate, std::string&) {}
void write_value(const Array& items, std::string& out) {
    out += '[';
    for (const Node& item : items) {
        write_canonical(item, out);
        out += ',';
    }
    out += ']';
}
void write_value(const Table& entries, std::string& out) {
    out += '{';
    for (const auto& [key, entry] : entries) {
        write_text(key, out);
        out += '=';
        write_canonical(entry, out);
        out += ',';
    }
    out += '}';
}

}  // namespace

const Node* child(const Node& node, std::string_view key) {
    const Table* table = node.as<Table>();
    if (table == nullptr) {
        return nullptr;
    }
    const auto found = table->find(key);
    return found == table->end() ? nullptr : &found->second;
}

Node* child(Node& node, std::string_view key) { return const_cast<Node*>(child(std::as_const(node), key)); }

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> keys;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t dot = std::min(path.find('.', start), path.size());
        std::string_view key = trimmed(path.substr(start, dot - start));
        if (key.size() >= 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
        keys.emplace_back(key);
        start = dot + 1;
    }
    return keys;
}

Node nested(const std::vector<std::string>& keys, Node value) {
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        const Place place = value.place;
        const Place key_place = value.key;
        Table table;
        table.emplace(*key, std::move(value));
        value = Node{std::move(table), place, key_place};
    }
    return value;
}

std::vector<std::string_view> keys_of(const Node& node) {
    std::vector<std::string_view> keys;
    if (const Table* const table = node.as<Table>()) {
        for (const auto& [key, value] : *table) keys.push_back(key);
    }
    return keys;
}

std::string describe(const Node& node) {
    return std::visit([](const auto& value) { return describe_value(value); }, node.value);
}

void write_canonical(const Node& node, std::string& out) {
    std::visit([&](const auto& value) { write_value(value, out); }, node.value);
}

}  // namespace corridor::scenario
