#include "scenario/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace corridor::scenario {

std::string describe(const Bounds& bounds) {
    if (std::isinf(bounds.low)) {
        return fmt::format("at most {}", format_number(bounds.high));
    }
    if (std::isinf(bounds.high)) {
        return fmt::format("{} {}", bounds.excludes_low ? ">" : ">=", format_number(bounds.low));
    }
    constexpr double kInt64End = 9223372036854775807.0;
    if (bounds.high >= kInt64End) return fmt::format("between {} and 2^63 - 1", format_number(bounds.low));
    return fmt::format("between {} and {}", format_number(bounds.low), format_number(bounds.high));
}

const KeyInfo* find_key(const std::vector<KeyInfo>& keys, std::string_view name) {
    const auto found = std::ranges::find(keys, name, &KeyInfo::name);
    return found == keys.end() ? nullptr : &*found;
}

}  // namespace corridor::scenario
