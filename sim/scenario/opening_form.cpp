#include "scenario/opening_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace corridor::scenario {
namespace {

enum class Opening { closed, open };

/// One row of the calendar.
struct CalendarRow {
    std::optional<Instant> from;
    std::optional<Instant> to;
    Opening status = Opening::closed;
};

const Keys<CalendarRow>& calendar_keys() {
    static const Keys<CalendarRow> keys{
        Key<CalendarRow>("from", &CalendarRow::from, InstantForm{})
            .required()
            .means("Its start.")
            .example("2020-01-24"),
        Key<CalendarRow>("to", &CalendarRow::to, InstantForm{})
            .required()
            .means("Its end, which is not part of it.")
            .example("2020-01-31"),
        Key<CalendarRow>("status", &CalendarRow::status,
                         ChoiceForm<Opening>{{"closed", Opening::closed}, {"open", Opening::open}})
            .required()
            .means("Closed, or open in spite of the weekly hours.")
            .example("\"closed\""),
    };
    return keys;
}

}  // namespace

void check_opening(Reader& reader, const Item& item, std::string hint) {
    const Node* const opening = child(item.node, "opening");
    const Array* const hours = opening == nullptr ? nullptr : opening->as<Array>();
    if (hours == nullptr || !hours->empty()) return;
    reader.error(item.at("opening", *opening), "the list of opening hours is empty (never open, or always?)",
                 std::move(hint));
}

Shape DatedWindowForm::shape() const { return {.kind = Shape::Kind::table, .keys = &calendar_keys().infos()}; }

std::optional<DatedWindow> DatedWindowForm::read(Reader& reader, const Item& item) const {
    CalendarRow row;
    if (!calendar_keys().read(reader, item, row) || !row.from || !row.to) return std::nullopt;
    if (!check_window(reader, item, *row.from, *row.to)) return std::nullopt;
    return DatedWindow{*row.from, *row.to, row.status == Opening::open};
}

std::optional<OpeningForm::Value> OpeningForm::read(Reader& reader, const Item& item) const {
    const auto lists = list_of(WeeklyWindowForm{}).read(reader, item);
    if (!lists) return std::nullopt;
    Value windows;
    for (const Value& list : *lists) windows.insert(windows.end(), list.begin(), list.end());
    std::ranges::sort(windows, {}, &WeeklyWindow::from_minute);
    const auto overlap = std::ranges::adjacent_find(
        windows, [](const WeeklyWindow& a, const WeeklyWindow& b) { return b.from_minute < a.to_minute; });
    if (overlap != windows.end()) reader.error(item, "the opening windows overlap", "write each hour of the week once");
    return windows;
}

}  // namespace corridor::scenario
