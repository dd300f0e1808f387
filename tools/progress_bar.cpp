#include "progress_bar.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "corridor/report/write_all.h"

namespace corridor::tools {
namespace {

constexpr std::chrono::milliseconds kBetweenDraws{100};
constexpr std::size_t kWidestBar = 40;
constexpr const char* kClearLine = "\r\x1b[K";

std::size_t terminal_columns() {
    constexpr std::size_t kUsual = 80;
    winsize size{};
    const bool is_known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? size.ws_col : kUsual;
}

// "431/s, 2 min left", from what was done since the bar is there.
std::string pace_text(std::uint64_t done_here, double seconds, std::uint64_t left) {
    if (done_here == 0 || seconds <= 0) return "";
    const double rate = static_cast<double>(done_here) / seconds;
    const double seconds_left = static_cast<double>(left) / rate;
    const std::string pace = rate >= 1 ? fmt::format("{:.0f}/s", rate) : fmt::format("{:.1f}/min", 60 * rate);
    if (seconds_left < 90) return fmt::format(", {}, {:.0f} s left", pace, seconds_left);
    if (seconds_left < 90 * 60) return fmt::format(", {}, {:.0f} min left", pace, seconds_left / 60);
    return fmt::format(", {}, {:.1f} h left", pace, seconds_left / 3600);
}

std::string bar_text(const std::string& what, const std::string& pace, std::uint64_t done, std::uint64_t expected) {
    const std::size_t columns = terminal_columns();
    std::string count = fmt::format("{}/{} {}{}", done, expected, what, pace);
    if (count.size() + 8 > columns) count = fmt::format("{}/{} {}", done, expected, what);
    if (count.size() + 8 > columns) return fmt::format("{}/{}", done, expected).substr(0, columns - 1);
    const std::size_t width = std::min(kWidestBar, columns - count.size() - 4);
    const double share = expected == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(expected);
    const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
    return fmt::format("[{}{}] {}", std::string(filled, '#'), std::string(width - filled, ' '), count);
}

}  // namespace

ProgressBar::ProgressBar(const Console& console, std::string what)
    : is_on_(console.shows_progress()), what_(std::move(what)), start_(Clock::now()), next_(start_ + kBetweenDraws) {}

ProgressBar::~ProgressBar() {
    if (has_drawn_) write_all(STDERR_FILENO, kClearLine);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t expected) {
    if (!is_on_) return;
    if (!done_at_first_) done_at_first_ = done;
    const Clock::time_point now = Clock::now();
    if (now < next_) return;
    next_ = now + kBetweenDraws;
    has_drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const std::string pace = pace_text(done - *done_at_first_, seconds, expected - std::min(done, expected));
    write_all(STDERR_FILENO, kClearLine + bar_text(what_, pace, done, expected));
}

}  // namespace corridor::tools
