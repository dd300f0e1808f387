#include "corridor/report/sensitivity_report.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace corridor {
namespace {

Indices shares(double first, double total) {
    return {.first = {first, {first - 0.1, first + 0.1}}, .total = {total, {total - 0.05, total + 0.05}}};
}

/// Four ranges, of which the second has no indices of its own; chance could be none at all.
SensitivityReport four_ranges() {
    SensitivityReport report{.title = "A corridor", .hash = "h0", .command = "corridor sensitivity x", .seed = 1};
    report.outputs = {{.name = "railed/all", .unit = "TEU"}};
    report.result.inputs = {"quantity.a", "quantity.b", "quantity.c", "quantity.d"};
    report.result.effects = {
        .trajectories = 10, .outputs = {{{30, -30, 2, Interval{28.5, 31.5}}, {0.5, 0.5, 0.1}, {90, 90, 0}, {1, 1, 0}}}};
    report.result.fingerprint = 0xab;
    report.result.looked_into = {2, 0, 3};
    report.result.has_others = true;
    report.result.indices = {
        .rows = 64,
        .outputs = {{.mean = 1000,
                     .sd = 50,
                     .groups = {shares(0.6, 0.7), shares(0.2, 0.25), shares(0, 0.001), shares(0, 0.01)},
                     .chance = shares(-0.02, 0.12)}}};
    return report;
}

}  // namespace

TEST_CASE("Each output has a sentence and a table of what moves it, chance at its end") {
    CHECK(sensitivity_text(four_ranges(), Detail::headlines) ==
          "A corridor\n"
          "scenario h0, seed 1, 4 ranges screened 10 times, 64 rows, corridor 0.1.0, trajectories 00000000000000ab\n"
          "\n"
          "  railed/all: 1000 TEU on average, sd 50; quantity.c moves it most, alone 60.0 % (50.0 to 70.0) of\n"
          "    its variance; chance alone is 0.0 % (0.0 to 8.0)\n"
          "\n"
          "railed/all, shares of its variance; effects in TEU\n"
          "input                   first order (95 %)           total (95 %)  effect of its range, sign aside (95 %)\n"
          "quantity.c           60.0 % (50.0 to 70.0)  70.0 % (65.0 to 75.0)                                      90\n"
          "quantity.a           20.0 % (10.0 to 30.0)  25.0 % (20.0 to 30.0)                       30 (28.5 to 31.5)\n"
          "all others together  0.0 % (-10.0 to 10.0)    1.0 % (-4.0 to 6.0)                                       -\n"
          "chance alone         -2.0 % (-12.0 to 8.0)   12.0 % (7.0 to 17.0)                                       -\n"
          "\n"
          "  Left out are inputs below 0.5 % of the variance, and tables of further readings (--all)\n");
    CHECK(sensitivity_text(four_ranges(), Detail::everything).find("\nquantity.d ") != std::string::npos);
}

TEST_CASE("What cannot be told apart from the strongest is named beside it") {
    SensitivityReport report = four_ranges();
    CHECK(sensitivity_text(report, Detail::headlines).find("told") == std::string::npos);
    report.result.indices.outputs.front().groups[1] = shares(0.5, 0.62);
    const std::string text = sensitivity_text(report, Detail::headlines);
    INFO(text);
    CHECK(text.find("its variance, not told apart from quantity.a; chance alone is") != std::string::npos);
}

TEST_CASE("Where the others together move it more than any input, none is called the strongest") {
    SensitivityReport report = four_ranges();
    report.result.indices.outputs.front().groups[3] = shares(0.7, 0.8);
    const std::string text = sensitivity_text(report, Detail::headlines);
    INFO(text);
    CHECK(text.find("moves it most, alone") == std::string::npos);
    CHECK(text.find("all others together (80.0 %") != std::string::npos);
    CHECK(text.find("(--inputs)") != std::string::npos);
}

TEST_CASE("JSON and CSV also have the ranges that were only screened, without indices") {
    const auto json = nlohmann::json::parse(sensitivity_json(four_ranges()));
    CHECK(json["fingerprint"] == "00000000000000ab");
    const auto& inputs = json["outputs"][0]["inputs"];
    REQUIRE(inputs.size() == 6);
    CHECK(inputs[0]["input"] == "quantity.c");
    CHECK(inputs[1]["effect"]["mean_absolute_ci95"] == nlohmann::json::array({28.5, 31.5}));
    CHECK(inputs[4]["input"] == "chance alone");
    CHECK(inputs[4]["effect"].is_null());
    CHECK(inputs[5]["input"] == "quantity.b");
    CHECK(inputs[5]["first"].is_null());
    CHECK(inputs[5]["effect"]["mean_absolute"] == 0.5);
    CHECK(sensitivity_csv(four_ranges()).find("railed/all,TEU,quantity.b,,,,,,,0.5,,,0.5,0.1,00000000000000ab\n") !=
          std::string::npos);
}

}  // namespace corridor
