#include "scenario/keys_cost.h"

#include <fmt/format.h>

namespace corridor::scenario {
namespace {

constexpr Dimension kEnergy{.energy = 1};
constexpr Dimension kVolume{.volume = 1};
constexpr std::array<Dimension, 3> kFuels{kEnergy, kVolume, kMass};

template <std::size_t M>
auto& lift_of(TerminalCost& cost) {
    return cost.lift[M];
}

const Keys<ServiceCost>& service_cost_keys() {
    static const Keys<ServiceCost> keys{
        Key<ServiceCost>("per_departure", &ServiceCost::per_departure, price_per({kNumber}))
            .means("What one departure costs the carrier, whatever it carries: one trip along the line.")
            .example("\"12000 CNY/departure\""),
        Key<ServiceCost>("per_km", &ServiceCost::per_km, price_per({kLength}))
            .means("What each km of a vehicle costs the carrier.")
            .example("\"45 CNY/km\""),
        Key<ServiceCost>("per_hour", &ServiceCost::per_hour, price_per({kDuration}))
            .means("Time charter: what each vehicle of the fleet costs the carrier, at work or idle.")
            .example("\"20000 CNY/d\""),
        Key<ServiceCost>("tariff", &ServiceCost::tariff, price_per({kTeu, kContainers, kTeuKm}))
            .means("What the cargo pays the carrier for a ride; without it the cargo bears its share of what the "
                   "departure costs.")
            .example("\"320 CNY/TEU\""),
    };
    return keys;
}

const Keys<TerminalCost>& terminal_cost_keys() {
    static const Keys<TerminalCost> keys{
        Key<TerminalCost>("quay_lift", &lift_of<0>, price_per({kMoves, kTeu}))
            .means("What the cargo pays for one lift at the quay, or for each TEU lifted.")
            .example("\"230 CNY/lift\""),
        Key<TerminalCost>("rail_lift", &lift_of<1>, price_per({kMoves, kTeu}))
            .means("What the cargo pays for one lift at the rail tracks, or for each TEU lifted.")
            .example("\"180 CNY/TEU\""),
        Key<TerminalCost>("storage", &TerminalCost::storage, price_per({kTeuHours}))
            .means("What the cargo pays for its time in the yard beyond `free_time`, in proportion.")
            .example("\"12 CNY/TEU-d\""),
        Key<TerminalCost>("free_time", &TerminalCost::free_time, quantity(kDuration))
            .only_with("storage")
            .means("Time in the yard that costs nothing, at each visit; default: none.")
            .example("\"3 d\""),
    };
    return keys;
}

/// What factors of vehicles may be per: work done, or fuel where its use is given.
std::vector<Dimension> per_work_or_fuel() {
    std::vector<Dimension> all{kEmissions / kTonneKm, kEmissions / kLength};
    for (const Dimension& fuel : kFuels) all.push_back(kEmissions / fuel);
    return all;
}

std::vector<Dimension> fuel_per(std::initializer_list<Dimension> works) {
    std::vector<Dimension> all;
    for (const Dimension& work : works) {
        for (const Dimension& fuel : kFuels) all.push_back(fuel / work);
    }
    return all;
}

const Keys<EmissionFactors>& vehicle_emission_keys() {
    static const Keys<EmissionFactors> keys{
        Key<EmissionFactors>("wtt", &EmissionFactors::wtt, QuantityForm{per_work_or_fuel()})
            .required()
            .means("Well to tank, the making of the fuel: per t-km carried, per km of a vehicle, or per unit of "
                   "`energy`.")
            .example("\"6.8 g CO2e/t-km\""),
        Key<EmissionFactors>("ttw", &EmissionFactors::ttw, QuantityForm{per_work_or_fuel()})
            .required()
            .means("Tank to wheel, its use: likewise.")
            .example("\"22.5 g CO2e/t-km\""),
        Key<EmissionFactors>("energy", &EmissionFactors::energy, QuantityForm{fuel_per({kLength, kTonneKm})})
            .means("Fuel or current of a full vehicle per km, or per t-km carried.")
            .example("\"18 l/km\""),
        Key<EmissionFactors>("energy_empty", &EmissionFactors::energy_empty, QuantityForm{fuel_per({kLength})})
            .only_with("energy")
            .means("Fuel or current of an empty vehicle per km; default: as a full one. Between them by TEU on board.")
            .example("\"12 l/km\""),
    };
    return keys;
}

const Keys<EmissionFactors>& hub_emission_keys() {
    static const std::vector<Dimension> per{kEmissions / kMoves, kEmissions / kContainers, kEmissions / kTeu,
                                            kEmissions / kMass};
    static const Keys<EmissionFactors> keys{
        Key<EmissionFactors>("wtt", &EmissionFactors::wtt, QuantityForm{per})
            .required()
            .means("Well to tank: per lift, or per container, TEU or tonne that passes, once a visit.")
            .example("\"2.4 kg CO2e/container\""),
        Key<EmissionFactors>("ttw", &EmissionFactors::ttw, QuantityForm{per})
            .required()
            .means("Tank to wheel: likewise.")
            .example("\"9 kg CO2e/container\""),
    };
    return keys;
}

bool is_per_work(Dimension dimension) {
    return dimension == kEmissions / kTonneKm || dimension == kEmissions / kLength;
}

void check_factor(Reader& reader, const Item& item, std::string_view key, Param factor, std::optional<Param> energy) {
    const Node* const node = child(item.node, key);
    if (node == nullptr || !factor.valid()) return;
    const Dimension per = reader.quantity(factor).dimension;
    if (!energy) {
        if (is_per_work(per)) return;
        reader.error(item.at(key, *node), fmt::format("'{}' is per unit of fuel (its use is not known)", key),
                     "give 'energy', such as \"18 l/km\"");
        return;
    }
    const Dimension use = reader.quantity(*energy).dimension;
    if (is_per_work(use * per)) return;
    reader.error(
        item.at(key, *node),
        fmt::format("'{}' is in {}, but 'energy' in {} (they do not multiply)", key, units_for(per), units_for(use)),
        fmt::format("give '{}' per unit of 'energy', or leave 'energy' out", key));
}

void check_energy(Reader& reader, const Item& item, EmissionFactors& factors) {
    check_factor(reader, item, "wtt", factors.wtt, factors.energy);
    check_factor(reader, item, "ttw", factors.ttw, factors.energy);
    if (!factors.energy || !factors.energy_empty) return;
    const Dimension full = reader.quantity(*factors.energy).dimension;
    const Dimension empty = reader.quantity(*factors.energy_empty).dimension;
    if (full == empty) return;
    reader.error(item.at("energy_empty", *child(item.node, "energy_empty")),
                 fmt::format("'energy_empty' is in {}, but 'energy' in {}", units_for(empty), units_for(full)),
                 "give both in the same fuel per km");
}

bool is_per(const Reader& reader, std::optional<Param> param, Dimension dimension) {
    return param && reader.quantity(*param).dimension == dimension;
}

}  // namespace

std::optional<Currency> CurrencyForm::read(Reader& reader, const Item& item) const {
    const std::string* const code = expect_text(reader, item, "the code of a currency");
    if (code == nullptr) return std::nullopt;
    const Currency currency = find_currency(*code);
    if (currency != Currency::none) return currency;
    reader.error(item, fmt::format("'{}' is not the code of a currency (ISO 4217)", *code),
                 "write three capitals, such as \"CNY\"");
    return std::nullopt;
}

QuantityForm price_per(std::initializer_list<Dimension> units) {
    QuantityForm form;
    for (const Dimension& unit : units) form.dimensions.push_back(kMoney / unit);
    return form;
}

TableForm<ServiceCost> service_cost_form() { return {service_cost_keys()}; }
TableForm<TerminalCost> terminal_cost_form() { return {terminal_cost_keys()}; }
TableForm<EmissionFactors> vehicle_emissions_form() { return {vehicle_emission_keys(), &check_energy}; }
TableForm<EmissionFactors> hub_emissions_form() { return {hub_emission_keys()}; }

void check_cost(Reader& reader, const Item& item, const Service& service) {
    if (!service.cost || !service.cost->per_hour || service.fleet || service.shared_fleet.valid()) return;
    const Node* const cost = child(item.node, "cost");
    if (cost == nullptr) return;
    reader.error(item.at("cost", *cost), "'per_hour' needs a fleet (a time charter is paid for each of its vehicles)",
                 "give 'fleet', or 'per_departure' and 'per_km' instead");
}

void check_cost(Reader& reader, const Item& item, const Demand& demand) {
    const auto error = [&](std::string_view key, std::string message, std::string hint) {
        reader.error(item.at(key, *child(item.node, key)), std::move(message), std::move(hint));
    };
    const bool may_go_by_road = demand.road_time || demand.patience;
    for (const std::string_view key : {"road_cost", "road_distance", "road_emissions"}) {
        if (may_go_by_road || child(item.node, key) == nullptr) continue;
        error(key, fmt::format("'{}' has no meaning (nothing goes by road)", key), "give 'road_time' or 'patience'");
    }
    if (demand.road_distance) return;
    const bool priced_by_km =
        is_per(reader, demand.road_cost, kMoney / kTeuKm) || is_per(reader, demand.road_cost, kMoney / kLength);
    if (priced_by_km) {
        error("road_cost", "'road_distance' is missing (the price is by distance)",
              "for example road_distance = \"340 km\"");
    }
    if (demand.road_emissions) {
        error("road_emissions", "'road_distance' is missing (emissions are by distance)",
              "for example road_distance = \"340 km\"");
    }
}

}  // namespace corridor::scenario
