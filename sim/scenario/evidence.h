// That a model is not fed the figures it is tested against.
#pragma once

#include "corridor/scenario/scenario.h"
#include "scenario/findings.h"

namespace corridor::scenario {

/// Reports every input quantity whose sources are, or descend from, a source of a reported figure, with the chain that
/// leads there. Figures used for calibration may not be inputs either: fitting to them would count them twice.
/// `places` are those of the quantities.
void check_evidence(const Scenario& scenario, const IdVector<Quantity, Place>& places, Findings& findings);

}  // namespace corridor::scenario
