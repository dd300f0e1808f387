// What the exports of a store have in common.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "corridor/study/store.h"
#include "corridor/study/store_summary.h"

namespace corridor::report {

using SettingsJson = nlohmann::json;

/// "link.river.speed [km/h]"
std::string title_of(const DesignParameter& parameter);
/// "containers_shipped/total [containers]"
std::string title_of(const Output& output);

/// As exports show it: 16 hexadecimal digits, nothing where the point has none.
std::string fingerprint_cell(const PointSummary& point);

/// The columns of a file with a row for each point and output.
std::vector<std::string> point_row_titles(const StoreStudy& study);

/// The settings of points, read once for all rows of a point.
class PointSettings {
  public:
    explicit PointSettings(StoreReader& store) : store_(store) {}
    const SettingsJson& of(std::uint64_t point);

  private:
    StoreReader& store_;
    std::optional<std::uint64_t> point_;
    SettingsJson settings_;
};

}  // namespace corridor::report
