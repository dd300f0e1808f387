// Ctrl-C and SIGTERM: the first asks to stop, one that comes later ends the command at once. A limit of time asks
// likewise.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>

namespace corridor::tools {

/// Catches SIGINT, SIGTERM and SIGHUP, unless they are ignored (nohup). Further ones within a fifth of a second are the
/// same request. What is long asks `interrupted()` while one is alive; outside, a signal ends the command at once.
class InterruptWatch {
  public:
    InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

  private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, kSignals.size()> before_{};
};

/// True once one of them has come.
const std::atomic<bool>& interrupted();

/// The exit code after that: 130 for SIGINT; 3 where it was the limit of time.
int interruption_code();

/// "interrupted", or that the limit of time is over: how a message begins.
const char* interruption();

/// From now on counts the time: once it is over that is an interrupt, and what has not ended a few seconds later is
/// ended.
void limit_time(std::chrono::milliseconds most);

}  // namespace corridor::tools
