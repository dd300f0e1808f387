// A store reduced to its points.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "corridor/study/estimate.h"
#include "corridor/study/store.h"

namespace corridor {

/// `imprecise`: all its replications are there, and did not reach the precision that was asked for.
enum class PointState { complete, imprecise, incomplete, failed };

/// "complete": the word of exports.
const char* label(PointState state);

struct PointSummary {
    std::uint64_t point = 0;
    PointState state = PointState::incomplete;
    std::uint64_t replications = 0;  ///< that there are
    std::uint64_t needed = 0;        ///< that there are to be, as far as can be told
    std::string failure = {};        ///< of the first replication that failed
    /// Of its trajectories in their order, as a run with its settings has it; nothing without any, or after a failure.
    std::optional<std::uint64_t> fingerprint = {};
    /// In the order of the outputs; without samples after a failure, since what is left is no fair sample.
    std::vector<Estimate> estimates;
};

struct SummaryCounts {
    std::uint64_t points = 0;
    std::uint64_t imprecise = 0;
    std::uint64_t incomplete = 0;
    std::uint64_t failed = 0;
    std::uint64_t replications = 0;
    Inventory inventory;
};

/// Hands over the points of a store one after the other, those without replications too, in constant memory. `read` is
/// that of a reader or of the writer. Of a shard only its own points.
SummaryCounts summarise(const StoreStudy& study,
                        const std::function<Inventory(const std::function<void(const Record&)>&)>& read,
                        const std::function<void(const PointSummary&)>& take);

}  // namespace corridor
