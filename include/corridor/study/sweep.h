// A sweep: replications at every point of a design, into a store.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"
#include "corridor/scenario/study_file.h"
#include "corridor/study/design.h"
#include "corridor/study/reading.h"
#include "corridor/study/stop_rule.h"
#include "corridor/study/store.h"
#include "corridor/study/study.h"

namespace corridor {

/// A share of the points: every `count`-th, from the `number`-th on.
struct Shard {
    std::uint64_t number = 1;  ///< 1 to count
    std::uint64_t count = 1;

    bool holds(std::uint64_t point) const { return point % count + 1 == number; }
};

/// "2/5"; the whole where the text is no shard.
Shard shard_in(std::string_view text);

/// All that decides what is run and kept.
struct Sweep {
    scenario::Scenario base;
    Design design;
    std::vector<ReadingTarget> targets;  ///< the first outputs
    std::vector<Output> outputs;
    std::vector<std::size_t> shown;  ///< of these, what a table has: headlines, what is named without a star, the load
    std::uint64_t seed = 1;
    StopRule rule;
    Shard shard;

    std::vector<std::size_t> headlines() const;  ///< positions among the outputs
    std::uint64_t points_of_shard() const;
};

/// The most replications of one sweep, at most so many at each point.
inline constexpr double kMostRuns = 1e8;

/// `base` is the study's scenario. Errors: those of the design and of the readings, a pattern that no measure fits, too
/// many runs, more shards than points.
Result<Sweep> plan_sweep(const scenario::StudyFile& study, scenario::Scenario base, Shard shard);

/// What a store says of a sweep.
StoreStudy store_study(const Sweep& sweep, const scenario::StudyFile& study, std::string command);

/// Reads and compiles every point of the sweep's shard, so that none turns out to be no scenario after hours, nor to
/// have more than `most_containers` in a replication. Errors are at the parameter in the study file, and say at which
/// points. Ends early when `watch.stop` is set.
Diagnostics check_points(const Sweep& sweep, unsigned threads, const StudyWatch& watch = {},
                         std::optional<double> most_containers = {});

/// Runs replications of a sweep, one at a time; keeps the last point's model and memory. One object per thread.
class PointRunner {
  public:
    /// The sweep outlives it.
    explicit PointRunner(const Sweep& sweep);
    ~PointRunner();
    PointRunner(PointRunner&&) noexcept;
    PointRunner& operator=(PointRunner&&) = delete;

    /// With the outputs, or why there are none: a defect, or values that are no scenario. Nothing where `stop` was set.
    std::optional<Record> run(std::uint64_t point, std::uint64_t replication, const std::atomic<bool>* stop);

  private:
    class State;
    std::unique_ptr<State> state_;
};

struct SweepResult {
    bool is_cancelled = false;
    std::uint64_t stored_before = 0;  ///< replications that were there
    std::uint64_t runs = 0;           ///< that were added
    std::uint64_t failures = 0;       ///< of these
    std::string first_failure;        ///< with its point
    bool lacks_memory = false;        ///< which is why one failed
};

/// Runs what the store lacks, on threads of its own, and adds it. What it ends with does not depend on the threads, or
/// on how often it was interrupted. Throws what the store throws, and std::bad_alloc.
SweepResult run_sweep(const Sweep& sweep, StoreWriter& store, unsigned threads, const StudyWatch& watch = {});

}  // namespace corridor
