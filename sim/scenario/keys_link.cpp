#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corridor/scenario/limits.h"
#include "scenario/depth_form.h"
#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/law_form.h"
#include "scenario/months_form.h"
#include "scenario/opening_form.h"
#include "scenario/quantity_form.h"
#include "scenario/words.h"

namespace corridor::scenario {
namespace {

/// Takes the depths of the months.
struct MonthlyDepth {
    Link& link;
    void operator=(const std::map<int, Param>& by_month) { link.depth = depth_steps(by_month); }
};

constexpr Bounds kTracks{.low = 1, .high = kMostPlaces};
constexpr Bounds kCrossingPlaces{.low = 0, .high = kMostPlaces};

using PerDirection = std::array<std::optional<Param>, 2>;

template <Direction D>
std::optional<Param>& along(PerDirection& pair) {
    return pair[static_cast<std::size_t>(D)];
}

Keys<PerDirection> direction_keys(const QuantityForm& form, std::string_view example) {
    const auto key = [&](std::string_view name, auto member, std::string_view group, std::string_view meaning) {
        return Key<PerDirection>(name, member, form).required().one_of(group).means(meaning).example(example);
    };
    return {
        key("forward", &along<Direction::forward>, "along", "Along the link, from -> to."),
        key("downstream", &along<Direction::forward>, "along", "Along the link, on a waterway."),
        key("backward", &along<Direction::backward>, "against", "Against the link, to -> from."),
        key("upstream", &along<Direction::backward>, "against", "Against the link, on a waterway."),
    };
}

/// One quantity for both directions, or a table with one for each.
struct PerDirectionForm {
    using Value = PerDirection;
    const QuantityForm& form;
    const Keys<PerDirection>& keys;

    Shape shape() const {
        const Shape table{.kind = Shape::Kind::table, .keys = &keys.infos(), .plain_means = {"forward", "backward"}};
        return {.kind = Shape::Kind::any_of, .parts = {form.shape(), table}};
    }

    std::optional<PerDirection> read(Reader& reader, const Item& item) const {
        PerDirection pair;
        const bool names_directions = std::ranges::any_of(
            keys.infos(), [&](const KeyInfo& key) { return child(item.node, key.name) != nullptr; });
        if (names_directions) {
            keys.read(reader, item, pair);
        } else {
            pair.fill(form.read(reader, item));
        }
        return pair;
    }
};

PerDirectionForm speeds() {
    static const QuantityForm form = quantity(kSpeed, kPositive);
    static const Keys<PerDirection> keys = direction_keys(form, "\"10.5 km/h\"");
    return {form, keys};
}

PerDirectionForm running_times() {
    static const QuantityForm form = quantity(kDuration);
    static const Keys<PerDirection> keys = direction_keys(form, "\"12 h\"");
    return {form, keys};
}

/// [longitude, latitude]
struct PositionForm {
    using Value = std::pair<double, double>;

    Shape shape() const { return list_of(NumberForm{}).shape(); }

