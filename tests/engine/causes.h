// What tests of the causes of waiting share: January 2020 on a river of ten hours, explained.
#pragma once

#include <string>

#include "engine/support.h"

namespace corridor {

inline Simulated told_causes(const std::string& text) { return Simulated(text, 1, 0, kWithCauses); }

inline std::string jan_at(const std::string& day_and_hour) { return "2020-01-" + day_and_hour + ":00"; }

inline std::string leaving_at(const std::string& first, const std::string& second = "") {
    return "{ times = [" + jan_at(first) + (second.empty() ? "" : ", " + jan_at(second)) + "] }";
}

inline std::string released_at(const std::string& when, int count = 1, const std::string& more = "") {
    return listed("{ time = " + jan_at(when) + ", containers = " + std::to_string(count) + " }", more);
}

inline std::string closing_of(const std::string& of, const std::string& from, const std::string& to,
                              const std::string& effect = "closed = true") {
    return disrupted(of, effect, jan_at(from), jan_at(to));
}

inline const std::string kOnLine = ".service.line.forward";
inline constexpr double kHoursOfJanuary = 31 * 24.0;

/// All the waiting, and that nothing is missing.
inline void check_all_waiting(const Simulated& run, double waiting) {
    CHECK(run("waiting_time", "total") == doctest::Approx(waiting));
    const double all = run("waiting_time", "total") + run("journey_time", "total");
    CHECK(all == doctest::Approx(run("containers_in_system", "total") * kHoursOfJanuary));
}

}  // namespace corridor
