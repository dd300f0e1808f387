#include <fmt/format.h>

#include <limits>

#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/law_form.h"
#include "scenario/months_form.h"
#include "scenario/time_form.h"
#include "scenario/words.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kPriorities{.low = 0, .high = 9};
constexpr Bounds kItineraries{.low = 1, .high = 16};
constexpr Bounds kReleased{.low = 1, .high = 1e6};

ChoiceForm<RouteChoice> choice_words() {
    return {{"timetable", RouteChoice::timetable},
            {"cheapest", RouteChoice::cheapest},
            {"logit", RouteChoice::logit},
            {"adaptive", RouteChoice::adaptive}};
}

ChoiceForm<ReleaseProcess> process_words() {
    return {{"poisson", ReleaseProcess::poisson}, {"even", ReleaseProcess::even}, {"listed", ReleaseProcess::listed}};
}

struct ReleaseDraft {
    std::optional<Instant> time;
    int containers = 1;
};

const Keys<ReleaseDraft>& release_keys() {
    static const Keys<ReleaseDraft> keys{
        Key<ReleaseDraft>("time", &ReleaseDraft::time, InstantForm{})
            .required()
            .means("When the containers are ready to leave the origin.")
            .example("2020-01-01T05:00:00"),
        Key<ReleaseDraft>("containers", &ReleaseDraft::containers, WholeForm<int>{kReleased})
            .or_else("1")
            .means("How many.")
            .example("3"),
    };
    return keys;
}

/// Releases one by one, or the CSV file that holds them (read before, so a text here could not be).
struct ReleasesForm {
    using Value = std::vector<ListedRelease>;

    Shape shape() const {
        const Shape row{.kind = Shape::Kind::table, .keys = &release_keys().infos()};
        const Shape file{.kind = Shape::Kind::text, .meaning = "a CSV file beside the scenario"};
        return {.kind = Shape::Kind::any_of, .parts = {{.kind = Shape::Kind::list, .parts = {row}}, file}};
    }

    std::optional<Value> read(Reader& reader, const Item& item) const {
        const auto drafts = list_of(TableForm<ReleaseDraft>{release_keys()}).read(reader, item);
        if (!drafts) return std::nullopt;
        Value releases;
        for (const ReleaseDraft& draft : *drafts) {
            if (draft.time) releases.push_back({*draft.time, draft.containers});
        }
        std::ranges::stable_sort(releases, {}, &ListedRelease::time);
        return releases;
    }
};

using BoxShares = std::array<std::optional<Param>, kBoxSizes.size()>;

template <BoxSize S>
std::optional<Param>& share_of(BoxShares& shares) {
    return shares[static_cast<std::size_t>(S)];
}

const Keys<BoxShares>& box_share_keys() {
    const auto key = [](std::string_view name, auto member, std::string_view meaning) {
        return Key<BoxShares>(name, member, share()).or_else("0").means(meaning).example("0.6");
    };
    static const Keys<BoxShares> keys{
        key("ft20", &share_of<BoxSize::ft20>, "Share of containers of 20 ft (1 TEU)."),
        key("ft40", &share_of<BoxSize::ft40>, "Share of containers of 40 ft (2 TEU)."),
        key("ft45", &share_of<BoxSize::ft45>, "Share of containers of 45 ft (2.25 TEU)."),
    };
    return keys;
}

struct BoxShareForm {
    using Value = std::array<Param, kBoxSizes.size()>;

    Shape shape() const { return {.kind = Shape::Kind::table, .keys = &box_share_keys().infos()}; }

    std::optional<Value> read(Reader& reader, const Item& item) const {
        const std::size_t known_faults = reader.fault_count();
        BoxShares shares;
        box_share_keys().read(reader, item, shares);
        if (reader.fault_count() > known_faults) return std::nullopt;
        check_shares(reader, item, {*shares[0], *shares[1], *shares[2]});
        return Value{*shares[0], *shares[1], *shares[2]};
    }
};

}  // namespace

