#include "corridor/report/timeline_file.h"

#include <string>

#include "report/event_sorter.h"
#include "report/timeline_form.h"

namespace corridor {

RunStatus write_timeline(const model::Model& model, std::uint64_t seed, std::uint64_t replication,
                         TimelineFormat format, OutputStream& file, const std::atomic<bool>* stop) {
    report::EventSorter events(file.scratch());
    auto [status, fingerprint] = follow_timeline(
        model, seed, replication, [&](const TimelineEvent& event) { events.add(event); }, stop);
    if (status.state != RunState::complete) return status;
    const auto is_stopped = [stop] { return stop != nullptr && stop->load(std::memory_order_relaxed); };
    const auto form = report::timeline_form(model, format);
    std::string text;
    form->begin(text);
    events.visit_all([&](const TimelineEvent& event) {
        form->add(event, text);
        file.write(text);
        text.clear();
        return file.problem().kind == OutputProblem::Kind::none && !is_stopped();
    });
    form->end(fingerprint, text);
    file.write(text);
    if (events.error() != 0) file.fail(events.error());
    if (is_stopped()) status.state = RunState::cancelled;
    return status;
}

}  // namespace corridor
