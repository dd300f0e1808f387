#include "interrupt.h"

#include <csignal>

namespace corridor::tools {
namespace {

// A signal handler can reach nothing but what is static.
std::atomic<bool> stop_asked{false};
std::atomic<int> signal_number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void note_signal(int number) {
    signal_number.store(number, std::memory_order_relaxed);
    stop_asked.store(true, std::memory_order_relaxed);
}

}  // namespace

void watch_for_interrupts() {
    struct sigaction action {};
    action.sa_handler = note_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        ::sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);
    }
}

const std::atomic<bool>& interrupted() { return stop_asked; }

int interrupting_signal() { return signal_number.load(std::memory_order_relaxed); }

}  // namespace corridor::tools
