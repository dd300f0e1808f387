// Processes that share the work of a sweep: workers, and the one that hands out and alone writes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "corridor/study/store.h"
#include "corridor/study/sweep.h"

namespace corridor {

/// Replications [first, first + count) of one point.
struct Block {
    std::uint64_t point = 0;
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// The workers, as the writer sees them. They are numbered from 0; each brings records, at first none, and so asks for
/// a block.
class Crew {
  public:
    virtual ~Crew() = default;
    virtual std::size_t size() const = 0;

    struct Delivery {
        std::size_t worker = 0;
        std::vector<Record> records;
    };
    /// Waits for some hundredths of a second at most.
    virtual std::optional<Delivery> wait() = 0;

    /// Answers a delivery; without a block the worker's work is over.
    virtual void answer(std::size_t worker, const std::optional<Block>& block) = 0;
};

/// The writer, as a worker sees it.
class Foreman {
  public:
    virtual ~Foreman() = default;

    /// Brings the records of the last block, and waits for the next; nothing when the work is over.
    virtual std::optional<Block> exchange(const std::vector<Record>& records) = 0;
};

/// As `run_sweep` on threads, by a crew. Where `watch.stop` is set it does not wait for what the crew is at; then no
/// worker has been answered that its work is over.
SweepResult run_sweep(const Sweep& sweep, StoreWriter& store, Crew& crew, const StudyWatch& watch = {});

/// What a worker does until its work is over or `stop` is set.
void serve_sweep(const Sweep& sweep, Foreman& foreman, const std::atomic<bool>* stop);

}  // namespace corridor
