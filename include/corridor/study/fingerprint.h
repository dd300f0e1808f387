// Fingerprints of trajectories: 64 bits that are equal wherever the same was simulated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace corridor {

/// Of what was simulated `before` and then of `next`; either may be that of many trajectories. 0 is that of nothing.
std::uint64_t combined_fingerprint(std::uint64_t before, std::uint64_t next);

/// 16 hexadecimal digits.
std::string fingerprint_text(std::uint64_t fingerprint);

/// And back; false where the text is anything else.
bool parse_fingerprint(std::string_view text, std::uint64_t& fingerprint);

}  // namespace corridor
