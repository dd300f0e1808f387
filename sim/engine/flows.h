// Containers carried, by service and by link: sums over the legs that boarded.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "corridor/model/model.h"
#include "tally.h"

namespace corridor::engine {

/// Containers by size, laden (0) or empty (1).
using BySizeAndLoad = std::array<std::array<std::uint64_t, 2>, 3>;

/// Which containers a sum takes in.
enum class LoadFilter : std::uint8_t { all, laden, empty };

std::uint64_t containers(const BySizeAndLoad& counts, LoadFilter filter);
double teu(const BySizeAndLoad& counts, LoadFilter filter);

/// (entity x direction x month) containers boarded in the window.
template <class Entity>
class FlowTable {
  public:
    FlowTable(std::size_t entities, std::size_t months) : months_(months), cells_(entities * 2 * months) {}

    void clear() { cells_.assign(cells_.size(), BySizeAndLoad{}); }
    BySizeAndLoad& at(Id<Entity> id, model::Direction direction, std::size_t month) {
        return cells_[(std::size_t{id.index()} * 2 + static_cast<std::size_t>(direction)) * months_ + month];
    }
    const BySizeAndLoad& at(Id<Entity> id, model::Direction direction, std::size_t month) const {
        return cells_[(std::size_t{id.index()} * 2 + static_cast<std::size_t>(direction)) * months_ + month];
    }
    std::size_t months() const { return months_; }

  private:
    std::size_t months_;
    std::vector<BySizeAndLoad> cells_;
};

/// All flows of a replication.
struct Flows {
    explicit Flows(const model::Model& model);
    void sum(const model::Model& model, const Tally& tally);

    FlowTable<model::Service> services;
    FlowTable<model::Link> links;
    std::vector<double> teu_km;  ///< by service
};

}  // namespace corridor::engine
