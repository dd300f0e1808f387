// What a vehicle still has room for: TEU, weight, wagons, and room kept for those who board later.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::engine {

/// Sums of weights such as 14.1 t are not exact to the last bit.
inline constexpr double kGram = 1e-6;

/// Containers on a train, by size.
using BySize = std::array<std::uint32_t, 3>;

/// Whether containers can stand on the wagons of a train: a 40-foot container on two places of one wagon, one of 45
/// feet on three, with no other 45-foot or 40-foot container beside it. The order on the train does not matter.
bool fit_on_wagons(const BySize& containers, std::uint32_t wagons, std::uint32_t teu_per_wagon);

/// Why a container is not taken.
enum class Refusal { none, no_room, kept_room };

class Stowage {
  public:
    /// An empty vehicle that loads at `stop`.
    Stowage(const model::Model& model, const model::Line& line, Id<model::Stop> stop);

    /// What the depth allows, where that is less than the payload.
    void limit_payload(double tonnes) { tonnes_ = tonnes < tonnes_ ? tonnes : tonnes_; }

    /// Takes away what is on board already, in sum; where `counts_each()`, `add` has to be called for each as well.
    void subtract(std::uint64_t quarters, double tonnes) {
        quarters_ -= static_cast<std::uint32_t>(quarters);
        tonnes_ -= tonnes;
    }
    bool counts_each() const { return line_->wagons > 0 || !kept_.empty(); }
    void add(const model::BoxClass& box_class, Id<model::Stop> alight);

    /// Takes a container on board, if it fits.
    Refusal take(const model::BoxClass& box_class, Id<model::Stop> alight) {
        if (!fits(box_class)) {
            return Refusal::no_room;
        }
        if (counts_each()) {
            return take_each(box_class, alight);
        }
        subtract(box_class.quarters, box_class.tonnes);
        return Refusal::none;
    }

    /// Whether a container of any of the `classes` would find room, kept or not.
    bool has_room(const std::vector<model::BoxClass>& classes) const;

    std::uint32_t quarters_left() const { return quarters_; }
    bool weighs() const { return line_->payload_t > 0.0; }

  private:
    /// What those who ride on from a stop ahead may still take.
    struct Kept {
        Id<model::Stop> stop;
        std::uint32_t quarters = 0;
    };

    bool fits(const model::BoxClass& box_class) const {
        const bool is_light = !weighs() || box_class.tonnes <= tonnes_ + kGram;
        return box_class.quarters <= quarters_ && is_light &&
               (line_->wagons == 0 || stands(containers_, static_cast<std::size_t>(box_class.size)));
    }
    Refusal take_each(const model::BoxClass& box_class, Id<model::Stop> alight);
    bool stands(BySize containers, std::size_t size) const;

    const model::Line* line_;
    std::uint32_t quarters_ = 0;
    double tonnes_ = 0.0;
    BySize containers_{};     ///< on the wagons
    std::vector<Kept> kept_;  ///< in order of travel
};

}  // namespace corridor::engine
