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

std::string bar_text(const std::string& what, std::uint64_t done, std::uint64_t expected) {
    const std::string count = fmt::format("{}/{} {}", done, expected, what);
    const std::size_t columns = terminal_columns();
    if (count.size() + 8 > columns) return fmt::format("{}/{}", done, expected).substr(0, columns - 1);
    const std::size_t width = std::min(kWidestBar, columns - count.size() - 4);
    const double share = expected == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(expected);
    const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
    return fmt::format("[{}{}] {}", std::string(filled, '#'), std::string(width - filled, ' '), count);
}

}  // namespace

ProgressBar::ProgressBar(const Console& console, std::string what)
    : is_on_(console.shows_progress()), what_(std::move(what)), next_(Clock::now() + kBetweenDraws) {}

ProgressBar::~ProgressBar() {
    if (has_drawn_) write_all(STDERR_FILENO, kClearLine);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t expected) {
    if (!is_on_ || Clock::now() < next_) return;
    next_ = Clock::now() + kBetweenDraws;
    has_drawn_ = true;
    write_all(STDERR_FILENO, kClearLine + bar_text(what_, done, expected));
}

}  // namespace corridor::tools
