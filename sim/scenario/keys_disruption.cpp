#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

constexpr std::string_view kEffect = "effect";
constexpr std::string_view kTime = "time";
constexpr Bounds kServersOut{.low = 1, .high = kMostPlaces};
constexpr Bounds kVehiclesOut{.low = 1, .high = kMostVehicles};
constexpr Bounds kSlowness{.low = 1, .high = 1000};

constexpr std::string_view kSubjects =
    "\"terminal.ID\", \"terminal.ID.quay\", \"lock.ID\", \"fleet.ID\", \"service.ID\" or \"link.ID\"";

constexpr std::array<std::pair<std::string_view, TerminalPart>, 5> kTerminalParts{{{"quay", TerminalPart::quay},
                                                                                   {"rail", TerminalPart::rail},
                                                                                   {"yard", TerminalPart::yard},
                                                                                   {"gate", TerminalPart::gate},
                                                                                   {"tugs", TerminalPart::tugs}}};

/// "terminal.guoyuan.quay", "service.yibin-guoyuan.forward": as in the subjects of measures.
struct DisruptedPartForm {
    using Value = DisruptedPart;

    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = kSubjects}; }

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
        reader.error(item, fmt::format("'{}' is no part of a {}", word, kind), hint(part));
        return std::nullopt;
    }

  private:
    /// Whether the subject is of this kind; `id` is then that of the entity, or invalid and reported.
    template <class T>
    static bool find(Reader& reader, const Item& entity, std::string_view kind, Id<T>& id) {
        if (kind != kKind<T>) return false;
        id = reader.find<T>(entity).value_or(Id<T>{});
        return true;
    }

    static bool read_entity(Reader& reader, const Item& item, std::string_view kind, std::string_view id,
                            DisruptedPart& part) {
        const Node name{.value = std::string(id), .place = item.node.place, .key = item.node.place};
        const Item entity{name, item.path, item.place, item.origin};
        if (find(reader, entity, kind, part.terminal)) return part.terminal.valid();
        if (find(reader, entity, kind, part.lock)) return part.lock.valid();
        if (find(reader, entity, kind, part.fleet)) return part.fleet.valid();
        if (find(reader, entity, kind, part.service)) return part.service.valid();
        if (find(reader, entity, kind, part.link)) return part.link.valid();
        reader.error(item, fmt::format("'{}' cannot be disrupted", part.subject), fmt::format("write {}", kSubjects));
        return false;
    }

    static bool read_word(std::string_view word, DisruptedPart& part) {
        if (part.terminal.valid()) {
            const auto found =
                std::ranges::find(kTerminalParts, word, &std::pair<std::string_view, TerminalPart>::first);
            if (found == kTerminalParts.end()) return false;
            part.part = found->second;
            return true;
        }
        if (part.lock.valid() || part.fleet.valid()) return false;
        if (word == "forward") part.direction = Direction::forward;
        if (word == "backward") part.direction = Direction::backward;
        return part.direction.has_value();
    }

    static std::string hint(const DisruptedPart& part) {
        if (part.terminal.valid()) {
            return "write \"quay\", \"rail\", \"yard\", \"gate\" or \"tugs\" behind the id, or nothing for all but the "
                   "tugs";
        }
        if (part.lock.valid() || part.fleet.valid()) return "write nothing behind the id";
        return "write \"forward\" or \"backward\" behind the id, or nothing for both";
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

/// What may be said of a part, and what is missing where it may not.
struct DisruptionEffect {
    std::string_view key;
    std::string_view missing;  ///< "cranes"
    bool (*given)(const Disruption&);
    bool (*fits)(const DisruptedPart&);
};

bool disrupts_cranes(const DisruptedPart& part) {
    return part.terminal.valid() && part.part != TerminalPart::gate && part.part != TerminalPart::tugs;
}

constexpr std::array<DisruptionEffect, 8> kEffects{{
    {"closed", "", [](const Disruption& d) { return d.closed; }, [](const DisruptedPart&) { return true; }},
    {"slowed", "pace", [](const Disruption& d) { return d.slowed.has_value(); },
     [](const DisruptedPart& part) { return part.part != TerminalPart::gate; }},
    {"fewer_cranes", "cranes", [](const Disruption& d) { return d.fewer_cranes.has_value(); }, &disrupts_cranes},
    {"crane_share", "cranes", [](const Disruption& d) { return d.crane_share.has_value(); }, &disrupts_cranes},
    {"fewer_berths", "berths", [](const Disruption& d) { return d.fewer_berths.has_value(); },
     [](const DisruptedPart& part) { return disrupts_cranes(part) && part.part != TerminalPart::yard; }},
    {"fewer_tugs", "tugs", [](const Disruption& d) { return d.fewer_tugs.has_value(); },
     [](const DisruptedPart& part) {
         return part.part == TerminalPart::tugs || (part.terminal.valid() && part.part == TerminalPart::whole);
     }},
    {"fewer_chambers", "chambers", [](const Disruption& d) { return d.fewer_chambers.has_value(); },
     [](const DisruptedPart& part) { return part.lock.valid(); }},
    {"fewer_vehicles", "vehicles of its own", [](const Disruption& d) { return d.fewer_vehicles.has_value(); },
     [](const DisruptedPart& part) { return part.fleet.valid() || (part.service.valid() && !part.direction); }},
}};

void check_effect(Reader& reader, const Item& at, const Disruption& disruption, const DisruptedPart& part) {
    std::vector<std::string_view> fitting;
    for (const DisruptionEffect& effect : kEffects) {
        if (effect.fits(part)) fitting.push_back(effect.key);
    }
    for (const DisruptionEffect& effect : kEffects) {
        if (!effect.given(disruption) || effect.fits(part)) continue;
        reader.error(at, fmt::format("'{}' has no {}", part.subject, effect.missing),
                     fmt::format("use '{}'", fmt::join(fitting, "' or '")));
    }
}

/// What a terminal lacks that is to be disrupted; empty where it is there.
std::string lack_of(const Terminal& terminal, TerminalPart part) {
    switch (part) {
        case TerminalPart::whole:
            return "";
        case TerminalPart::quay:
            return terminal.cranes[static_cast<std::size_t>(Mode::waterway)] ? "" : "no barge handling";
        case TerminalPart::rail:
            return terminal.cranes[static_cast<std::size_t>(Mode::railway)] ? "" : "no train handling";
        case TerminalPart::yard:
            return terminal.yard_cranes ? "" : "no yard cranes";
        case TerminalPart::gate:
            return terminal.gate ? "" : "no gate";
        case TerminalPart::tugs:
            return terminal.tugs ? "" : "no tugs";
    }
    return "";
}

void check_parts(Reader& reader, const Item& item, const Disruption& disruption) {
    const Node* const of = child(item.node, "of");
    for (std::size_t i = 0; i < disruption.of.size(); ++i) {
        const DisruptedPart& part = disruption.of[i];
        const Item at = item.at("of", *of).at(i, (*of->as<Array>())[i]);
        check_effect(reader, at, disruption, part);
        if (!part.terminal.valid()) continue;
        const Terminal& terminal = reader.scenario().terminals[part.terminal];
        const std::string lack = lack_of(terminal, disruption.fewer_tugs ? TerminalPart::tugs : part.part);
        if (lack.empty()) continue;
        const bool is_gate = part.part == TerminalPart::gate;
        reader.error(at, fmt::format("terminal '{}' has {}", terminal.id, lack),
                     is_gate ? "give it one that is always open: gate = {}" : "");
    }
}

}  // namespace

