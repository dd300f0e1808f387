#include <algorithm>
#include <cmath>
#include <limits>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

/// How many samples there are of each value up to `most`: yards hold few enough to count them.
std::vector<std::uint32_t> count_each(const std::vector<std::int32_t>& samples, std::int32_t most) {
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(most) + 1);
    for (const std::int32_t n : samples) {
        ++counts[static_cast<std::size_t>(n)];
    }
    return counts;
}

/// Smallest value that at least `target` samples do not exceed.
std::int32_t percentile(const std::vector<std::uint32_t>& counts, double target) {
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
        summary.sd = summary.p95 = summary.p99 = summary.most = std::numeric_limits<double>::quiet_NaN();
        return summary;
    }
    std::int32_t fewest = samples.front();
    std::int32_t most = samples.front();
    for (const std::int32_t n : samples) {
        fewest = std::min(fewest, n);
        most = std::max(most, n);
    }
    summary.fewest = fewest;
    if (fewest < 0) {
        return summary;
    }
    const std::vector<std::uint32_t> counts = count_each(samples, most);
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t n = 0; n < counts.size(); ++n) {
        const double all = static_cast<double>(n) * counts[n];
        sum += all;
        squares += all * static_cast<double>(n);
    }
    const auto size = static_cast<double>(samples.size());
    const double mean = sum / size;
    summary.sd = std::sqrt(std::max(0.0, squares / size - mean * mean));
    summary.most = most;
    summary.p95 = percentile(counts, 0.95 * size);
    summary.p99 = percentile(counts, 0.99 * size);
    return summary;
}

}  // namespace corridor::engine
