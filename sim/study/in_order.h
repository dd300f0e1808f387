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
        changed_.wait(lock, [this] { return closed_ || next_ == count_ || has_room(); });
        if (closed_ || next_ == count_) return std::nullopt;
        return next_++;
    }

    /// The same without waiting: nothing, too, when there is no room.
    std::optional<std::uint64_t> take_if_room() {
        const std::scoped_lock lock(mutex_);
        if (closed_ || next_ == count_ || !has_room()) return std::nullopt;
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
        return extract_next();
    }

    /// The same without waiting or throwing: nothing, too, when it is not there yet.
    std::optional<T> next_if_there() {
        const std::scoped_lock lock(mutex_);
        if (closed_ || !waiting_.contains(returned_)) return std::nullopt;
        return extract_next();
    }

    void close(std::exception_ptr failure = nullptr) {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        if (!failure_) failure_ = std::move(failure);
        changed_.notify_all();
    }

  private:
    bool has_room() const { return next_ < returned_ + room_; }

    T extract_next() {
        auto result = waiting_.extract(returned_);
        ++returned_;
        changed_.notify_all();
        return std::move(result.mapped());
    }

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

/// Takes the results in order, and works like the others while the next one is not there: a thread that only waited
/// would be woken for every result, which takes longer than a small replication.
template <class T, class MakeWorker, class Consume>
void work_and_consume(ReorderWindow<T>& window, const MakeWorker& make_worker, const Consume& consume,
                      const std::atomic<bool>* stop) {
    auto work = make_worker();
    for (std::uint64_t number = 0;;) {
        std::optional<T> result = window.next_if_there();
        if (!result) {
            if (const std::optional<std::uint64_t> mine = window.take_if_room()) {
                if (is_set(stop)) return;
                window.put(*mine, work(*mine));
                continue;
            }
            result = window.next();
        }
        if (!result || consume(number++, std::move(*result)) == Next::stop) return;
    }
}

/// Calls `consume(number, work(number))` for number = 0 .. count - 1, in this order and on the calling thread, until it
/// says stop. `work` is what `make_worker()` returns, one per thread; the calling thread is one of them. Ends early,
/// between two results, when `stop` is set.
template <class T, class MakeWorker, class Consume>
void run_in_order(unsigned threads, std::uint64_t count, const MakeWorker& make_worker, const Consume& consume,
                  const std::atomic<bool>* stop) {
    if (threads <= 1 || count <= 1) return run_alone(count, make_worker, consume, stop);

    constexpr std::uint64_t kRoomPerThread = 4;
    ReorderWindow<T> window(count, kRoomPerThread * threads);
    const std::vector<std::jthread> others = start_threads(std::min<std::uint64_t>(threads, count) - 1,
                                                           [&] { work_until_empty(window, make_worker, stop); });
    const struct Closer {
        ReorderWindow<T>& window;
        ~Closer() { window.close(); }
    } closer{window};
    work_and_consume(window, make_worker, consume, stop);
}

}  // namespace corridor::study
