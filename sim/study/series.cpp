#include "corridor/study/series.h"

#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace corridor {
namespace {

/// The rows of measures whose subjects end with the names of the weeks.
std::vector<SeriesRow> rows_by_week(const model::Model& weekly, const MeasureCatalog& catalog,
                                    const StudyResult& study) {
    std::set<std::string_view> labels;
    for (const model::Month& week : weekly.months) labels.insert(week.label);
    std::vector<SeriesRow> rows;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> row_of;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const MeasureInfo& info = catalog.infos()[i];
        const std::string_view whole = info.subject;
        const std::size_t dot = whole.rfind('.');
        if (dot == std::string_view::npos || !labels.contains(whole.substr(dot + 1))) continue;
        const std::string_view subject = whole.substr(0, dot);
        const auto [row, is_new] = row_of.emplace(std::pair{info.name, subject}, rows.size());
        if (is_new) rows.push_back({info.name, std::string(subject), info.unit, {}});
        rows[row->second].weeks.push_back(study.measures[i]);
    }
    return rows;
}

std::vector<DistributionRow> distributions_of(const MeasureCatalog& catalog, const StudyResult& study) {
    std::vector<DistributionRow> rows;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const MeasureInfo& info = catalog.infos()[i];
        if (info.name != "dwell_within_share" && info.name != "door_to_door_within_share") continue;
        const std::string_view subject = std::string_view(info.subject).substr(0, info.subject.rfind('.'));
        if (rows.empty() || rows.back().name != info.name || rows.back().subject != subject)
            rows.push_back({info.name, std::string(subject), {}});
        rows.back().within.push_back(study.measures[i]);
    }
    return rows;
}

std::vector<WaitRow> waits_of(const MeasureCatalog& catalog, const StudyResult& study) {
    std::vector<WaitRow> rows;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const MeasureInfo& info = catalog.infos()[i];
        const bool is_cause =
            info.name == "waiting_time" && info.subject != "total" && info.subject.find('.') == std::string::npos;
        if (is_cause) rows.push_back({info.subject, study.measures[i]});
    }
    return rows;
}

}  // namespace

SeriesBasis series_basis(const model::Model& model) {
    model::Model weekly = model::in_weeks(model);
    MeasureCatalog catalog = measure_catalog(weekly, {.pictures = true});
    MeasureCatalog explained = measure_catalog(weekly, {.pictures = true, .causes = true});
    return {std::move(weekly), std::move(catalog), std::move(explained)};
}

Series series_of(const SeriesBasis& basis, const StudyResult& study, const StudyResult& explained) {
    Series series{.status = study.status,
                  .replications = study.replications,
                  .weeks = {},
                  .rows = rows_by_week(basis.weekly, basis.catalog, study),
                  .distributions = distributions_of(basis.catalog, study),
                  .explained = explained.replications,
                  .waits = waits_of(basis.explained, explained)};
    for (const model::Month& week : basis.weekly.months) {
        series.weeks.push_back(basis.weekly.origin + Duration{week.from});
    }
    return series;
}

Series run_series(const model::Model& model, const StudyPlan& plan, const StudyWatch& watch) {
    const SeriesBasis basis = series_basis(model);
    StudyPlan again = plan;
    again.precision.reset();
    const StudyResult study = run_study(basis.weekly, basis.explained, {}, again, watch);
    return series_of(basis, study, study);
}

}  // namespace corridor
