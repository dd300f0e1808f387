#include "corridor/study/growth.h"

#include <algorithm>
#include <cmath>

#include "corridor/base/contract.h"

namespace corridor {

void scale_listed(model::Demand& demand, double factor) {
    double due = 0.0;
    double given = 0.0;
    for (model::ListedRelease& release : demand.listed) {
        due += release.containers * factor;
        release.containers = static_cast<std::uint32_t>(std::max(0.0, std::round(due - given)));
        given += release.containers;
    }
}

model::Model with_demand_grown(const model::Model& model, double factor) {
    expects(factor > 0, "demand grows by a factor above 0");
    model::Model grown = model;
    for (model::Demand& demand : grown.demands) {
        scale_listed(demand, factor);
        for (model::RateSegment& segment : demand.rates) segment.per_ms *= factor;
    }
    return grown;
}

}  // namespace corridor
