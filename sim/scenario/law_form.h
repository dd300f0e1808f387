// Distributions: of durations ({ law = "exponential", mean = "4 min" }) and of counts ({ sizes = [...], shares = [...]
// }).
#pragma once

#include <optional>

#include "scenario/quantity_form.h"

namespace corridor::scenario {

/// A law of durations; a duration alone is fixed.
struct LawForm {
    using Value = Law;
    Shape shape() const;
    std::optional<Law> read(Reader& reader, const Item& item) const;
};

/// A distribution of counts of at least `least`; a count alone is fixed.
struct CountLawForm {
    using Value = CountLaw;
    const Keys<CountLaw>& keys;
    QuantityForm size;

    Shape shape() const;
    std::optional<CountLaw> read(Reader& reader, const Item& item) const;
};

/// Sizes of at least 1 (containers in a consignment), or at least 0 (moves of a call).
CountLawForm positive_counts();
CountLawForm counts();

}  // namespace corridor::scenario
