// Numbers with units and evidence: "275 km", { value = "275 km", range = [...], source = "F120" }, { use = "name" }.
#pragma once

#include <optional>
#include <vector>

#include "scenario/forms.h"

namespace corridor::scenario {

/// A number of one of `dimensions`, or of any where they are empty.
struct QuantityForm {
    using Value = Param;
    std::vector<Dimension> dimensions;
    Bounds bounds = kNotNegative;
    bool whole = false;
    std::string_view plain_unit = {};  ///< of a number without unit: "/week"; empty: it needs one

    Shape shape() const;
    std::optional<Param> read(Reader& reader, const Item& item) const;
};

inline QuantityForm quantity(Dimension dimension, Bounds bounds = kNotNegative) { return {{dimension}, bounds}; }
inline QuantityForm either(Dimension a, Dimension b, Bounds bounds = kNotNegative) { return {{a, b}, bounds}; }
inline QuantityForm count(Bounds bounds) { return {{kNumber}, bounds, true}; }
/// A frequency whose plain numbers are meant in `unit`: 9 is "9 /week".
inline QuantityForm quantity_per(std::string_view unit) {
    return {.dimensions = {kFrequency}, .bounds = kPositive, .plain_unit = unit};
}
inline QuantityForm share() { return {{kNumber}, kShare}; }
inline QuantityForm any_quantity() { return {{}, kAnySign}; }

/// The keys of a quantity written as a table.
const std::vector<KeyInfo>& quantity_keys();

/// Whether a table is a quantity's rather than a law's or another one.
bool is_quantity_table(const Node& node);

/// Reports shares that do not add up to 1; `whose` is the table they stand in.
void check_shares(Reader& reader, const Item& whose, const std::vector<Param>& shares);

}  // namespace corridor::scenario
