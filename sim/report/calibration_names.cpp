#include "report/calibration_names.h"

#include <fmt/format.h>

#include "corridor/base/unit.h"

namespace corridor::report {

std::string CalibrationNames::name(std::size_t target) const {
    return fmt::format("{}/{}", figure(target).id, reading_of(report_.scenario, report_.targets[target]).id);
}

const std::string& CalibrationNames::unit(std::size_t target) const { return report_.targets[target].unit; }

const scenario::Reported& CalibrationNames::figure(std::size_t target) const {
    return report_.scenario.reported[report_.targets[target].figure];
}

double CalibrationNames::reported(std::size_t target) const {
    return report_.scenario.quantities[figure(target).value].value;
}

Interval CalibrationNames::reported_interval90(std::size_t target) const {
    constexpr double kNormal95 = 1.6448536269514722;  // quantile: 90 % lie within as many standard deviations
    const double off = kNormal95 * figure(target).error * reported(target);
    return {reported(target) - off, reported(target) + off};
}

const scenario::Quantity& CalibrationNames::quantity(const ParameterBelief& belief) const {
    return report_.scenario.quantities[belief.param];
}

ShownBelief CalibrationNames::shown(const ParameterBelief& belief) const {
    const scenario::Quantity& quantity = this->quantity(belief);
    const auto show = [&](double value) { return display(value, quantity.dimension, quantity.unit).value; };
    const auto all = [&](const PriorSummary& summary) {
        return PriorSummary{.median = show(summary.median),
                            .interval90 = {show(summary.interval90.low), show(summary.interval90.high)}};
    };
    return {.unit = display(belief.posterior.median, quantity.dimension, quantity.unit).unit,
            .prior = all(belief.prior),
            .posterior = all(belief.posterior)};
}

}  // namespace corridor::report
