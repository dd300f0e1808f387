#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corridor/base/text.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

constexpr std::array<std::string_view, 8> kSubjectKinds{kKind<Terminal>,   kKind<Link>,      kKind<Lock>,
                                                        kKind<Fleet>,      kKind<Service>,   kKind<Demand>,
                                                        kKind<Background>, kKind<Disruption>};

/// "service.yibin-guoyuan.forward": whose measure it is. The entity must be there; what follows it is for the measures.
struct SubjectForm {
    using Value = std::string;

    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = "\"total\", or a kind and an id"}; }

    std::optional<std::string> read(Reader& reader, const Item& item) const {
        const std::string* const text = expect_text(reader, item, "a subject such as \"service.ID\"");
        if (text == nullptr || *text == "total") return text == nullptr ? std::nullopt : std::optional(*text);
        const std::string_view subject = *text;
        const std::size_t first = subject.find('.');
        const std::string_view kind = subject.substr(0, first);
        if (std::ranges::find(kSubjectKinds, kind) == kSubjectKinds.end() || first == std::string_view::npos) {
            reader.error(item, fmt::format("'{}' names nothing that is measured", subject),
                         fmt::format("write \"total\", or {}.ID", fmt::join(kSubjectKinds, ".ID, ")));
            return std::nullopt;
        }
        const std::string_view rest = subject.substr(first + 1);
        const Node id{.value = std::string(rest.substr(0, rest.find('.'))), .place = item.place, .key = item.place};
        const Item entity{id, item.path, item.place, item.origin};
        const bool is_known = reader.find_position(kind, entity).has_value();
        return is_known ? std::optional(*text) : std::nullopt;
    }
};

const Keys<Reading>& reading_keys() {
    static const Keys<Reading> keys{
        name_key<Reading>(),
        Key<Reading>("measure", &Reading::measure, TextForm{"the name of a measure"})
            .required()
            .means("What is measured.")
            .example("\"containers_shipped\""),
        Key<Reading>("of", &Reading::subjects, list_of(SubjectForm{}))
            .required()
            .means("Whose measure; several are added up. Directions, months and the like may follow the id.")
            .example("[\"service.yibin-guoyuan.forward\"]"),
        Key<Reading>("factor", &Reading::factor, NumberForm{kPositive})
            .or_else("1")
            .means("The simulated sum is multiplied by this before it is compared.")
            .example("0.5"),
    };
    return keys;
}

void check_reading(Reader& reader, const Item& item, Reading& reading) {
    const Node* const subjects = child(item.node, "of");
    const Array* const list = subjects == nullptr ? nullptr : subjects->as<Array>();
    if (list != nullptr && list->empty() && reading.subjects.empty()) {
        reader.error(item.at("of", *subjects), "a reading needs at least one subject", "for example [\"total\"]");
    }
}

Appender<Id<Source>> sources_of(Reported& reported) { return {reported.sources}; }

/// One source, as a list.
struct SingleSourceForm {
    using Value = std::vector<Id<Source>>;
    ReferenceForm<Source> form{"the id of a source"};
    Shape shape() const { return form.shape(); }
    std::optional<Value> read(Reader& reader, const Item& item) const {
        const auto source = form.read(reader, item);
        return source ? std::optional(Value{*source}) : std::nullopt;
    }
};

void check_calibrated_reading(Reader& reader, const Item& item, const Reported& reported) {
    const Node* const chosen = child(item.node, "calibrate_on");
    if (chosen == nullptr || reported.calibrate_on.empty() || reported.readings.empty()) return;
    std::vector<std::string_view> ids;
    for (const Reading& reading : reported.readings) ids.push_back(reading.id);
    if (std::ranges::find(ids, reported.calibrate_on) != ids.end()) return;
    reader.error(item.at("calibrate_on", *chosen), fmt::format("there is no reading '{}'", reported.calibrate_on),
                 did_you_mean(nearest(reported.calibrate_on, ids), fmt::format("there are {}", fmt::join(ids, ", "))));
}

}  // namespace

const Keys<Reported>& reported_keys() {
    static const Keys<Reported> keys{
        name_key<Reported>(),
        Key<Reported>("value", &Reported::value, QuantityForm{{}, kNotNegative})
            .required()
            .means("The figure as published, with its unit.")
            .example("\"15900 containers\""),
        Key<Reported>("error", &Reported::error, NumberForm{{.low = 0, .high = 1}})
            .or_else("0")
            .means("Relative reporting error, one standard deviation.")
            .example("0.04"),
        Key<Reported>(
            "use", &Reported::use,
            ChoiceForm<FigureUse>{
                {"calibrate", FigureUse::calibrate}, {"validate", FigureUse::validate}, {"limit", FigureUse::limit}})
            .required()
            .means("calibrate: inputs may be fitted to it; validate: the model is tested against it; limit: an upper "
                   "bound, such as "
                   "a design capacity, to stay below. A figure to calibrate on or validate against is never an input.")
            .example("\"validate\""),
        Key<Reported>("calibrate_on", &Reported::calibrate_on, TextForm{"the id of a reading"})
            .means("The reading that inputs are fitted to, where the figure is there to calibrate on and has several.")
            .example("\"both-ways\""),
        Key<Reported>("start", &Reported::start, InstantForm{})
            .means("Start of its window; default: of the period.")
            .example("2020-01-01"),
        Key<Reported>("end", &Reported::end, InstantForm{})
            .means("End of its window, exclusive; default: of the period.")
            .example("2020-07-01"),
        Key<Reported>("source", &sources_of, SingleSourceForm{})
            .one_of("evidence")
            .means("Where it was published.")
            .example("\"F001\""),
        Key<Reported>("sources", &sources_of, list_of(ReferenceForm<Source>{"the id of a source"}))
            .one_of("evidence")
            .means("Where it was published, if in several places.")
            .example("[\"F001\", \"F002\"]"),
        Key<Reported>("note", &Reported::note, TextForm{})
            .means("What a reader should know about it.")
            .example("\"unit not stated\""),
        Key<Reported>("reading", &Reported::readings,
                      EntitiesForm<Reading, std::vector<Reading>>{reading_keys(), &check_reading})
            .required()
            .means("The ways to understand it: tables by id.")
            .example("{ both-ways = { measure = \"containers_shipped\", of = [\"total\"] } }"),
    };
    return keys;
}

void check_reported(Reader& reader, const Item& item, Reported& reported) {
    check_calibrated_reading(reader, item, reported);
    const Scenario& scenario = reader.scenario();
    const Node* const start = child(item.node, "start");
    const Node* const end = child(item.node, "end");
    if (start == nullptr) reported.start = scenario.start;
    if (end == nullptr) reported.end = scenario.end;
    if (start == nullptr && end == nullptr) return;
    const Item at = end == nullptr ? item.at("start", *start) : item.at("end", *end);
    if (reported.start >= reported.end) {
        reader.error(at, fmt::format("the window ends before it starts ({} to {})", format_instant(reported.start),
                                     format_instant(reported.end)));
    } else if (reported.start < scenario.start || reported.end > scenario.end) {
        reader.error(at, fmt::format("the window reaches beyond the period ({} to {})", format_instant(scenario.start),
                                     format_instant(scenario.end)));
    }
}

}  // namespace corridor::scenario
