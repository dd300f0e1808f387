#include "corridor/study/sample.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace corridor {

SortedSample::SortedSample(std::vector<double> values) : values_(std::move(values)) {
    std::erase_if(values_, [](double value) { return std::isnan(value); });
    std::ranges::sort(values_);
}

double SortedSample::quantile(double probability) const {
    if (values_.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double position = probability * static_cast<double>(values_.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, values_.size() - 1);
    const double fraction = position - static_cast<double>(below);
    return values_[below] + fraction * (values_[above] - values_[below]);
}

double SortedSample::rank_of(double value) const {
    if (values_.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto [first, last] = std::equal_range(values_.begin(), values_.end(), value);
    const auto below = static_cast<double>(first - values_.begin());
    const auto equal = static_cast<double>(last - first);
    return (below + equal / 2) / static_cast<double>(values_.size());
}

}  // namespace corridor
