// The points of a study: which value each parameter takes at each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/base/result.h"
#include "corridor/scenario/quantity.h"
#include "corridor/scenario/reader.h"
#include "corridor/scenario/scenario.h"
#include "corridor/scenario/study_file.h"

namespace corridor {

/// What varies, and the unit of its values where they have one in common.
struct DesignParameter {
    std::string path;
    std::optional<std::string> unit = {};  ///< empty for plain numbers; nothing where some value is no number
    SourcePlace place = {};                ///< in the study file, for messages
    std::string excerpt = {};              ///< the line there
};

class Design {
  public:
    Design() = default;  ///< without points

    /// Errors: too many points, more dimensions than a Sobol sequence has, a parameter that is to take a range which
    /// the scenario does not give it. `seed` is that of the Latin hypercube and of Morris trajectories.
    static Result<Design> make(const scenario::StudyFile& study, const scenario::Scenario& base, std::uint64_t seed);

    std::uint64_t size() const { return size_; }
    const std::vector<DesignParameter>& parameters() const { return shown_; }

    /// The value of a parameter at a point; nothing where it is left as the scenario has it.
    std::optional<scenario::Level> level(std::uint64_t point, std::size_t parameter) const;

    /// The same as a number in the parameter's unit, where it has one.
    static double number_of(const scenario::Level& level);

    /// What is set at a point.
    std::vector<scenario::Override> overrides(std::uint64_t point) const;

    /// Which of the study's parameters each override of a point is.
    std::vector<std::size_t> overridden(std::uint64_t point) const;

    /// "service.a-b.departures.per_week = 7, terminal.a.quay_cranes.count = 2": for messages.
    std::string text(std::uint64_t point) const;

  private:
    /// What a parameter can be: its levels, or any number of its span or of its range in the scenario.
    struct Axis {
        scenario::Parameter parameter;
        std::optional<scenario::Quantity> quantity;  ///< whose range it takes
    };

    std::vector<Axis> axes_;
    std::vector<DesignParameter> shown_;
    std::vector<double> places_;  ///< (points x axes): number of the level or quantile; NaN: as in the scenario
    std::uint64_t size_ = 0;
};

}  // namespace corridor
