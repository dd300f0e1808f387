#include "corridor/report/run_report.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "corridor/version.h"
#include "study/estimate_of.h"

namespace corridor {
namespace {

ComparisonRow made_up_row() {
    ComparisonRow row;
    row.figure = "shipped";
    row.figure_name = "Shipped in all";
    row.reading = "boxes";
    row.reading_name = "containers, both directions";
    row.unit = "containers";
    row.reported = 15900;
    row.sources = {"F001", "F152"};
    row.simulated = estimate_of({15000, 15200});
    row.prior = PriorSummary{.median = 14800, .interval90 = {.low = 9000.5, .high = 21000}};
    row.naive = std::numeric_limits<double>::quiet_NaN();
    row.ratio = 15100.0 / 15900;
    row.percentile = 61.5;
    row.capacity_bound_share = 0.012;
    row.conclusion = conclude(row);
    return row;
}

TwinReport made_up_theory() {
    TheoryRow wait{.measure = "wait_mean",
                   .subject = "service.barge.forward",
                   .unit = "h",
                   .value = 12.0,
                   .method = "timetable with ample room",
                   .standing = Standing::exact,
                   .load = 0.5};
    TheoryRow overloaded{.measure = "crane_wait_mean",
                         .subject = "terminal.a.quay",
                         .unit = "h",
                         .value = std::numeric_limits<double>::infinity(),
                         .method = "M/M/c (Erlang)",
                         .standing = Standing::exact,
                         .load = 1.25};
    CutRow cut{.from = "a",
               .to = "b",
               .offered_teu_per_day = 30,
               .most_teu_per_day = 60,
               .bottlenecks = {{"service.barge.forward", "a - b", 2.5}}};
    model::Load cranes{.resource = model::Resource::cranes,
                       .subject = "terminal.a.quay",
                       .offered = 210,
                       .capacity = 168,
                       .unit = "crane-h/week",
                       .measure = "crane_utilisation",
                       .measured_at = "terminal.a.quay"};
    model::Load slots{.resource = model::Resource::slots,
                      .subject = "service.barge.forward",
                      .where = "a - b",
                      .offered = 210,
                      .capacity = 420,
                      .unit = "TEU/week"};
    return {.loads = {{slots, {}}, {cranes, estimate_of({0.97, 0.99})}},
            .rows = {{wait, estimate_of({12.0, 13.0}), Agreement::agrees}, {overloaded, {}, Agreement::not_compared}},
            .cuts = {cut}};
}

RunReport made_up_run() {
    RunReport report{.title = "果园港",
                     .hash = "0123456789abcdef",
                     .command = "corridor run x --seed 3 --replications 2",
                     .seed = 18446744073709551615ULL,
                     .replications = 2};
    report.names = {{"service.barge", "The barge"}};
    report.measures =
        MeasureCatalog({{"containers_boarded", "service.barge", "containers"}, {"wait_mean", "service.barge", "h"}});
    report.estimates = {estimate_of({100, 102}), Estimate{}};
    report.comparison = {made_up_row()};
    report.prior_draws = 200;
    report.fingerprint = 0xcd;
    report.prior_fingerprint = 0xab;
    report.theory = made_up_theory();
    report.warnings = {
        {.severity = Severity::warning, .path = "service.barge", .message = "is full", .hint = "add one"}};
    return report;
}

TEST_CASE("The JSON of a run has the promised keys in their order, and null for what is undefined") {
    CHECK(run_json(made_up_run()) == R"text({
  "scenario": {
    "title": "果园港",
    "hash": "0123456789abcdef"
  },
  "version": ")text" + std::string{kVersion} +
                                         R"text(",
  "command": "corridor run x --seed 3 --replications 2",
  "seed": 18446744073709551615,
  "replications": 2,
  "fingerprint": "00000000000000cd",
  "names": {
    "service.barge": "The barge"
  },
  "measures": [
    {
      "name": "containers_boarded",
      "subject": "service.barge",
      "unit": "containers",
      "mean": 101.0,
      "ci95": [
        88.2937952638249,
        113.7062047361751
      ],
      "sd": 1.4142135623730951,
      "samples": 2
    },
    {
      "name": "wait_mean",
      "subject": "service.barge",
      "unit": "h",
      "mean": null,
      "ci95": null,
      "sd": null,
      "samples": 0
    }
  ],
  "comparison": [
    {
      "id": "shipped",
      "name": "Shipped in all",
      "reading": "boxes",
      "reading_name": "containers, both directions",
      "unit": "containers",
      "reported": 15900.0,
      "use": "validate",
      "simulated": {
        "mean": 15100.0,
        "ci95": [
          13829.37952638249,
          16370.62047361751
        ]
      },
      "prior": {
        "median": 14800.0,
        "interval90": [
          9000.5,
          21000.0
        ]
      },
      "naive": null,
      "ratio": 0.949685534591195,
      "percentile": 61.5,
      "capacity_bound_share": 0.012,
      "source": "F001, F152",
      "conclusion": "out of sample: the report lies inside the 90 % prior predictive interval; capacity bound for 1.2 % of the containers, so this tests the demand assumptions, not the operations"
    }
  ],
  "prior_draws": 200,
  "prior_refused": 0,
  "prior_fingerprint": "00000000000000ab",
  "theory": {
    "loads": [
      {
        "resource": "slots",
        "subject": "service.barge.forward",
        "where": "a - b",
        "offered": 210.0,
        "capacity": 420.0,
        "unit": "TEU/week",
        "share": 0.5,
        "measure": null,
        "simulated": null
      },
      {
        "resource": "cranes",
        "subject": "terminal.a.quay",
        "where": "",
        "offered": 210.0,
        "capacity": 168.0,
        "unit": "crane-h/week",
        "share": 1.25,
        "measure": "crane_utilisation",
        "simulated": 0.98
      }
    ],
    "rows": [
      {
        "measure": "wait_mean",
        "subject": "service.barge.forward",
        "unit": "h",
        "load": 0.5,
        "theory": 12.0,
        "method": "timetable with ample room",
        "standing": "exact",
        "simulated": 12.5,
        "ci95": [
          6.146897631912452,
          18.853102368087548
        ],
        "agreement": "agrees"
      },
      {
        "measure": "crane_wait_mean",
        "subject": "terminal.a.quay",
        "unit": "h",
        "load": 1.25,
        "theory": null,
        "method": "M/M/c (Erlang)",
        "standing": "exact",
        "simulated": null,
        "ci95": null,
        "agreement": "not compared"
      }
    ],
    "min_cuts": [
      {
        "from": "a",
        "to": "b",
        "unit": "TEU/day",
        "demand": 30.0,
        "most": 60.0,
        "cut": [
          {
            "subject": "service.barge.forward",
            "where": "a - b"
          }
        ]
      }
    ],
    "min_cuts_omitted": 0
  },
  "warnings": [
    "service.barge: is full; add one"
  ]
}
)text");
}

TEST_CASE("What could steer a terminal is escaped in JSON, and comes back whole") {
    RunReport report = made_up_run();
    report.title = "a\x7f\u202e\u0085\U000E0041 b\"\n";
    const std::string text = run_json(report);
    CHECK(text.find(R"("a\u007f\u202e\u0085\udb40\udc41 b\"\n")") != std::string::npos);
    CHECK(nlohmann::json::parse(text)["scenario"]["title"] == report.title);
}

TEST_CASE("The verdict comes first, with its sources and what it tests, then the warnings, then the tables") {
    RunReport report = made_up_run();
    report.theory = {};
    CHECK(
        run_text(report, Detail::headlines) ==
        "果园港\n"
        "scenario 0123456789abcdef, seed 18446744073709551615, 2 replications, corridor " +
            std::string{kVersion} +
            ", trajectories 00000000000000cd\n"
            "\n"
            "Verdict\n"
            "  shipped (Shipped in all): 15900 containers reported [F001, F152], out of sample\n"
            "  - agrees\n"
            "  shipped tests the demand assumptions, not the operations. Full vehicles left behind at most 1.2 %\n"
            "    of the containers.\n"
            "\n"
            "Warnings\n"
            "  service.barge: is full; add one\n"
            "\n"
            "Reported and simulated\n"
            "figure/reading  reported  unit        use         prior median (90 %)  report lies     simulated  naive  "
            "ratio  percentile  capacity bound  read as\n"
            "shipped/boxes      15900  containers  validate  14800 (9000 to 21000)  inside       15100 ± 1271      -  "
            " 0.95        61.5           1.2 %  containers, both directions\n"
            "  Prior: 200 draws over the ranges; trajectories 00000000000000ab. Report lies: against their 90 %\n"
            "    interval. Simulated: at the stated values, mean and 95 % interval. Naive: the same inputs\n"
            "    multiplied out. Ratio: simulated over reported. Percentile: of the report among the draws.\n"
            "    Capacity bound: share of containers left behind by a full vehicle.\n");
}

// What stands below a title, up to the next blank line.
std::string section(const std::string& text, const std::string& title) {
    const std::size_t at = text.find("\n" + title + "\n");
    REQUIRE(at != std::string::npos);
    const std::size_t begin = at + title.size() + 2;
    const std::size_t end = text.find("\n\n", begin);
    return text.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

ComparisonRow row_at(std::size_t position, const std::string& figure, const std::string& reading) {
    ComparisonRow row = made_up_row();
    row.position = position;
    row.figure = figure;
    row.reading = reading;
    return row;
}

TEST_CASE("On the screen, figures and readings are in the order of the scenario; what they test is said once") {
    RunReport report = made_up_run();
    report.comparison = {row_at(2, "berths", "quay"), row_at(3, "railed", "away"), row_at(0, "shipped", "teu"),
                         row_at(1, "shipped", "boxes")};
    report.comparison[1].capacity_bound_share = 0.3;
    report.comparison[3].prior->interval90 = {.low = 20000, .high = 30000};
    const std::string text = comparison_text(report);
    CHECK(section(text, "Warnings") == "  service.barge: is full; add one\n");
    CHECK(section(text, "Verdict") ==
          "  shipped (Shipped in all): 15900 containers reported [F001, F152], out of sample\n"
          "  - agrees: 1 of 2 readings (teu)\n"
          "  - disagrees, less was reported than the assumptions allow: 1 of 2 readings (boxes)\n"
          "  berths (Shipped in all): 15900 containers reported [F001, F152], out of sample\n"
          "  - agrees\n"
          "  railed (Shipped in all): 15900 containers reported [F001, F152], out of sample\n"
          "  - agrees\n"
          "  shipped, berths test the demand assumptions, not the operations. Full vehicles left behind at most\n"
          "    1.2 % of the containers.\n"
          "  railed tests the operations too. Full vehicles left behind at most 30.0 % of the containers.\n");
    CHECK(text.find("\nshipped/teu") < text.find("\nshipped/boxes"));
    CHECK(text.find("\nshipped/boxes") < text.find("\nberths/quay"));
    CHECK(text.find("\nberths/quay") < text.find("\nrailed/away"));
}

TEST_CASE("A limit is no report: the verdict says whether it holds") {
    RunReport report = made_up_run();
    report.comparison[0].use = scenario::FigureUse::limit;
    report.comparison[0].reported = 22000;
    CHECK(comparison_text(report).find("  shipped (Shipped in all): 22000 containers limit [F001, F152]\n"
                                       "  - within the limit in 19 of 20 draws\n") != std::string::npos);
}

TEST_CASE("Entities are shown with their names where they have one beside the id") {
    RunReport report = made_up_run();
    report.measures = MeasureCatalog(
        {{"departures_run", "service.barge", "departures"}, {"departures_run", "service.train", "departures"}});
    CHECK(section(run_text(report, Detail::headlines), "Services, departures and containers loaded in the window") ==
          "service  departures  containers  load factor  wait (h)  left behind (share)  late  cancelled  fleet in use "
          "(share)  name\n"
          "barge      101 ± 13           -            -         -                    -     -          -               "
          "      -  The barge\n"
          "train             -           -            -         -                    -     -          -               "
          "      -\n");
}

TEST_CASE("Demands show what is turned away and what goes by road where any of them can") {
    const std::string title = "Demand, containers from release to delivery";
    RunReport report = made_up_run();
    std::vector<MeasureInfo> infos{{"containers_released", "demand.d", "containers"},
                                   {"containers_in_system", "demand.d", "containers"}};
    report.measures = MeasureCatalog(infos);
    report.estimates = {estimate_of({100, 102}), estimate_of({7, 9})};
    const std::string plain = section(run_text(report, Detail::headlines), title);
    CHECK(plain ==
          "demand  released  delivered  TEU delivered  door to door (h)  95th percentile (h)  in system (mean)\n"
          "d       101 ± 13          -              -                 -                    -            8 ± 13\n");
    infos.push_back({"containers_lost", "demand.d", "containers"});
    infos.push_back({"containers_by_road", "demand.e", "containers"});
    infos.push_back({"containers_released", "demand.e", "containers"});
    report.measures = MeasureCatalog(infos);
    report.estimates = {estimate_of({100, 102}), estimate_of({7, 9}), estimate_of({3, 5}), estimate_of({1, 3}),
                        estimate_of({100, 102})};
    CHECK(
        section(run_text(report, Detail::headlines), title) ==
        "demand  released  turned away  by road  delivered  TEU delivered  door to door (h)  95th percentile (h)  in "
        "system (mean)\n"
        "d       101 ± 13       4 ± 13        -          -              -                 -                    -      "
        "      8 ± 13\n"
        "e       101 ± 13            -   2 ± 13          -              -                 -                    -      "
        "           -\n");
}

TEST_CASE("Where the depth counts, the screen says what it allows at each stop, and how often it binds") {
    RunReport report = made_up_run();
    report.measures = MeasureCatalog({{"depth_payload_mean", "service.barge.forward.a", "t"},
                                      {"depth_bound_share", "service.barge.forward.a", "share"},
                                      {"depth_payload_mean", "service.barge.backward", "t"},
                                      {"depth_bound_share", "service.barge.backward", "share"}});
    report.estimates = {estimate_of({1000, 1002}), estimate_of({0.25, 0.25}), estimate_of({800, 800}),
                        estimate_of({0, 0})};
    CHECK(section(run_text(report, Detail::headlines), "Low water, what the depth lets vessels carry at departure") ==
          "service          allowed (t)  bound (share)  name\n"
          "barge.forward.a    1001 ± 13           0.25  The barge\n"
          "barge.backward           800              0  The barge\n");
}

TEST_CASE("Every measure has a line in its CSV file, undefined values an empty field") {
    CHECK(measures_csv(made_up_run()) ==
          "name,subject,unit,mean,low95,high95,sd,samples,fingerprint\n"
          "containers_boarded,service.barge,containers,101,88.2937952638249,113.7062047361751,1.4142135623730951,2,"
          "00000000000000cd\n"
          "wait_mean,service.barge,h,,,,,0,00000000000000cd\n");
}

TEST_CASE("The comparison as CSV has a line per reading") {
    CHECK(
        comparison_csv(made_up_run()) ==
        "id,name,reading,reading_name,unit,reported,use,simulated_mean,simulated_low95,simulated_high95,prior_median,"
        "prior_low90,"
        "prior_high90,naive,ratio,percentile,capacity_bound_share,source,conclusion,prior_fingerprint,fingerprint\n"
        "shipped,Shipped in all,boxes,\"containers, both "
        "directions\",containers,15900,validate,15100,13829.37952638249,16370.62047361751,14800,9000.5,21000,,"
        "0.949685534591195,61.5,0.012,\"F001, F152\",\"out of sample: the report lies inside the 90 % prior predictive "
        "interval; capacity bound for 1.2 % of the containers, so this tests the demand assumptions, not the "
        "operations\",00000000000000ab,00000000000000cd\n");
}

TEST_CASE("Theory as CSV has a line per figure, with an empty field where no steady state exists") {
    CHECK(theory_csv(made_up_run()) ==
          "measure,subject,unit,load,theory,method,standing,simulated,low95,high95,agreement,fingerprint\n"
          "wait_mean,service.barge.forward,h,0.5,12,timetable with ample room,exact,12.5,6.146897631912452,"
          "18.853102368087548,agrees,00000000000000cd\n"
          "crane_wait_mean,terminal.a.quay,h,1.25,,M/M/c (Erlang),exact,,,,not compared,00000000000000cd\n");
}

TEST_CASE("Theory stands beside the simulation in the text of a run, the most loaded first") {
    const std::string text = run_text(made_up_run(), Detail::headlines);
    CHECK(text.substr(text.find("\nWhat is asked of")) ==
          "\nWhat is asked of each resource and what was used\n"
          "resource  of                     where  asked for  used (simulated)\n"
          "cranes    terminal.a.quay                 125.0 %            98.0 %\n"
          "slots     service.barge.forward  a - b     50.0 %\n"
          "\nTheory beside simulation, waits in the steady state\n"
          "wait             of                        load  simulated (h)  theory (h)  verdict       by\n"
          "crane_wait_mean  terminal.a.quay        125.0 %              -       grows  not compared  M/M/c (Erlang), "
          "exact\n"
          "wait_mean        service.barge.forward   50.0 %     12.5 ± 6.4          12  agrees        timetable with "
          "ample "
          "room, exact\n"
          "\nThe most that can flow, if everything else stood aside\n"
          "from  to  demand (TEU/day)  most (TEU/day)  held back by\n"
          "a     b                 30              60  service.barge.forward (a - b)\n");
}

}  // namespace
}  // namespace corridor
