#include "report/sweep_rows.h"

#include <fmt/format.h>

#include "corridor/study/fingerprint.h"

namespace corridor::report {

std::string title_of(const DesignParameter& parameter) {
    const bool has_unit = parameter.unit && !parameter.unit->empty();
    return has_unit ? fmt::format("{} [{}]", parameter.path, *parameter.unit) : parameter.path;
}

std::string title_of(const Output& output) {
    const std::string unit = output.unit.empty() ? "" : fmt::format(" [{}]", output.unit);
    return fmt::format("{}/{}{}", output.name, output.subject, unit);
}

std::vector<std::string> point_row_titles(const StoreStudy& study) {
    std::vector<std::string> titles{"point"};
    for (const DesignParameter& parameter : study.parameters) titles.push_back(title_of(parameter));
    for (const char* const title :
         {"name", "subject", "unit", "mean", "low95", "high95", "sd", "samples", "status", "failure", "fingerprint"}) {
        titles.emplace_back(title);
    }
    return titles;
}

std::string fingerprint_cell(const PointSummary& point) {
    return point.fingerprint ? fingerprint_text(*point.fingerprint) : "";
}

const SettingsJson& PointSettings::of(std::uint64_t point) {
    if (point_ != point) settings_ = SettingsJson::parse(store_.settings(point));
    point_ = point;
    return settings_;
}

}  // namespace corridor::report