// A table. NOLINTNEXTLINE(readability-function-size)
const Keys<Demand>& demand_keys() {
    constexpr std::string_view kAmount = "amount";
    static const Keys<Demand> keys{
        name_key<Demand>(),
        Key<Demand>("from", &Demand::from, ReferenceForm<Terminal>{"the id of a terminal"})
            .required()
            .means("The origin.")
            .example("\"yibin\""),
        Key<Demand>("to", &Demand::to, ReferenceForm<Terminal>{"the id of a terminal"})
            .required()
            .means("The destination.")
            .example("\"guoyuan\""),
        Key<Demand>("volume", &Demand::volume, either(kContainers, kTeu))
            .required()
            .one_of(kAmount)
            .means("Containers or TEU over the period.")
            .example("\"15900 containers\""),
        Key<Demand>("rate", &Demand::rate, either(kContainerRate, kTeuRate))
            .required()
            .one_of(kAmount)
            .means("Containers or TEU per time.")
            .example("\"60 TEU/week\""),
        Key<Demand>("releases", &Demand::listed, ReleasesForm{})
            .required()
            .one_of(kAmount)
            .means("Each release by date and time, or a CSV table with the columns demand, time and containers.")
            .example("[{ time = 2020-01-01T05:00:00, containers = 3 }]"),
        Key<Demand>("profile", &Demand::profile,
                    MonthsForm{{{kNumber}, kNotNegative}, "{ 2020-01 = 0.9, 2020-02 = 0.52 }"})
            .means("Relative rate by month, warm-up included; months that are not named have 1. A volume is shared in "
                   "proportion.")
            .example("{ 2020-01 = 0.9, 2020-02 = 0.52 }"),
        Key<Demand>("release", &Demand::release, process_words())
            .or_else("\"poisson\"")
            .means("How consignments follow each other: at random, at even distances, or as listed (the default with "
                   "`releases`).")
            .example("\"even\""),
        Key<Demand>("consignment", &Demand::consignment, positive_counts())
            .or_else("1")
            .means("Containers released together: a number or a distribution.")
            .example("{ sizes = [1, 2, 4], shares = [0.3, 0.4, 0.3] }"),
        Key<Demand>("box_share", &Demand::box_share, BoxShareForm{})
            .or_else("{ ft20 = 1 }")
            .means("Share of containers by size; they add up to 1.")
            .example("{ ft20 = 0.6, ft40 = 0.4 }"),
        Key<Demand>("empty_share", &Demand::empty_share, share())
            .or_else("0")
            .means("Share of containers that are empty.")
            .example("0.3"),
        Key<Demand>("tonnes_per_teu", &Demand::tonnes_per_teu, quantity(kMassPerTeu))
            .or_else("\"10 t/TEU\"")
            .means("Mass of a laden TEU with its box; the default is the average of the GLEC framework.")
            .example("\"14 t/TEU\""),
        Key<Demand>("tonnes_per_teu_empty", &Demand::tonnes_per_teu_empty, quantity(kMassPerTeu))
            .or_else("\"2 t/TEU\"")
            .means("Mass of an empty TEU.")
            .example("\"2.2 t/TEU\""),
        Key<Demand>("priority", &Demand::priority, WholeForm<int>{kPriorities})
            .or_else("0")
            .means("At cranes and for boarding, who has the higher goes first; a move under way is finished.")
            .example("1"),
        Key<Demand>("move_time", &Demand::move_time, LawForm{})
            .means(
                "Time of one crane move of these containers, where cranes have a count: a duration or a law; default: "
                "that of the cranes.")
            .example("\"5 min\""),
        Key<Demand>("patience", &Demand::patience, LawForm{})
            .means("A container that has waited this long at its origin goes by road: a duration or a law; default: it "
                   "waits for ever.")
            .example("{ law = \"exponential\", mean = \"72 h\" }"),
        Key<Demand>("collected_after", &Demand::collected_after, LawForm{})
            .means("Time from discharge at the destination until it leaves the yard; default: at once.")
            .example("{ law = \"uniform\", low = \"24 h\", high = \"96 h\" }"),
        Key<Demand>("itineraries", &Demand::itineraries, WholeForm<int>{kItineraries})
            .or_else("3")
            .means("How many alternatives are considered at release.")
            .example("1"),
        Key<Demand>("via", &Demand::via, list_of(ReferenceForm<Service>{"the id of a service"}))
            .means("Services to use, in order; default: any.")
            .example("[\"yibin-guoyuan\"]"),
        Key<Demand>("choice", &Demand::choice, choice_words())
            .or_else("\"timetable\"")
            .means("How a container chooses among its itineraries and the road when it is released: the one that "
                   "arrives first by the timetable, the one expected to take the least time (`cheapest`), at random by "
                   "a `logit` of the expected times, or the one that arrives first given the queues as they stand "
                   "(`adaptive`).")
            .example("\"adaptive\""),
        Key<Demand>("logit_scale", &Demand::logit_scale, quantity(kFrequency))
            .means("For `logit`: by how much the logarithm of a share falls with each hour more (of generalised "
                   "cost, where there is a `value_of_time`).")
            .example("\"0.2 /h\""),
        Key<Demand>("road_time", &Demand::road_time, LawForm{})
            .means("Time from door to door by road, an alternative that is always open; default: there is none.")
            .example("\"9 h\""),
        Key<Demand>("takes_empties", &Demand::takes_empties, TrueForm{})
            .means("Each container is one of the origin's stock of empties, or waits until one is there.")
            .example("true"),
        Key<Demand>("returns_empties", &Demand::returns_empties, TrueForm{})
            .means("Each container comes into the destination's stock of empties when it is delivered.")
            .example("true"),
        Key<Demand>("emptied_after", &Demand::emptied_after, LawForm{})
            .only_with("returns_empties")
            .means("Time from its delivery until a laden container is emptied and back in the stock: a duration or a "
                   "law; default: at once.")
            .example("{ law = \"uniform\", low = \"24 h\", high = \"96 h\" }"),
        Key<Demand>("road_cost", &Demand::road_cost, price_per({kContainers, kTeu, kLength, kTeuKm}))
            .means("What the cargo pays by road: per container or TEU, or by `road_distance` per km of a container or "
                   "TEU-km.")
            .example("\"3000 CNY/container\""),
        Key<Demand>("road_distance", &Demand::road_distance, quantity(kLength))
            .means("Distance from door to door by road.")
            .example("\"340 km\""),
        Key<Demand>("road_emissions", &Demand::road_emissions, vehicle_emissions_form())
            .means("Emissions by road, by `road_distance`; a vehicle takes one container.")
            .example("{ wtt = \"18 g CO2e/t-km\", ttw = \"62 g CO2e/t-km\" }"),
        Key<Demand>("value_of_time", &Demand::value_of_time,
                    QuantityForm{{kMoney / kContainerHours, kMoney / kTeuHours}, kPositive})
            .means("What an hour is worth: the choice then weighs time and what the cargo pays; default: time alone.")
            .example("\"4 CNY/TEU-h\""),
        Key<Demand>("transfer_penalty", &Demand::transfer_penalty, quantity(kDuration))
            .means("What a change of vehicle counts in the choice, beside the time it takes; default: nothing.")
            .example("\"6 h\""),
    };
    return keys;
}

