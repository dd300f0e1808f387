#include "departures.h"

#include <algorithm>
#include <cmath>

#include "model/exceptions.h"

namespace corridor::engine {

void DepartureTimes::reset(std::uint64_t seed, std::uint64_t replication, const model::Window& window) {
    first_ms_ = timetable_->first_ms;
    cancelled_ = timetable_->cancelled;
    if (timetable_->random_phase) {
        Stream stream = make_stream(seed, replication, timetable_->stream);
        first_ms_ = uniform01(stream) * timetable_->headway_ms;
    }
    if (timetable_->exceptions.any()) {
        model::DatedDepartures dated = model::with_exceptions(*timetable_, timetable_->exceptions, first_ms_);
        drawn_ = std::move(dated.run);
        cancelled_ = model::count_inside(dated.cancelled, window);
    }
}

Tick DepartureTimes::departure(std::uint64_t k) const {
    if (is_listed()) {
        return k < listed().size() ? listed()[k] : kNever;
    }
    return to_tick(first_ms_ + static_cast<double>(k) * timetable_->headway_ms);
}

std::uint64_t DepartureTimes::first_number_from(Tick time) const {
    if (is_listed()) {
        const std::vector<Tick>& listed = this->listed();
        return static_cast<std::uint64_t>(std::lower_bound(listed.begin(), listed.end(), time) - listed.begin());
    }
    const double elapsed = static_cast<double>(time) - first_ms_;
    auto k = static_cast<std::uint64_t>(std::max(0.0, std::floor(elapsed / timetable_->headway_ms)));
    while (departure(k) < time) {
        ++k;
    }
    return k;
}

}  // namespace corridor::engine
