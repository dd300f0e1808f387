// A bar on standard error that shows how far a study is, how fast it goes and when it will be done.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "console.h"

namespace corridor::tools {

/// Draws at most ten times a second, only where the console has a place for it, and clears its line at the end.
class ProgressBar {
  public:
    ProgressBar(const Console& console, std::string what);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    void show(std::uint64_t done, std::uint64_t expected);

  private:
    using Clock = std::chrono::steady_clock;

    bool is_on_;
    bool has_drawn_ = false;
    std::string what_;
    std::optional<std::uint64_t> done_at_first_;  ///< what was there before is no measure of the pace
    Clock::time_point start_;
    Clock::time_point next_;
};

}  // namespace corridor::tools
