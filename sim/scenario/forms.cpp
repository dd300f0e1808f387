#include "scenario/forms.h"

#include <fmt/format.h>

#include <cmath>

#include "corridor/base/text.h"

namespace corridor::scenario {
namespace {

/// The first control character of a text, as an escape can write one; tabs and ends of lines may be.
std::optional<std::uint32_t> find_control(std::string_view text) {
    while (!text.empty()) {
        const Character character = first_character(text);
        const auto code = static_cast<std::uint32_t>(character.code_point);
        const bool is_layout = code == '\t' || code == '\n' || code == '\r';
        if ((code < 0x20 && !is_layout) || (code >= 0x7f && code < 0xa0)) return code;
        text.remove_prefix(character.bytes);
    }
    return std::nullopt;
}

}  // namespace

const std::string* expect_text(Reader& reader, const Item& item, std::string_view meaning) {
    const std::string* const text = item.node.as<std::string>();
    if (text == nullptr) reader.error(item, fmt::format("expected {} in quotes, got {}", meaning, describe(item.node)));
    return text;
}

const Array* expect_list(Reader& reader, const Item& item) {
    const Array* const items = item.node.as<Array>();
    if (items == nullptr) reader.error(item, fmt::format("expected a list, got {}", describe(item.node)));
    return items;
}

void report_unknown_word(Reader& reader, const Item& item, std::string_view word,
                         const std::vector<std::string_view>& words) {
    const std::string_view meant = nearest(word, words);
    reader.error(item, fmt::format("'{}' is not one of \"{}\"", word, fmt::join(words, "\", \"")),
                 meant.empty() ? "" : fmt::format("did you mean \"{}\"?", meant));
}

std::optional<std::string> TextForm::read(Reader& reader, const Item& item) const {
    const std::string* const text = expect_text(reader, item, meaning);
    if (text == nullptr) return std::nullopt;
    if (const auto control = find_control(*text)) {
        reader.error(item, fmt::format("control character U+{:04X} is not allowed", *control));
        return std::nullopt;
    }
    return *text;
}

std::optional<bool> TrueForm::read(Reader& reader, const Item& item) const {
    const bool* const flag = item.node.as<bool>();
    if (flag != nullptr && *flag) return true;
    reader.error(item, fmt::format("expected true, got {}", describe(item.node)));
    return std::nullopt;
}

std::optional<double> NumberForm::read(Reader& reader, const Item& item) const {
    const std::int64_t* const whole = item.node.as<std::int64_t>();
    const double* const fraction = item.node.as<double>();
    if (whole == nullptr && fraction == nullptr) {
        reader.error(item, fmt::format("expected a number, got {}", describe(item.node)));
        return std::nullopt;
    }
    const double value = whole != nullptr ? static_cast<double>(*whole) : *fraction;
    if (UnitError fault; !check_number(value, fault)) {
        reader.error(item, fault.message, fault.hint);
        return std::nullopt;
    }
    if (!bounds.contain(value)) {
        reader.error(item, fmt::format("must be {}, got {}", describe(bounds), format_number(value)));
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> read_whole(Reader& reader, const Item& item, const Bounds& bounds) {
    const std::int64_t* const value = item.node.as<std::int64_t>();
    if (value == nullptr) {
        reader.error(item, fmt::format("expected a whole number, got {}", describe(item.node)));
        return std::nullopt;
    }
    if (!bounds.contain(static_cast<double>(*value))) {
        reader.error(item, fmt::format("must be {}, got {}", describe(bounds), *value));
        return std::nullopt;
    }
    return *value;
}

}  // namespace corridor::scenario
