// The most that could be carried for each demand if everything else stood aside.
#pragma once

#include <string>
#include <vector>

#include "corridor/model/model.h"
#include "corridor/model/throughput.h"

namespace corridor {

struct Potential {
    std::string demand;  ///< "demand.exports"
    std::string from;    ///< ids of the terminals
    std::string to;
    double offered = 0;                  ///< TEU/day, on average over the period
    double greatest = 0;                 ///< TEU/day; infinite where nothing holds it back
    std::vector<model::Bottleneck> cut;  ///< what lets no more through
};

/// One per demand, in the order of the model: the maximum flow (see model::ServiceNetwork) of containers like the
/// demand's on average. `loads`: the static balance of the model.
std::vector<Potential> potentials(const model::Model& model, const std::vector<model::Load>& loads);

}  // namespace corridor