    std::optional<Value> read(Reader& reader, const Item& item) const {
        const auto numbers = list_of(NumberForm{{.low = -180, .high = 180}}).read(reader, item);
        if (!numbers) return std::nullopt;
        if (numbers->size() != 2) {
            reader.error(item, fmt::format("expected [longitude, latitude], got {} numbers", numbers->size()));
            return std::nullopt;
        }
        return Value{numbers->front(), numbers->back()};
    }
};

}  // namespace

const Keys<Link>& link_keys() {
    static const Keys<Link> keys{
        name_key<Link>(),
        Key<Link>("mode", &Link::mode, mode_words()).required().means("Waterway or railway.").example("\"waterway\""),
        Key<Link>("from", &Link::from, ReferenceForm<Terminal>{"the id of a terminal"})
            .required()
            .means("Where it starts: the upper end of a waterway.")
            .example("\"luzhou\""),
        Key<Link>("to", &Link::to, ReferenceForm<Terminal>{"the id of a terminal"})
            .required()
            .means("Where it ends; downstream is from -> to.")
            .example("\"guoyuan\""),
        Key<Link>("length", &Link::length, quantity(kLength))
            .required()
            .means("Its length along the water or the rails.")
            .example("\"275 km\""),
        Key<Link>("speed", &Link::speed, speeds())
            .required()
            .one_of("pace")
            .means("Speed over ground, in both directions or in each.")
            .example("{ downstream = \"16 km/h\", upstream = \"10.5 km/h\" }"),
        Key<Link>("running_time", &Link::running_time, running_times())
            .required()
            .one_of("pace")
            .means("Time from end to end instead of a speed, in both directions or in each.")
            .example("\"12 h\""),
        Key<Link>("extra_time", &Link::extra_time, LawForm{})
            .means("Time that a passage takes beyond the running time: a duration or a law.")
            .example("{ law = \"exponential\", mean = \"30 min\" }"),
        Key<Link>("paths_per_day", &Link::paths_per_day, QuantityForm{{kNumber}, kPositive})
            .means("Trains per direction and day that the line has room for, evenly spread from midnight on.")
            .example("10"),
        Key<Link>("headway", &Link::headway, quantity(kDuration, kPositive))
            .means("Least time between vehicles of one direction that enter it.")
            .example("\"8 min\""),
        Key<Link>(
            "traffic", &Link::traffic,
            ChoiceForm<LinkTraffic>{{"both-ways", LinkTraffic::both_ways}, {"alternating", LinkTraffic::alternating}})
            .or_else("\"both-ways\"")
            .means("Of a waterway: whether vessels meet on it, or only one direction is on it at a time.")
            .example("\"alternating\""),
        Key<Link>("tracks", &Link::tracks, count(kTracks))
            .means("Of a railway: on a single track only one direction is in a section at a time. Default: enough.")
            .example("1"),
        Key<Link>("crossing_places", &Link::crossing_places, count(kCrossingPlaces))
            .means("Places where the two directions can meet; they divide it into sections of equal length.")
            .example("3"),
        Key<Link>("opening", &Link::opening, OpeningForm{})
            .means("Weekly hours in which vehicles may enter it; default: always.")
            .example("[\"Mon-Sun 06:00-22:00\"]"),
        Key<Link>("closed", &calendar_of<Link>, list_of(ClosureForm{}))
            .means("Days, or from/to (exclusive), in which no vehicle enters it.")
            .example("[\"2020-08-17/2020-08-20\"]"),
        Key<Link>("calendar", &calendar_of<Link>, list_of(DatedWindowForm{}))
            .means("Dated changes of the opening hours; later ones win, and win over `closed`.")
            .example("[{ from = 2020-08-17, to = 2020-08-20, status = \"closed\" }]"),
        Key<Link>("depth", &Link::depth, DepthForm{})
            .one_of("water")
            .means("Of a waterway: how deep it is at its shallowest place, always or from each date on; at most 200 m. "
                   "Default: enough.")
            .example("[{ from = 2020-01-01, depth = \"2.7 m\" }, { from = 2020-05-10, depth = \"3.5 m\" }]"),
        Key<Link>(
            "depth_by_month", [](Link& link) { return MonthlyDepth{link}; },
            MonthsForm{quantity(kLength, kPositive), "{ 2020-01 = \"2.7 m\", 2020-05 = \"3.5 m\" }"})
            .one_of("water")
            .means("The same by month; a month that is not given is as deep as the one before.")
            .example("{ 2020-01 = \"2.7 m\", 2020-05 = \"3.5 m\" }"),
        Key<Link>("geometry", &Link::geometry, list_of(PositionForm{}))
            .means("Longitude and latitude of points along it, for maps.")
            .example("[[105.5, 28.9], [106.7, 29.6]]"),
    };
    return keys;
}

constexpr double kDeepestDraught = 30.0;  ///< m; the deepest ships there are have some 25 m
constexpr double kDeepestWater = 200.0;   ///< m; what is deeper need not be given

/// A length in m, its range included, that is more than there can be: cm or mm for m, or a point that was forgotten.
void check_metres(Reader& reader, const Item& item, Param length, double most) {
    constexpr double kMetresPerKm = 1000.0;
    if (!length.valid()) return;
    const Quantity& quantity = reader.quantity(length);
    const double written = std::max(quantity.value, quantity.range ? quantity.range->high : 0.0) * kMetresPerKm;
    if (written <= most) return;
    reader.error(item, fmt::format("must be at most {} m, got {:.10g} m", format_number(most), written));
}

void check_sections(Reader& reader, const Item& item, const Link& link) {
    const auto at = [&](std::string_view key) { return item.at(key, *child(item.node, key)); };
    if (link.tracks && link.mode != Mode::railway) {
        reader.error(at("tracks"), "only a railway has tracks", "use traffic = \"alternating\" for a waterway");
    }
    if (child(item.node, "traffic") != nullptr && link.mode != Mode::waterway) {
        reader.error(at("traffic"), "has a meaning only on a waterway", "use tracks = 1 for a single-track railway");
    }
    for (const std::string_view key : {"depth", "depth_by_month"}) {
        if (child(item.node, key) == nullptr) continue;
        if (link.mode != Mode::waterway) reader.error(at(key), "only a waterway has a depth");
        for (const DepthStep& step : link.depth) check_metres(reader, at(key), step.depth, kDeepestWater);
    }
    const bool alternates = link.traffic == LinkTraffic::alternating || link.tracks;
    if (link.crossing_places && !alternates) {
        reader.error(at("crossing_places"),
                     "'crossing_places' has no meaning (the two directions do not hinder each other)",
                     link.mode == Mode::railway ? "give tracks = 1" : "give traffic = \"alternating\"");
    }
}

void check_link(Reader& reader, const Item& item, Link& link) {
    const Node* const to = child(item.node, "to");
    if (to != nullptr && link.from.valid() && link.from == link.to) {
        reader.error(item.at("to", *to), "the link starts and ends at the same terminal");
    }
    if (link.paths_per_day && link.mode != Mode::railway) {
        reader.error(item.at("paths_per_day", *child(item.node, "paths_per_day")), "only a railway has paths");
    }
    check_sections(reader, item, link);
    check_opening(reader, item,
                  "leave `opening` out for always; for never, leave the link out or close it by `closed`");
}

const Keys<VehicleType>& vehicle_keys() {
    static const Keys<VehicleType> keys{
        name_key<VehicleType>(),
        Key<VehicleType>("mode", &VehicleType::mode, mode_words())
            .required()
            .means("A barge (waterway) or a train (railway).")
            .example("\"waterway\""),
        Key<VehicleType>("capacity", &VehicleType::capacity, quantity(kTeu, kPositive))
            .required()
            .one_of("room")
            .means("How much it holds, of any container anywhere.")
            .example("\"150 TEU\""),
        Key<VehicleType>("wagons", &VehicleType::wagons, count({.low = 1, .high = kMostWagons}))
            .required()
            .one_of("room")
            .means("Wagons of a train; each takes whole containers.")
            .example("25"),
        Key<VehicleType>("teu_per_wagon", &VehicleType::teu_per_wagon, count({.low = 1, .high = 4}))
            .only_with("wagons")
            .means("Places for 20-foot containers on a wagon: 1 to 4. Two take a 40-foot container, three one of 45 "
                   "feet.")
            .example("2"),
        Key<VehicleType>("payload", &VehicleType::payload, quantity(kMass, kPositive))
            .means("Mass of containers and cargo it can take; default: no limit.")
            .example("\"3000 t\""),
        Key<VehicleType>("emissions", &VehicleType::emissions, vehicle_emissions_form())
            .means("Emissions of its runs.")
            .example("{ wtt = \"6.8 g CO2e/t-km\", ttw = \"22.5 g CO2e/t-km\" }"),
        Key<VehicleType>("cranes", &VehicleType::cranes, count({.low = 1, .high = kMostPlaces}))
            .means("Cranes that can work on it at a time; default: no limit but the terminal's.")
            .example("2"),
        Key<VehicleType>("length", &VehicleType::length, quantity(kLength, kPositive))
            .only_with("beam")
            .means("Of a vessel, for locks whose chambers have a length and a width.")
            .example("\"110 m\""),
        Key<VehicleType>("beam", &VehicleType::beam, quantity(kLength, kPositive))
            .only_with("length")
            .means("Its greatest width.")
            .example("\"17 m\""),
        Key<VehicleType>("draught_empty", &VehicleType::draught_empty, quantity(kLength, kPositive))
            .only_with("draught_loaded")
            .means("Of a vessel without cargo, for links that have a depth; at most 30 m.")
            .example("\"1.1 m\""),
        Key<VehicleType>("draught_loaded", &VehicleType::draught_loaded, quantity(kLength, kPositive))
            .only_with("draught_empty")
            .means("With its whole `payload`, at most 30 m; between the two the draught grows evenly.")
            .example("\"3.5 m\""),
        Key<VehicleType>("keel_clearance", &VehicleType::keel_clearance, quantity(kLength))
            .only_with("draught_loaded")
            .means("Least water below its keel; default: 0 m.")
            .example("\"0.3 m\""),
    };
    return keys;
}

void check_vehicle(Reader& reader, const Item& item, VehicleType& vehicle) {
    const Node* const wagons = child(item.node, "wagons");
    if (wagons != nullptr && vehicle.mode == Mode::waterway)
        reader.error(item.at("wagons", *wagons), "only a train has wagons", "use 'capacity'");
    if (wagons != nullptr && child(item.node, "teu_per_wagon") == nullptr) {
        reader.error(item, "'teu_per_wagon' is missing", "for example teu_per_wagon = 2");
    }
    const auto at = [&](std::string_view key) { return item.at(key, *child(item.node, key)); };
    for (const std::string_view key : {"length", "draught_empty"}) {
        if (child(item.node, key) == nullptr || vehicle.mode == Mode::waterway) continue;
        reader.error(at(key), "only a vessel (mode = \"waterway\") has one that matters");
    }
    if (vehicle.draught_empty) check_metres(reader, at("draught_empty"), *vehicle.draught_empty, kDeepestDraught);
    if (vehicle.draught_loaded) check_metres(reader, at("draught_loaded"), *vehicle.draught_loaded, kDeepestDraught);
    if (vehicle.keel_clearance) check_metres(reader, at("keel_clearance"), *vehicle.keel_clearance, kDeepestDraught);
    if (vehicle.draught_loaded && !vehicle.payload) {
        reader.error(at("draught_loaded"), "'payload' is missing (the load at this draught)",
                     "for example payload = \"3000 t\"");
    }
}

}  // namespace corridor::scenario
