// Every number of a scenario, and what it rests on.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/scenario/scenario.h"

namespace corridor {

/// What a number rests on.
enum class Basis {
    sourced,    ///< a published source that reports it
    derived,    ///< follows from other numbers, or from a source that was derived from others
    assumed,    ///< no source, or only one that is itself an assumption
    by_default  ///< the documented default of its key
};

/// One number; `value`, `low` and `high` are in `unit`.
struct Assumption {
    std::string path;
    std::string unit;
    double value = 0;
    double low = 0;  ///< NaN without a range
    double high = 0;
    Basis basis = Basis::assumed;
    std::vector<std::string> sources;
    std::string rule;  ///< "quantity.a x quantity.b" for numbers that follow from others; else empty
    std::string note;

    /// Width of the range as a share of the value; NaN without a range, infinite where the value is 0.
    double relative_width() const;
};

/// All inputs, widest range first, then those without range, each by path. Reported figures are not inputs.
std::vector<Assumption> assumptions(const scenario::Scenario& scenario);

/// A line that counts them, then a table; documented defaults only where `all` says so.
enum class Defaults { counted, listed };
std::string assumptions_text(const std::vector<Assumption>& all, Defaults defaults);

/// One object: scenario {title, hash}, version, command, numbers.
std::string assumptions_json(const scenario::Scenario& scenario, const std::vector<Assumption>& all,
                             const std::string& command);

/// Columns path, value, unit, low, high, relative_width, basis, source, rule, note.
std::string assumptions_csv(const std::vector<Assumption>& all);

}  // namespace corridor
