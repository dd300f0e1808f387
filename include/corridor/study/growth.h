// Demand that grows.
#pragma once

#include "corridor/model/model.h"

namespace corridor {

/// The corridor in a year to come: all demand times `factor`, above 0, with its seasons. Listed releases keep their
/// times, their containers rounded so that sums are kept. Background calls, services and stocks stay as they are.
model::Model with_demand_grown(const model::Model& model, double factor);

/// Multiplies listed releases, as above.
void scale_listed(model::Demand& demand, double factor);

}  // namespace corridor
