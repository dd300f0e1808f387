// Ctrl-C and SIGTERM: the first asks to stop, the second stops at once.
#pragma once

#include <atomic>

namespace corridor::tools {

/// Catches SIGINT, SIGTERM and SIGHUP once each, unless they are ignored (nohup).
void watch_for_interrupts();

/// True once one of them has come.
const std::atomic<bool>& interrupted();

/// The signal that came; 0 for none.
int interrupting_signal();

}  // namespace corridor::tools
