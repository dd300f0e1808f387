// The static balance of a traffic that is known already.
#pragma once

#include <vector>

#include "corridor/model/balance.h"
#include "traffic.h"

namespace corridor::model {

std::vector<Load> static_balance(const Model& model, const Traffic& traffic);

}  // namespace corridor::model
