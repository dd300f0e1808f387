#include "corridor/base/time.h"

#include <fmt/format.h>

#include <cmath>

#include "corridor/base/contract.h"

namespace corridor {
namespace {

namespace chrono = std::chrono;

// Reads fixed-width fields from the front of a text; remembers whether all of them were there.
class FieldReader {
  public:
    explicit FieldReader(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const bool is_digit = i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9';
            if (!is_digit) return fail();
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    bool accept(char expected) {
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void require(char expected) {
        if (!accept(expected)) fail();
    }

    // One to three digits after a decimal point, as milliseconds.
    int milliseconds() {
        const std::size_t digits = rest_.size();
        if (digits < 1 || digits > 3) return fail();
        const int value = number(digits);
        return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value;
    }

    bool failed() const { return failed_; }
    bool at_end() const { return rest_.empty(); }

  private:
    int fail() {
        failed_ = true;
        return 0;
    }

    std::string_view rest_;
    bool failed_ = false;
};

chrono::year_month_day read_date(FieldReader& in) {
    const int year = in.number(4);
    in.require('-');
    const int month = in.number(2);
    in.require('-');
    const int day = in.number(2);
    return {chrono::year{year}, chrono::month{static_cast<unsigned>(month)}, chrono::day{static_cast<unsigned>(day)}};
}

std::optional<Duration> read_time_of_day(FieldReader& in) {
    const int hour = in.number(2);
    in.require(':');
    const int minute = in.number(2);
    const int second = in.accept(':') ? in.number(2) : 0;
    const int millisecond = in.accept('.') ? in.milliseconds() : 0;
    const bool exists = hour < 24 && minute < 60 && second < 60;
    if (in.failed() || !exists) return std::nullopt;
    return chrono::hours{hour} + chrono::minutes{minute} + chrono::seconds{second} + Duration{millisecond};
}

}  // namespace

Duration duration_from_hours(double hours) {
    expects(std::abs(hours) <= 1e12, "a number of hours within +-1e12");
    return Duration{std::llround(hours * kMillisecondsPerHour)};
}

std::string format_month(chrono::year_month month) {
    return fmt::format("{:04}-{:02}", int{month.year()}, unsigned{month.month()});
}

std::string format_instant(Instant t) {
    const auto midnight = chrono::floor<chrono::days>(t);
    const chrono::year_month_day date{midnight};
    std::string text = fmt::format("{}-{:02}", format_month(date.year() / date.month()), unsigned{date.day()});
    if (t == midnight) return text;

    const chrono::hh_mm_ss clock{t - midnight};
    text += fmt::format("T{:02}:{:02}", clock.hours().count(), clock.minutes().count());
    const auto millisecond = clock.subseconds().count();
    if (clock.seconds().count() != 0 || millisecond != 0) text += fmt::format(":{:02}", clock.seconds().count());
    if (millisecond != 0) text += fmt::format(".{:03}", millisecond);
    return text;
}

std::string format_timestamp(Instant t) {
    const auto midnight = chrono::floor<chrono::days>(t);
    const chrono::year_month_day date{midnight};
    const chrono::hh_mm_ss clock{t - midnight};
    return fmt::format("{}-{:02}T{:02}:{:02}:{:02}.{:03}", format_month(date.year() / date.month()),
                       unsigned{date.day()}, clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
    FieldReader in{text};
    const chrono::year_month_day date = read_date(in);
    if (in.failed() || !date.ok()) return std::nullopt;
    const Instant midnight{chrono::local_days{date}};
    if (in.at_end()) return midnight;

    if (!in.accept('T') && !in.accept(' ')) return std::nullopt;
    const std::optional<Duration> time_of_day = read_time_of_day(in);
    if (!time_of_day || !in.at_end()) return std::nullopt;
    return midnight + *time_of_day;
}

std::string format_duration(Duration d) {
    const Duration length = chrono::abs(d);
    const auto milliseconds = static_cast<double>(length.count());
    std::string text = d < Duration{0} ? "-" : "";
    if (length < chrono::minutes{1}) return text + fmt::format("{} s", milliseconds / 1000.0);
    if (length >= chrono::days{2}) return text + fmt::format("{} d", std::round(milliseconds / 864'000.0) / 100.0);

    const chrono::hh_mm_ss clock{length};
    if (clock.hours().count() != 0) text += fmt::format("{} h ", clock.hours().count());
    if (clock.minutes().count() != 0) text += fmt::format("{} min ", clock.minutes().count());
    if (clock.seconds().count() != 0) text += fmt::format("{} s ", clock.seconds().count());
    text.pop_back();
    return text;
}

}  // namespace corridor
