#include "departures.h"

#include <algorithm>
#include <cmath>

namespace corridor::engine {

void DepartureTimes::reset(std::uint64_t seed, std::uint64_t replication) {
    first_ms_ = timetable_->first_ms;
    if (timetable_->random_phase) {
        Stream stream = make_stream(seed, replication, timetable_->stream);
        first_ms_ = uniform01(stream) * timetable_->headway_ms;
    }
}

Tick DepartureTimes::departure(std::uint64_t k) const {
    if (timetable_->headway_ms > 0.0) {
        return to_tick(first_ms_ + static_cast<double>(k) * timetable_->headway_ms);
    }
    return k < timetable_->listed.size() ? timetable_->listed[k] : kNever;
}

std::uint64_t DepartureTimes::first_number_from(Tick time) const {
    if (timetable_->headway_ms > 0.0) {
        const double elapsed = static_cast<double>(time) - first_ms_;
        auto k = static_cast<std::uint64_t>(std::max(0.0, std::floor(elapsed / timetable_->headway_ms)));
        while (departure(k) < time) {
            ++k;
        }
        return k;
    }
    const auto& listed = timetable_->listed;
    return static_cast<std::uint64_t>(std::lower_bound(listed.begin(), listed.end(), time) - listed.begin());
}

}  // namespace corridor::engine