namespace {

void check_choice(Reader& reader, const Item& item, const Demand& demand) {
    const Node* const scale = child(item.node, "logit_scale");
    if (scale != nullptr && demand.choice != RouteChoice::logit) {
        reader.error(item, "'logit_scale' is of no use here (the choice is not 'logit')",
                     "write choice = \"logit\", or leave 'logit_scale' out");
    }
    const Node* const choice = child(item.node, "choice");
    if (choice != nullptr && scale == nullptr && demand.choice == RouteChoice::logit) {
        reader.error(item.at("choice", *choice), "'logit_scale' is missing (it says how much an hour counts)",
                     "for example logit_scale = \"0.2 /h\"");
    }
}

// Who loses patience is found to have left when its vehicle loads: too late to leave its empty to others.
void check_empties_of(Reader& reader, const Item& item, const Demand& demand) {
    const Node* const patience = child(item.node, "patience");
    if (patience == nullptr || !(demand.takes_empties || demand.returns_empties)) return;
    reader.error(item.at("patience", *patience),
                 fmt::format("'patience' does not go with '{}' (such containers wait for their vehicle)",
                             demand.takes_empties ? "takes_empties" : "returns_empties"),
                 "leave one of them out");
}

}  // namespace

void check_demand(Reader& reader, const Item& item, Demand& demand) {
    if (demand.from.valid() && demand.from == demand.to) {
        reader.error(item.at("to", *child(item.node, "to")),
                     fmt::format("origin and destination are the same terminal '{}'",
                                 reader.scenario().terminals[demand.from].id));
    }
    check_choice(reader, item, demand);
    check_empties_of(reader, item, demand);
    check_cost(reader, item, demand);
    const Node* const release = child(item.node, "release");
    const bool has_list = child(item.node, "releases") != nullptr;
    if (has_list && release == nullptr) demand.release = ReleaseProcess::listed;
    if (has_list == (demand.release == ReleaseProcess::listed)) return;
    if (has_list) {
        reader.error(item.at("release", *release), "releases are listed, so they cannot be drawn",
                     "leave 'release' out, or give 'volume' or 'rate' instead of 'releases'");
    } else {
        reader.error(item.at("release", *release), "'releases' is missing (they are said to be listed)");
    }
}

