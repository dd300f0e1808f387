// Work done by several threads, results taken in order.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace corridor::study {

/// Hands out the numbers 0 .. count - 1 to workers and gives their results back in this order. Nobody may work further
/// than `room` numbers ahead of the results taken, so what waits here is bounded.
template <class T>
class ReorderWindow {
  public:
    ReorderWindow(std::uint64_t count, std::uint64_t room) : count_(count), room_(room) {}

    /// The next number to work on; waits for room. Nothing when all are handed out or the window is closed.
    std::optional<std::uint64_t> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || next_ == count_ || next_ < returned_ + room_; });
        if (closed_ || next_ == count_) return std::nullopt;
        return next_++;
    }

    void put(std::uint64_t number, T result) {
        const std::scoped_lock lock(mutex_);
        waiting_.emplace(number, std::move(result));
        changed_.notify_all();
    }

    /// The next result in order; waits for it. Nothing after the last one or when the window is closed.
    /// Throws what a worker has thrown.
    std::optional<T> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || returned_ == count_ || waiting_.contains(returned_); });
        if (failure_) std::rethrow_exception(failure_);
        if (closed_ || returned_ == count_) return std::nullopt;
        auto result = waiting_.extract(returned_);
        ++returned_;
        changed_.notify_all();
        return std::move(result.mapped());
    }

    void close(std::exception_ptr failure = nullptr) {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        if (!failure_) failure_ = std::move(failure);
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, T> waiting_;
    std::uint64_t count_;
    std::uint64_t room_;
    std::uint64_t next_ = 0;
    std::uint64_t returned_ = 0;
    bool closed_ = false;
    std::exception_ptr failure_;
};

enum class Next { go_on, stop };

inline bool is_set(const std::atomic<bool>* flag) { return flag != nullptr && flag->load(std::memory_order_relaxed); }

template <class T, class MakeWorker>
void work_until_empty(ReorderWindow<T>& window, const MakeWorker& make_worker, const std::atomic<bool>* stop) {
    try {
        auto work = make_worker();
        while (const std::optional<std::uint64_t> number = window.take()) {
            if (is_set(stop)) return window.close();
            window.put(*number, work(*number));
        }
    } catch (...) {
        window.close(std::current_exception());
    }
}

/// As many threads as the system allows, `most` at the most; none where it allows none.
template <class Work>
std::vector<std::jthread> start_threads(std::uint64_t most, const Work& work) {
    std::vector<std::jthread> threads;
    try {
        while (threads.size() < most) threads.emplace_back(work);
    } catch (const std::system_error&) {
        // A limit on processes or threads: those that are there do all the work.
    }
    return threads;
}

template <class MakeWorker, class Consume>
void run_alone(std::uint64_t count, const MakeWorker& make_worker, const Consume& consume,
               const std::atomic<bool>* stop) {
    auto work = make_worker();
    for (std::uint64_t number = 0; number < count && !is_set(stop); ++number) {
        if (consume(number, work(number)) == Next::stop) return;
    }
}

/// Calls `consume(number, work(number))` for number = 0 .. count - 1, in this order and on the calling thread, until it
/// says stop. `work` is what `make_worker()` returns, one per thread. Ends early, between two results, when `stop` is
/// set.
template <class T, class MakeWorker, class Consume>
void run_in_order(unsigned threads, std::uint64_t count, const MakeWorker& make_worker, const Consume& consume,
                  const std::atomic<bool>* stop) {
    if (threads <= 1 || count <= 1) return run_alone(count, make_worker, consume, stop);

    constexpr std::uint64_t kRoomPerThread = 4;
    ReorderWindow<T> window(count, kRoomPerThread * threads);
    const std::vector<std::jthread> team =
        start_threads(std::min<std::uint64_t>(threads, count), [&] { work_until_empty(window, make_worker, stop); });
    if (team.empty()) return run_alone(count, make_worker, consume, stop);

    const struct Closer {
        ReorderWindow<T>& window;
        ~Closer() { window.close(); }
    } closer{window};
    std::uint64_t number = 0;
    while (std::optional<T> result = window.next()) {
        if (consume(number++, std::move(*result)) == Next::stop) return;
    }
}

}  // namespace corridor::study
