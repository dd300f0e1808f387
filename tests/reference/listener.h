// The journal of a replication of the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/observer.h"
#include "engine/state.h"
#include "journal.h"

namespace corridor::reference {

class Listener : public engine::Observer {
  public:
    explicit Listener(const model::Model& model) : model_(model), journal_(model.window.to) {}

    const Journal& journal() const { return journal_; }

    void begin(const engine::Disruptions& /*disruptions*/) override { journal_ = Journal(model_.window.to); }
    void moved(const engine::Box& box, const engine::ContainerMove& move) override {
        journal_.move(demand_of(box), box.number, move.asked, move.start, move.end);
    }
    void delivered(const engine::Box& box, Tick time) override { journal_.delivery(demand_of(box), box.number, time); }
    void goes_by_road(Id<model::Demand> demand, const engine::Box& box, engine::ByRoad /*why*/, Tick /*departure*/,
                      std::optional<Tick> end) override {
        if (end) journal_.delivery(demand.index(), box.number, *end);
    }
    void arrives(const engine::Vehicle& vehicle, std::uint32_t /*index*/, Tick now) override {
        call(Journal::Step::arrives, vehicle, now);
    }
    void has_berthed(const engine::Vehicle& vehicle, std::uint32_t /*index*/, Tick now) override {
        call(Journal::Step::has_berthed, vehicle, now);
    }
    void leaves(const engine::Vehicle& vehicle, std::uint32_t /*index*/, Tick now) override {
        call(Journal::Step::leaves, vehicle, now);
    }

  private:
    std::size_t demand_of(const engine::Box& box) const { return model_.legs.items()[box.leg].demand.index(); }
    void call(Journal::Step step, const engine::Vehicle& vehicle, Tick now) {
        journal_.call(step, vehicle.stop.index(), vehicle.scheduled, now);
    }

    const model::Model& model_;
    Journal journal_;
};

}  // namespace corridor::reference
