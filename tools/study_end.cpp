#include "study_end.h"

#include <fmt/format.h>

#include "corridor/base/text.h"
#include "exit_code.h"
#include "interrupt.h"

namespace corridor::tools {

StudyWatch watch_on(ProgressBar& bar) {
    return {.stop = &interrupted(),
            .progress = [&bar](std::uint64_t done, std::uint64_t expected) { bar.show(done, expected); }};
}

int end_of(const RunStatus& status, Instant origin, const Console& console, std::string_view done) {
    if (status.state == RunState::broken) {
        console.error(
            fmt::format("a defect of corridor at {}: {}", format_instant(origin + Duration{status.at}), status.reason));
        return kDefect;
    }
    if (status.state == RunState::cancelled || interrupted()) {
        console.error(fmt::format("{}; nothing was {}", interruption(), done));
        return interruption_code();
    }
    return kFine;
}

int end_of(const OutputProblem& problem, const Console& console) {
    if (problem.kind == OutputProblem::Kind::none) return kFine;
    console.error(problem.message);
    return problem.kind == OutputProblem::Kind::exists_already ? kBadInput : kEnvironment;
}

}  // namespace corridor::tools
