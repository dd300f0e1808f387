// Numbers that know where they came from: sourced, ranged and named quantities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/base/id.h"
#include "corridor/base/unit.h"

namespace corridor::scenario {

struct Source;
struct Quantity;

/// How a quantity gets its value.
enum class QuantityRule {
    stated,           ///< a number, possibly with a range
    use,              ///< the value of a named quantity
    product,          ///< the product of its operands
    sum,              ///< the sum of its operands
    inverse,          ///< one over its operand: the time of a move from moves per hour
    assumed_default,  ///< the documented default of the key; nobody wrote it
};

/// Shape of the belief over a range. Triangular has its mode at the stated value.
enum class RangeShape { triangular, uniform };

struct Range {
    double low = 0;
    double high = 0;
    RangeShape shape = RangeShape::triangular;
};

/// One number of the scenario. Values are in the base units of `dimension` (unit.h).
struct Quantity {
    std::string path;  ///< "link.luzhou-guoyuan.length", "quantity.upstream-speed"
    Dimension dimension;
    QuantityRule rule = QuantityRule::stated;
    double value = 0;       ///< with all that it is made from at its stated value
    std::string unit = {};  ///< as it is written, "m"; of what uses it or begins a sum with it too; empty: none is
    std::vector<Id<Quantity>>
        operands;                     ///< for `use` and `inverse` (one), `product`, `sum`; they precede it in the table
    std::optional<Range> range;       ///< only for `stated`
    bool whole = false;               ///< a count: a drawn value is rounded to the nearest whole number
    std::vector<Id<Source>> sources;  ///< empty: an assumption
    std::string note;
    SourcePlace place;
};

/// A reference to a number of the scenario; look it up in `Values`.
using Param = Id<Quantity>;

using QuantityTable = IdVector<Quantity>;

/// One value per quantity of a scenario, in base units.
class Values {
  public:
    Values() = default;
    explicit Values(std::vector<double> values) : values_(std::move(values)) {}
    double operator[](Param p) const { return values_[p.index()]; }
    std::size_t size() const { return values_.size(); }

  private:
    std::vector<double> values_;
};

/// Every quantity at its stated value.
Values stated_values(const QuantityTable& quantities);

/// Every range drawn once, by a stream of its own named by the quantity's path: (seed, draw) fixes the result, and
/// adding a quantity changes no other's draw. Quantities without range keep their stated value.
Values drawn_values(const QuantityTable& quantities, std::uint64_t seed, std::uint64_t draw);

}  // namespace corridor::scenario
