#include <fmt/format.h>

#include <algorithm>

#include "corridor/scenario/limits.h"
#include "scenario/by_terminal_form.h"
#include "scenario/departures_form.h"
#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/words.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kFleet{.low = 1, .high = kMostVehicles};

/// The item of a list-valued key, for messages about one of its entries.
Item entry_of(const Item& table, std::string_view key, std::size_t i) {
    const Node* const list = child(table.node, key);
    return table.at(key, *list).at(i, (*list->as<Array>())[i]);
}

void check_route(Reader& reader, const Item& item, const Service& service) {
    const Node* const route = child(item.node, "route");
    const Array* const stops = route == nullptr ? nullptr : route->as<Array>();
    if (stops != nullptr && stops->size() < 2) {
        reader.error(item.at("route", *route), "a route needs two different stops");
    }
    for (std::size_t i = 1; i < service.route.size(); ++i) {
        if (service.route[i] != service.route[i - 1]) continue;
        const std::string& id = reader.scenario().terminals[service.route[i]].id;
        reader.error(entry_of(item, "route", i), fmt::format("the stop '{}' follows itself", id));
    }
}

void check_mode(Reader& reader, const Item& item, const Service& service) {
    if (!service.vehicle.valid()) return;
    const VehicleType& vehicle = reader.scenario().vehicle_types[service.vehicle];
    for (std::size_t i = 0; i < service.route.size(); ++i) {
        const Terminal& terminal = reader.scenario().terminals[service.route[i]];
        const std::string_view cranes = vehicle.mode == Mode::waterway ? "quay_cranes" : "rail_cranes";
        if (terminal.cranes[static_cast<std::size_t>(vehicle.mode)]) continue;
        reader.error(entry_of(item, "route", i),
                     fmt::format("terminal '{}' has no {} handling ('{}' is a {} vehicle)", terminal.id,
                                 handling_word(vehicle.mode), vehicle.id, mode_words().word(vehicle.mode)),
                     fmt::format("give [terminal.{}] {}", terminal.id, cranes));
    }
}

void check_links(Reader& reader, const Item& item, const Service& service) {
    if (!service.vehicle.valid()) return;
    const VehicleType& vehicle = reader.scenario().vehicle_types[service.vehicle];
    for (std::size_t i = 0; i < service.links.size(); ++i) {
        const Link& link = reader.scenario().links[service.links[i]];
        if (link.mode == vehicle.mode) continue;
        reader.error(entry_of(item, "links", i),
                     fmt::format("link '{}' is a {}, but '{}' is a {} vehicle", link.id, mode_words().word(link.mode),
                                 vehicle.id, mode_words().word(vehicle.mode)));
    }
}

void check_return(Reader& reader, const Item& item, const Service& service) {
    const Node* const departures = child(item.node, "return_departures");
    if (departures == nullptr || service.directions == Directions::each) return;
    reader.error(item.at("return_departures", *departures),
                 "'return_departures' has a meaning only with directions = \"each\"");
}

template <class Rule>
bool departs(const Service& service) {
    return std::holds_alternative<Rule>(service.departures.rule) ||
           (service.return_departures && std::holds_alternative<Rule>(service.return_departures->rule));
}

/// How many vehicles of its own, or the id of a fleet.
struct FleetUse {
    std::optional<Param> own;
    Id<Fleet> shared;
};

struct FleetForm {
    using Value = FleetUse;
    static QuantityForm own() { return count(kFleet); }
    static ReferenceForm<Fleet> shared() { return {"the id of a fleet"}; }

    Shape shape() const { return {.kind = Shape::Kind::any_of, .parts = {own().shape(), shared().shape()}}; }

    std::optional<FleetUse> read(Reader& reader, const Item& item) const {
        const std::string* const text = item.node.as<std::string>();
        const bool is_number = text != nullptr && !text->empty() && text->front() >= '0' && text->front() <= '9';
        if (text == nullptr || (is_number && reader.roster(kKind<Fleet>).position(*text) < 0)) {
            const auto vehicles = own().read(reader, item);
            return vehicles ? std::optional(FleetUse{*vehicles, {}}) : std::nullopt;
        }
        const auto fleet = shared().read(reader, item);
        return fleet ? std::optional(FleetUse{std::nullopt, *fleet}) : std::nullopt;
    }
};

