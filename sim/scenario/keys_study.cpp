#include "scenario/keys_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/forms.h"
#include "scenario/quantity_form.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kStudySeeds{.low = 0, .high = 9223372036854775807.0};
constexpr Bounds kStudyReplications{.low = 1, .high = 1e6};
constexpr Bounds kPoints{.low = 1, .high = static_cast<double>(kMostPoints)};

const ChoiceForm<DesignKind>& design_kinds() {
    static const ChoiceForm<DesignKind> kinds{
        {"grid", DesignKind::grid},   {"list", DesignKind::list},     {"latin-hypercube", DesignKind::latin_hypercube},
        {"sobol", DesignKind::sobol}, {"morris", DesignKind::morris}, {"one-at-a-time", DesignKind::one_at_a_time}};
    return kinds;
}

/// Text in quotes for TOML. It has no control characters.
std::string toml_quoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// A value that stands for itself: a number, a text or true.
struct LevelForm {
    using Value = Level;

    Shape shape() const {
        return {.kind = Shape::Kind::any_of,
                .parts = {{.kind = Shape::Kind::number},
                          {.kind = Shape::Kind::text, .meaning = "text"},
                          {.kind = Shape::Kind::flag}}};
    }
    std::optional<Level> read(Reader& reader, const Item& item) const {
        const SourcePlace place = reader.source_place(item.place);
        if (item.node.as<std::string>() != nullptr) {
            const auto text = TextForm{}.read(reader, item);
            return text ? std::optional(Level{*text, toml_quoted(*text), place.line, place.column}) : std::nullopt;
        }
        std::string word;
        if (const bool* const flag = item.node.as<bool>()) {
            word = *flag ? "true" : "false";
        } else if (const std::int64_t* const whole = item.node.as<std::int64_t>()) {
            word = fmt::format("{}", *whole);
        } else if (const auto number = NumberForm{}.read(reader, item)) {
            word = format_number(*number);
        } else {
            return std::nullopt;
        }
        return Level{word, word, place.line, place.column};
    }
};

/// An end of a span as it is written: 12 and "h".
struct SpanEnd {
    double number = 0;
    std::string unit;
    Place place;
};

struct SpanEndForm {
    using Value = SpanEnd;

    Shape shape() const { return any_quantity().shape(); }
    std::optional<SpanEnd> read(Reader& reader, const Item& item) const {
        const std::string* const text = item.node.as<std::string>();
        if (text == nullptr) {
            const auto number = NumberForm{}.read(reader, item);
            return number ? std::optional(SpanEnd{*number, "", item.place}) : std::nullopt;
        }
        Measurement measurement;
        UnitError fault;
        if (!parse_measurement(*text, measurement, fault)) {
            reader.error({item.node, item.path, reader.place_within(item, fault.offset), item.origin}, fault.message,
                         fault.hint);
            return std::nullopt;
        }
        const std::string unit(unit_of(*text));
        if (unit.empty()) {
            reader.error(item,
                         fmt::format("expected a number or a quantity with its unit, got {}", describe(item.node)),
                         fmt::format("write {} without quotes, or give the unit", *text));
            return std::nullopt;
        }
        // Without its unit the number may be out of bounds.
        if (!parse_measurement(std::string_view(*text).substr(0, text->rfind(unit)), measurement, fault)) {
            reader.error(item, fault.message, fault.hint);
            return std::nullopt;
        }
        return SpanEnd{measurement.value, unit, item.place};
    }
};

struct ParameterDraft {
    std::optional<std::vector<Level>> values;
    std::optional<SpanEnd> from;
    std::optional<SpanEnd> to;
    std::optional<SpanEnd> step;
    bool range = false;
};

const Keys<ParameterDraft>& parameter_keys() {
    static const Keys<ParameterDraft> keys{
        Key<ParameterDraft>("values", &ParameterDraft::values, list_of(LevelForm{}))
            .required()
            .one_of("values")
            .means("The values it takes, as `--set` would give them.")
            .example("[3, 5, 7]"),
        Key<ParameterDraft>("from", &ParameterDraft::from, SpanEndForm{})
            .required()
            .one_of("values")
            .means("It takes any value between this one and `to`; both are written in the same unit.")
            .example("\"8 km/h\""),
        Key<ParameterDraft>("range", &ParameterDraft::range, ChoiceForm<bool>{{"scenario", true}})
            .required()
            .one_of("values")
            .means("It takes the range that the scenario gives this number, with its distribution; in a grid its low "
                   "end, the stated value and its high end, and one at a time both ends.")
            .example("\"scenario\""),
        Key<ParameterDraft>("to", &ParameterDraft::to, SpanEndForm{})
            .only_with("from")
            .means("The highest value.")
            .example("\"13 km/h\""),
        Key<ParameterDraft>("step", &ParameterDraft::step, SpanEndForm{})
            .only_with("to")
            .means("Only the values from, from + step, ... up to `to`.")
            .example("\"1 km/h\""),
    };
    return keys;
}

std::string shown(double number, const std::string& unit) {
    return unit.empty() ? format_number(number) : fmt::format("{} {}", format_number(number), unit);
}

