// How the tugs of a port are read.
#pragma once

#include <optional>

#include "scenario/forms.h"

namespace corridor::scenario {

/// { count, docking = { tugs, time }, leaving = { tugs, time } }
struct TugsForm {
    using Value = Tugs;

    Shape shape() const;
    std::optional<Tugs> read(Reader& reader, const Item& item) const;
};

/// Reports tugs of a terminal without quay, and two times for docking.
void check_tugs(Reader& reader, const Item& terminal);

}  // namespace corridor::scenario
