// One replication: Model x seed x number -> Outcome.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/model/model.h"

namespace corridor {

enum class RunState {
    complete,
    broken,    ///< an invariant of the engine does not hold: a defect of corridor
    cancelled  ///< stopped from outside; the measures are empty
};

/// How a replication ended.
struct RunStatus {
    RunState state = RunState::complete;
    std::string reason;  ///< "demand.yibin-shanghai: released 1,200 but accounts for 1,199 containers"
    Tick at = 0;         ///< simulated time of the finding
};

struct Outcome {
    RunStatus status;
    std::vector<double> measures;   ///< in the order of the catalogue; NaN where undefined; empty unless complete
    std::uint64_t fingerprint = 0;  ///< of the trajectory: every call, load and delivery in order
    std::uint64_t containers = 0;   ///< released within the horizon
};

/// Runs replications of one model, one after the other, reusing its memory. One object per thread; the model must
/// outlive it and is not changed.
///
/// At one instant: ends of transit and of crane moves, releases, departures; then by line or vehicle number. The
/// horizon is half open: what happens at its end is not counted. Random streams: "phase" per line, "release", "class"
/// and "collection" per demand, "moves" and "entry" per facility, "background" per background.
class Simulator {
  public:
    explicit Simulator(const model::Model& model);
    ~Simulator();
    Simulator(Simulator&&) noexcept;
    Simulator& operator=(Simulator&&) noexcept;

    /// What `Outcome::measures` holds: those of the model's catalogue, in its order.
    const std::vector<MeasureInfo>& measures() const;

    /// Ends early, with the state `cancelled`, when `stop` becomes true.
    Outcome run(std::uint64_t seed, std::uint64_t replication, const std::atomic<bool>* stop = nullptr);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace corridor
