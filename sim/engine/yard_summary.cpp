#include <algorithm>
#include <cmath>
#include <limits>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

/// Smallest value that at least `share` of the samples do not exceed. Yards hold few enough to count them.
std::int32_t percentile(const std::vector<std::int32_t>& samples, std::int32_t most, double share) {
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(most) + 1);
    for (const std::int32_t n : samples) {
        ++counts[static_cast<std::size_t>(n)];
    }
    const double target = share * static_cast<double>(samples.size());
    std::uint32_t below = 0;
    std::size_t value = 0;
    for (; value < counts.size() && static_cast<double>(below + counts[value]) < target; ++value) {
        below += counts[value];
    }
    return static_cast<std::int32_t>(value);
}

}  // namespace

YardSummary summarise(const Occupancy& yard, std::vector<std::int32_t>& samples) {
    YardSummary summary;
    summary.mean = yard.mean();
    yard.samples(samples);
    summary.by_month = yard.monthly_means();
    if (samples.empty()) {
        summary.sd = summary.p95 = summary.most = std::numeric_limits<double>::quiet_NaN();
        return summary;
    }
    summary.fewest = *std::min_element(samples.begin(), samples.end());
    if (summary.fewest < 0) {
        return summary;
    }
    std::int64_t sum = 0;
    double squares = 0.0;
    for (const std::int32_t n : samples) {
        sum += n;
        squares += static_cast<double>(n) * n;
    }
    const auto size = static_cast<double>(samples.size());
    const double mean = static_cast<double>(sum) / size;
    summary.sd = std::sqrt(std::max(0.0, squares / size - mean * mean));
    const std::int32_t most = *std::max_element(samples.begin(), samples.end());
    summary.most = most;
    summary.p95 = percentile(samples, most, 0.95);
    return summary;
}

}  // namespace corridor::engine
