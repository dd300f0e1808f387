#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/law_form.h"
#include "scenario/opening_form.h"
#include "scenario/time_form.h"
#include "scenario/tugs_form.h"

namespace corridor::scenario {
namespace {

constexpr std::string_view kUnlimited = "unlimited";
constexpr Bounds kServers{.low = 1, .high = kMostPlaces};
constexpr Bounds kWaitingPlaces{.low = 0, .high = kMostPlaces};
constexpr auto kWaterway = static_cast<std::size_t>(Mode::waterway);
constexpr auto kRailway = static_cast<std::size_t>(Mode::railway);

bool is_unlimited(const Node& node) {
    const std::string* const text = node.as<std::string>();
    return text != nullptr && *text == kUnlimited;
}

Shape unlimited_shape() { return {.kind = Shape::Kind::choice, .words = {kUnlimited}}; }

/// A number of servers, or "unlimited".
struct PlacesForm {
    using Value = Places;
    Bounds bounds = kServers;

    Shape shape() const { return {.kind = Shape::Kind::any_of, .parts = {count(bounds).shape(), unlimited_shape()}}; }
    std::optional<Places> read(Reader& reader, const Item& item) const {
        if (is_unlimited(item.node)) return Places{};
        const std::optional<Param> number = count(bounds).read(reader, item);
        return number ? std::optional(Places{*number}) : std::nullopt;
    }
};

struct CranesDraft {
    Places count;
    std::optional<Param> rate;
    std::optional<Law> move_time;
    std::optional<Breakdowns> breakdowns;
    std::vector<CraneOutage> out;
    std::optional<Param> per_vehicle;
    CraneSharing sharing = CraneSharing::first_come;
};

struct OutageRow {
    std::optional<Instant> from;
    std::optional<Instant> to;
    std::optional<Param> cranes;
};

const Keys<OutageRow>& outage_keys() {
    static const Keys<OutageRow> keys{
        Key<OutageRow>("from", &OutageRow::from, InstantForm{}).required().means("Its start.").example("2020-02-03"),
        Key<OutageRow>("to", &OutageRow::to, InstantForm{})
            .required()
            .means("Its end, which is not part of it.")
            .example("2020-02-10T12:00:00"),
        Key<OutageRow>("cranes", &OutageRow::cranes, count(kServers))
            .means("How many cranes are out; default: all.")
            .example("1"),
    };
    return keys;
}

/// { from, to, cranes }
struct OutageForm {
    using Value = CraneOutage;

    Shape shape() const { return {.kind = Shape::Kind::table, .keys = &outage_keys().infos()}; }

