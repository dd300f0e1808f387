// Ctrl-C and SIGTERM: the first asks to stop, the second stops at once.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace corridor::tools {

/// Catches SIGINT, SIGTERM and SIGHUP once each, unless they are ignored (nohup). What is long asks `interrupted()`
/// while one is alive; outside, a signal ends the command at once.
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
