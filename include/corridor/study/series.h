// What is measured week by week, and where time was spent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/time.h"
#include "corridor/engine/measures.h"
#include "corridor/model/model.h"
#include "corridor/study/estimate.h"
#include "corridor/study/study.h"

namespace corridor {

/// A measure over time.
struct SeriesRow {
    std::string_view name;  ///< as in the catalogue: "containers_shipped"
    std::string subject;    ///< "service.feeder.forward"
    std::string_view unit;
    std::vector<Estimate> weeks;
};

/// How a time is distributed over containers: of each replication, the share within each of `kTimeLimits`.
struct DistributionRow {
    std::string_view name;  ///< "dwell_within_share"
    std::string subject;    ///< "terminal.port"
    std::vector<Estimate> within;
};

/// Time that containers waited for one cause, in container-hours.
struct WaitRow {
    std::string cause;  ///< "no-vehicle"
    Estimate hours;
};

struct Series {
    RunStatus status;
    std::uint64_t replications = 0;
    std::vector<Instant> weeks;  ///< their beginnings
    std::vector<SeriesRow> rows;
    std::vector<DistributionRow> distributions;  ///< of dwell by terminal, then of the time door to door by demand
    std::uint64_t explained = 0;                 ///< replications that `waits` are of
    std::vector<WaitRow> waits;
};

/// What a series is simulated with: the model with weeks for months, and what is measured of it.
struct SeriesBasis {
    model::Model weekly;
    MeasureCatalog catalog;    ///< with details for pictures
    MeasureCatalog explained;  ///< the same, then causes of waiting
};
SeriesBasis series_basis(const model::Model& model);

/// `study` is of that model and one of the catalogues, `explained` of the one with causes.
Series series_of(const SeriesBasis& basis, const StudyResult& study, const StudyResult& explained);

/// The replications of `plan` again, with what a run measures by month and how busy things are measured by week, in the
/// order of the catalogue, and with how times are distributed and where containers waited. A precision that the plan
/// asks for is left out.
Series run_series(const model::Model& model, const StudyPlan& plan, const StudyWatch& watch = {});

}  // namespace corridor
