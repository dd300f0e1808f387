// The key tables of a study file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/scenario/study_file.h"
#include "scenario/key.h"

namespace corridor::scenario {

/// A study file before its parts are held against each other.
struct StudyDraft {
    StudyFile study;
    std::optional<std::uint64_t> points;
    std::optional<std::uint64_t> trajectories;
    std::optional<std::string> list;
};

const Keys<StudyDraft>& study_keys();

}  // namespace corridor::scenario
