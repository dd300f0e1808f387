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
    std::vector<double> measures;  ///< in the order of the catalogue; NaN where undefined; empty unless complete
    /// Hash of the trajectory, in the order of events: when each vehicle leaves each stop with how many on board, and
    /// the ends of each batch of crane moves, background included. Also of what was simulated before a broken run.
    std::uint64_t fingerprint = 0;
    std::uint64_t containers = 0;  ///< released within the horizon
};

/// Runs replications of one model, one after the other, reusing its memory. One object per thread; the model must
/// outlive it and is not changed.
///
/// At one instant, in this order: disruptions end; vehicles go on along their way; arrive; have berthed; are
/// discharged; end their layover; background calls come; containers of continuous services and releases; lists close;
/// vehicles load; crane moves in turn start; vehicles leave; tugs have brought vehicles clear of their berths; locks
/// let in who waits. Of one kind the lower line, vehicle, background or terminal number goes first. Releases for other
/// services are drawn when a vehicle loads, up to and including that instant.
///
/// The horizon is half open: what happens at its end is not simulated. Vehicles, departures and containers that are
/// under way then are counted as such. A run that is broken or cancelled has no measures.
///
/// Where the scenario has disruptions, a replication is simulated once more without them, on the same draws, for the
/// measures of what they do.
///
/// Random streams: "phase" per service and direction, "release" (with consignment sizes), "class" and "collection" per
/// demand, "moves", "entry" and (with tugs) "leaving" per terminal and mode, "background" (gaps, stays and moves) per
/// background, "disruption" per disruption and what it is of. Those who use one terminal share its draws in the order
/// in which they come.
class Simulator {
  public:
    explicit Simulator(const model::Model& model);
    /// The same with a catalogue made before, for this model or for the same scenario at other values: to make one
    /// takes as long as a small replication. It is shared, or made anew where it is not that of `model`.
    Simulator(const model::Model& model, const MeasureCatalog& catalog);
    ~Simulator();
    Simulator(Simulator&&) noexcept;
    Simulator& operator=(Simulator&&) noexcept;

    /// What `Outcome::measures` holds, in its order.
    const MeasureCatalog& catalog() const;

    /// Ends early, with the state `cancelled`, when `stop` becomes true.
    Outcome run(std::uint64_t seed, std::uint64_t replication, const std::atomic<bool>* stop = nullptr);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace corridor