/// In place of a member: the key sets one of two.
struct FleetOf {
    Service& service;
    void operator=(const FleetUse& use) const {
        service.fleet = use.own;
        service.shared_fleet = use.shared;
    }
};

void check_shared_fleet(Reader& reader, const Item& item, const Service& service) {
    const Node* const minimum = child(item.node, "minimum_load");
    if (!service.shared_fleet.valid() || !departs<WhenReady>(service) || minimum != nullptr) return;
    reader.error(item.at("fleet", *child(item.node, "fleet")),
                 "vehicles that leave when ready cannot be shared (none would be left for another service)",
                 "give 'minimum_load', or a timetable");
}

/// Whether somebody who boarded earlier can ride on from a terminal.
bool is_ridden_through(const Service& service, Id<Terminal> terminal) {
    const auto last = service.route.end() - 1;
    return std::find(service.route.begin() + 1, last, terminal) != last;
}

void check_kept_room(Reader& reader, const Item& item, const Service& service) {
    const Node* const rooms = child(item.node, "keep_room");
    if (rooms == nullptr || service.route.size() < 2) return;
    const Item table = item.at("keep_room", *rooms);
    for (const AtTerminal& kept : service.keep_room) {
        if (is_ridden_through(service, kept.terminal)) continue;
        const std::string& id = reader.scenario().terminals[kept.terminal].id;
        reader.error(table.at(id, *child(*rooms, id)),
                     fmt::format("no room can be kept for '{}' (nobody rides through it on this route)", id),
                     "name a stop between the first and the last");
    }
    if (departs<WhenFull>(service) || departs<Continuous>(service)) {
        reader.error(table, "'keep_room' has no meaning (no departure leaves with room to spare)",
                     "give a timetable, or 'minimum_load' with when_ready");
    }
}

void check_headway(Reader& reader, const Item& item, const Service& service) {
    const Node* const headway = child(item.node, "least_headway");
    if (headway == nullptr || departs<WhenReady>(service)) return;
    reader.error(item.at("least_headway", *headway),
                 "'least_headway' has no meaning (no vehicle leaves as soon as it is ready)",
                 "use departures = { when_ready = true }");
}

void check_load(Reader& reader, const Item& item, const Service& service) {
    const Node* const minimum = child(item.node, "minimum_load");
    const Node* const longest = child(item.node, "longest_wait");
    if (longest != nullptr && minimum == nullptr && !departs<WhenFull>(service)) {
        reader.error(item.at("longest_wait", *longest), "'longest_wait' has no meaning (no departure waits for a load)",
                     "give 'minimum_load', or departures = { when_full = true }");
    }
    if (minimum != nullptr && departs<WhenFull>(service)) {
        reader.error(item.at("minimum_load", *minimum), "'minimum_load' and 'when_full' exclude each other",
                     "use departures = { when_ready = true } with 'minimum_load'");
    }
    if (minimum != nullptr && departs<Continuous>(service)) {
        reader.error(item.at("minimum_load", *minimum),
                     "'minimum_load' and 'continuous' exclude each other (each container leaves alone)");
    }
}

}  // namespace

