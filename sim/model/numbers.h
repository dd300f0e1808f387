// The numbers of a scenario at one set of values, held to their bounds: a drawn value may break them.
#pragma once

#include <cstdint>

#include "corridor/base/diagnostic.h"
#include "corridor/base/law.h"
#include "corridor/base/time.h"
#include "corridor/scenario/limits.h"
#include "corridor/scenario/scenario.h"

namespace corridor::model {

/// Reads numbers; one out of bounds is reported under its own path and replaced by the nearest bound, so that the
/// compilation can go on and find the rest. Read each parameter once.
class Numbers {
  public:
    Numbers(const scenario::QuantityTable& quantities, const scenario::Values& values, Diagnostics& findings)
        : quantities_(&quantities), values_(&values), findings_(&findings) {}

    double not_negative(scenario::Param param);
    double positive(scenario::Param param);
    double share(scenario::Param param);  ///< 0..1

    /// A whole number from `least` to `most`. A drawn fraction is rounded.
    std::uint32_t count(scenario::Param param, double least, double most);

    /// At most a million hours. On the grid of a millisecond where the planner's unit left less than a rounding error
    /// beside it.
    double duration_ms(scenario::Param param);
    Tick duration(scenario::Param param);

    /// The time of one event of a frequency, or of what the planner counts per week: at least 1 ms.
    double headway_ms(scenario::Param per_week);

    const Dimension& dimension(scenario::Param param) const { return quantity(param).dimension; }

    DurationLaw law(const scenario::Law& law);
    CountDistribution counts(const scenario::CountLaw& law, double least);

    void error(scenario::Param param, std::string message, std::string hint = {});

  private:
    const scenario::Quantity& quantity(scenario::Param param) const { return (*quantities_)[param]; }
    double value(scenario::Param param) const { return (*values_)[param]; }
    std::string shown(scenario::Param param, double value) const;
    void expect_order(scenario::Param low, scenario::Param high);
    DurationLaw discrete(const scenario::Law& law);
    std::vector<double> cumulative(const std::vector<scenario::Param>& weights);

    const scenario::QuantityTable* quantities_;
    const scenario::Values* values_;
    Diagnostics* findings_;
};

/// `milliseconds`, or the whole number beside it where they differ by less than a conversion of units rounds.
double on_grid(double milliseconds);

}  // namespace corridor::model
