// The most that the services of a model can carry from one terminal to another for ever, and what holds them back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "corridor/model/balance.h"
#include "corridor/model/model.h"

namespace corridor::model {

/// Part of what limits a throughput: a hop of a line, what stands on its way, or something at a terminal.
struct Bottleneck {
    std::string subject;  ///< "service.yibin-guoyuan.forward", "terminal.guoyuan.quay", "lock.three-gorges"
    std::string where;    ///< of places the hop: "yibin - luzhou", of a payload "yibin - luzhou, payload"; else what
                          ///< it has too little of: "loading", "discharging", "paths", "headways", "sections",
                          ///< "locks", "depth", "fleet", "tugs", "yard", "yard cranes"
    double teu_per_hour = 0.0;  ///< its capacity
};

struct Throughput {
    double teu_per_hour = 0.0;            ///< infinite where continuous services and unlimited cranes lead through
    std::vector<Bottleneck> bottlenecks;  ///< a minimum cut: together they let no more through
};

/// What is carried.
struct Cargo {
    double teu_per_move = 1.0;
    double tonnes_per_teu = 0.0;  ///< 0: payloads do not matter
    bool stays = false;           ///< at the destination, in its yard, until it is collected
};

/// That of a demand's containers on average.
Cargo cargo_of(const Demand& demand);

/// The services as a network of flows. Vehicles run as their timetables say; of those that a fleet, the paths, headways
/// and sections of links, locks and tugs cannot let through, each line loses the same share (first come, first served).
/// docs/model.md says what is held against what.
class ServiceNetwork {
  public:
    /// `loads`: the static balance of the model, which has to outlive this.
    ServiceNetwork(const Model& model, const std::vector<Load>& loads);
    ServiceNetwork(ServiceNetwork&&) noexcept;
    ~ServiceNetwork();

    /// Maximum flow when all other containers and calls of background traffic stand aside: an upper bound.
    Throughput greatest(Id<Terminal> from, Id<Terminal> to, const Cargo& cargo) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace corridor::model
