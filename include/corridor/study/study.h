// Many replications of one model, reduced to estimates.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "corridor/engine/measures.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/model.h"
#include "corridor/study/estimate.h"

namespace corridor {

/// A result made of several measures of one replication: their sum times a factor. NaN where one of them is.
struct MeasureSum {
    std::vector<std::size_t> measures;  ///< positions in the catalogue
    double factor = 1.0;

    double of(const std::vector<double>& values) const;
};

/// How many replications, and on how many threads. The threads change nothing but the time it takes.
struct StudyPlan {
    std::uint64_t seed = 1;
    std::uint64_t replications = 20;  ///< exactly these; with `precision`, at least these
    std::optional<double> precision;  ///< stop when every headline's half-width is within this share of its mean
    std::uint64_t most_replications = 10'000;  ///< with `precision`: stop here at the latest
    unsigned threads = 1;
};

/// What the caller wants to hear and say while a study runs.
struct StudyWatch {
    const std::atomic<bool>* stop = nullptr;  ///< set to true from outside: end soon, with the state `cancelled`
    /// Called on the calling thread after each replication: how many are done, and how many are expected in all.
    std::function<void(std::uint64_t done, std::uint64_t expected)> progress;
};

enum class PrecisionState { not_asked, reached, not_reached };

struct StudyResult {
    RunStatus status;                 ///< complete, or that of the first replication that was not
    std::uint64_t replications = 0;   ///< that are in the estimates; the number of the replication that failed
    std::uint64_t fingerprint = 0;    ///< hash of those of all these replications, in their order
    std::vector<Estimate> measures;   ///< in the order of the catalogue
    std::vector<Estimate> headlines;  ///< in the order given
    PrecisionState precision = PrecisionState::not_asked;
};

/// Runs replication number `replication` of one model; used by one thread at a time.
using Replicator = std::function<Outcome(std::uint64_t replication)>;

/// Runs the replications 0, 1, 2, ... and adds their outcomes up in this order, so the result is the same to the last
/// bit for any number of threads. Memory does not grow with the number of replications.
/// `make_replicator` is called once per thread, on it. Exceptions thrown there or by a replicator are passed on.
StudyResult run_study(const std::function<Replicator()>& make_replicator, std::size_t measure_count,
                      const std::vector<MeasureSum>& headlines, const StudyPlan& plan, const StudyWatch& watch = {});

/// The same for a model.
StudyResult run_study(const model::Model& model, const MeasureCatalog& catalog,
                      const std::vector<MeasureSum>& headlines, const StudyPlan& plan, const StudyWatch& watch = {});

}  // namespace corridor
