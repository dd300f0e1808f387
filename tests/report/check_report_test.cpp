#include "corridor/report/check_report.h"

#include <doctest/doctest.h>

#include <limits>

#include "corridor/version.h"

namespace corridor {
namespace {

CheckReport made_up_check() {
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
    report.findings = {{.severity = Severity::warning,
                        .place = {.file = "x/scenario.toml", .line = 7, .column = 1},
                        .path = "terminal.port.quay",
                        .message = "the queue grows",
                        .hint = "add a crane"}};
    report.potentials = {{.demand = "demand.exports",
                          .from = "port",
                          .to = "hub",
                          .offered = 10.5,
                          .greatest = 12,
                          .cut = {{"service.barge.forward", "port - hub", 0.5}}}};
    return report;
}

TEST_CASE("A check counts its findings, lists the tightest resource first, and what could be carried at most") {
    CHECK(check_text(made_up_check(), Detail::headlines) ==
          "A corridor\n"
          "scenario 0123456789abcdef, corridor " +
              std::string{kVersion} +
              "\n"
              "\n"
              "No errors, 1 warning, no notes.\n"
              "\n"
              "What is asked and what there is, on average over the period\n"
              "resource  of                     where       offered  capacity  unit             load\n"
              "cranes    terminal.port.quay                      42        40  crane-h/week  105.0 %\n"
              "slots     service.barge.forward  port - hub       75       100  TEU/week       75.0 %\n"
              "\n"
              "The most that could be carried for each demand, if everything else stood aside\n"
              "demand   from  to   offered  greatest  unit     held back by\n"
              "exports  port  hub     10.5        12  TEU/day  service.barge.forward port - hub\n");
}

TEST_CASE("With errors a check says how many, and nothing that rests on a model") {
    CheckReport report{.title = "bad.toml"};
    report.findings = {{.message = "one"}, {.message = "two"}, {.severity = Severity::note, .message = "three"}};
    CHECK(check_text(report, Detail::headlines) == "bad.toml\n\n2 errors, no warnings, 1 note.\n");
}

TEST_CASE("The JSON of a check holds its findings as objects, and null for what is not bounded or has no place") {
    CheckReport report = made_up_check();
    report.loads.resize(1);
    report.findings.push_back({.message = "no place"});
    report.potentials[0].greatest = std::numeric_limits<double>::infinity();
    report.potentials[0].cut.clear();
    CHECK(check_json(report) == R"({
  "scenario": {
    "title": "A corridor",
    "hash": "0123456789abcdef"
  },
  "version": ")" + std::string{kVersion} +
                                    R"(",
  "command": "corridor check x",
  "findings": [
    {
      "severity": "warning",
      "file": "x/scenario.toml",
      "line": 7,
      "column": 1,
      "path": "terminal.port.quay",
      "message": "the queue grows",
      "hint": "add a crane"
    },
    {
      "severity": "error",
      "file": "",
      "line": null,
      "column": null,
      "path": "",
      "message": "no place",
      "hint": ""
    }
  ],
  "balance": [
    {
      "resource": "slots",
      "subject": "service.barge.forward",
      "where": "port - hub",
      "offered": 75.0,
      "capacity": 100.0,
      "unit": "TEU/week",
      "share": 0.75
    }
  ],
  "throughput": [
    {
      "demand": "demand.exports",
      "from": "port",
      "to": "hub",
      "offered": 10.5,
      "greatest": null,
      "unit": "TEU/day",
      "cut": []
    }
  ],
  "throughput_omitted": 0
}
)");
}

TEST_CASE("A check says how many demands it did not look at") {
    CheckReport report = made_up_check();
    CHECK(check_text(report, Detail::headlines).find("not looked at") == std::string::npos);
    report.potentials_omitted = 4900;
    CHECK(
        check_text(report, Detail::headlines)
            .ends_with("\n4900 smaller demands were not looked at: in a network as large as this each takes long.\n"));
}

TEST_CASE("A long balance is cut short unless everything is asked for") {
    CheckReport report = made_up_check();
    report.loads.resize(50, report.loads.front());
    CHECK(check_text(report, Detail::headlines).find("... and 20 more (--all)\n") != std::string::npos);
    CHECK(check_text(report, Detail::everything).find("more (--all)") == std::string::npos);
}

TEST_CASE("The CSV of a check has a row per finding, load and throughput, in the order of the model") {
    CHECK(check_csv(made_up_check()) ==
          "kind,severity,file,line,column,path,message,hint,resource,subject,where,offered,capacity,unit,share\n"
          "finding,warning,x/scenario.toml,7,1,terminal.port.quay,the queue grows,add a crane,,,,,,,\n"
          "balance,,,,,,,,slots,service.barge.forward,port - hub,75,100,TEU/week,0.75\n"
          "balance,,,,,,,,cranes,terminal.port.quay,,42,40,crane-h/week,1.05\n"
          "throughput,,,,,,,,,demand.exports,service.barge.forward port - hub,10.5,12,TEU/day,0.875\n");
}

TEST_CASE("A scenario without limits says so") {
    CheckReport report = made_up_check();
    report.loads.clear();
    CHECK(check_text(report, Detail::headlines).find("Nothing in this scenario is limited.\n") != std::string::npos);
}

}  // namespace
}  // namespace corridor
