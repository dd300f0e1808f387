#include "interrupt.h"

#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "exit_code.h"

namespace corridor::tools {
namespace {

// A terminal sends a signal to everybody, and a parent passes its own on: within this time they are one request.
constexpr std::int64_t kOneRequestNs = 200'000'000;

// A signal handler can reach nothing but what is static.
std::atomic<bool> stop_asked{false};
std::atomic<int> signal_number{0};
std::atomic<bool> is_time_over{false};
std::atomic<std::int64_t> first_signal_ns{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now_ns() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

extern "C" void note_signal(int number) {
    const std::int64_t now = now_ns();
    std::int64_t first = 0;
    if (first_signal_ns.compare_exchange_strong(first, now)) {
        int none = 0;  // or the end of time, which came before
        signal_number.compare_exchange_strong(none, number);
        stop_asked.store(true, std::memory_order_relaxed);
    } else if (now - first > kOneRequestNs) {
        std::signal(number, SIG_DFL);
        std::raise(number);  // comes when this handler has returned
    }
}

// What does not look at the flag, as the reading of a file, has not ended a while later.
constexpr time_t kGraceSeconds = 5;

extern "C" void note_end_of_time(int number) {
    if (!is_time_over.exchange(true)) {
        int none = 0;
        signal_number.compare_exchange_strong(none, number);
        stop_asked.store(true, std::memory_order_relaxed);
    } else {
        constexpr std::string_view kMessage = "corridor: error: the time of --max-time is over\n";
        // Nobody is left to be told of a failure.
        if (::write(STDERR_FILENO, kMessage.data(), kMessage.size()) < 0) std::_Exit(kEnvironment);
        std::_Exit(kEnvironment);
    }
}

}  // namespace

InterruptWatch::InterruptWatch() {
    struct sigaction action {};
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
    }
}

InterruptWatch::~InterruptWatch() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
}

const std::atomic<bool>& interrupted() { return stop_asked; }

int interruption_code() {
    const int number = signal_number.load(std::memory_order_relaxed);
    return number == SIGALRM ? kEnvironment : kSignalBase + number;
}

const char* interruption() {
    return signal_number.load(std::memory_order_relaxed) == SIGALRM ? "the time of --max-time is over" : "interrupted";
}

void limit_time(std::chrono::milliseconds most) {
    struct sigaction action {};
    action.sa_handler = note_end_of_time;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGALRM, &action, nullptr);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(most);
    itimerval timer{};
    timer.it_value = {seconds.count(), std::chrono::microseconds(most - seconds).count()};
    timer.it_interval = {kGraceSeconds, 0};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace corridor::tools
