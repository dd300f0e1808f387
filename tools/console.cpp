#include "console.h"

#include <fcntl.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include "corridor/base/text.h"
#include "corridor/report/write_all.h"
#include "exit_code.h"

namespace corridor::tools {
namespace {

bool is_set(const char* variable) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool is_smart_terminal() {
    const char* const term = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) != 0 && term != nullptr && std::string_view{term} != "dumb" && *term != '\0';
}

spdlog::color_mode color_mode() {
    if (is_set("NO_COLOR")) return spdlog::color_mode::never;
    if (is_set("CLICOLOR_FORCE") || is_smart_terminal()) return spdlog::color_mode::always;
    return spdlog::color_mode::never;
}

spdlog::level::level_enum level_of(Verbosity verbosity) {
    switch (verbosity) {
        case Verbosity::quiet:
            return spdlog::level::err;
        case Verbosity::normal:
            return spdlog::level::info;
        case Verbosity::verbose:
            return spdlog::level::debug;
    }
    return spdlog::level::info;
}

}  // namespace

Console::Console(Verbosity verbosity)
    : verbosity_(verbosity), shows_progress_(verbosity != Verbosity::quiet && is_smart_terminal()) {
    auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_st>(color_mode());
    log_ = std::make_shared<spdlog::logger>("corridor", std::move(sink));
    log_->set_pattern("%n: %^%l%$: %v");
    log_->set_level(level_of(verbosity));
    log_->flush_on(spdlog::level::debug);
}

int Console::print(std::string_view text) const {
    const int failure = write_all(STDOUT_FILENO, text);
    if (failure == 0) return kFine;
    if (failure == EPIPE) return kSignalBase + SIGPIPE;
    error("cannot write standard output: " + std::generic_category().message(failure));
    return kEnvironment;
}

void Console::show(const Diagnostics& diagnostics) const {
    Diagnostics shown = diagnostics;
    if (verbosity_ == Verbosity::quiet) {
        std::erase_if(shown, [](const Diagnostic& d) { return d.severity != Severity::error; });
    }
    constexpr std::size_t kMost = 50;
    write_all(STDERR_FILENO, render(shortened(shown, kMost)));
}

void Console::error(std::string_view line) const { log_->error(printable(line)); }
void Console::warn(std::string_view line) const { log_->warn(printable(line)); }
void Console::note(std::string_view line) const { log_->info(printable(line)); }
void Console::detail(std::string_view line) const { log_->debug(printable(line)); }

void claim_standard_streams() {
    // Said by the call that fails, with what could not be written.
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
        // The wrong way round, so that reading or writing still fails. The lowest free number is the one that is
        // missing.
        const int opened = ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (opened > STDERR_FILENO) ::close(opened);
    }
}

}  // namespace corridor::tools
