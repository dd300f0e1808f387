// The report that is sent on: one HTML file that holds everything it shows.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/engine/timeline.h"
#include "corridor/model/model.h"
#include "corridor/report/run_report.h"
#include "corridor/scenario/scenario.h"
#include "corridor/study/series.h"

namespace corridor {

/// What a page shows of a run.
struct PageParts {
    const scenario::Scenario& scenario;
    const model::Model& model;  ///< at the stated values
    const RunReport& run;
    const Series& series;     ///< of the same replications
    const TripRecord& trips;  ///< of one of them
};

/// What a page shows of a study.
struct StudyPageParts {
    std::string_view kind;               ///< "options", "sensitivity", "calibration" or "sweep"
    const scenario::Scenario& scenario;  ///< what is varied; of options, the do-minimum
    std::string result;                  ///< JSON: of a sweep that of `sweep_json`, else what `--format json` prints
};

/// What changes when a page runs its scenario again, one JSON object each: {run}, that of `run_json`; and
/// {series, vehicles}. `series` has, by week, the mean and 95 % interval of containers of each service and direction,
/// of those in each yard and of how busy things are; likewise the shares of containers within each of `kTimeLimits`;
/// and the container-hours waited by cause, of the first `explained` replications. `vehicles` has where the vehicles of
/// one replication were when, in hours from the start of the period and km along their service.
std::string page_run(const RunReport& run);
std::string page_pictures(const model::Model& model, const Series& series, const TripRecord& trips);

/// The languages of a page, as in `--lang`.
inline constexpr std::array<std::string_view, 2> kPageLanguages{"en", "zh"};

/// Whether this corridor was built with the page (CORRIDOR_PAGE).
bool has_page();

/// In bytes: what can still be sent by mail and opened on a telephone.
inline constexpr std::size_t kLargestPage = 2'500'000;

struct Page {
    std::string html;
    std::size_t full_size = 0;               ///< of the whole page, in bytes
    std::vector<std::string_view> left_out;  ///< "the engine that runs again"; empty where it is whole
};

/// The page, in one of those languages. It has to be there. Where it would have more than `most` bytes it leaves out,
/// one after the other until it has not: figures that no picture shows; vehicles in time and space; the engine; what is
/// by week. It says so in the place of what is missing. What it cannot do without may be larger yet.
Page page_html(const PageParts& parts, std::string_view language, std::size_t most = kLargestPage);
/// Likewise: of a sweep later points go, of options the measures that are no headline.
Page study_page_html(const StudyPageParts& parts, std::string_view language, std::size_t most = kLargestPage);

}  // namespace corridor
