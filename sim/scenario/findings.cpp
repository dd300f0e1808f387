#include "scenario/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace corridor::scenario {

void Findings::add(Severity severity, Finding finding) {
    error_count_ += severity == Severity::error ? 1 : 0;
    if (severity == Severity::error && is_crowded()) return;
    Diagnostic diagnostic{.severity = severity,
                          .place = texts_.source_place(finding.place),
                          .path = std::move(finding.path),
                          .message = std::move(finding.message),
                          .hint = std::move(finding.hint),
                          .excerpt = texts_.excerpt(finding.place)};
    for (const Place& place : finding.related) {
        diagnostic.related.push_back(texts_.source_place(place));
        diagnostic.related_excerpts.push_back(texts_.excerpt(place));
    }
    entries_.push_back({finding.place, std::move(diagnostic)});
}

Diagnostics Findings::take() {
    std::ranges::stable_sort(entries_, {}, &Entry::place);
    Diagnostics diagnostics;
    for (Entry& entry : entries_) {
        diagnostics.push_back(std::move(entry.diagnostic));
    }
    entries_.clear();
    if (is_crowded()) {
        const std::size_t more = error_count_ - kMostErrors;
        diagnostics.push_back({.severity = Severity::note,
                               .message = fmt::format("{} more error{} not shown", more, more == 1 ? " is" : "s are")});
    }
    return diagnostics;
}

}  // namespace corridor::scenario
