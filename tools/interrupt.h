// Ctrl-C and SIGTERM: the first asks to stop, one that comes later ends the command at once.
#pragma once

#include <array>
#include <atomic>
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

/// The signal that came; 0 for none.
int interrupting_signal();

}  // namespace corridor::tools
