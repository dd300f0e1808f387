#include "scenario/text_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "corridor/base/text.h"

namespace corridor::scenario {
namespace {

constexpr int kDeepestNesting = 100;
constexpr int kLongestDottedKey = 100;

/// The place of a byte, its column counted in characters.
Place place_of(std::uint32_t text, std::string_view content, std::size_t offset) {
    const std::string_view before = content.substr(0, offset);
    const std::size_t line_start = before.rfind('\n') + 1;
    const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return {text, static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
            static_cast<std::uint32_t>(std::ranges::count_if(before.substr(line_start), is_first_byte) + 1)};
}

bool is_forbidden_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

/// Whether the start of a file has more control characters than slips of the hand explain.
bool is_binary(std::string_view content) {
    const std::string_view start = content.substr(0, 4096);
    return std::ranges::count_if(start, is_forbidden_control) > 3 + static_cast<std::ptrdiff_t>(start.size() / 50);
}

/// Whether a text starts with the byte order mark of UTF-16 or has a zero in every other byte.
bool looks_like_utf16(std::string_view content) {
    if (content.starts_with("\xff\xfe") || content.starts_with("\xfe\xff")) return true;
    return content.size() >= 4 && (content[0] == '\0') != (content[1] == '\0') &&
           (content[0] == '\0') == (content[2] == '\0') && (content[1] == '\0') == (content[3] == '\0');
}

/// Follows a TOML text as far as needed to tell brackets and dots from those in texts and comments.
class NestingScanner {
  public:
    /// Offset of the byte at which the text gets too deep; npos where it does not.
    std::size_t find_excess(std::string_view content) {
        for (std::size_t i = 0; i < content.size();) {
            const std::string_view rest = content.substr(i);
            if (!quote_.empty()) {
                i += step_in_quotes(rest);
            } else if (rest.front() == '#') {
                i += std::min(rest.find('\n'), rest.size());
            } else if (open_quote(rest)) {
                i += quote_.size();
            } else {
                if (is_excess(rest.front())) return i;
                ++i;
            }
        }
        return std::string_view::npos;
    }

  private:
    bool open_quote(std::string_view rest) {
        for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
            if (!rest.starts_with(quote)) continue;
            quote_ = quote;
            return true;
        }
        return false;
    }

    /// Bytes to go on by; closes the quote where it ends.
    std::size_t step_in_quotes(std::string_view rest) {
        if (rest.front() == '\\' && quote_.front() == '"') return std::min<std::size_t>(2, rest.size());
        const bool ends_line = rest.front() == '\n' && quote_.size() == 1;
        if (!rest.starts_with(quote_) && !ends_line) return 1;
        const std::size_t size = ends_line ? 1 : quote_.size();
        quote_ = {};
        return size;
    }

    bool is_excess(char c) {
        if (c == '[' || c == '{') ++depth_;
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        dots_ = c == '.' ? dots_ + 1 : dots_;
        if (c == '\n' || c == ',' || c == '=' || c == '[' || c == '{') dots_ = 0;
        return depth_ > kDeepestNesting || dots_ > kLongestDottedKey;
    }

    std::string_view quote_;
    int depth_ = 0;
    int dots_ = 0;
};

}  // namespace

bool check_encoding(const Texts& texts, std::uint32_t text, Findings& findings) {
    const std::string_view content = texts.content(text);
    if (looks_like_utf16(content)) {
        findings.error({{text, 0, 0}, "", "the file is UTF-16", "save it as UTF-8"});
        return false;
    }
    const auto control =
        static_cast<std::size_t>(std::ranges::find_if(content, is_forbidden_control) - content.begin());
    const std::size_t invalid = find_invalid_utf8(content);
    const std::size_t fault = std::min(control, invalid);
    if (fault >= content.size()) return true;

    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(content[fault]));
    const Place place = place_of(text, content, fault);
    if (is_binary(content)) {
        findings.error({place, "", fmt::format("not a text file (byte 0x{:02x} at offset {})", byte, fault)});
    } else if (invalid < control) {
        findings.error({place, "", fmt::format("invalid UTF-8 (byte 0x{:02x})", byte), "save the file as UTF-8"});
    } else {
        findings.error({place, "", fmt::format("control character U+{:04X} is not allowed", byte)});
    }
    return false;
}

bool check_nesting(const Texts& texts, std::uint32_t text, Findings& findings) {
    const std::string_view content = texts.content(text);
    const std::size_t excess = NestingScanner().find_excess(content);
    if (excess == std::string_view::npos) return true;
    findings.error({place_of(text, content, excess), "",
                    content[excess] == '.'
                        ? fmt::format("the key has too many parts (the limit is {})", kLongestDottedKey)
                        : fmt::format("nested too deeply (the limit is {})", kDeepestNesting)});
    return false;
}

std::string without_byte_order_mark(std::string content) {
    constexpr std::string_view kMark = "\xef\xbb\xbf";
    if (content.starts_with(kMark)) content.erase(0, kMark.size());
    return content;
}

}  // namespace corridor::scenario
