#include "corridor/report/check_report.h"

#include <doctest/doctest.h>

#include "corridor/version.h"

namespace corridor {
namespace {

CheckReport made_up() {
    CheckReport report{.title = "A corridor", .hash = "0123456789abcdef", .command = "corridor check x"};
    report.loads = {{.resource = model::Resource::slots,
                     .subject = "service.barge.forward",
                     .where = "port - hub",
                     .offered = 75,
                     .capacity = 100,
                     .unit = "TEU/week"},
                    {.resource = model::Resource::cranes,
                     .subject = "terminal.port.quay",
                     .where = {},
                     .offered = 42,
                     .capacity = 40,
                     .unit = "crane-h/week"}};
    report.findings = {{.severity = Severity::warning, .path = "terminal.port.quay", .message = "the queue grows"}};
    return report;
}

TEST_CASE("A check lists the tightest resource first and counts its findings") {
    CHECK(check_text(made_up(), Detail::headlines) ==
          "A corridor\n"
          "scenario 0123456789abcdef, corridor " +
              std::string{kVersion} +
              "\n"
              "\n"
              "What is asked and what there is, on average over the period\n"
              "resource  of                     where       offered  capacity  unit             load\n"
              "cranes    terminal.port.quay                      42        40  crane-h/week  105.0 %\n"
              "slots     service.barge.forward  port - hub       75       100  TEU/week       75.0 %\n"
              "\n"
              "No errors, 1 warning, no notes.\n");
}

TEST_CASE("A long balance is cut short unless everything is asked for") {
    CheckReport report = made_up();
    report.loads.resize(50, report.loads.front());
    CHECK(check_text(report, Detail::headlines).find("... and 20 more (--all)\n") != std::string::npos);
    CHECK(check_text(report, Detail::everything).find("more (--all)") == std::string::npos);
}

TEST_CASE("The balance as CSV keeps the order of the model") {
    CHECK(check_csv(made_up()) ==
          "resource,subject,where,offered,capacity,unit,share\n"
          "slots,service.barge.forward,port - hub,75,100,TEU/week,0.75\n"
          "cranes,terminal.port.quay,,42,40,crane-h/week,1.05\n");
}

TEST_CASE("A scenario without limits says so") {
    CheckReport report = made_up();
    report.loads.clear();
    CHECK(check_text(report, Detail::headlines).find("Nothing in this scenario is limited.\n") != std::string::npos);
}

}  // namespace
}  // namespace corridor