namespace {

struct CallDraft {
    std::optional<Instant> time;
    Param stay;
};

const Keys<CallDraft>& call_keys() {
    static const Keys<CallDraft> keys{
        Key<CallDraft>("time", &CallDraft::time, InstantForm{})
            .required()
            .means("When the vehicle arrives.")
            .example("2020-01-01T00:00:00"),
        Key<CallDraft>("stay", &CallDraft::stay, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Time at the berth beside berthing and moves.")
            .example("\"5 h\""),
    };
    return keys;
}

struct CallsForm {
    using Value = std::vector<Background::Call>;

    Shape shape() const { return list_of(TableForm<CallDraft>{call_keys()}).shape(); }

    std::optional<Value> read(Reader& reader, const Item& item) const {
        const auto drafts = list_of(TableForm<CallDraft>{call_keys()}).read(reader, item);
        if (!drafts) return std::nullopt;
        Value calls;
        for (const CallDraft& draft : *drafts) {
            if (draft.time) calls.push_back({*draft.time, draft.stay});
        }
        std::ranges::stable_sort(calls, {}, &Background::Call::time);
        return calls;
    }
};

}  // namespace

const Keys<Background>& background_keys() {
    static const Keys<Background> keys{
        name_key<Background>(),
        Key<Background>("terminal", &Background::terminal, ReferenceForm<Terminal>{"the id of a terminal"})
            .required()
            .means("Where the vehicles call.")
            .example("\"guoyuan\""),
        Key<Background>("mode", &Background::mode, mode_words())
            .required()
            .means("Whether they take berths and quay cranes, or tracks and rail cranes.")
            .example("\"waterway\""),
        Key<Background>("rate", &Background::rate, quantity(kFrequency))
            .required()
            .one_of("amount")
            .means("Calls per time.")
            .example("\"40 /week\""),
        Key<Background>("calls", &Background::listed, CallsForm{})
            .required()
            .one_of("amount")
            .means("Each call by date and time.")
            .example("[{ time = 2020-01-01T00:00:00, stay = \"5 h\" }]"),
        Key<Background>(
            "arrivals", &Background::arrivals,
            ChoiceForm<ReleaseProcess>{{"poisson", ReleaseProcess::poisson}, {"even", ReleaseProcess::even}})
            .only_with("rate")
            .or_else("\"poisson\"")
            .means("How calls follow each other: at random or at even distances.")
            .example("\"even\""),
        Key<Background>("moves", &Background::moves, counts())
            .or_else("0")
            .means("Crane moves per call: a number or a distribution.")
            .example("120"),
        Key<Background>("teu_per_move", &Background::teu_per_move, QuantityForm{{kNumber}, kPositive})
            .or_else("1.5")
            .means("TEU per move, for lifts counted in TEU.")
            .example("1.6"),
        Key<Background>("stay", &Background::stay, LawForm{})
            .or_else("\"0 h\"")
            .means("Time at the berth beside berthing and moves: a duration or a law.")
            .example("\"2 h\""),
    };
    return keys;
}

void check_background(Reader& reader, const Item& item, Background& background) {
    if (!background.listed.empty()) background.arrivals = ReleaseProcess::listed;
    const Node* const mode = child(item.node, "mode");
    if (!background.terminal.valid() || mode == nullptr) return;
    const Terminal& terminal = reader.scenario().terminals[background.terminal];
    if (terminal.cranes[static_cast<std::size_t>(background.mode)]) return;
    reader.error(item.at("mode", *mode),
                 fmt::format("terminal '{}' has no {} handling", terminal.id, handling_word(background.mode)));
}

}  // namespace corridor::scenario
