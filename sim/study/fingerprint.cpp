#include "corridor/study/fingerprint.h"

#include <fmt/format.h>

#include <charconv>

#include "corridor/base/hash.h"

namespace corridor {

std::uint64_t combined_fingerprint(std::uint64_t before, std::uint64_t next) {
    return fnv1a(fingerprint_text(next), before);
}

std::string fingerprint_text(std::uint64_t fingerprint) { return fmt::format("{:016x}", fingerprint); }

bool parse_fingerprint(std::string_view text, std::uint64_t& fingerprint) {
    constexpr int kHexadecimal = 16;
    std::from_chars(text.data(), text.data() + text.size(), fingerprint, kHexadecimal);
    return text == fingerprint_text(fingerprint);
}

}  // namespace corridor
