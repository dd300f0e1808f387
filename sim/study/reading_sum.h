// Whether what a reading adds up can be added, and whether any of it can be more than nothing.
#pragma once

#include <string>
#include <string_view>

#include "corridor/engine/measures.h"
#include "corridor/model/model.h"

namespace corridor::study {

/// Whether a measure of two subjects that have nothing in common is the sum of both: counts are, while means, shares,
/// percentiles and times are not.
bool is_additive(const MeasureDescription& measure);

/// Why two subjects of one measure have something in common, which their sum would count twice: "both count
/// service.barge". Empty where they have not. Both are subjects of the catalogue.
std::string overlap(const model::Model& model, std::string_view a, std::string_view b);

/// Why a measure of containers is 0 for this subject whatever happens: "no service runs there". Empty where it need not
/// be 0, and for measures of anything else.
struct Emptiness {
    std::string reason;
    bool by_network = false;  ///< whatever the demand: nothing runs there
};
Emptiness emptiness(const model::Model& model, const MeasureDescription& measure, std::string_view subject);

}  // namespace corridor::study
