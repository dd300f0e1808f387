#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "corridor/study/crew.h"
#include "corridor/study/sweep.h"
#include "study/in_order.h"
#include "study/work_list.h"

namespace corridor {
namespace {

using study::WorkList;

using Clock = std::chrono::steady_clock;

// Adds records to a store, and brings them to disk every half second: a commit waits for the disk.
class BatchWriter {
  public:
    BatchWriter(const Sweep& sweep, StoreWriter& store, SweepResult& result)
        : sweep_(sweep), store_(store), result_(result) {}

    void add(const std::vector<Record>& records) {
        for (const Record& record : records) {
            store_.add(record);
            ++result_.runs;
            result_.lacks_memory = result_.lacks_memory || record.failure == kNoMemory;
            if (record.failure.empty() || result_.failures++ > 0) continue;
            result_.first_failure =
                fmt::format("point {} ({}): {}", record.point, sweep_.design.text(record.point), record.failure);
        }
        uncommitted_ += records.size();
    }

    void commit_if_due() {
        constexpr std::chrono::milliseconds kBetweenCommits{500};
        if (uncommitted_ > 0 && Clock::now() - last_commit_ >= kBetweenCommits) commit();
    }

    void commit() {
        store_.commit();
        uncommitted_ = 0;
        last_commit_ = Clock::now();
    }

  private:
    const Sweep& sweep_;
    StoreWriter& store_;
    SweepResult& result_;
    std::size_t uncommitted_ = 0;
    Clock::time_point last_commit_ = Clock::now();
};

// A block's records, as far as they were made before the sweep was stopped.
std::vector<Record> records_of(PointRunner& runner, const Block& block, const std::atomic<bool>* stop) {
    std::vector<Record> records;
    for (std::uint64_t i = 0; i < block.count && !study::is_set(stop); ++i) {
        auto record = runner.run(block.point, block.first + i, stop);
        if (!record) break;
        records.push_back(*std::move(record));
    }
    return records;
}

// Blocks out of a work list to threads, records out of the threads to the calling one, which alone writes.
class ThreadedSweep {
  public:
    ThreadedSweep(const Sweep& sweep, WorkList work, BatchWriter& writer, const StudyWatch& watch)
        : sweep_(sweep), work_(std::move(work)), writer_(writer), watch_(watch) {}

    void run(unsigned threads) {
        working_ = threads;
        const std::vector<std::jthread> workers = study::start_threads(threads, [this] { work(); });
        // Before they are waited for: a store that fails would leave them at work.
        const struct Stopper {
            ThreadedSweep& sweep;
            ~Stopper() { sweep.stop(); }
        } stop_first{*this};
        {
            const std::scoped_lock lock(mutex_);
            working_ -= threads - static_cast<unsigned>(workers.size());
        }
        if (workers.empty()) {
            work_alone();
        } else {
            write_what_comes();
        }
        writer_.commit();
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    void stop() {
        const std::scoped_lock lock(mutex_);
        stop_ = true;
        changed_.notify_all();
    }

    void work() {
        try {
            PointRunner runner(sweep_);
            std::optional<std::uint64_t> last_point;
            while (const std::optional<Block> block = next(last_point)) {
                last_point = block->point;
                put(records_of(runner, *block, &stop_));
            }
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
            stop_ = true;
        }
        const std::scoped_lock lock(mutex_);
        --working_;
        changed_.notify_all();
    }

    std::optional<Block> next(std::optional<std::uint64_t> last_point) {
        std::unique_lock lock(mutex_);
        // A disk that is slower than the replications holds them up, so that memory does not grow.
        changed_.wait(lock, [this] { return stop_ || waiting_.size() < kMostWaiting; });
        return stop_ ? std::nullopt : work_.next(last_point);
    }

    void put(std::vector<Record> records) {
        const std::scoped_lock lock(mutex_);
        std::vector<Record> wanted = work_.take(std::move(records));
        if (!wanted.empty()) waiting_.push_back(std::move(wanted));
        changed_.notify_all();
    }

    void write_what_comes() {
        constexpr std::chrono::milliseconds kBetweenLooks{50};
        for (bool is_over = false; !is_over;) {
            std::vector<std::vector<Record>> batches;
            std::uint64_t done = 0;
            std::uint64_t expected = 0;
            {
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, kBetweenLooks, [this] { return !waiting_.empty() || working_ == 0; });
                if (study::is_set(watch_.stop)) stop_ = true;
                batches.swap(waiting_);
                is_over = working_ == 0;
                done = work_.done();
                expected = work_.expected();
                changed_.notify_all();
            }
            for (const std::vector<Record>& batch : batches) writer_.add(batch);
            writer_.commit_if_due();
            if (watch_.progress) watch_.progress(done, expected);
        }
    }

