// What is kept of each replication: readings of reported figures, and measures that a pattern names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/engine/measures.h"
#include "corridor/scenario/scenario.h"
#include "corridor/scenario/study_file.h"
#include "corridor/study/reading.h"
#include "corridor/study/store.h"

namespace corridor::study {

/// Whether `pattern`, in which * stands for any text, is all of `text`.
bool matches(std::string_view pattern, std::string_view text);

/// The readings, and then, in the order of the catalogue, the measures whose "name/subject" a pattern of the study
/// fits, and the highest load. Headlines are the readings, or containers delivered where there are none. Errors:
/// patterns that fit nothing.
Result<std::vector<Output>> choose_outputs(const scenario::StudyFile& study, const scenario::Scenario& base,
                                           const std::vector<ReadingTarget>& targets, const MeasureCatalog& catalog);

/// Where the outputs are among the measures of a catalogue; nothing for a measure that it lacks.
std::vector<std::optional<MeasureSum>> locate(const std::vector<Output>& outputs,
                                              const std::vector<ReadingTarget>& targets, const MeasureCatalog& catalog);

}  // namespace corridor::study
