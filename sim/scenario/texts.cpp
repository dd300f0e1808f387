#include "scenario/texts.h"

#include <utility>

namespace corridor::scenario {
namespace {

constexpr std::size_t kLongestExcerpt = 400;

std::vector<std::size_t> find_line_starts(std::string_view content) {
    std::vector<std::size_t> starts{0};
    for (std::size_t end = content.find('\n'); end != std::string_view::npos; end = content.find('\n', end + 1)) {
        starts.push_back(end + 1);
    }
    return starts;
}

/// Where a cut at `length` bytes would split a UTF-8 character, the start of that character.
std::size_t character_boundary(std::string_view text, std::size_t length) {
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
        --length;
    }
    return length;
}

}  // namespace

std::uint32_t Texts::add(std::string name, std::string content) {
    std::vector<std::size_t> starts = find_line_starts(content);
    texts_.push_back({std::move(name), std::move(content), std::move(starts)});
    return static_cast<std::uint32_t>(texts_.size() - 1);
}

SourcePlace Texts::source_place(Place place) const {
    return {texts_[place.text].name, static_cast<int>(place.line), static_cast<int>(place.column)};
}

std::string_view Texts::line(Place place) const {
    const Text& text = texts_[place.text];
    if (place.line == 0 || place.line > text.line_starts.size()) {
        return {};
    }
    const std::string_view content = text.content;
    const std::size_t start = text.line_starts[place.line - 1];
    std::string_view line = content.substr(start, content.find('\n', start) - start);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

std::string Texts::excerpt(Place place) const {
    const std::string_view whole = line(place);
    if (whole.size() <= kLongestExcerpt) {
        return std::string(whole);
    }
    // A caret beyond the cut would point at nothing.
    if (place.column > kLongestExcerpt / 2) {
        return {};
    }
    return std::string(whole.substr(0, character_boundary(whole, kLongestExcerpt))) + "...";
}

}  // namespace corridor::scenario
