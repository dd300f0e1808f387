// Standard output for results, standard error for everything else.
#pragma once

#include <memory>
#include <string_view>

#include "corridor/base/diagnostic.h"
#include "options.h"

namespace spdlog {
class logger;
}

namespace corridor::tools {

/// How the command speaks. Colours on standard error only: on a terminal that is not dumb, unless NO_COLOR is set;
/// CLICOLOR_FORCE asks for them anywhere.
class Console {
  public:
    explicit Console(Verbosity verbosity);

    /// Everything at once; returns the exit code. A reader who has gone away (a closed pipe) is no reason for a
    /// message.
    int print(std::string_view text) const;

    /// Errors always, warnings and notes unless asked to be quiet; the first 50 of each and how many more there are.
    void show(const Diagnostics& diagnostics) const;

    // One line each, on standard error.
    void error(std::string_view line) const;
    void warn(std::string_view line) const;
    void note(std::string_view line) const;
    void detail(std::string_view line) const;  ///< only where asked to be verbose

    /// Whether a progress bar has a place: standard error is a terminal that can move its cursor.
    bool shows_progress() const { return shows_progress_; }

  private:
    Verbosity verbosity_;
    bool shows_progress_;
    std::shared_ptr<spdlog::logger> log_;
};

/// Opens what is closed of standard input, output and error, so that no result file takes their place.
void claim_standard_streams();

}  // namespace corridor::tools
