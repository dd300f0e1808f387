#include "study/outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "corridor/base/text.h"

namespace corridor::study {
namespace {

std::string path_of(const MeasureInfo& info) { return fmt::format("{}/{}", info.name, info.subject); }

Diagnostic fits_nothing(const scenario::StudyFile& study, const std::string& pattern, const MeasureCatalog& catalog) {
    std::vector<std::string_view> names;
    for (const MeasureInfo& info : catalog.infos()) {
        if (std::ranges::find(names, info.name) == names.end()) names.push_back(info.name);
    }
    const std::string_view name = std::string_view(pattern).substr(0, pattern.find('/'));
    const bool is_known = std::ranges::find(names, name) != names.end();
    const std::string otherwise =
        "write a measure and a subject, such as \"containers_shipped/total\"; `corridor run "
        "SCENARIO --format csv` lists them";
    return {.place = {study.file, 0, 0},
            .path = "measures",
            .message = fmt::format("'{}' fits no measure", pattern),
            .hint = is_known ? otherwise : did_you_mean(nearest(name, names), otherwise)};
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) {
    // Where a star may take one more character, it does, and what follows it is tried again.
    std::size_t in_pattern = 0;
    std::size_t in_text = 0;
    std::optional<std::size_t> star;
    std::size_t taken = 0;
    while (in_text < text.size()) {
        if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
            star = in_pattern++;
            taken = in_text;
        } else if (in_pattern < pattern.size() && pattern[in_pattern] == text[in_text]) {
            ++in_pattern;
            ++in_text;
        } else if (star) {
            in_pattern = *star + 1;
            in_text = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

Result<std::vector<Output>> choose_outputs(const scenario::StudyFile& study, const scenario::Scenario& base,
                                           const std::vector<ReadingTarget>& targets, const MeasureCatalog& catalog) {
    std::vector<Output> outputs;
    for (const ReadingTarget& target : targets) {
        outputs.push_back(
            {.name = "reported",
             .subject = fmt::format("{}/{}", base.reported[target.figure].id, reading_of(base, target).id),
             .unit = target.unit,
             .is_headline = true});
    }
    std::vector<bool> is_used(study.measures.size());
    for (const MeasureInfo& info : catalog.infos()) {
        const std::string path = path_of(info);
        const bool is_delivered = targets.empty() && path == "containers_delivered/total";
        bool is_wanted = is_delivered;
        for (std::size_t i = 0; i < study.measures.size(); ++i) {
            if (!matches(study.measures[i], path)) continue;
            is_used[i] = true;
            is_wanted = true;
        }
        if (is_wanted) outputs.push_back({std::string(info.name), info.subject, std::string(info.unit), is_delivered});
    }
    const Output load{.name = std::string(kHighestLoad), .subject = "total", .unit = "share"};
    Diagnostics errors;
    for (std::size_t i = 0; i < study.measures.size(); ++i) {
        const bool is_for_load = matches(study.measures[i], fmt::format("{}/{}", load.name, load.subject));
        if (!is_used[i] && !is_for_load) errors.push_back(fits_nothing(study, study.measures[i], catalog));
    }
    if (!errors.empty()) return errors;
    outputs.push_back(load);
    return outputs;
}

std::vector<std::optional<MeasureSum>> locate(const std::vector<Output>& outputs,
                                              const std::vector<ReadingTarget>& targets,
                                              const MeasureCatalog& catalog) {
    std::vector<std::optional<MeasureSum>> sums;
    for (const ReadingTarget& target : targets) sums.emplace_back(target.in(catalog));
    for (std::size_t i = targets.size(); i < outputs.size(); ++i) {
        const auto position = catalog.find(outputs[i].name, outputs[i].subject);
        sums.push_back(position ? std::optional(MeasureSum{.measures = {*position}}) : std::nullopt);
    }
    return sums;
}

}  // namespace corridor::study
