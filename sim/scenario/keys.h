// The key tables of the scenario language, one per entity.
#pragma once

#include "scenario/key.h"
#include "scenario/reader.h"

namespace corridor::scenario {

/// The top level of a scenario file.
const Keys<Scenario>& document_keys();
Shape document_shape();

const Keys<Source>& source_keys();
const Keys<Terminal>& terminal_keys();
const Keys<Link>& link_keys();
const Keys<Lock>& lock_keys();
const Keys<VehicleType>& vehicle_keys();
const Keys<Fleet>& fleet_keys();
const Keys<Service>& service_keys();
const Keys<Demand>& demand_keys();
const Keys<Background>& background_keys();
const Keys<EmptyStock>& empty_stock_keys();
const Keys<Empties>& empties_keys();
const Keys<Breakdowns>& breakdowns_keys();
const Keys<Disruption>& disruption_keys();
const Keys<Reported>& reported_keys();

// What is to be checked once all keys of an entity are read.
void check_source(Reader& reader, const Item& item, Source& source);
void check_terminal(Reader& reader, const Item& item, Terminal& terminal);
void check_link(Reader& reader, const Item& item, Link& link);
void check_vehicle(Reader& reader, const Item& item, VehicleType& vehicle);
void check_fleet(Reader& reader, const Item& item, Fleet& fleet);
void check_lock(Reader& reader, const Item& item, Lock& lock);
void check_service(Reader& reader, const Item& item, Service& service);
void check_demand(Reader& reader, const Item& item, Demand& demand);
void check_disruption(Reader& reader, const Item& item, Disruption& disruption);
void check_background(Reader& reader, const Item& item, Background& background);
void check_empties(Reader& reader, const Item& item, Empties& empties);
void check_reported(Reader& reader, const Item& item, Reported& reported);

}  // namespace corridor::scenario
