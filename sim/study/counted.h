// Large numbers for messages.
#pragma once

#include <fmt/format.h>

#include <string>

namespace corridor::study {

/// "1,000,000": a whole number with its thousands apart; "1e+20" from 1e15 on.
inline std::string counted(double number) {
    constexpr double kLongest = 1e15;
    if (!(number < kLongest)) return fmt::format("{:.3g}", number);
    std::string digits = fmt::format("{:.0f}", number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

}  // namespace corridor::study