const Keys<Disruption>& disruption_keys() {
    static const Keys<Disruption> keys{
        name_key<Disruption>(),
        Key<Disruption>("of", &Disruption::of, list_of(DisruptedPartForm{}))
            .required()
            .means("What is disrupted, as in the subjects of measures: terminals, or their quay, rail, yard (cranes), "
                   "gate "
                   "or tugs; locks; fleets; services, links, or one of their directions.")
            .example("[\"terminal.guoyuan.quay\"]"),
        Key<Disruption>("closed", &Disruption::closed, TrueForm{})
            .required()
            .one_of(kEffect)
            .means("No crane move starts, no berth is given, nothing passes the gate; no tug and no chamber starts; no "
                   "departure is made; no vehicle enters the link.")
            .example("true"),
        Key<Disruption>("slowed", &Disruption::slowed, QuantityForm{{kNumber}, kSlowness})
            .required()
            .one_of(kEffect)
            .means("Crane moves, lockages and tugs that start, and runs that begin, take so many times as long.")
            .example("1.5"),
        Key<Disruption>("fewer_cranes", &Disruption::fewer_cranes, count(kServersOut))
            .required()
            .one_of(kEffect)
            .means("So many cranes start no move.")
            .example("1"),
        Key<Disruption>("crane_share", &Disruption::crane_share, QuantityForm{{kNumber}, kShare})
            .required()
            .one_of(kEffect)
            .means("This share of the cranes starts no move, at least one.")
            .example("0.5"),
        Key<Disruption>("fewer_berths", &Disruption::fewer_berths, count(kServersOut))
            .required()
            .one_of(kEffect)
            .means("So many berths (tracks) are not given when they are free.")
            .example("1"),
        Key<Disruption>("fewer_tugs", &Disruption::fewer_tugs, count(kServersOut))
            .required()
            .one_of(kEffect)
            .means("So many tugs are not sent when they are free.")
            .example("1"),
        Key<Disruption>("fewer_chambers", &Disruption::fewer_chambers, count(kServersOut))
            .required()
            .one_of(kEffect)
            .means("So many chambers of a lock start nothing, of each direction where they are one-way.")
            .example("1"),
        Key<Disruption>("fewer_vehicles", &Disruption::fewer_vehicles, count(kVehiclesOut))
            .required()
            .one_of(kEffect)
            .means("So many vehicles of the fleet, or of the service that has them for itself, stay where they wait.")
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
