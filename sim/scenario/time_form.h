// Dates, weekly times and windows of time.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scenario/forms.h"

namespace corridor::scenario {

/// A date or local date-time, as TOML has them or as text ("2020-01-01T06:30").
struct InstantForm {
    using Value = Instant;
    Shape shape() const { return {.kind = Shape::Kind::instant}; }
    std::optional<Instant> read(Reader& reader, const Item& item) const;
};

/// Text such as "Mon 06:00" or "Mon-Fri 06:00": minutes since Monday 00:00, one for each day.
struct WeeklyTimeForm {
    using Value = std::vector<int>;
    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = "weekdays and a time, \"Mon-Fri 06:00\""}; }
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

/// Text such as "Mon-Fri 06:00-22:00": one window for each day.
struct WeeklyWindowForm {
    using Value = std::vector<WeeklyWindow>;
    Shape shape() const {
        return {.kind = Shape::Kind::text, .meaning = "weekdays and hours, \"Mon-Fri 06:00-22:00\""};
    }
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

/// Text such as "2020-01-24/2020-01-31" (the end is not in it), or a single day; or a moment, where from == to.
struct ClosureForm {
    using Value = DatedWindow;
    enum class Single { day, moment };
    Single least = Single::day;

    Shape shape() const {
        return {.kind = Shape::Kind::text,
                .meaning = least == Single::day ? "a day, or from/to (exclusive)"
                                                : "a day, a date with a time, or from/to (exclusive)"};
    }
    std::optional<DatedWindow> read(Reader& reader, const Item& item) const;
};

/// Reports a window of time that is empty or turned round.
bool check_window(Reader& reader, const Item& item, Instant from, Instant to);

}  // namespace corridor::scenario
