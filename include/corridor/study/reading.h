// What a reported figure is held against: the simulated measures that a reading of it names.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/base/result.h"
#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/study.h"

namespace corridor {

/// One reading of one reported figure, checked against the measures there are.
struct ReadingTarget {
    Id<scenario::Reported> figure;
    std::size_t reading = 0;            ///< position among the figure's readings
    std::string measure;                ///< "containers_shipped"
    std::string unit;                   ///< of the measure, and so of the comparison
    std::vector<std::string> subjects;  ///< added up; by month where the figure's window is not the period
    double factor = 1.0;

    /// Where they are in a catalogue of the scenario, compiled at whatever values. A subject it lacks, such as a link
    /// that a demand may not use at these values, adds nothing.
    MeasureSum in(const MeasureCatalog& catalog) const;
};

const scenario::Reading& reading_of(const scenario::Scenario& scenario, const ReadingTarget& target);

/// The position of each target's reading in the scenario as it was written, from 0: its own file first, then those that
/// it extends.
std::vector<std::size_t> positions_in_file(const scenario::Scenario& scenario,
                                           const std::vector<ReadingTarget>& targets);

/// All readings of all reported figures, in the order of the scenario; `model` and `catalog` are at the stated values.
///
/// Errors, at the place of the reading: a measure or a subject that does not exist (with the nearest that does), a
/// figure whose unit is not the measure's (containers and TEU may stand for each other: which of them a source means is
/// what readings are for), a window that is not made of whole months of the period, a sum of what cannot be added
/// (means, shares) or of subjects that have something in common, a subject over which no service runs.
/// Warnings: a subject that no demand uses, so that its measure is always 0.
Result<std::vector<ReadingTarget>> resolve_readings(const scenario::Scenario& scenario, const model::Model& model,
                                                    const MeasureCatalog& catalog);

}  // namespace corridor
