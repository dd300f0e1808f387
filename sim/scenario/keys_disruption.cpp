#include <fmt/format.h>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

constexpr std::string_view kEffect = "effect";
constexpr std::string_view kTime = "time";
constexpr Bounds kServers{.low = 1, .high = kMostPlaces};
constexpr Bounds kSlowness{.low = 1, .high = 1000};

/// "terminal.guoyuan.quay", "service.yibin-guoyuan.forward": as in the subjects of measures.
struct DisruptedPartForm {
    using Value = DisruptedPart;

    Shape shape() const {
        return {.kind = Shape::Kind::text, .meaning = "\"terminal.ID\", \"service.ID\" or \"link.ID\""};
    }

    std::optional<DisruptedPart> read(Reader& reader, const Item& item) const {
        const std::string* const text = expect_text(reader, item, "a subject such as \"terminal.ID\"");
        if (text == nullptr) return std::nullopt;
        const std::string_view subject = *text;
        const std::string_view kind = subject.substr(0, subject.find('.'));
        const std::string_view rest = kind == subject ? "" : subject.substr(kind.size() + 1);
        const std::string_view id = rest.substr(0, rest.find('.'));
        const std::string_view word = id == rest ? "" : rest.substr(id.size() + 1);
        DisruptedPart part{.subject = *text};
        if (!read_entity(reader, item, kind, id, part)) return std::nullopt;
        if (word.empty() || read_word(word, part)) return part;
        const bool is_terminal = part.terminal.valid();
        reader.error(item, fmt::format("'{}' is no part of a {}", word, kind),
                     is_terminal ? "write \"quay\" or \"rail\" behind the id, or nothing for all of it"
                                 : "write \"forward\" or \"backward\" behind the id, or nothing for both");
        return std::nullopt;
    }

  private:
    static bool read_entity(Reader& reader, const Item& item, std::string_view kind, std::string_view id,
                            DisruptedPart& part) {
        const Node name{.value = std::string(id), .place = item.node.place, .key = item.node.place};
        const Item entity{name, item.path, item.place, item.origin};
        if (kind == kKind<Terminal>) {
            part.terminal = reader.find<Terminal>(entity).value_or(Id<Terminal>{});
            return part.terminal.valid();
        }
        if (kind == kKind<Service>) {
            part.service = reader.find<Service>(entity).value_or(Id<Service>{});
            return part.service.valid();
        }
        if (kind == kKind<Link>) {
            part.link = reader.find<Link>(entity).value_or(Id<Link>{});
            return part.link.valid();
        }
        reader.error(item, fmt::format("'{}' cannot be disrupted", part.subject),
                     "write \"terminal.ID\", \"terminal.ID.quay\", \"service.ID\" or \"link.ID\"");
        return false;
    }

    static bool read_word(std::string_view word, DisruptedPart& part) {
        if (part.terminal.valid()) {
            if (word == "quay") part.facility = Mode::waterway;
            if (word == "rail") part.facility = Mode::railway;
            return part.facility.has_value();
        }
        if (word == "forward") part.direction = Direction::forward;
        if (word == "backward") part.direction = Direction::backward;
        return part.direction.has_value();
    }
};

struct WindowRow {
    std::optional<Instant> from;
    std::optional<Instant> to;
};

const Keys<WindowRow>& window_keys() {
    static const Keys<WindowRow> keys{
        Key<WindowRow>("from", &WindowRow::from, InstantForm{}).required().means("Its start.").example("2020-07-18"),
        Key<WindowRow>("to", &WindowRow::to, InstantForm{})
            .required()
            .means("Its end, which is not part of it.")
            .example("2020-07-22T06:00:00"),
    };
    return keys;
}

/// { from, to }
struct WindowForm {
    using Value = DatedWindow;

    Shape shape() const { return {.kind = Shape::Kind::table, .keys = &window_keys().infos()}; }

    std::optional<DatedWindow> read(Reader& reader, const Item& item) const {
        WindowRow row;
        if (!window_keys().read(reader, item, row) || !row.from || !row.to) return std::nullopt;
        if (!check_window(reader, item, *row.from, *row.to)) return std::nullopt;
        return DatedWindow{*row.from, *row.to, false};
    }
};

