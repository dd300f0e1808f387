// When something is open: weekly hours and dated changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/forms.h"
#include "scenario/time_form.h"

namespace corridor::scenario {

/// Reports a list of opening hours without any.
void check_opening(Reader& reader, const Item& item, std::string hint);

/// { from, to, status }
struct DatedWindowForm {
    using Value = DatedWindow;

    Shape shape() const;
    std::optional<DatedWindow> read(Reader& reader, const Item& item) const;
};

/// Windows of whole lists ("Mon-Fri 06:00-22:00" is five) in one list in order of time.
struct OpeningForm {
    using Value = std::vector<WeeklyWindow>;

    Shape shape() const { return list_of(WeeklyWindowForm{}).shape(); }
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

/// Where the lists of `closed` and `calendar` go, one behind the other.
template <class T>
Appender<DatedWindow> calendar_of(T& entity) {
    return {entity.calendar};
}

}  // namespace corridor::scenario
