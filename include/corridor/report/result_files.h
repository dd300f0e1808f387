// Files of a run's results for other programs.
#pragma once

#include <string>
#include <vector>

#include "corridor/report/output_folder.h"
#include "corridor/report/run_report.h"
#include "corridor/scenario/scenario.h"

namespace corridor {

/// The GeoJSON of `network_geojson` with what was simulated: links with their containers and TEU by direction in the
/// period, terminals with their lifts, mean yard (containers), mean dwell (h) and the share of time their cranes work.
/// Beside `features` stands the `fingerprint`.
std::string flows_geojson(const scenario::Scenario& scenario, const RunReport& report);

/// datapackage.json (Frictionless Data) that describes CSV tables of this run, column by column. Units stand in a
/// column of the tables, or in the names of columns; `fingerprint` and `prior_fingerprint` are properties of its own.
std::string data_package(const RunReport& report, const std::vector<OutputFile>& tables);

/// A workbook: the comparison and the containers of each service by month, each with a chart, all measures, and what
/// was run. Throws std::system_error where it cannot be written.
void write_run_xlsx(const RunReport& report, const std::string& path);

}  // namespace corridor
