#include "scenario/time_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace corridor::scenario {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/// 0 for Monday.
std::optional<int> parse_day(std::string_view text) {
    const auto* const found = std::ranges::find(kDays, text);
    return found == kDays.end() ? std::nullopt : std::optional(static_cast<int>(found - kDays.begin()));
}

/// "Mon", "Mon-Fri", "Mon,Wed,Fri", "Fri-Mon", "daily"; empty where it is none of these.
std::vector<int> parse_days(std::string_view text) {
    if (text == "daily") return {0, 1, 2, 3, 4, 5, 6};
    std::vector<int> days;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        const std::size_t dash = part.find('-');
        const auto first = parse_day(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : parse_day(part.substr(dash + 1));
        if (!first || !last) return {};
        for (int day = *first; day != *last; day = (day + 1) % 7) days.push_back(day);
        days.push_back(*last);
        if (comma == std::string_view::npos) return days;
        text.remove_prefix(comma + 1);
    }
}

std::optional<int> parse_number(std::string_view text) {
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = fault == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    return is_number ? std::optional(value) : std::nullopt;
}

/// Minutes of the day: "06:30"; "24:00" is the end of the day.
std::optional<int> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = parse_number(text.substr(0, 2));
    const auto minute = parse_number(text.substr(3));
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const int total = *hour * 60 + *minute;
    return total <= kMinutesPerDay ? std::optional(total) : std::nullopt;
}

/// "Mon-Fri" and "06:00-22:00" of "Mon-Fri 06:00-22:00".
struct DaysAndHours {
    std::vector<int> days;
    std::string_view hours;
};

DaysAndHours split(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return {};
    const std::size_t hours = text.find_first_not_of(' ', blank);
    return {parse_days(text.substr(0, blank)), hours == std::string_view::npos ? "" : text.substr(hours)};
}

/// A date, and whether it is a whole day.
struct Moment {
    Instant at;
    Duration length{0};
};

std::optional<Moment> parse_moment(std::string_view text) {
    constexpr std::size_t kDateLength = 10;
    const std::optional<Instant> at = parse_instant(text);
    if (!at) return std::nullopt;
    return Moment{*at, text.size() == kDateLength ? std::chrono::days{1} : Duration{0}};
}

}  // namespace

std::optional<Instant> InstantForm::read(Reader& reader, const Item& item) const {
    if (const Instant* const instant = item.node.as<Instant>()) return *instant;
    const std::string* const text = item.node.as<std::string>();
    const std::optional<Instant> parsed = text == nullptr ? std::nullopt : parse_instant(*text);
    if (!parsed) {
        reader.error(item,
                     text == nullptr ? fmt::format("expected a date, got {}", describe(item.node))
                                     : fmt::format("not a date: {}", *text),
                     "write 2020-01-31 or 2020-01-31T06:30:00");
    }
    return parsed;
}

std::optional<std::vector<int>> WeeklyTimeForm::read(Reader& reader, const Item& item) const {
    const std::string* const text = expect_text(reader, item, "weekdays and a time");
    if (text == nullptr) return std::nullopt;
    const auto [days, hours] = split(*text);
    const std::optional<int> minute = parse_clock(hours);
    if (days.empty() || !minute || *minute == kMinutesPerDay) {
        reader.error(item, fmt::format("'{}' is not a weekly time", *text), "write \"Mon 06:00\" or \"Mon-Fri 06:00\"");
        return std::nullopt;
    }
    std::vector<int> minutes;
    for (const int day : days) minutes.push_back(day * kMinutesPerDay + *minute);
    return minutes;
}

std::optional<std::vector<WeeklyWindow>> WeeklyWindowForm::read(Reader& reader, const Item& item) const {
    const std::string* const text = expect_text(reader, item, "weekdays and hours");
    if (text == nullptr) return std::nullopt;
    const auto [days, hours] = split(*text);
    const std::size_t dash = hours.find('-');
    const auto from = parse_clock(hours.substr(0, dash));
    const auto to = parse_clock(dash == std::string_view::npos ? "" : hours.substr(dash + 1));
    if (days.empty() || !from || !to) {
        reader.error(item, fmt::format("'{}' is not a weekly window", *text), "write \"Mon-Fri 06:00-22:00\"");
        return std::nullopt;
    }
    if (*from >= *to) {
        reader.error(item, fmt::format("the window '{}' ends before it starts", *text),
                     "for a night write two windows, one until 24:00 and one from 00:00");
        return std::nullopt;
    }
    std::vector<WeeklyWindow> windows;
    for (const int day : days) windows.push_back({day * kMinutesPerDay + *from, day * kMinutesPerDay + *to});
    return windows;
}

std::optional<DatedWindow> ClosureForm::read(Reader& reader, const Item& item) const {
    if (const Instant* const at = item.node.as<Instant>()) {
        const bool is_day = least == Single::day || *at == std::chrono::floor<std::chrono::days>(*at);
        return DatedWindow{*at, is_day ? *at + std::chrono::days{1} : *at};
    }
    const std::string* const text = expect_text(reader, item, "a day or from/to");
    if (text == nullptr) return std::nullopt;
    const std::size_t slash = text->find('/');
    const auto from = parse_moment(text->substr(0, slash));
    const auto to = slash == std::string::npos ? std::nullopt : parse_moment(text->substr(slash + 1));
    if (!from || (slash != std::string::npos && !to)) {
        reader.error(item, fmt::format("'{}' is not a day or a window of time", *text),
                     "write \"2020-01-24\" or \"2020-01-24/2020-01-31\"");
        return std::nullopt;
    }
    const DatedWindow window{from->at, to ? to->at : from->at + from->length};
    if (least == Single::moment && !to) return window;
    if (window.from >= window.to) {
        reader.error(item, fmt::format("the window '{}' ends before it starts", *text),
                     "the end is not part of the window");
        return std::nullopt;
    }
    return window;
}

bool check_window(Reader& reader, const Item& item, Instant from, Instant to) {
    if (from < to) return true;
    reader.error(item,
                 fmt::format("the window ends before it starts ({} to {})", format_instant(from), format_instant(to)));
    return false;
}

}  // namespace corridor::scenario
