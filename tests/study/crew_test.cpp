// Workers that take blocks of a sweep and bring records: the same results as on threads, whoever is how fast.
#include "corridor/study/crew.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "study/study_folder.h"

namespace corridor {
namespace {

/// Workers as threads that meet the writer at a table.
class Table : public Crew {
  public:
    explicit Table(std::size_t workers) : answers_(workers) {}

    std::size_t size() const override { return answers_.size(); }

    std::optional<Delivery> wait() override {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(20), [this] { return !deliveries_.empty(); });
        if (deliveries_.empty()) return std::nullopt;
        Delivery delivery = std::move(deliveries_.front());
        deliveries_.pop_front();
        return delivery;
    }

    void answer(std::size_t worker, const std::optional<Block>& block) override {
        const std::scoped_lock lock(mutex_);
        answers_[worker].push_back(block);
        changed_.notify_all();
    }

    std::optional<Block> exchange(std::size_t worker, const std::vector<Record>& records) {
        std::unique_lock lock(mutex_);
        deliveries_.push_back({worker, records});
        changed_.notify_all();
        changed_.wait(lock, [&] { return !answers_[worker].empty(); });
        const std::optional<Block> block = answers_[worker].front();
        answers_[worker].pop_front();
        return block;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Delivery> deliveries_;
    std::vector<std::deque<std::optional<Block>>> answers_;
};

class Seat : public Foreman {
  public:
    Seat(Table& table, std::size_t worker) : table_(table), worker_(worker) {}
    std::optional<Block> exchange(const std::vector<Record>& records) override {
        return table_.exchange(worker_, records);
    }

  private:
    Table& table_;
    std::size_t worker_;
};

SweepResult run_with(const StudyFolder& folder, const std::string& name, std::size_t workers) {
    const Sweep sweep = folder.sweep();
    Table table(workers);
    std::vector<std::jthread> threads;
    for (std::size_t w = 0; w < workers; ++w) {
        threads.emplace_back([&, w] {
            Seat seat(table, w);
            serve_sweep(sweep, seat, nullptr);
        });
    }
    return run_sweep(sweep, *folder.writer(name, sweep), table);
}

}  // namespace

TEST_CASE("Any number of workers gives the exports of one thread, fixed replications or a precision") {
    const std::string precise =
        "design = { kind = \"grid\" }\nreplications = 4\nprecision = \"4 %\"\nmost_replications = 60\n"
        "[parameter]\n\"demand.d.volume\" = [\"30 containers\", \"50 containers\", \"70 containers\"]\n";
    for (const std::string& study : {std::string(kGrid), precise}) {
        const StudyFolder folder(study);
        folder.run("one.sqlite", 1);
        for (const std::size_t workers : {1U, 3U, 8U}) {
            const std::string name = std::to_string(workers) + ".sqlite";
            const SweepResult result = run_with(folder, name, workers);
            CHECK_FALSE(result.is_cancelled);
            CHECK(folder.exported(name) == folder.exported("one.sqlite"));
        }
    }
}

TEST_CASE("A crew goes on where a thread was interrupted, and makes nothing again") {
    const StudyFolder folder(kGrid);
    folder.run("one.sqlite", 1);
    const SweepResult before = folder.run("s.sqlite", 1, {}, 7);
    REQUIRE(before.is_cancelled);
    const SweepResult after = run_with(folder, "s.sqlite", 2);
    CHECK(after.stored_before == before.runs);
    CHECK(after.runs == 30 - before.runs);
    CHECK(folder.exported("s.sqlite") == folder.exported("one.sqlite"));
    CHECK(run_with(folder, "s.sqlite", 2).runs == 0);
}

// A worker that brings nothing any more holds nobody up who wants to stop.
TEST_CASE("An interrupted writer keeps what it has, and does not wait for its crew") {
    const StudyFolder folder(kGrid);
    const Sweep sweep = folder.sweep();
    class Silent : public Crew {
      public:
        std::size_t size() const override { return 2; }
        std::optional<Delivery> wait() override { return std::nullopt; }
        void answer(std::size_t, const std::optional<Block>&) override {}
    } silent;
    std::atomic<bool> stop{false};
    const StudyWatch watch{.stop = &stop, .progress = [&](std::uint64_t, std::uint64_t) { stop = true; }};
    CHECK(run_sweep(sweep, *folder.writer("s.sqlite", sweep), silent, watch).is_cancelled);
}

}  // namespace corridor
