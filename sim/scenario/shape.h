// The scenario language as data: which keys there are and what their values may look like. The key tables (key.h) are
// written once; reading, merging, suggestions, the JSON Schema and the key reference all follow them.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/unit.h"
#include "scenario/node.h"

namespace corridor::scenario {

struct KeyInfo;

/// The values a number may take, in base units.
struct Bounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool excludes_low = false;

    bool contain(double value) const { return (excludes_low ? value > low : value >= low) && value <= high; }
};

inline constexpr Bounds kAnySign{};
inline constexpr Bounds kNotNegative{.low = 0};
inline constexpr Bounds kPositive{.low = 0, .excludes_low = true};
inline constexpr Bounds kShare{.low = 0, .high = 1};

/// ">= 0", "> 0", "between 0 and 1": what follows "must be".
std::string describe(const Bounds& bounds);

/// What a value may look like.
struct Shape {
    enum class Kind {
        text,
        flag,      ///< true
        choice,    ///< one of `words`
        number,    ///< a plain number within `bounds`
        whole,     ///< a plain whole number within `bounds`
        instant,   ///< a date or a local date-time
        quantity,  ///< a number of one of `dimensions` (any, where empty), or a table of `keys` about it
        list,      ///< of parts[0]
        table,     ///< of `keys`
        by_id,     ///< a table of parts[0], each named by its id
        by_month,  ///< a table of parts[0], each named by a month ("2020-01")
        any_of,    ///< one of `parts`
    };
    Kind kind = Kind::text;
    std::string_view name = {};     ///< of a shape that several keys share: described once, under this name
    std::string_view meaning = {};  ///< of a text: "the id of a terminal"
    std::vector<std::string_view> words = {};
    Bounds bounds = {};
    bool is_whole = false;        ///< of a quantity: a count
    bool has_plain_unit = false;  ///< of a quantity: numbers without unit are understood
    std::vector<Dimension> dimensions = {};
    std::vector<Shape> parts = {};
    const std::vector<KeyInfo>* keys = nullptr;
    std::vector<std::string_view> plain_means = {};  ///< keys that a plain value, written in place of the table, gives
};

enum class Presence { optional, required };

/// What an overlay's key does to the table it is merged into.
enum class Merge {
    key_by_key,  ///< replaces the same key, and keys of the same group
    whole_table  ///< replaces the table: what else it said was about the old value
};

struct KeyInfo {
    std::string_view name;
    Shape shape;
    Presence presence = Presence::optional;
    Merge merge = Merge::key_by_key;
    std::string_view group = {};      ///< at most one key of a group may be given; one must be where they are required
    std::string_view companion = {};  ///< a key without which this one has no meaning
    std::string_view default_value = {};  ///< TOML; empty where there is none
    std::string_view meaning = {};        ///< one sentence
    std::string_view example = {};        ///< TOML
};

const KeyInfo* find_key(const std::vector<KeyInfo>& keys, std::string_view name);

}  // namespace corridor::scenario
