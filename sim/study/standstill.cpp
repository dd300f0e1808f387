#include "corridor/study/standstill.h"

#include <fmt/format.h>

#include "corridor/base/unit.h"

namespace corridor {

Diagnostics standstill_warnings(const MeasureCatalog& catalog, const StudyResult& study) {
    constexpr double kLong = 24.0;  // h
    Diagnostics warnings;
    const auto& infos = catalog.infos();
    for (std::size_t i = 0; i < infos.size(); ++i) {
        if (infos[i].name != "yard_stuck_time") continue;
        const double hours = study.measures[i].mean();
        if (!(hours >= kLong)) continue;
        warnings.push_back(
            {.severity = Severity::warning,
             .path = infos[i].subject,
             .message = fmt::format("the yard is full, and nobody came or went over the last {:.4g} h while containers "
                                    "waited for room (those that would make room may wait for it themselves)",
                                    hours),
             .hint = "give it more room, more berths, or vehicles that take containers away, or turn containers away"});
    }
    return warnings;
}

}  // namespace corridor