/// Levels of a span: from, from + step, ... up to `to`, to twelve digits.
std::vector<Level> levels_of(const SpanEnd& from, const SpanEnd& to, double step, std::size_t count) {
    std::vector<Level> levels;
    for (std::size_t i = 0; i < count; ++i) {
        const double exact = from.number + static_cast<double>(i) * step;
        const double number = std::stod(fmt::format("{:.12g}", std::min(exact, to.number)));
        std::string text = shown(number, from.unit);
        std::string assignment = from.unit.empty() ? text : toml_quoted(text);
        levels.push_back({std::move(text), std::move(assignment)});
    }
    return levels;
}

/// What a parameter's table says, once its ends are held against each other.
class ParameterReader {
  public:
    ParameterReader(Reader& reader, const Item& item) : reader_(reader), item_(item) {}

    std::optional<Parameter> read() {
        ParameterDraft draft;
        if (item_.node.as<Array>() != nullptr) {
            draft.values = list_of(LevelForm{}).read(reader_, item_);
        } else if (!parameter_keys().read(reader_, item_, draft)) {
            return std::nullopt;
        }
        Parameter parameter;
        const std::size_t faults = reader_.fault_count();
        if (draft.values) take_values(*std::move(draft.values), parameter);
        if (draft.from) take_span(draft, parameter);
        const bool is_sound = !parameter.levels.empty() || parameter.span || draft.range;
        return is_sound && reader_.fault_count() == faults ? std::optional(std::move(parameter)) : std::nullopt;
    }

  private:
    void take_values(std::vector<Level> values, Parameter& parameter) {
        if (values.empty()) return reader_.error(item_, "no values are given (the list is empty)");
        parameter.levels = std::move(values);
    }

    Item at(const SpanEnd& end) const { return {item_.node, item_.path, end.place, item_.origin}; }

    void take_span(const ParameterDraft& draft, Parameter& parameter) {
        if (!draft.to) {
            if (child(item_.node, "to") == nullptr) reader_.error(item_, "'to' is missing", "give 'from' and 'to'");
            return;
        }
        const SpanEnd& from = *draft.from;
        const SpanEnd& to = *draft.to;
        for (const SpanEnd* const end : {&to, draft.step ? &*draft.step : &to}) {
            if (end->unit != from.unit) {
                return reader_.error(at(*end), fmt::format("'{}' and '{}' are two units", from.unit, end->unit),
                                     "write 'from', 'to' and 'step' in the same unit");
            }
        }
        if (!draft.step) {
            if (!(from.number < to.number)) {
                return reader_.error(at(to), fmt::format("the range {} to {} is empty", shown(from), shown(to)));
            }
            parameter.span = Span{from.number, to.number, from.unit};
            return;
        }
        take_steps(from, to, *draft.step, parameter);
    }

    void take_steps(const SpanEnd& from, const SpanEnd& to, const SpanEnd& step, Parameter& parameter) {
        constexpr double kRounding = 1e-9;
        const double steps = std::floor((to.number - from.number) / step.number + kRounding);
        if (!(step.number > 0) || !(steps >= 0)) {
            return reader_.error(at(step),
                                 fmt::format("the range {} to {} by {} is empty", shown(from), shown(to), shown(step)));
        }
        if (steps >= static_cast<double>(kMostPoints)) {
            return reader_.error(at(step), fmt::format("the range {} to {} by {} has {:.0f} values (the limit is {})",
                                                       shown(from), shown(to), shown(step), steps + 1, kMostPoints));
        }
        parameter.levels = levels_of(from, to, step.number, static_cast<std::size_t>(steps) + 1);
    }

    static std::string shown(const SpanEnd& end) { return scenario::shown(end.number, end.unit); }

    Reader& reader_;
    const Item& item_;
};

/// [parameter]: by path, in the order of the file.
struct ParametersForm {
    using Value = std::vector<Parameter>;

    Shape shape() const {
        const Shape table{.kind = Shape::Kind::table, .keys = &parameter_keys().infos()};
        return {.kind = Shape::Kind::by_id, .parts = {table}};
    }

    std::optional<Value> read(Reader& reader, const Item& item) const {
        const Table* const table = item.node.as<Table>();
        if (table == nullptr) {
            reader.error(item, fmt::format("expected tables with paths, got {}", describe(item.node)));
            return std::nullopt;
        }
        std::vector<const Table::value_type*> entries;
        for (const auto& entry : *table) entries.push_back(&entry);
        std::ranges::sort(entries, {}, [](const Table::value_type* entry) { return entry->second.key; });
        Value parameters;
        for (const Table::value_type* const entry : entries) {
            const Item at = item.at(entry->first, entry->second);
            auto parameter = ParameterReader(reader, at).read();
            if (!parameter) continue;
            parameter->path = entry->first;
            parameter->place = reader.source_place(entry->second.key);
            parameters.push_back(*std::move(parameter));
        }
        return parameters;
    }
};

/// A share of a mean: "2 %" or 0.02.
struct PrecisionForm {
    using Value = double;

