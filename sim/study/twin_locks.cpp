#include <algorithm>

#include "model/ways.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Direction;
using model::Lock;
using model::Model;

/// Whether a chamber that takes one vessel at a time serves a Poisson stream and nobody else: M/D/c.
bool is_queue_of_single_vessels(const Model& model, const Lock& lock, Direction direction) {
    if (lock.two_way || lock.places != 1 || lock.is_disrupted) return false;
    const auto passes = [&](const model::WayElement& element) {
        return element.kind == model::WayElement::Kind::lock && &model.locks[element.lock] == &lock &&
               element.direction == direction;
    };
    return std::ranges::none_of(model.stops,
                                [&](const model::Stop& stop) { return std::ranges::any_of(stop.hop.way, passes); });
}

}  // namespace

void add_lock_rows(std::vector<TheoryRow>& rows, const Model& model, const model::Traffic&) {
    for (const Lock& lock : model.locks) {
        for (const Direction direction : scenario::kDirections) {
            const double rate = lock.traffic[static_cast<std::size_t>(direction)].per_ms * kMillisecondsPerHour;
            if (rate <= 0.0 || !is_queue_of_single_vessels(model, lock, direction)) continue;
            const Tick cycle = lock.entering + lock.levelling[0] + lock.levelling[1] + lock.leaving;
            const double hours = static_cast<double>(cycle) / kMillisecondsPerHour;
            const double load = rate * hours / lock.chambers;
            const std::string who = subject(lock) + "." + std::string(model::label(direction));
            const Standing standing = load < 1.0 ? Standing::exact : Standing::approximation;
            rows.push_back(
                {"lock_utilisation", who, "share", std::min(load, 1.0), "traffic equations", standing, load});
            rows.push_back({"lock_wait_mean", who, "h", queueing::wait_mdc(rate, hours, lock.chambers),
                            "M/D/c (Crommelin)", Standing::exact, load});
        }
    }
}

}  // namespace corridor::study
