// How counts are put into columns.
#pragma once

#include <cmath>
#include <vector>

namespace corridor::reference {

template <class Rows, class Value>
std::vector<double> column(const Rows& rows, Value value) {
    std::vector<double> values;
    for (const auto& row : rows) values.push_back(static_cast<double>(value(row)));
    return values;
}

/// Nothing has no mean.
inline double or_none(double mean_ms) { return std::isnan(mean_ms) ? 0.0 : mean_ms; }

}  // namespace corridor::reference
