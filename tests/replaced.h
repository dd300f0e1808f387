// Small changes of a text, for tests.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace corridor {

/// A text with `part`, which occurs once, replaced.
inline std::string replaced(std::string text, std::string_view part, std::string_view replacement) {
    const std::size_t at = text.find(part);
    if (at == std::string::npos || text.find(part, at + 1) != std::string::npos) {
        throw std::invalid_argument(fmt::format("'{}' does not occur once in the text", part));
    }
    return text.replace(at, part.size(), replacement);
}

}  // namespace corridor
