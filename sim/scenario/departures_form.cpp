#include "scenario/departures_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

/// The table before its one rule is singled out.
struct Draft {
    std::optional<Param> per_week;
    std::optional<Param> headway;
    std::optional<Instant> first;
    std::optional<std::vector<std::vector<int>>> weekly;
    std::optional<std::vector<Instant>> times;
    std::vector<DatedWindow> cancelled;
    std::vector<Instant> extra;
    bool when_ready = false;
    bool when_full = false;
    bool continuous = false;
};

const Keys<Draft>& draft_keys() {
    constexpr std::string_view kRule = "rule";
    static const Keys<Draft> keys{
        Key<Draft>("per_week", &Draft::per_week, quantity_per("/week"))
            .required()
            .one_of(kRule)
            .means("Departures per week, evenly spread; the hour of the first is drawn once per replication and "
                   "direction.")
            .example("9"),
        Key<Draft>("headway", &Draft::headway, quantity(kDuration, kPositive))
            .required()
            .one_of(kRule)
            .means("Time between departures: the k-th leaves at first + k x headway.")
            .example("\"12 h\""),
        Key<Draft>("weekly", &Draft::weekly, list_of(WeeklyTimeForm{}))
            .required()
            .one_of(kRule)
            .means("The same times every week.")
            .example("[\"Mon 06:00\", \"Thu 18:30\"]"),
        Key<Draft>("times", &Draft::times, list_of(InstantForm{}))
            .required()
            .one_of(kRule)
            .means("Each departure by date and time, in any order.")
            .example("[2020-01-01T06:00:00, 2020-01-03T06:00:00]"),
        Key<Draft>("timetable", kUsedElsewhere, TextForm{"a CSV file beside the scenario"})
            .required()
            .one_of(kRule)
            .means("A CSV table with the columns service, direction (forward or backward) and departure.")
            .example("\"timetable.csv\""),
        Key<Draft>("when_ready", &Draft::when_ready, TrueForm{})
            .required()
            .one_of(kRule)
            .means("A vehicle leaves as soon as it has been handled; the fleet sets the frequency.")
            .example("true"),
        Key<Draft>("when_full", &Draft::when_full, TrueForm{})
            .required()
            .one_of(kRule)
            .means("A vehicle leaves as soon as the containers that are ready fill it; without `fleet` there is always "
                   "a vehicle.")
            .example("true"),
        Key<Draft>("continuous", &Draft::continuous, TrueForm{})
            .required()
            .one_of(kRule)
            .means("Small vehicles are always there: each container leaves alone as soon as it is loaded.")
            .example("true"),
        Key<Draft>("first", &Draft::first, InstantForm{})
            .only_with("headway")
            .means("The first departure; default: the start of the period. One at or before that start has others "
                   "before it, in "
                   "the warm-up.")
            .example("2020-01-01T06:00:00"),
        Key<Draft>("cancelled", &Draft::cancelled, list_of(ClosureForm{ClosureForm::Single::moment}))
            .means("Departures that are not run: all of a day or within a window of time, or the one at a date and "
                   "time.")
            .example("[\"2020-01-24/2020-02-02\"]"),
        Key<Draft>("extra", &Draft::extra, list_of(InstantForm{}))
            .means("Departures that are run beside those of the timetable.")
            .example("[2020-02-03T18:00:00]"),
    };
    return keys;
}

template <class T>
bool drop_repeated(std::vector<T>& sorted) {
    const auto rest = std::unique(sorted.begin(), sorted.end());
    const bool had_some = rest != sorted.end();
    sorted.erase(rest, sorted.end());
    return had_some;
}

/// Sorted departures; reports an empty list, and times that occur twice.
template <class T>
std::vector<T> in_order(Reader& reader, const Item& item, std::vector<T> times) {
    if (times.empty()) reader.error(item, "the list of departures is empty");
    std::ranges::sort(times);
    if (drop_repeated(times)) reader.warning(item, "some departures are listed twice", "each is run once");
    return times;
}

std::vector<int> joined(const std::vector<std::vector<int>>& lists) {
    std::vector<int> all;
    for (const std::vector<int>& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

DepartureRule rule_of(Reader& reader, const Item& item, const Draft& draft) {
    if (draft.per_week) return PerWeek{*draft.per_week};
    if (draft.headway) return Headway{*draft.headway, draft.first.value_or(reader.scenario().start)};
    if (draft.weekly) return Weekly{in_order(reader, item, joined(*draft.weekly))};
    if (draft.times) return Dated{in_order(reader, item, *draft.times)};
    if (draft.when_ready) return WhenReady{};
    if (draft.when_full) return WhenFull{};
    return Continuous{};
}

/// Exceptions need a timetable; a single departure needs one whose hours are known.
bool check_exceptions(Reader& reader, const Item& item, const Draft& draft) {
    const bool has_timetable = draft.per_week || draft.headway || draft.weekly || draft.times;
    bool is_fine = true;
    for (const std::string_view key : {"cancelled", "extra"}) {
        const Node* const list = child(item.node, key);
        if (list == nullptr || has_timetable) continue;
        reader.error(item.at(key, *list), fmt::format("'{}' has no meaning (there is no timetable)", key));
        is_fine = false;
    }
    for (std::size_t i = 0; i < draft.cancelled.size() && draft.per_week; ++i) {
        if (draft.cancelled[i].from != draft.cancelled[i].to) continue;
        const Node& list = *child(item.node, "cancelled");
        reader.error(item.at("cancelled", list).at(i, (*list.as<Array>())[i]),
                     "no single departure can be named (the hour of the day is drawn)",
                     "give a day or a window of time");
        is_fine = false;
    }
    return is_fine;
}

}  // namespace

Shape DeparturesForm::shape() const {
    return {.kind = Shape::Kind::table, .name = "departures", .keys = &draft_keys().infos()};
}

std::optional<Departures> DeparturesForm::read(Reader& reader, const Item& item) const {
    const std::size_t known_faults = reader.fault_count();
    Draft draft;
    draft_keys().read(reader, item, draft);
    if (reader.fault_count() > known_faults || !check_exceptions(reader, item, draft)) return std::nullopt;
    Departures departures{rule_of(reader, item, draft), std::move(draft.cancelled), {}};
    if (!draft.extra.empty()) departures.extra = in_order(reader, item, std::move(draft.extra));
    return departures;
}

}  // namespace corridor::scenario