const Keys<Service>& service_keys() {
    static const Keys<Service> keys{
        name_key<Service>(),
        Key<Service>("route", &Service::route, list_of(ReferenceForm<Terminal>{"the id of a terminal"}))
            .required()
            .means("The stops in order; two at least, the same first and last for a loop.")
            .example("[\"yibin\", \"luzhou\", \"guoyuan\"]"),
        Key<Service>("links", &Service::links, list_of(ReferenceForm<Link>{"the id of a link"}))
            .means("The links along the route; default: the fastest ones of the vehicle's mode.")
            .example("[\"yibin-luzhou\", \"luzhou-guoyuan\"]"),
        Key<Service>(
            "directions", &Service::directions,
            ChoiceForm<Directions>{
                {"one-way", Directions::one_way}, {"each", Directions::each}, {"round-trip", Directions::round_trip}})
            .required()
            .means("Whether `departures` are along the route only, the same number along it and back, or trips there "
                   "and back.")
            .example("\"each\""),
        Key<Service>("vehicle", &Service::vehicle, ReferenceForm<VehicleType>{"the id of a vehicle type"})
            .required()
            .means("The vehicle type.")
            .example("\"feeder\""),
        Key<Service>(
            "fleet", [](Service& service) { return FleetOf{service}; }, FleetForm{})
            .means(
                "How many vehicles it has for itself, or the `fleet` whose vehicles it shares; default: as many as the "
                "departures need.")
            .example("4"),
        Key<Service>("departures", &Service::departures, DeparturesForm{})
            .required()
            .means("When vehicles leave the first stop.")
            .example("{ per_week = 9 }"),
        Key<Service>("return_departures", &Service::return_departures, DeparturesForm{})
            .means("When vehicles leave the last stop to go back, if otherwise than `departures`.")
            .example("{ weekly = [\"Wed 06:00\"] }"),
        Key<Service>("minimum_load", &Service::minimum_load, quantity(kTeu, kPositive))
            .means("No departure is made before so much is ready at the first stop; `when_ready` then needs no fleet.")
            .example("\"50 TEU\""),
        Key<Service>("longest_wait", &Service::longest_wait, quantity(kDuration))
            .means("A departure does not wait longer for its load: from its timetabled time, or else from when the "
                   "first container was ready.")
            .example("\"48 h\""),
        Key<Service>("cut_off", &Service::cut_off, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Containers must be ready this long before the departure.")
            .example("\"6 h\""),
        Key<Service>("keep_room", &Service::keep_room,
                     ByTerminalForm{either(kTeu, kNumber, kPositive), "{ luzhou = \"20 TEU\" }"})
            .means("Room, in TEU or as a share of the capacity, that those who boarded earlier and ride on from a stop "
                   "leave to those who board there.")
            .example("{ luzhou = \"20 TEU\" }"),
        Key<Service>("least_headway", &Service::least_headway, quantity(kDuration, kPositive))
            .means(
                "A vehicle that leaves when ready is held at its first stop until so long after the departure before "
                "it.")
            .example("\"12 h\""),
        Key<Service>("no_vehicle", &Service::no_vehicle,
                     ChoiceForm<NoVehicle>{{"wait", NoVehicle::wait}, {"cancel", NoVehicle::cancel}})
            .only_with("fleet")
            .or_else("\"wait\"")
            .means("What a departure does when no vehicle of the fleet is there: leave late, or not at all.")
            .example("\"cancel\""),
        Key<Service>("layover", &Service::layover, quantity(kDuration))
            .only_with("fleet")
            .means("Least time between the end of a trip and the vehicle's next departure.")
            .example("\"4 h\""),
        Key<Service>("cost", &Service::cost, service_cost_form())
            .means("What it costs to run, and what the cargo pays for a ride.")
            .example("{ per_departure = \"12000 CNY/departure\", tariff = \"320 CNY/TEU\" }"),
    };
    return keys;
}

void check_service(Reader& reader, const Item& item, Service& service) {
    check_route(reader, item, service);
    check_mode(reader, item, service);
    check_links(reader, item, service);
    check_return(reader, item, service);
    check_load(reader, item, service);
    check_cost(reader, item, service);
    check_kept_room(reader, item, service);
    check_headway(reader, item, service);
    check_shared_fleet(reader, item, service);
    if (std::holds_alternative<WhenReady>(service.departures.rule) && child(item.node, "departures") != nullptr &&
        child(item.node, "fleet") == nullptr && child(item.node, "minimum_load") == nullptr) {
        reader.error(item.at("departures", *child(item.node, "departures")),
                     "vehicles that leave when ready need a fleet", "give 'fleet', or 'minimum_load'");
    }
}

}  // namespace corridor::scenario
