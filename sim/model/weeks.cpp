#include <algorithm>

#include "corridor/model/model.h"
#include "model/calendar.h"

namespace corridor::model {

Model in_weeks(const Model& model) {
    Model result = model;
    result.takes_census = false;
    result.months.clear();
    const Instant end = model.origin + Duration{model.window.to};
    for (Instant from = model.origin + Duration{model.window.from}; from < end;) {
        const Instant to = std::min<Instant>(week_start(from) + std::chrono::days{7}, end);
        result.months.push_back({.label = format_instant(std::chrono::floor<std::chrono::days>(from)),
                                 .from = (from - model.origin).count(),
                                 .to = (to - model.origin).count()});
        from = to;
    }
    return result;
}

}  // namespace corridor::model
