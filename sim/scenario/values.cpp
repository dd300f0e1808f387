#include <cmath>
#include <utility>
#include <vector>

#include "corridor/base/contract.h"
#include "corridor/base/random.h"
#include "corridor/scenario/quantiles.h"
#include "corridor/scenario/quantity.h"
#include "scenario/quantity_rules.h"

namespace corridor::scenario {
namespace {

/// By inversion, with nothing but a square root, which is the same on every machine.
double draw_triangular(const Range& range, double mode, double u) {
    const double width = range.high - range.low;
    const double below = (mode - range.low) / width;
    if (u < below) return range.low + std::sqrt(u * width * (mode - range.low));
    return range.high - std::sqrt((1.0 - u) * width * (range.high - mode));
}

double draw_from(const Quantity& quantity, double u) {
    const Range& range = *quantity.range;
    return range.shape == RangeShape::uniform ? range.low + u * (range.high - range.low)
                                              : draw_triangular(range, quantity.value, u);
}

/// What a count gets from a draw, its own or that of a quantity it uses.
double as_written(const Quantity& quantity, double drawn) { return quantity.whole ? std::floor(drawn + 0.5) : drawn; }

}  // namespace

bool is_counted(const QuantityTable& quantities, Param param) {
    const auto counts_it = [param](const Quantity& quantity) {
        return quantity.whole && quantity.rule == QuantityRule::use && quantity.operands.front() == param;
    };
    return quantities[param].whole || std::any_of(quantities.begin(), quantities.end(), counts_it);
}

double value_at(const Quantity& quantity, double quantile) {
    return as_written(quantity, draw_from(quantity, quantile));
}

namespace {

/// `quantile` is asked for the place in each range.
template <class Quantile>
Values with_ranges_at(const QuantityTable& quantities, Quantile quantile) {
    std::vector<double> values;
    values.reserve(quantities.size());
    for (const Quantity& quantity : quantities) {
        if (quantity.range) {
            values.push_back(value_at(quantity, quantile(quantity)));
        } else {
            const double drawn = evaluate(quantity, [&](Param operand) { return values[operand.index()]; });
            values.push_back(as_written(quantity, drawn));
        }
    }
    return Values(std::move(values));
}

}  // namespace

Values stated_values(const QuantityTable& quantities) {
    std::vector<double> values;
    values.reserve(quantities.size());
    for (const Quantity& quantity : quantities) values.push_back(quantity.value);
    return Values(std::move(values));
}

Values drawn_values(const QuantityTable& quantities, std::uint64_t seed, std::uint64_t draw) {
    return with_ranges_at(quantities, [&](const Quantity& quantity) {
        Stream stream = make_stream(seed, draw, stream_key("quantity", quantity.path));
        return uniform01(stream);
    });
}

std::vector<Param> ranged(const QuantityTable& quantities) {
    std::vector<Param> params;
    for (std::size_t i = 0; i < quantities.size(); ++i) {
        if (quantities[Param{i}].range) params.emplace_back(i);
    }
    return params;
}

Values values_at(const QuantityTable& quantities, const std::vector<double>& quantiles) {
    auto next = quantiles.begin();
    Values values = with_ranges_at(quantities, [&](const Quantity&) { return *next++; });
    ensures(next == quantiles.end(), "one quantile for each range");
    return values;
}

}  // namespace corridor::scenario