    // Where the system allows no thread.
    void work_alone() {
        PointRunner runner(sweep_);
        std::optional<std::uint64_t> last_point;
        while (!study::is_set(watch_.stop)) {
            const std::optional<Block> block = work_.next(last_point);
            if (!block) return;
            last_point = block->point;
            writer_.add(work_.take(records_of(runner, *block, watch_.stop)));
            writer_.commit_if_due();
            if (watch_.progress) watch_.progress(work_.done(), work_.expected());
        }
    }

    static constexpr std::size_t kMostWaiting = 64;

    const Sweep& sweep_;
    WorkList work_;
    BatchWriter& writer_;
    const StudyWatch& watch_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::vector<Record>> waiting_;
    std::exception_ptr failure_;
    std::atomic<bool> stop_{false};
    unsigned working_ = 0;
};

// What of the sweep is not in the store.
WorkList missing_from(StoreWriter& store, const Sweep& sweep, SweepResult& result) {
    WorkList work(sweep.rule, sweep.headlines());
    std::uint64_t next = 0;
    const auto add_points_up_to = [&](std::uint64_t end) {
        for (; next < end; ++next) {
            if (sweep.shard.holds(next)) work.add_point(next);
        }
    };
    store.read([&](const Record& record) {
        add_points_up_to(record.point);
        work.add_stored(record);
    });
    add_points_up_to(sweep.design.size());
    result.stored_before = work.done();
    return work;
}

// The same with other processes.
void run_by_crew(WorkList& work, BatchWriter& writer, Crew& crew, const StudyWatch& watch) {
    std::vector<std::optional<std::uint64_t>> last_point(crew.size());
    for (std::size_t at_work = crew.size(); at_work > 0 && !study::is_set(watch.stop);) {
        if (std::optional<Crew::Delivery> delivery = crew.wait()) {
            const std::vector<Record> wanted = work.take(std::move(delivery->records));
            std::optional<std::uint64_t>& last = last_point[delivery->worker];
            const std::optional<Block> block = work.next(last);
            crew.answer(delivery->worker, block);  // it goes on while the disk is waited for
            if (block) last = block->point;
            if (!block) --at_work;
            writer.add(wanted);
        }
        writer.commit_if_due();
        if (watch.progress) watch.progress(work.done(), work.expected());
    }
    writer.commit();
}

// Runs what the store lacks.
template <class Work>
SweepResult complete(const Sweep& sweep, StoreWriter& store, const StudyWatch& watch, Work run_all) {
    SweepResult result;
    store.forget_failures();
    BatchWriter writer(sweep, store, result);
    run_all(missing_from(store, sweep, result), writer);
    result.is_cancelled = study::is_set(watch.stop);
    store.finish();
    return result;
}

}  // namespace

SweepResult run_sweep(const Sweep& sweep, StoreWriter& store, unsigned threads, const StudyWatch& watch) {
    return complete(sweep, store, watch, [&](WorkList work, BatchWriter& writer) {
        if (!work.is_empty()) ThreadedSweep(sweep, std::move(work), writer, watch).run(threads);
    });
}

SweepResult run_sweep(const Sweep& sweep, StoreWriter& store, Crew& crew, const StudyWatch& watch) {
    return complete(sweep, store, watch,
                    [&](WorkList work, BatchWriter& writer) { run_by_crew(work, writer, crew, watch); });
}

void serve_sweep(const Sweep& sweep, Foreman& foreman, const std::atomic<bool>* stop) {
    PointRunner runner(sweep);
    std::vector<Record> records;
    while (!study::is_set(stop)) {
        const std::optional<Block> block = foreman.exchange(records);
        if (!block) return;
        records = records_of(runner, *block, stop);
    }
}

}  // namespace corridor
