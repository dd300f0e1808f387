// The depth of a waterway: one, or one from each of several dates on.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "corridor/scenario/scenario.h"
#include "scenario/forms.h"

namespace corridor::scenario {

/// "3.2 m", or [{ from = 2020-01-01, depth = "2.7 m" }, ...]
struct DepthForm {
    using Value = std::vector<DepthStep>;

    Shape shape() const;
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

/// Depths by month as steps: a month that is not given has the depth of the one before.
std::vector<DepthStep> depth_steps(const std::map<int, Param>& by_month);

}  // namespace corridor::scenario
