// Text of unknown origin: its characters, how wide a terminal shows them, what is safe to show, what was probably
// meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace corridor {

/// One character of UTF-8 text: its code point and how many bytes it takes.
/// A byte that belongs to no valid sequence (overlong, surrogate, beyond U+10FFFF, cut short) is a character of one
/// byte.
struct Character {
    char32_t code_point = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// The character at the start of `text`, which must not be empty.
Character first_character(std::string_view text);

/// Byte offset of the first byte that is not UTF-8; `npos` for valid text.
std::size_t find_invalid_utf8(std::string_view text);

/// Terminal columns of a printable text: wide East Asian characters and emoji take two, combining marks none.
std::size_t display_width(std::string_view text);

/// `text` with everything that could steer or mislead a terminal replaced by a visible escape: control characters
/// (\x1b, \u0085), bidirectional and invisible formatting characters (\u202e), line separators and invalid bytes
/// (\xff).
std::string printable(std::string_view text);

/// `text`, or its first 60 characters and "..." where it is longer: for quoting an input in a message.
std::string abbreviated(std::string_view text);

/// The candidate closest to `word`, if it is close enough to be what was meant; else empty. Close enough: at most one
/// edit (insertion, deletion, substitution or swap of neighbours, ignoring ASCII case) for every three bytes of the
/// longer of the two, and never a whole word. The first of equally close candidates wins.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// "did you mean 'guoyuan'?" where something was meant, else what is said `otherwise`.
std::string did_you_mean(std::string_view meant, std::string otherwise);

}  // namespace corridor
