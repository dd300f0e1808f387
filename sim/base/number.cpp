#include "base/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>

#include "corridor/base/text.h"

namespace corridor {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool digit_at(std::string_view text, std::size_t i) { return i < text.size() && is_digit(text[i]); }

// What people put between groups of three digits, beside '.' and ','; in UTF-8: no-break, thin and narrow no-break
// spaces, typographic apostrophe.
constexpr std::array<std::string_view, 7> kGroupSeparators{" ", "'", "_", "\u00a0", "\u2009", "\u202f", "\u2019"};

// Bytes of the group separator that `text` starts with; 0 for none.
std::size_t separator_size(std::string_view text) {
    const auto* found = std::ranges::find_if(kGroupSeparators, [&](auto s) { return text.starts_with(s); });
    return found == kGroupSeparators.end() ? 0 : found->size();
}

std::size_t sign_size(std::string_view text) {
    return !text.empty() && (text.front() == '+' || text.front() == '-') ? 1 : 0;
}

// End of the digits from `i` on, with all that could be meant as a decimal or group separator between them.
std::size_t mantissa_end(std::string_view text, std::size_t i) {
    while (i < text.size()) {
        if (is_digit(text[i]) || text[i] == '.' || text[i] == ',') {
            ++i;
            continue;
        }
        const std::size_t separator = separator_size(text.substr(i));
        if (separator == 0 || !digit_at(text, i + separator)) break;
        i += separator;
    }
    return i;
}

std::size_t exponent_end(std::string_view text, std::size_t i) {
    if (i == text.size() || (text[i] != 'e' && text[i] != 'E')) return i;
    std::size_t end = i + 1 + sign_size(text.substr(i + 1));
    if (!digit_at(text, end)) return i;
    while (digit_at(text, end)) ++end;
    return end;
}

// "15 900,5" as "15900,5".
std::string without_group_separators(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t separator = separator_size(text);
        if (separator == 0) kept += text.front();
        text.remove_prefix(std::max<std::size_t>(separator, 1));
    }
    return kept;
}

// "1.234.567" with '.' as "1234567"; empty where the groups after the first are not of three digits.
std::string without_thousands(std::string_view text, char separator) {
    std::string joined;
    for (bool first = true; !text.empty(); first = false) {
        const std::string_view group = text.substr(0, text.find(separator));
        if (!first && group.size() != 3) return {};
        joined += group;
        text.remove_prefix(std::min(text.size(), group.size() + 1));
    }
    return joined;
}

std::string decimal(std::string_view whole, std::string_view fraction) {
    return fmt::format("{}.{}", whole, fraction.empty() ? "0" : fraction);
}

// What "1.234,5" or "1,234.5" means: `point` is the last separator of the text and stands once, `other` groups digits.
std::string mixed_meaning(std::string_view text, char point, char other) {
    const std::size_t at = text.find(point);
    if (at < text.rfind(other)) return {};
    const std::string whole = without_thousands(text.substr(0, at), other);
    return whole.empty() ? "" : "write " + decimal(whole, text.substr(at + 1));
}

std::string single_comma_meaning(std::string_view text) {
    const std::string_view whole = text.substr(0, text.find(','));
    const std::string_view fraction = text.substr(whole.size() + 1);
    const std::string_view digits = whole.substr(sign_size(whole));
    const bool may_be_group = fraction.size() == 3 && !digits.empty() && digits.size() <= 3 && digits.front() != '0';
    if (!may_be_group) return "write " + decimal(whole.empty() ? "0" : whole, fraction);
    return fmt::format("write {}{}, or {} if the comma is a decimal comma", whole, fraction, decimal(whole, fraction));
}

// A suggestion for a number (without exponent) with separators that are not understood.
std::string intention(std::string_view number) {
    constexpr std::size_t kLongestSuggestion = 100;
    const std::string text = without_group_separators(number);
    const auto commas = std::ranges::count(text, ',');
    const auto points = std::ranges::count(text, '.');
    std::string meaning;
    if (commas == 1 && points > 0) meaning = mixed_meaning(text, ',', '.');
    if (meaning.empty() && points == 1 && commas > 0) meaning = mixed_meaning(text, '.', ',');
    if (commas == 1 && points == 0) meaning = single_comma_meaning(text);
    if (commas == 0 && points <= 1) meaning = "write " + text;
    const bool groups_only = (commas > 1 && points == 0) || (points > 1 && commas == 0);
    if (groups_only) {
        const std::string joined = without_thousands(text, commas > 0 ? ',' : '.');
        if (!joined.empty()) meaning = "write " + joined;
    }
    const bool is_useful = !meaning.empty() && meaning.size() <= kLongestSuggestion;
    return is_useful ? meaning : "write digits with a decimal point, such as 1234.5";
}

UnitError word_error(std::string_view text) {
    const std::size_t sign = sign_size(text);
    const auto* const end = std::find_if_not(text.begin() + sign, text.end(), is_letter);
    std::string word{text.begin() + sign, end};
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (word == "nan") return {.message = "nan is not allowed"};
    if (word == "inf" || word == "infinity") {
        return {.message = "inf is not allowed", .hint = "leave the limit out to have none"};
    }
    return {.message = fmt::format("not a number: '{}'", abbreviated(text)),
            .hint = "write a number first, such as \"275 km\""};
}

}  // namespace

bool scan_number(std::string_view text, ScannedNumber& out, UnitError& error) {
    const std::size_t sign = sign_size(text);
    const std::size_t digits_end = mantissa_end(text, sign);
    const std::string_view mantissa = text.substr(0, digits_end);
    if (std::ranges::none_of(mantissa, is_digit)) {
        error = word_error(text);
        return false;
    }

    const std::string_view number = text.substr(0, exponent_end(text, digits_end));
    const char* const first = number.data() + (number.front() == '+' ? 1 : 0);
    const char* const last = number.data() + number.size();
    const auto [end, failure] = std::from_chars(first, last, out.value);
    if (end != last) {
        error = {.message = fmt::format("not a number: '{}'", abbreviated(number)), .hint = intention(mantissa)};
        return false;
    }
    if (failure == std::errc::result_out_of_range) {
        error = {.message = fmt::format("value out of range: '{}'", abbreviated(number)), .hint = kRangeHint};
        return false;
    }
    out.size = number.size();
    return true;
}

}  // namespace corridor
