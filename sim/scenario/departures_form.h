// When vehicles leave: { per_week = 9 }, { headway = "12 h", first = ... }, { weekly = [...] }, { times = [...] }, ...
#pragma once

#include <optional>

#include "scenario/quantity_form.h"

namespace corridor::scenario {

struct DeparturesForm {
    using Value = Departures;
    Shape shape() const;
    std::optional<Departures> read(Reader& reader, const Item& item) const;
};

}  // namespace corridor::scenario
