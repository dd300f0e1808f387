// Numbers as people write them, and what to tell those who write them otherwise.
#pragma once

#include <cstddef>
#include <string_view>

#include "corridor/base/unit.h"

namespace corridor {

/// What `check_number` asks for, in words.
inline constexpr const char* kRangeHint = "numbers are 0 or between 1e-12 and 1e12 in size";

/// A number at the start of a text, and the bytes it takes.
struct ScannedNumber {
    double value = 0;
    std::size_t size = 0;
};

/// Reads the number that `text` starts with: optional sign, digits, decimal point, exponent. Whatever follows is left.
/// Returns false and fills `error` (offset from the start of `text`) for a decimal comma, thousands separators, NaN,
/// infinities, numbers beyond what a double holds, and anything that is not a number.
bool scan_number(std::string_view text, ScannedNumber& out, UnitError& error);

}  // namespace corridor
