// The corridor as a planner would draw it: as text, as a graph, on a map.
#pragma once

#include <string>

#include "corridor/scenario/scenario.h"

namespace corridor {

/// Tables of terminals, links, services and demand, at the stated values.
std::string network_text(const scenario::Scenario& scenario);

/// Graphviz: terminals as nodes, links as edges with their length, railways dashed.
std::string network_dot(const scenario::Scenario& scenario);

/// GeoJSON (RFC 7946): terminals with a position as points, links between them as lines, along their geometry where
/// they have one. What has no position is left out.
std::string network_geojson(const scenario::Scenario& scenario);

/// One JSON object: scenario {title, hash}, version, command, terminals, links, services and demand.
std::string network_json(const scenario::Scenario& scenario, const std::string& command);

}  // namespace corridor