    std::optional<CraneOutage> read(Reader& reader, const Item& item) const {
        OutageRow row;
        if (!outage_keys().read(reader, item, row) || !row.from || !row.to) return std::nullopt;
        if (!check_window(reader, item, *row.from, *row.to)) return std::nullopt;
        return CraneOutage{*row.from, *row.to, row.cranes};
    }
};

const Keys<CranesDraft>& cranes_keys() {
    static const Keys<CranesDraft> keys{
        Key<CranesDraft>("count", &CranesDraft::count, PlacesForm{})
            .required()
            .means("How many cranes, or \"unlimited\".")
            .example("3"),
        Key<CranesDraft>("rate", &CranesDraft::rate, quantity(kMoveRate, kPositive))
            .one_of("pace")
            .means("Net moves of one crane per hour; every move takes the same time.")
            .example("\"25 moves/h\""),
        Key<CranesDraft>("move_time", &CranesDraft::move_time, LawForm{})
            .one_of("pace")
            .means("Time that one move takes: a duration or a law. Unlimited cranes need none (default 0).")
            .example("{ law = \"exponential\", mean = \"4 min\" }"),
        Key<CranesDraft>("breakdowns", &CranesDraft::breakdowns, TableForm<Breakdowns>{breakdowns_keys()})
            .means("How each crane fails and is repaired; a move goes on after the repair. Default: never.")
            .example("{ time_to_failure = { law = \"exponential\", mean = \"200 h\" }, time_to_repair = \"6 h\", "
                     "gangs = 1 }"),
        Key<CranesDraft>("out", &CranesDraft::out, list_of(OutageForm{}))
            .means("Dated windows in which some of the cranes start no move.")
            .example("[{ from = 2020-02-03, to = 2020-02-10, cranes = 1 }]"),
        Key<CranesDraft>("cranes_per_vehicle", &CranesDraft::per_vehicle, count(kServers))
            .means("Most that work on one vehicle at a time; default: no limit.")
            .example("2"),
        Key<CranesDraft>(
            "sharing", &CranesDraft::sharing,
            ChoiceForm<CraneSharing>{{"first-come", CraneSharing::first_come}, {"even", CraneSharing::even}})
            .or_else("\"first-come\"")
            .means("Which of the vehicles that wait for moves gets a free crane: who asked first, or who has the "
                   "fewest at work.")
            .example("\"even\""),
    };
    return keys;
}

const Keys<Berths>& berths_keys(Mode mode) {
    const auto make = [](std::string_view time_key, std::string_view time_meaning) {
        return Keys<Berths>{
            Key<Berths>("count", &Berths::count, PlacesForm{})
                .required()
                .means("How many, or \"unlimited\".")
                .example("6"),
            Key<Berths>(time_key, &Berths::entry_time, LawForm{})
                .or_else("\"0 h\"")
                .means(time_meaning)
                .example("\"1 h\""),
            Key<Berths>("waiting_places", &Berths::waiting_places, PlacesForm{kWaitingPlaces})
                .or_else("\"unlimited\"")
                .means("Places to wait for one; calls of background traffic that find them taken go elsewhere, "
                       "vehicles of "
                       "services wait in any case.")
                .example("2"),
        };
    };
    static const Keys<Berths> berths =
        make("berthing_time", "Time to berth before the first move: a duration or a law.");
    static const Keys<Berths> tracks =
        make("shunting_time", "Time to shunt in before the first move: a duration or a law.");
    return mode == Mode::waterway ? berths : tracks;
}

/// The table of a resource, or "unlimited" in its place for one that takes no time.
template <class T>
Shape resource_shape(const Keys<T>& keys) {
    const Shape table{.kind = Shape::Kind::table, .keys = &keys.infos(), .plain_means = {"count"}};
    return {.kind = Shape::Kind::any_of, .parts = {unlimited_shape(), table}};
}

/// Reads a resource's table. One with faults is there all the same, so that services may call.
template <class T>
T read_resource(Reader& reader, const Item& item, const Keys<T>& keys) {
    const Node count_alone{.value = Table{{"count", item.node}}, .place = item.place, .key = item.node.key};
    T resource;
    keys.read(reader, {is_unlimited(item.node) ? count_alone : item.node, item.path, item.place, item.origin},
              resource);
    return resource;
}

/// The time of one move.
Law move_time_of(Reader& reader, const Item& item, const CranesDraft& draft) {
    if (draft.move_time) return *draft.move_time;
    Quantity time{.path = item.path + ".move_time", .dimension = kDuration};
    time.rule = draft.rate ? QuantityRule::inverse : QuantityRule::assumed_default;
    if (draft.rate) time.operands = {*draft.rate};
    return {.durations = {reader.add(std::move(time), item.place)}};
}

struct CranesForm {
    using Value = Cranes;

    Shape shape() const { return resource_shape(cranes_keys()); }

    std::optional<Cranes> read(Reader& reader, const Item& item) const {
        const std::size_t known_faults = reader.fault_count();
        const CranesDraft draft = read_resource(reader, item, cranes_keys());
        const bool has_pace = draft.rate || draft.move_time;
        if (reader.fault_count() == known_faults && draft.count && !has_pace) {
            reader.error(item, "'rate' or 'move_time' is missing", "for example rate = \"25 moves/h\"");
        }
        return Cranes{draft.count,  move_time_of(reader, item, draft), draft.breakdowns, draft.out, draft.per_vehicle,
                      draft.sharing};
    }
};

struct BerthsForm {
    using Value = Berths;
    Mode mode;

