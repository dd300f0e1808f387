// Ranges at places of one's own, where a study chooses them.
#pragma once

#include <vector>

#include "corridor/scenario/quantity.h"

namespace corridor::scenario {

/// The quantities with a range, in the order of the table.
std::vector<Param> ranged(const QuantityTable& quantities);

/// Whether its values are whole numbers: those of a count, and of a named number that is used as one.
bool is_counted(const QuantityTable& quantities, Param param);

/// The value of a quantity with a range at `quantile` of it, in [0, 1).
double value_at(const Quantity& quantity, double quantile);

/// Every range at a quantile of its own, in [0, 1): one of `quantiles` each, in the order of `ranged`.
Values values_at(const QuantityTable& quantities, const std::vector<double>& quantiles);

}  // namespace corridor::scenario
