#include "stowage.h"

#include <algorithm>

namespace corridor::engine {

bool fit_on_wagons(const BySize& containers, std::uint32_t wagons, std::uint32_t teu_per_wagon) {
    const auto [ft20, ft40, ft45] = containers;
    if (ft45 > (teu_per_wagon >= 3 ? wagons : 0)) {
        return false;
    }
    const std::uint64_t others = wagons - ft45;
    if (ft40 > others * (teu_per_wagon / 2)) {
        return false;
    }
    const std::uint64_t beside_45 = teu_per_wagon >= 3 ? std::uint64_t{ft45} * (teu_per_wagon - 3) : 0;
    return ft20 + 2 * std::uint64_t{ft40} <= others * teu_per_wagon + beside_45;
}

Stowage::Stowage(const model::Model& model, const model::Line& line, Id<model::Stop> stop)
    : line_(&line), quarters_(line.capacity_quarters), tonnes_(line.payload_t) {
    const std::size_t last = std::size_t{line.first_stop.index()} + line.stop_count - 1;
    for (std::size_t ahead = std::size_t{stop.index()} + 1; line.keeps_room && ahead < last; ++ahead) {
        const Id<model::Stop> id{ahead};
        const std::uint32_t kept = model.stops[id].kept_quarters;
        if (kept > 0) {
            kept_.push_back({id, line.capacity_quarters - kept});
        }
    }
}

/// Who boarded at a stop for which room was kept may ride through one for which more is kept: nothing is left then.
void Stowage::add(const model::BoxClass& box_class, Id<model::Stop> alight) {
    ++containers_[static_cast<std::size_t>(box_class.size)];
    for (Kept& kept : kept_) {
        if (alight > kept.stop) {
            kept.quarters -= std::min(kept.quarters, box_class.quarters);
        }
    }
}

bool Stowage::stands(BySize containers, std::size_t size) const {
    ++containers[size];
    return fit_on_wagons(containers, line_->wagons, line_->teu_per_wagon);
}

/// What fits, where rooms or wagons are kept account of.
Refusal Stowage::take_each(const model::BoxClass& box_class, Id<model::Stop> alight) {
    const auto is_for_others = [&](const Kept& kept) {
        return alight > kept.stop && box_class.quarters > kept.quarters;
    };
    if (std::any_of(kept_.begin(), kept_.end(), is_for_others)) {
        return Refusal::kept_room;
    }
    subtract(box_class.quarters, box_class.tonnes);
    add(box_class, alight);
    return Refusal::none;
}

bool Stowage::has_room(const std::vector<model::BoxClass>& classes) const {
    return std::any_of(classes.begin(), classes.end(), [this](const model::BoxClass& one) { return fits(one); });
}

}  // namespace corridor::engine
