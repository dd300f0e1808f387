#include "fuzz/mutation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace corridor::fuzz {
namespace {

constexpr std::size_t kLongest = std::size_t{64} << 10;
constexpr std::size_t kLongestPart = 32;

// Bytes and numbers at which readers break.
constexpr auto kSpecial = std::to_array<std::string_view>({"0",
                                                           "-1",
                                                           "1e-12",
                                                           "1e12",
                                                           "1e999",
                                                           "9223372036854775808",
                                                           "nan",
                                                           "\"",
                                                           "'",
                                                           "\"\"\"",
                                                           "[",
                                                           "]",
                                                           "{",
                                                           "}",
                                                           "=",
                                                           ".",
                                                           ",",
                                                           ";",
                                                           "#",
                                                           "\\",
                                                           "\n",
                                                           "\r",
                                                           "\t",
                                                           " ",
                                                           "%",
                                                           "\x7f",
                                                           "\xc3",
                                                           "\xff",
                                                           "\xef\xbb\xbf",
                                                           "\xe2\x80\xae"});

std::size_t below(std::size_t bound, Stream& stream) { return bound == 0 ? 0 : stream() % bound; }

struct Part {
    std::size_t at = 0;
    std::size_t size = 0;
};

Part part_of(std::string_view text, Stream& stream) {
    const std::size_t at = below(text.size() + 1, stream);
    return {at, below(std::min(kLongestPart, text.size() - at) + 1, stream)};
}

void mutate(std::string& text, std::string_view other, Stream& stream) {
    enum Kind : std::uint8_t { bit, byte, insertion, removal, repetition, replacement, crossing, kinds };
    const auto [at, size] = part_of(text, stream);
    const std::string_view special = kSpecial[below(kSpecial.size(), stream)];
    const auto [from, length] = part_of(other, stream);
    switch (below(kinds, stream)) {
        case bit:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8, stream)));
            break;
        case byte:
            if (at < text.size()) text[at] = static_cast<char>(stream());
            break;
        case insertion:
            text.insert(at, special);
            break;
        case removal:
            text.erase(at, size);
            break;
        case repetition:
            text.insert(at, text.substr(at, size));
            break;
        case replacement:
            text.replace(at, size, special);
            break;
        default:
            text.replace(at, size, other.substr(from, length));
    }
}

}  // namespace

std::string mutated(const std::vector<std::string>& texts, Stream& stream) {
    constexpr std::size_t kMostChanges = 6;
    std::string text = texts[below(texts.size(), stream)];
    for (std::size_t left = 1 + below(kMostChanges, stream); left > 0; --left) {
        mutate(text, texts[below(texts.size(), stream)], stream);
    }
    text.resize(std::min(text.size(), kLongest));
    return text;
}

}  // namespace corridor::fuzz
