#include "report/months.h"

#include <doctest/doctest.h>

#include <cmath>

#include "study/estimate_of.h"

namespace corridor {
namespace {

RunReport two_services() {
    RunReport report;
    report.measures = MeasureCatalog({{"containers_shipped", "service.feeder.2020-01", "containers"},
                                      {"containers_shipped", "service.feeder.2020-02", "containers"},
                                      {"containers_shipped", "service.feeder.2020-03", "containers"},
                                      {"containers_shipped", "service.feeder.forward.2020-01", "containers"},
                                      {"containers_railed", "service.feeder.2020-01", "containers"},
                                      {"containers_railed", "service.train.2020-02", "containers"},
                                      {"containers_railed", "service.train.2020-03", "containers"}});
    for (const double mean : {70.0, 10.0, 35.0, 70.0, 0.0, 0.0, 5.0})
        report.estimates.push_back(estimate_of({mean, mean}));
    return report;
}

}  // namespace

TEST_CASE("A sparkline is as high as its values are, from nought; what is not there is blank") {
    CHECK(report::sparkline({0, 1, 2, 3, 4, 5, 6, 7}) == "▁▂▃▄▅▆▇█");
    CHECK(report::sparkline({70, 35, std::nan("")}) == "█▅ ");
    CHECK(report::sparkline({0, 0}) == "▁▁");
    CHECK(report::sparkline({}).empty());
}

TEST_CASE("Services have their months, whichever of ship and rail they are") {
    const report::MonthsOfServices months = report::months_of_services(two_services());
    CHECK(months.months == std::vector<std::string>{"2020-01", "2020-02", "2020-03"});
    REQUIRE(months.services.size() == 2);
    CHECK(months.services.at("service.feeder") == std::vector<double>{70, 10, 35});
    CHECK(std::isnan(months.services.at("service.train")[0]));
    CHECK(months.services.at("service.train")[2] == 5);
}

TEST_CASE("The table of months names the least and the most") {
    RunReport report = two_services();
    CHECK(report::months_section(report, Detail::headlines) ==
          "\n"
          "Containers loaded by month, 2020-01 to 2020-03\n"
          "service  by month  least  in       most  in\n"
          "feeder   █▂▅          10  2020-02    70  2020-01\n"
          "train     ▁█           0  2020-02     5  2020-03\n");
    report.measures = MeasureCatalog({{"containers_shipped", "service.feeder.2020-01", "containers"}});
    report.estimates.resize(1);
    CHECK(report::months_section(report, Detail::headlines).empty());
}

}  // namespace corridor
