#include "corridor/report/options_report.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "study/estimate_of.h"

namespace corridor {
namespace {

/// Two options against a do-minimum; the second has no rail.
OptionsReport two_options() {
    const MeasureCatalog base(
        {{"containers_delivered", "total", "containers"}, {"containers_railed", "total", "containers"}});
    const MeasureCatalog without_rail({{"containers_delivered", "total", "containers"}});
    HorizonReport horizon{.name = "2030",
                          .factor = 1.5,
                          .base = {"do-minimum", "h0", base, "slots of service.s, 80 %"},
                          .options = {{"daily", "h1", base, "cranes of terminal.a.quay, 70 %"},
                                      {"no rail", "h2", without_rail, "slots of service.s, 99 %"}}};
    horizon.result.replications = 3;
    horizon.result.fingerprint = 0xab;
    horizon.result.base = {estimate_of({100, 110, 120}), estimate_of({10, 10, 10})};
    horizon.result.options = {
        {.measures = {estimate_of({105, 116, 124}), estimate_of({10, 10, 10})},
         .pairs = {{0, 0, estimate_of({5, 6, 4})}, {1, 1, estimate_of({0, 0, 0})}}},
        {.measures = {estimate_of({90, 100, 110})}, .pairs = {{0, 0, estimate_of({-10, -10, -10})}}}};
    return {.title = "A corridor", .command = "corridor options x y z", .seed = 1, .horizons = {horizon}};
}

}  // namespace

TEST_CASE("Each option has its mean and its change; what it does not have is a dash") {
    CHECK(options_text(two_options(), Detail::headlines) ==
          "A corridor\n"
          "scenario h0, seed 1, corridor 0.1.0\n"
          "\n"
          "Options against the do-minimum, 2030 (all demand times 1.5): paired differences over 3 replications, 95 %; "
          "trajectories 00000000000000ab\n"
          "           unit        do-minimum     daily      change   no rail  change\n"
          "delivered  containers    110 ± 25  115 ± 24  +5.0 ± 2.5  100 ± 25     -10\n"
          "railed     containers          10        10        none         -       -\n"
          "most used of do-minimum: slots of service.s, 80 %\n"
          "most used of daily: cranes of terminal.a.quay, 70 %\n"
          "most used of no rail: slots of service.s, 99 %\n"
          "\n"
          "Replications that show a difference of 1 % of the do-minimum in four of five studies\n"
          "           daily, paired  independent  no rail, paired  independent\n"
          "delivered              9         1241                2         1300\n"
          "railed                 2            2                -            -\n");
}

TEST_CASE("The mean over all demands has one row, not one more among the demands") {
    OptionsReport report = two_options();
    HorizonReport& horizon = report.horizons.front();
    const MeasureCatalog times({{"containers_delivered", "total", "containers"},
                                {"door_to_door_time_mean", "total", "h"},
                                {"containers_delivered", "demand.d", "containers"},
                                {"door_to_door_time_mean", "demand.d", "h"}});
    horizon.base.measures = times;
    horizon.options = {{"daily", "h1", times, "nothing"}};
    const std::vector<Estimate> measures(4, estimate_of({40, 41, 42}));
    horizon.result.base = measures;
    horizon.result.options = {{.measures = measures, .pairs = {}}};
    const std::string text = options_text(report, Detail::headlines);
    CHECK(text.find("door to door, mean of all ") != std::string::npos);
    CHECK(text.find("door to door, mean, demand.d ") != std::string::npos);
    CHECK(text.find("door to door, mean, total") == std::string::npos);
}

TEST_CASE("JSON and CSV have every measure that both have, with the interval of its difference") {
    OptionsReport report = two_options();
    report.warnings = {{.path = "service.s", .message = "its queue grows"}};
    const auto json = nlohmann::json::parse(options_json(report));
    CHECK(json["warnings"] == nlohmann::json::array({"service.s: its queue grows"}));
    const auto& options = json["horizons"][0]["options"];
    CHECK(options[0]["measures"].size() == 2);
    CHECK(options[1]["measures"].size() == 1);
    CHECK(options[0]["measures"][0]["difference"]["mean"] == 5.0);
    CHECK(options[0]["measures"][0]["difference"]["ci95"][0].get<double>() ==
          doctest::Approx(5 - 4.30265 / std::sqrt(3)));
    CHECK(options[1]["measures"][0]["difference"]["mean"] == -10.0);
    CHECK(options_csv(two_options())
              .starts_with(
                  "horizon,factor,option,measure,subject,unit,base,base_low95,base_high95,option_mean,option_low95,"
                  "option_high95,difference,low95,high95,sd,"
                  "replications_to_see,fingerprint\n"
                  "2030,1.5,do-minimum,most_used,\"slots of service.s, 80 %\",,,,,,,,,,,,,00000000000000ab\n"
                  "2030,1.5,daily,most_used,\"cranes of terminal.a.quay, 70 %\",,,,,,,,,,,,,00000000000000ab\n"
                  "2030,1.5,daily,containers_delivered,total,containers,110,85.158"));
}

}  // namespace corridor
