// A quantity as it is written, before its parts are held against each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/forms.h"

namespace corridor::scenario {

/// A number as written, with its place.
struct Stated {
    Measurement measurement;
    Place place;
    std::string unit = {};  ///< "m"; empty for a plain number
};

struct Interval {
    Stated low;
    Stated high;
};

/// A number or text with a unit, of any dimension.
struct StatedForm {
    using Value = Stated;
    const std::vector<Dimension>* wanted = nullptr;  ///< whose units are suggested where one is unknown

    Shape shape() const { return {.kind = Shape::Kind::quantity, .bounds = kAnySign}; }
    std::optional<Stated> read(Reader& reader, const Item& item) const;
};

/// A quantity's table.
struct QuantityDraft {
    std::optional<Stated> value;
    std::optional<Interval> range;
    RangeShape shape = RangeShape::triangular;
    std::optional<Param> use;
    std::optional<std::vector<Param>> product;
    std::optional<std::vector<Param>> sum;
    std::optional<Id<Source>> source;
    std::vector<Id<Source>> sources;
    std::string note;
};

const Keys<QuantityDraft>& quantity_draft_keys();

/// "use km or m", for quantities of one of `dimensions`; empty where they have no units.
std::string units_hint(const std::vector<Dimension>& dimensions);

}  // namespace corridor::scenario
