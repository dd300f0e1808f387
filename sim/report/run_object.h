// The results of a run as JSON, for all that puts them into something larger.
#pragma once

#include "corridor/report/page.h"
#include "report/json_text.h"

namespace corridor::report {

Json run_object(const RunReport& report);

/// That of `page_pictures`.
Json pictures_object(const model::Model& model, const Series& series, const TripRecord& trips);

}  // namespace corridor::report
