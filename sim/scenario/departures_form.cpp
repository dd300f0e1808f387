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

}  // namespace

Shape DeparturesForm::shape() const {
    return {.kind = Shape::Kind::table, .name = "departures", .keys = &draft_keys().infos()};
}

std::optional<Departures> DeparturesForm::read(Reader& reader, const Item& item) const {
    const std::size_t known_faults = reader.fault_count();
    Draft draft;
    draft_keys().read(reader, item, draft);
    if (reader.fault_count() > known_faults) return std::nullopt;
    if (draft.per_week) return PerWeek{*draft.per_week};
    if (draft.headway) return Headway{*draft.headway, draft.first.value_or(reader.scenario().start)};
    if (draft.weekly) return Weekly{in_order(reader, item, joined(*draft.weekly))};
    if (draft.times) return Dated{in_order(reader, item, *std::move(draft.times))};
    if (draft.when_ready) return WhenReady{};
    if (draft.when_full) return WhenFull{};
    return Continuous{};
}

}  // namespace corridor::scenario
