#include "corridor/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace corridor {
namespace {

struct CodePointRange {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool contains(const std::array<CodePointRange, N>& ranges, char32_t c) {
    return std::ranges::any_of(ranges, [c](const CodePointRange& r) { return r.first <= c && c <= r.last; });
}

// East Asian Width W and F (Unicode Standard Annex 11), in blocks.
constexpr std::array<CodePointRange, 14> kWide{{{0x1100, 0x115F},
                                                {0x2329, 0x232A},
                                                {0x2E80, 0x303E},
                                                {0x3041, 0xA4CF},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE10, 0xFE19},
                                                {0xFE30, 0xFE6F},
                                                {0xFF00, 0xFF60},
                                                {0xFFE0, 0xFFE6},
                                                {0x1F300, 0x1F64F},
                                                {0x1F680, 0x1F6FF},
                                                {0x1F900, 0x1F9FF},
                                                {0x20000, 0x3FFFD}}};

// Combining diacritics, zero-width joiners and variation selectors.
constexpr std::array<CodePointRange, 7> kZeroWidth{{{0x0300, 0x036F},
                                                    {0x1AB0, 0x1AFF},
                                                    {0x1DC0, 0x1DFF},
                                                    {0x200C, 0x200D},
                                                    {0x20D0, 0x20FF},
                                                    {0xFE00, 0xFE0F},
                                                    {0xFE20, 0xFE2F}}};

// C0, DEL and C1; marks, embeddings, overrides and isolates of the bidirectional algorithm (Annex 9); characters that
// show nothing; line and paragraph separators; tags.
constexpr std::array<CodePointRange, 9> kUnsafe{{{0x0000, 0x001F},
                                                 {0x007F, 0x009F},
                                                 {0x061C, 0x061C},
                                                 {0x200B, 0x200B},
                                                 {0x200E, 0x200F},
                                                 {0x2028, 0x202E},
                                                 {0x2060, 0x206F},
                                                 {0xFEFF, 0xFEFF},
                                                 {0xE0000, 0xE0FFF}}};

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

// Length of the sequence that `lead` starts; 0 for a byte that starts none.
std::size_t sequence_length(std::uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

// Overlong forms, UTF-16 surrogates and what lies beyond Unicode.
bool is_allowed(char32_t c, std::size_t length) {
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c >= kLeast.at(length) && c <= 0x10FFFF && !surrogate;
}

std::string escaped(const Character& c, std::uint8_t first_byte) {
    if (!c.valid || c.code_point < 0x80) return fmt::format("\\x{:02x}", first_byte);
    const auto code = static_cast<std::uint32_t>(c.code_point);
    return code <= 0xFFFF ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letter(char a, char b) { return lower(a) == lower(b); }

// Optimal string alignment distance (Damerau-Levenshtein without edits inside a swap), by rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    const std::size_t columns = b.size() + 1;
    std::vector<std::size_t> before(columns);
    std::vector<std::size_t> above(columns);
    std::vector<std::size_t> row(columns);
    for (std::size_t j = 0; j < columns; ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < columns; ++j) {
            const std::size_t substitution = above[j - 1] + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, substitution});
            const bool swapped = i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above.back();
}

std::size_t tolerated_edits(std::size_t longer) { return std::max<std::size_t>(1, longer / 3); }

}  // namespace

Character first_character(std::string_view text) {
    const std::uint8_t lead = byte_at(text, 0);
    const std::size_t length = sequence_length(lead);
    if (length == 1) return {.code_point = lead, .bytes = 1, .valid = true};
    if (length == 0 || length > text.size()) return {.code_point = lead};
    char32_t code_point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint8_t byte = byte_at(text, i);
        if ((byte & 0xC0U) != 0x80U) return {.code_point = lead};
        code_point = (code_point << 6U) | (byte & 0x3FU);
    }
    if (!is_allowed(code_point, length)) return {.code_point = lead};
    return {.code_point = code_point, .bytes = length, .valid = true};
}

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (byte_at(text, i) < 0x80) {
            ++i;
            continue;
        }
        const Character c = first_character(text.substr(i));
        if (!c.valid) return i;
        i += c.bytes;
    }
    return std::string_view::npos;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const Character c = first_character(text);
        text.remove_prefix(c.bytes);
        if (c.valid && contains(kZeroWidth, c.code_point)) continue;
        width += c.valid && contains(kWide, c.code_point) ? 2U : 1U;
    }
    return width;
}

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const Character c = first_character(text);
        if (c.valid && !contains(kUnsafe, c.code_point)) {
            shown += text.substr(0, c.bytes);
        } else {
            shown += escaped(c, byte_at(text, 0));
        }
        text.remove_prefix(c.bytes);
    }
    return shown;
}

std::string abbreviated(std::string_view text) {
    constexpr int kMostCharacters = 60;
    std::size_t size = 0;
    for (int i = 0; i < kMostCharacters && size < text.size(); ++i) size += first_character(text.substr(size)).bytes;
    return size == text.size() ? std::string{text} : fmt::format("{}...", text.substr(0, size));
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    std::string_view best;
    std::size_t least = std::string_view::npos;
    for (const std::string_view candidate : candidates) {
        const std::size_t longer = std::max(word.size(), candidate.size());
        const std::size_t shorter = std::min(word.size(), candidate.size());
        const std::size_t limit = std::min(tolerated_edits(longer), least - 1);
        if (longer - shorter > limit) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance > limit || distance >= shorter) continue;
        best = candidate;
        least = distance;
        if (least == 0) break;
    }
    return best;
}

std::string did_you_mean(std::string_view meant, std::string otherwise) {
    return meant.empty() ? std::move(otherwise) : fmt::format("did you mean '{}'?", meant);
}

}  // namespace corridor
