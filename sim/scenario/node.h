// The scenario's text as a tree: what TOML files, CSV tables and overrides are turned into before anything is
// understood.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::scenario {

/// A place in one of the texts of a scenario (texts.h). Line and column count from 1; line 0 is the text as a whole.
struct Place {
    std::uint32_t text = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    auto operator<=>(const Place&) const = default;
};

struct Node;
using Array = std::vector<Node>;
using Table = std::map<std::string, Node, std::less<>>;

/// A value with its place, and the place of the key that leads to it (its own place where there is no key).
struct Node {
    /// std::monostate: what stood there is at fault, and has been reported.
    std::variant<std::string, bool, std::int64_t, double, Instant, Array, Table, std::monostate> value;
    Place place;
    Place key;

    template <class T>
    const T* as() const {
        return std::get_if<T>(&value);
    }
    template <class T>
    T* as() {
        return std::get_if<T>(&value);
    }
};

/// The child of a table, or nullptr where there is none or `node` is no table.
const Node* child(const Node& node, std::string_view key);
Node* child(Node& node, std::string_view key);

/// The keys of "link.a-b.length", blanks around them taken away. Ids hold no dots, so they need no quotes; ones around
/// a whole key are taken away too.
std::vector<std::string> split_path(std::string_view path);

/// `value` in the tables that `keys` name, outermost first.
Node nested(const std::vector<std::string>& keys, Node value);

/// The keys of a table; none where `node` is not one.
std::vector<std::string_view> keys_of(const Node& node);

/// For messages: `text "12"`, `the number 2.5`, `a list`.
std::string describe(const Node& node);

/// A text for every value that differs from others' and does not depend on the order of keys; leaves out the places.
void write_canonical(const Node& node, std::string& out);

}  // namespace corridor::scenario