void check_parts(Reader& reader, const Item& item, const Disruption& disruption) {
    const bool is_fewer = disruption.fewer_cranes || disruption.crane_share || disruption.fewer_berths;
    const Node* const of = child(item.node, "of");
    for (std::size_t i = 0; i < disruption.of.size(); ++i) {
        const DisruptedPart& part = disruption.of[i];
        const Item at = item.at("of", *of).at(i, (*of->as<Array>())[i]);
        if (is_fewer && !part.terminal.valid()) {
            reader.error(at, fmt::format("'{}' has neither cranes nor berths", part.subject),
                         "services and links can be 'closed' or 'slowed'");
        }
        if (!part.terminal.valid() || !part.facility) continue;
        const Terminal& terminal = reader.scenario().terminals[part.terminal];
        if (!terminal.cranes[static_cast<std::size_t>(*part.facility)]) {
            reader.error(at, fmt::format("terminal '{}' has no {} handling", terminal.id,
                                         *part.facility == Mode::waterway ? "barge" : "train"));
        }
    }
}

}  // namespace

const Keys<Disruption>& disruption_keys() {
    static const Keys<Disruption> keys{
        name_key<Disruption>(),
        Key<Disruption>("of", &Disruption::of, list_of(DisruptedPartForm{}))
            .required()
            .means("What is disrupted, as in the subjects of measures: terminals, their quay or rail, services, links, "
                   "their directions.")
            .example("[\"terminal.guoyuan.quay\"]"),
        Key<Disruption>("closed", &Disruption::closed, TrueForm{})
            .required()
            .one_of(kEffect)
            .means("No crane move starts and no berth is given; no departure is made; no vehicle enters the link.")
            .example("true"),
        Key<Disruption>("slowed", &Disruption::slowed, QuantityForm{{kNumber}, kSlowness})
            .required()
            .one_of(kEffect)
            .means("Crane moves that start, and runs that begin, take so many times as long.")
            .example("1.5"),
        Key<Disruption>("fewer_cranes", &Disruption::fewer_cranes, count(kServers))
            .required()
            .one_of(kEffect)
            .means("So many cranes start no move.")
            .example("1"),
        Key<Disruption>("crane_share", &Disruption::crane_share, QuantityForm{{kNumber}, kShare})
            .required()
            .one_of(kEffect)
            .means("This share of the cranes starts no move, at least one.")
            .example("0.5"),
        Key<Disruption>("fewer_berths", &Disruption::fewer_berths, count(kServers))
            .required()
            .one_of(kEffect)
            .means("So many berths (tracks) are not given when they are free.")
            .example("1"),
        Key<Disruption>(
            "departures", &Disruption::departures,
            ChoiceForm<ClosedDepartures>{{"hold", ClosedDepartures::hold}, {"cancel", ClosedDepartures::cancel}})
            .only_with("closed")
            .or_else("\"hold\"")
            .means("What becomes of departures whose time lies in the closure of their service: they are made at its "
                   "end, or not at all.")
            .example("\"cancel\""),
        Key<Disruption>("windows", &Disruption::windows, list_of(WindowForm{}))
            .required()
            .one_of(kTime)
            .means("When, by date.")
            .example("[{ from = 2020-07-18, to = 2020-07-22 }]"),
        Key<Disruption>("breakdowns", &Disruption::at_random, TableForm<Breakdowns>{breakdowns_keys()})
            .required()
            .one_of(kTime)
            .means("When, at random: each of those in `of` fails and is repaired by itself.")
            .example("{ time_to_failure = { law = \"exponential\", mean = \"90 d\" }, time_to_repair = \"3 d\" }"),
    };
    return keys;
}

void check_disruption(Reader& reader, const Item& item, Disruption& disruption) {
    const Node* const of = child(item.node, "of");
    const Array* const parts = of == nullptr ? nullptr : of->as<Array>();
    if (parts != nullptr && parts->empty()) {
        reader.error(item.at("of", *of), "nothing is disrupted", "for example [\"terminal.ID\"]");
    }
    const Node* const windows = child(item.node, "windows");
    const Array* const list = windows == nullptr ? nullptr : windows->as<Array>();
    if (list != nullptr && list->empty()) {
        reader.error(item.at("windows", *windows), "the list of windows is empty", "leave the disruption out");
    }
    check_parts(reader, item, disruption);
}

}  // namespace corridor::scenario
