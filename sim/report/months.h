// Containers of the services, month by month.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "corridor/report/run_report.h"

namespace corridor::report {

struct MonthsOfServices {
    std::vector<std::string> months;                      ///< "2020-01", in order
    std::map<std::string, std::vector<double>> services;  ///< mean containers in each month, by "service.feeder"
};

MonthsOfServices months_of_services(const RunReport& report);

/// A bar of eight heights for each value, the highest for the largest of them.
std::string sparkline(const std::vector<double>& values);

/// A table with a sparkline for each service; empty where the period is a single month.
std::string months_section(const RunReport& report, Detail detail);

}  // namespace corridor::report
