// Small things done to text.
#pragma once

#include <string_view>

namespace corridor::scenario {

/// `text` without blanks around it.
inline std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace corridor::scenario
