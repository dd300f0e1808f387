// A hash that tells two texts apart, the same on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace corridor {

inline constexpr std::uint64_t kHashOfNothing = 0xcbf29ce484222325ULL;

/// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923). `before` is the hash of what stands before `text`.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t before = kHashOfNothing) {
    for (const char c : text) {
        before ^= static_cast<unsigned char>(c);
        before *= 0x100000001b3ULL;
    }
    return before;
}

}  // namespace corridor