    Shape shape() const { return {.kind = Shape::Kind::quantity, .bounds = kShare, .dimensions = {kNumber}}; }
    std::optional<double> read(Reader& reader, const Item& item) const {
        Measurement parsed;
        UnitError fault;
        const std::string* const text = item.node.as<std::string>();
        if (text != nullptr && !parse_measurement(*text, parsed, fault)) {
            reader.error(item, fault.message, fault.hint);
            return std::nullopt;
        }
        const auto number = text == nullptr ? NumberForm{}.read(reader, item) : std::optional(parsed.value);
        if (!number) return std::nullopt;
        if (parsed.dimension == kNumber && *number > 0 && *number < 1) return number;
        reader.error(item, "must be a share above 0 % and below 100 % of the mean", "write for instance \"2 %\"");
        return std::nullopt;
    }
};

const Keys<StudyDraft>& design_keys() {
    static const Keys<StudyDraft> keys{
        Key<StudyDraft>(
            "kind", [](StudyDraft& draft) -> DesignKind& { return draft.study.design; }, design_kinds())
            .required()
            .means("Which points: all combinations of levels (the last parameter changes fastest), the rows of a CSV "
                   "file, a Latin hypercube, a Sobol sequence, Morris trajectories, or the scenario and from there one "
                   "parameter at a time.")
            .example("\"grid\""),
        Key<StudyDraft>("points", &StudyDraft::points, WholeForm<std::uint64_t>{kPoints})
            .means("How many, of a Latin hypercube or a Sobol sequence.")
            .example("100"),
        Key<StudyDraft>("trajectories", &StudyDraft::trajectories, WholeForm<std::uint64_t>{kPoints})
            .means("How many, of Morris; each has a point for every parameter, and one.")
            .example("10"),
        Key<StudyDraft>("file", &StudyDraft::list, TextForm{"a CSV file beside the study"})
            .means("Of a list: the header has the paths, each row is a point.")
            .example("\"points.csv\""),
    };
    return keys;
}

/// Reads [design] into the draft that it is part of.
struct DesignForm {
    using Value = StudyDraft;

    Shape shape() const { return {.kind = Shape::Kind::table, .keys = &design_keys().infos()}; }
    std::optional<StudyDraft> read(Reader& reader, const Item& item) const {
        StudyDraft draft;
        return design_keys().read(reader, item, draft) ? std::optional(std::move(draft)) : std::nullopt;
    }
};

/// Takes what [design] says.
struct DesignOf {
    StudyDraft& draft;
    void operator=(const StudyDraft& design) {
        draft.study.design = design.study.design;
        draft.points = design.points;
        draft.trajectories = design.trajectories;
        draft.list = design.list;
    }
};

template <class Member>
auto of_study(Member member) {
    return [member](StudyDraft & draft) -> auto& { return draft.study.*member; };
}

}  // namespace

std::string_view label(DesignKind kind) { return design_kinds().word(kind); }

const Keys<StudyDraft>& study_keys() {
    static const Keys<StudyDraft> keys{
        Key<StudyDraft>("scenario", of_study(&StudyFile::scenario), TextForm{"a scenario below this file's folder"})
            .required()
            .means("The scenario that varies: its file or folder.")
            .example("\"scenario.toml\""),
        Key<StudyDraft>("replications", of_study(&StudyFile::replications),
                        WholeForm<std::uint64_t>{kStudyReplications})
            .means("How many of each point; with `precision`, at least. Default: the scenario's.")
            .example("20"),
        Key<StudyDraft>("precision", of_study(&StudyFile::precision), PrecisionForm{})
            .means("Each point goes on until the 95 % interval of every headline is within this share of its mean.")
            .example("\"2 %\""),
        Key<StudyDraft>("most_replications", of_study(&StudyFile::most_replications),
                        WholeForm<std::uint64_t>{kStudyReplications})
            .only_with("precision")
            .or_else("10000")
            .means("Stop here at the latest.")
            .example("1000"),
        Key<StudyDraft>("seed", of_study(&StudyFile::seed), WholeForm<std::uint64_t>{kStudySeeds})
            .means("Seed of all randomness; replication r draws the same at every point. Default: the scenario's.")
            .example("42"),
        Key<StudyDraft>("measures", of_study(&StudyFile::measures), list_of(TextForm{"a pattern of measure/subject"}))
            .or_else("[\"*/total\"]")
            .means("What is kept of a replication, besides the reported figures and the highest offered load: measure "
                   "and subject, * for anything.")
            .example("[\"*/total\", \"crane_utilisation/terminal.*\"]"),
        Key<StudyDraft>(
            "design", [](StudyDraft& draft) { return DesignOf{draft}; }, DesignForm{})
            .required()
            .means("Which points are run.")
            .example("{ kind = \"grid\" }"),
        Key<StudyDraft>("parameter", of_study(&StudyFile::parameters), ParametersForm{})
            .means("What varies, by the path that `--set` takes, in quotes; a list is short for its `values`.")
            .example("{ \"service.a-b.departures.per_week\" = { values = [3, 5, 7] } }"),
    };
    return keys;
}

}  // namespace corridor::scenario
