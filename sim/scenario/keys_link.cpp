#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/quantity_form.h"
#include "scenario/words.h"

namespace corridor::scenario {
namespace {

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
        Key<Link>("paths_per_day", &Link::paths_per_day, QuantityForm{{kNumber}, kPositive})
            .means("Trains per direction and day that the line has room for.")
            .example("10"),
        Key<Link>("geometry", &Link::geometry, list_of(PositionForm{}))
            .means("Longitude and latitude of points along it, for maps.")
            .example("[[105.5, 28.9], [106.7, 29.6]]"),
    };
    return keys;
}

void check_link(Reader& reader, const Item& item, Link& link) {
    const Node* const to = child(item.node, "to");
    if (to != nullptr && link.from.valid() && link.from == link.to) {
        reader.error(item.at("to", *to), "the link starts and ends at the same terminal");
    }
    if (link.paths_per_day && link.mode != Mode::railway) {
        reader.error(item.at("paths_per_day", *child(item.node, "paths_per_day")), "only a railway has paths");
    }
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
    };
    return keys;
}

void check_vehicle(Reader& reader, const Item& item, VehicleType& vehicle) {
    const Node* const wagons = child(item.node, "wagons");
    if (wagons == nullptr) return;
    if (vehicle.mode == Mode::waterway)
        reader.error(item.at("wagons", *wagons), "only a train has wagons", "use 'capacity'");
    if (child(item.node, "teu_per_wagon") == nullptr) {
        reader.error(item, "'teu_per_wagon' is missing", "for example teu_per_wagon = 2");
    }
}

}  // namespace corridor::scenario