    Shape shape() const { return resource_shape(berths_keys(mode)); }
    std::optional<Berths> read(Reader& reader, const Item& item) const {
        return read_resource(reader, item, berths_keys(mode));
    }
};

/// A degree of latitude or longitude.
NumberForm degrees(double limit) { return {{.low = -limit, .high = limit}}; }

template <std::size_t M>
auto& berths_of(Terminal& terminal) {
    return terminal.berths[M];
}

template <std::size_t M>
auto& cranes_of(Terminal& terminal) {
    return terminal.cranes[M];
}

const Keys<Hours>& gate_keys() {
    static const Keys<Hours> keys{
        Key<Hours>("opening", &Hours::opening, OpeningForm{})
            .means("Weekly hours in which containers come in and go out; default: always.")
            .example("[\"Mon-Fri 06:00-22:00\"]"),
        Key<Hours>("closed", &calendar_of<Hours>, list_of(ClosureForm{}))
            .means("Days, or from/to (exclusive), in which the gate is closed.")
            .example("[\"2020-01-24/2020-01-31\"]"),
        Key<Hours>("calendar", &calendar_of<Hours>, list_of(DatedWindowForm{}))
            .means("Dated changes of the gate's hours; later ones win, and win over `closed`.")
            .example("[{ from = 2020-01-25, to = 2020-01-26, status = \"open\" }]"),
    };
    return keys;
}

const Keys<Yard>& yard_keys() {
    static const Keys<Yard> keys{
        Key<Yard>("capacity", &Yard::capacity, quantity(kTeu, kPositive))
            .required()
            .means("Room in TEU, kept for a container from when it is let in or begins to be discharged until it is "
                   "loaded or collected.")
            .example("\"6000 TEU\""),
        Key<Yard>("when_full", &Yard::when_full,
                  ChoiceForm<FullYard>{{"wait", FullYard::wait}, {"turn-away", FullYard::turn_away}})
            .or_else("\"wait\"")
            .means("Whether containers that are released wait outside for room, or are turned away and counted as "
                   "lost. Vehicles wait in any case.")
            .example("\"turn-away\""),
    };
    return keys;
}

/// Berths that a terminal with cranes has without saying so.
Berths unlimited_berths(Reader& reader, const Item& item, std::string_view key) {
    Quantity time{.path = fmt::format("{}.{}.entry_time", item.path, key),
                  .dimension = kDuration,
                  .rule = QuantityRule::assumed_default};
    return {std::nullopt, {.durations = {reader.add(std::move(time), item.place)}}, std::nullopt};
}

void check_resources(Reader& reader, const Item& item, Terminal& terminal, Mode mode) {
    const auto m = static_cast<std::size_t>(mode);
    const bool is_waterway = mode == Mode::waterway;
    const std::string_view berths = is_waterway ? "berths" : "rail_tracks";
    const std::string_view cranes = is_waterway ? "quay_cranes" : "rail_cranes";
    const bool has_berths = child(item.node, berths) != nullptr;
    const bool has_cranes = child(item.node, cranes) != nullptr;
    if (has_berths && !has_cranes) {
        reader.error(item, fmt::format("'{}' has no use without '{}'", berths, cranes),
                     fmt::format("say how containers are moved, if need be {} = \"unlimited\"", cranes));
    }
    if (has_cranes && !has_berths) terminal.berths[m] = unlimited_berths(reader, item, berths);
}

}  // namespace

const Keys<Breakdowns>& breakdowns_keys() {
    static const Keys<Breakdowns> keys{
        Key<Breakdowns>("time_to_failure", &Breakdowns::time_to_failure, LawForm{})
            .required()
            .means(
                "From the repair of one of them, crane or other, to its next failure, at work or idle: a duration or a "
                "law.")
            .example("{ law = \"exponential\", mean = \"200 h\" }"),
        Key<Breakdowns>("time_to_repair", &Breakdowns::time_to_repair, LawForm{})
            .required()
            .means("Of one of them, once a gang has begun: a duration or a law.")
            .example("{ law = \"exponential\", mean = \"6 h\" }"),
        Key<Breakdowns>("gangs", &Breakdowns::gangs, PlacesForm{})
            .or_else("\"unlimited\"")
            .means("How many can be under repair at once, or \"unlimited\".")
            .example("1"),
    };
    return keys;
}

const Keys<Terminal>& terminal_keys() {
    static const Keys<Terminal> keys{
        name_key<Terminal>(),
        Key<Terminal>("latitude", &Terminal::latitude, degrees(90))
            .only_with("longitude")
            .means("Degrees north, WGS 84.")
            .example("29.6135"),
        Key<Terminal>("longitude", &Terminal::longitude, degrees(180))
            .only_with("latitude")
            .means("Degrees east, WGS 84.")
            .example("106.7306"),
        Key<Terminal>("berths", &berths_of<kWaterway>, BerthsForm{Mode::waterway})
            .means("Where barges lie; default: unlimited, where there are quay cranes.")
            .example("{ count = 6, berthing_time = \"1 h\" }"),
        Key<Terminal>("quay_cranes", &cranes_of<kWaterway>, CranesForm{})
            .means("What loads and discharges barges; a terminal without it takes none.")
            .example("{ count = 3, rate = \"25 moves/h\" }"),
        Key<Terminal>("rail_tracks", &berths_of<kRailway>, BerthsForm{Mode::railway})
            .means("Where trains stand; default: unlimited, where there are rail cranes.")
            .example("{ count = 13, shunting_time = \"30 min\" }"),
        Key<Terminal>("rail_cranes", &cranes_of<kRailway>, CranesForm{})
            .means("What loads and discharges trains; a terminal without it takes none.")
            .example("{ count = 3, move_time = { law = \"exponential\", mean = \"4 min\" } }"),
        Key<Terminal>("tugs", &Terminal::tugs, TugsForm{})
            .means("Tugs (or pilots) that barges need beside a berth; default: none are needed.")
            .example("{ count = 3, docking = { tugs = 2, time = \"1 h\" }, leaving = { tugs = 1, time = \"1 h\" } }"),
        Key<Terminal>("transfer_time", &Terminal::transfer_time, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Least time from discharge until ready for the next leg.")
            .example("\"2 h\""),
        Key<Terminal>("opening", &Terminal::opening, OpeningForm{})
            .means("Weekly hours in which crane moves may start; default: always.")
            .example("[\"Mon-Fri 06:00-22:00\", \"Sat 08:00-12:00\"]"),
        Key<Terminal>("closed", &calendar_of<Terminal>, list_of(ClosureForm{}))
            .means("Days, or from/to (exclusive), in which no crane move starts.")
            .example("[\"2020-01-24/2020-01-31\"]"),
        Key<Terminal>("calendar", &calendar_of<Terminal>, list_of(DatedWindowForm{}))
            .means("Dated changes of the opening hours; later ones win, and win over `closed`.")
            .example("[{ from = 2020-01-25, to = 2020-01-26, status = \"open\" }]"),
        Key<Terminal>("empties", &Terminal::empties, TableForm<EmptyStock>{empty_stock_keys()})
            .means("Its stock of empty containers, in a depot beside the yard.")
            .example("{ stock = { ft20 = 40 }, low = { ft20 = 10 }, high = { ft20 = 60 } }"),
        Key<Terminal>("cost", &Terminal::cost, terminal_cost_form())
            .means("What the cargo pays here.")
            .example("{ quay_lift = \"230 CNY/lift\", storage = \"12 CNY/TEU-d\", free_time = \"3 d\" }"),
        Key<Terminal>("emissions", &Terminal::emissions, hub_emissions_form())
            .means("Emissions of handling.")
            .example("{ wtt = \"2.4 kg CO2e/container\", ttw = \"9 kg CO2e/container\" }"),
        Key<Terminal>("yard", &Terminal::yard, TableForm<Yard>{yard_keys()})
            .means("Room for containers between their moves; default: room for all.")
            .example("{ capacity = \"6000 TEU\" }"),
        Key<Terminal>("yard_cranes", &Terminal::yard_cranes, CranesForm{})
            .means("What brings containers from quay or rail into the stack, and out of it to be loaded; default: "
                   "that takes no move of its own.")
            .example("{ count = 4, rate = \"15 moves/h\" }"),
        Key<Terminal>("gate", &Terminal::gate, TableForm<Hours>{gate_keys()})
            .means("When containers that are released come in, and those that are collected leave; default: always.")
            .example("{ opening = [\"Mon-Fri 06:00-22:00\"] }"),
        Key<Terminal>("transfer", &Terminal::transfer,
                      ChoiceForm<Transfer>{{"yard", Transfer::yard}, {"direct", Transfer::direct}})
            .or_else("\"yard\"")
            .means("Whether a container that changes between a vessel and a train that are both there goes through "
                   "the yard, or in one lift from one to the other.")
            .example("\"direct\""),
    };
    return keys;
}

void check_terminal(Reader& reader, const Item& item, Terminal& terminal) {
    check_opening(reader, item,
                  "leave `opening` out for always; for never, give the terminal no cranes or close it by `closed`");
    if (const Node* const gate = child(item.node, "gate")) {
        check_opening(reader, item.at("gate", *gate), "leave `opening` out for always");
    }
    for (const Mode mode : kModes) check_resources(reader, item, terminal, mode);
    check_tugs(reader, item);
    const Node* const yard_cranes = child(item.node, "yard_cranes");
    for (const std::string_view key : {"cranes_per_vehicle", "sharing"}) {
        if (yard_cranes == nullptr || child(*yard_cranes, key) == nullptr) continue;
        reader.error(item.at("yard_cranes", *yard_cranes),
                     fmt::format("'{}' has no use here (yard cranes serve the stack, not a vehicle)", key),
                     "leave it out");
    }
    const bool has_both = terminal.cranes[kWaterway] && terminal.cranes[kRailway];
    if (terminal.transfer == Transfer::direct && !has_both) {
        reader.error(item.at("transfer", *child(item.node, "transfer")),
                     "a direct transfer needs both quay cranes and rail cranes (one lift takes a container from a "
                     "vessel to a train, or back)",
                     "leave out 'transfer', or say how the other vehicles are handled");
    }
}

}  // namespace corridor::scenario
