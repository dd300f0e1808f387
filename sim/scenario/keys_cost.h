// What things cost and emit: tables of services, terminals, vehicles and demands.
#pragma once

#include "scenario/forms.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"

namespace corridor::scenario {

/// A code of ISO 4217.
struct CurrencyForm {
    using Value = Currency;
    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = "the code of a currency"}; }
    std::optional<Currency> read(Reader& reader, const Item& item) const;
};

/// Money per one of `units`.
QuantityForm price_per(std::initializer_list<Dimension> units);

inline constexpr Dimension kContainerHours{.time = 1, .containers = 1};
inline constexpr Dimension kTeuHours{.time = 1, .teu = 1};

TableForm<ServiceCost> service_cost_form();
TableForm<TerminalCost> terminal_cost_form();

/// Of a vehicle type, and of lorries on the road.
TableForm<EmissionFactors> vehicle_emissions_form();
TableForm<EmissionFactors> hub_emissions_form();

/// Whether parts of a table fit together that belong to different keys.
void check_cost(Reader& reader, const Item& item, const Service& service);
void check_cost(Reader& reader, const Item& item, const Demand& demand);

}  // namespace corridor::scenario
