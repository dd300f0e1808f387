// What the forms of a calibration report call its figures and ranges, and in which units they show them.
#pragma once

#include <cstddef>
#include <string>

#include "corridor/report/calibration_report.h"

namespace corridor::report {

/// What is believed of a range, in the unit it was written in.
struct ShownBelief {
    std::string unit;
    PriorSummary prior;
    PriorSummary posterior;
};

/// Looks up what targets and beliefs of a report stand for in its scenario.
class CalibrationNames {
  public:
    explicit CalibrationNames(const CalibrationReport& report) : report_(report) {}

    std::string name(std::size_t target) const;  ///< "shipped/boxes": a figure and its reading
    const std::string& unit(std::size_t target) const;
    const scenario::Reported& figure(std::size_t target) const;
    double reported(std::size_t target) const;
    Interval reported_interval90(std::size_t target) const;  ///< by its reporting error
    const scenario::Quantity& quantity(const ParameterBelief& belief) const;
    ShownBelief shown(const ParameterBelief& belief) const;

  private:
    const CalibrationReport& report_;
};

}  // namespace corridor::report
