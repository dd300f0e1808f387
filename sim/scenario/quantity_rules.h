// What a quantity is worth, given what its operands are.
#pragma once

#include "corridor/scenario/quantity.h"

namespace corridor::scenario {

/// The value of a quantity; `value_of(Param)` gives its operands', and its own value counts where it has none.
template <class ValueOf>
double evaluate(const Quantity& quantity, const ValueOf& value_of) {
    switch (quantity.rule) {
        case QuantityRule::stated:
        case QuantityRule::assumed_default:
            return quantity.value;
        case QuantityRule::use:
            return value_of(quantity.operands.front());
        case QuantityRule::inverse:
            return 1.0 / value_of(quantity.operands.front());
        case QuantityRule::product: {
            double product = 1.0;
            for (const Param operand : quantity.operands) product *= value_of(operand);
            return product;
        }
        case QuantityRule::sum: {
            double sum = 0.0;
            for (const Param operand : quantity.operands) sum += value_of(operand);
            return sum;
        }
    }
    return quantity.value;
}

}  // namespace corridor::scenario
