#include "numbers.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "corridor/base/unit.h"

namespace corridor::model {

using scenario::Law;
using scenario::LawKind;
using scenario::Param;

using scenario::kLongestHours;

double on_grid(double milliseconds) {
    constexpr double kConversionError = 1e-6;
    const double whole = std::round(milliseconds);
    return std::abs(milliseconds - whole) < kConversionError ? whole : milliseconds;
}

void Numbers::error(Param param, std::string message, std::string hint) {
    Diagnostic finding;
    finding.place = quantity(param).place;
    finding.path = quantity(param).path;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    findings_->push_back(std::move(finding));
}

std::string Numbers::shown(Param param, double value) const { return format_measurement(value, dimension(param)); }

double Numbers::not_negative(Param param) {
    const double v = value(param);
    if (v >= 0.0 && std::isfinite(v)) return v;
    error(param, fmt::format("must be at least 0, got {}", shown(param, v)));
    return 0.0;
}

double Numbers::positive(Param param) {
    const double v = value(param);
    if (v > 0.0 && std::isfinite(v)) return v;
    error(param, fmt::format("must be more than 0, got {}", shown(param, v)));
    return 1.0;
}

double Numbers::share(Param param) {
    const double v = value(param);
    if (v >= 0.0 && v <= 1.0) return v;
    error(param, fmt::format("must be a share between 0 and 1, got {}", shown(param, v)));
    return v > 1.0 ? 1.0 : 0.0;
}

std::uint32_t Numbers::count(Param param, double least, double most) {
    const double whole = std::round(value(param));
    if (whole >= least && whole <= most) return static_cast<std::uint32_t>(whole);
    error(param,
          fmt::format("must be a whole number between {} and {}, got {}", least, most, shown(param, value(param))));
    return static_cast<std::uint32_t>(least);
}

double Numbers::duration_ms(Param param) {
    const double hours = not_negative(param);
    if (hours <= kLongestHours) return on_grid(hours * kMillisecondsPerHour);
    error(param, fmt::format("must be at most {}, got {}", shown(param, kLongestHours), shown(param, hours)));
    return 0.0;
}

Tick Numbers::duration(Param param) { return to_tick(duration_ms(param)); }

double Numbers::headway_ms(Param per_week) {
    const double v = positive(per_week);
    const double weekly = dimension(per_week) == kFrequency ? v * kHoursPerWeek : v;
    const double headway = kHoursPerWeek * kMillisecondsPerHour / weekly;
    if (headway >= 1.0 && headway <= kLongestHours * kMillisecondsPerHour) return on_grid(headway);
    error(per_week, fmt::format("must leave between 1 ms and {} h from one to the next, got {}", kLongestHours,
                                shown(per_week, v)));
    return 1.0;
}

// A draw may move one share of several; the others give way in proportion.
std::vector<double> Numbers::cumulative(const std::vector<Param>& weights) {
    std::vector<double> result;
    for (const Param weight : weights) result.push_back(share(weight));
    const double sum = std::accumulate(result.begin(), result.end(), 0.0);
    if (sum <= 0.0) {
        error(weights.front(), "shares add up to 0 (they must add up to 1)");
        return std::vector<double>(weights.size(), 1.0);
    }
    double so_far = 0.0;
    for (double& share : result) share = (so_far += share) / sum;
    result.back() = 1.0;
    return result;
}

// A drawn bound may pass the one beside it.
void Numbers::expect_order(Param low, Param high) {
    if (value(low) <= value(high)) return;
    error(high, fmt::format("must be at least {}, got {}", shown(high, value(low)), shown(high, value(high))));
}

DurationLaw Numbers::discrete(const Law& law) {
    DiscreteLaw discrete;
    for (const Param value : law.durations) discrete.values_ms.push_back(duration_ms(value));
    discrete.cumulative = cumulative(law.weights);
    return discrete;
}

DurationLaw Numbers::law(const Law& law) {
    if (law.kind == LawKind::discrete) return discrete(law);
    if (law.kind == LawKind::uniform || law.kind == LawKind::triangular) {
        for (std::size_t i = 1; i < law.durations.size(); ++i) expect_order(law.durations[i - 1], law.durations[i]);
    }
    std::array<double, 3> ms{};
    for (std::size_t i = 0; i < law.durations.size(); ++i) ms.at(i) = duration_ms(law.durations[i]);
    switch (law.kind) {
        case LawKind::fixed:
            return FixedLaw{ms[0]};
        case LawKind::exponential:
            return ExponentialLaw{ms[0]};
        case LawKind::uniform:
            return UniformLaw{ms[0], ms[1]};
        case LawKind::triangular:
            return TriangularLaw{ms[0], ms[1], ms[2]};
        case LawKind::erlang:
            return ErlangLaw{law.shape, ms[0]};
        case LawKind::hyperexponential:
            return HyperexponentialLaw{share(law.weights[0]), ms[0], ms[1]};
        case LawKind::lognormal:
            return LognormalLaw::from_mean_and_sd(ms[0], ms[1]);
        case LawKind::discrete:
            break;
    }
    return FixedLaw{};
}

CountDistribution Numbers::counts(const scenario::CountLaw& law, double least) {
    CountDistribution result;
    result.sizes.clear();
    for (const Param size : law.sizes) result.sizes.push_back(count(size, least, scenario::kMostInOneGo));
    if (!law.shares.empty()) result.cumulative = cumulative(law.shares);
    return result;
}

}  // namespace corridor::model
