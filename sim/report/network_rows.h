// The network in words, shared by all its forms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/scenario/scenario.h"

namespace corridor::report {

/// A table of entities, all cells as text in the planner's units.
struct NetworkTable {
    std::string_view title;                 ///< "terminals"
    std::vector<std::string_view> columns;  ///< the first is "id"
    std::vector<std::vector<std::string>> rows;
};

/// Terminals, links, services and demand, in this order, at the stated values.
std::vector<NetworkTable> network_tables(const scenario::Scenario& scenario);

std::string_view mode_name(scenario::Mode mode);

}  // namespace corridor::report
