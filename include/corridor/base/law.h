// Distributions of durations and counts, ready to draw from. All in milliseconds, rounded to the grid where drawn.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "corridor/base/random.h"
#include "corridor/base/time.h"

namespace corridor {

/// Nearest tick; halves go up. `milliseconds` must not be negative.
inline Tick to_tick(double milliseconds) { return static_cast<Tick>(milliseconds + 0.5); }

/// First two moments in ms and ms^2.
struct Moments {
    double mean = 0.0;
    double second = 0.0;
};

struct FixedLaw {
    double value_ms = 0.0;
    double operator()(Stream&) const { return value_ms; }
    Moments moments() const { return {value_ms, value_ms * value_ms}; }
};

struct ExponentialLaw {
    double mean_ms = 0.0;
    double operator()(Stream& stream) const { return exponential(stream) * mean_ms; }
    Moments moments() const { return {mean_ms, 2.0 * mean_ms * mean_ms}; }
};

struct UniformLaw {
    double low_ms = 0.0;
    double high_ms = 0.0;
    double operator()(Stream& stream) const { return low_ms + uniform01(stream) * (high_ms - low_ms); }
    Moments moments() const;
};

struct TriangularLaw {
    double low_ms = 0.0;
    double mode_ms = 0.0;
    double high_ms = 0.0;
    double operator()(Stream& stream) const;
    Moments moments() const;
};

/// Sum of `shape` exponentials.
struct ErlangLaw {
    int shape = 1;
    double mean_ms = 0.0;
    double operator()(Stream& stream) const;
    Moments moments() const;
};

/// With chance `first_share` an exponential of mean `mean_1_ms`, else of `mean_2_ms`.
struct HyperexponentialLaw {
    double first_share = 1.0;
    double mean_1_ms = 0.0;
    double mean_2_ms = 0.0;
    double operator()(Stream& stream) const;
    Moments moments() const;
};

/// `values_ms[i]` with cumulative chance `cumulative[i]`; the last is 1.
struct DiscreteLaw {
    std::vector<double> values_ms;
    std::vector<double> cumulative;
    double operator()(Stream& stream) const;
    Moments moments() const;
};

/// Mean and standard deviation are those of the duration itself, not of its logarithm.
struct LognormalLaw {
    double log_mean = 0.0;
    double log_sd = 0.0;
    static LognormalLaw from_mean_and_sd(double mean_ms, double sd_ms);
    double operator()(Stream& stream) const;
    Moments moments() const;
};

using DurationLaw = std::variant<FixedLaw, ExponentialLaw, UniformLaw, TriangularLaw, ErlangLaw, HyperexponentialLaw,
                                 DiscreteLaw, LognormalLaw>;

/// One draw on the grid.
Tick draw(const DurationLaw& law, Stream& stream);
Moments moments(const DurationLaw& law);
/// True where every draw is 0: nothing needs to be drawn or scheduled.
bool is_zero(const DurationLaw& law);

/// A distribution of counts: `sizes[i]` with cumulative chance `cumulative[i]`; the last is 1.
struct CountDistribution {
    std::vector<std::uint32_t> sizes{1};
    std::vector<double> cumulative{1.0};

    std::uint32_t operator()(Stream& stream) const;
    double mean() const;
    double second_moment() const;
    bool is_constant() const { return sizes.size() == 1; }
};

}  // namespace corridor
