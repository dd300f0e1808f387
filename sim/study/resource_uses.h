// How much of every resource a simulation used, and the waits that show whether its queue grows.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/study/capacity.h"
#include "corridor/study/study.h"

namespace corridor::study {

/// Of all resources that have a limit, as far as they have a measure: places, payload as the depth allows, cranes,
/// berths, tugs, yards, paths, headways, sections, locks (of full chambers) and fleets; of empties, how many of those
/// who came for one found none.
std::vector<ResourceUse> resource_uses(const model::Model& model, const MeasureCatalog& catalog,
                                       const StudyResult& study);

/// A mean wait of vehicles, which grows as time passes where more come than get through.
struct QueueWait {
    std::string resource;  ///< "locks", "paths", "sections", "tugs"
    std::string measure;
    std::string subject;
};

/// Those of vehicles at locks, on links and at tugs. Not for links to open or for deeper water: those end by a date.
std::vector<QueueWait> waits_of_vehicles(const model::Model& model, const MeasureCatalog& catalog);

}  // namespace corridor::study
