// Yards in which nothing moves any more: a run that can never go on must not look like a slow one.
#pragma once

#include "corridor/base/diagnostic.h"
#include "corridor/engine/measures.h"
#include "corridor/study/study.h"

namespace corridor {

/// Warns of each terminal where, at the end of the period, containers have waited for room for a day or more on
/// average, and none was given or freed meanwhile.
Diagnostics standstill_warnings(const MeasureCatalog& catalog, const StudyResult& study);

}  // namespace corridor
