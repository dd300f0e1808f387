#include "corridor/base/law.h"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

std::size_t pick(const std::vector<double>& cumulative, Stream& stream) {
    const double u = uniform01(stream);
    const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), u);
    const auto last = static_cast<std::size_t>(cumulative.size()) - 1;
    return std::min(static_cast<std::size_t>(found - cumulative.begin()), last);
}

template <class Values>
Moments discrete_moments(const Values& values, const std::vector<double>& cumulative) {
    Moments m;
    double before = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = static_cast<double>(values[i]);
        const double chance = cumulative[i] - before;
        m.mean += chance * value;
        m.second += chance * value * value;
        before = cumulative[i];
    }
    return m;
}

}  // namespace

Moments UniformLaw::moments() const {
    const double mean = (low_ms + high_ms) / 2.0;
    const double width = high_ms - low_ms;
    return {mean, mean * mean + width * width / 12.0};
}

double TriangularLaw::operator()(Stream& stream) const {
    const double width = high_ms - low_ms;
    if (width <= 0.0) {
        return low_ms;
    }
    const double u = uniform01(stream);
    const double rise = mode_ms - low_ms;
    return u * width < rise ? low_ms + std::sqrt(u * width * rise)
                            : high_ms - std::sqrt((1.0 - u) * width * (high_ms - mode_ms));
}

Moments TriangularLaw::moments() const {
    const double mean = (low_ms + mode_ms + high_ms) / 3.0;
    const double variance = (low_ms * low_ms + mode_ms * mode_ms + high_ms * high_ms - low_ms * mode_ms -
                             low_ms * high_ms - mode_ms * high_ms) /
                            18.0;
    return {mean, mean * mean + variance};
}

double ErlangLaw::operator()(Stream& stream) const {
    double sum = 0.0;
    for (int i = 0; i < shape; ++i) {
        sum += exponential(stream);
    }
    return sum * mean_ms / shape;
}

Moments ErlangLaw::moments() const { return {mean_ms, mean_ms * mean_ms * (1.0 + 1.0 / shape)}; }

double HyperexponentialLaw::operator()(Stream& stream) const {
    const double mean = uniform01(stream) < first_share ? mean_1_ms : mean_2_ms;
    return exponential(stream) * mean;
}

Moments HyperexponentialLaw::moments() const {
    const double rest = 1.0 - first_share;
    return {first_share * mean_1_ms + rest * mean_2_ms,
            2.0 * (first_share * mean_1_ms * mean_1_ms + rest * mean_2_ms * mean_2_ms)};
}

double DiscreteLaw::operator()(Stream& stream) const { return values_ms[pick(cumulative, stream)]; }

Moments DiscreteLaw::moments() const { return discrete_moments(values_ms, cumulative); }

LognormalLaw LognormalLaw::from_mean_and_sd(double mean_ms, double sd_ms) {
    const double ratio = sd_ms / mean_ms;
    const double log_variance = portable_log(1.0 + ratio * ratio);
    return {portable_log(mean_ms) - log_variance / 2.0, std::sqrt(log_variance)};
}

double LognormalLaw::operator()(Stream& stream) const { return portable_exp(log_mean + log_sd * normal(stream)); }

Moments LognormalLaw::moments() const {
    const double mean = portable_exp(log_mean + log_sd * log_sd / 2.0);
    return {mean, mean * mean * portable_exp(log_sd * log_sd)};
}

Tick draw(const DurationLaw& law, Stream& stream) {
    return std::visit([&](const auto& sampler) { return to_tick(sampler(stream)); }, law);
}

Moments moments(const DurationLaw& law) {
    return std::visit([](const auto& sampler) { return sampler.moments(); }, law);
}

bool is_zero(const DurationLaw& law) {
    const auto* fixed = std::get_if<FixedLaw>(&law);
    return fixed != nullptr && to_tick(fixed->value_ms) == 0;
}

std::uint32_t CountDistribution::operator()(Stream& stream) const {
    return is_constant() ? sizes.front() : sizes[pick(cumulative, stream)];
}

double CountDistribution::mean() const { return discrete_moments(sizes, cumulative).mean; }

double CountDistribution::second_moment() const { return discrete_moments(sizes, cumulative).second; }

}  // namespace corridor
