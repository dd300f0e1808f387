#include "corridor/report/optimise_report.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "corridor/base/unit.h"
#include "corridor/study/fingerprint.h"
#include "study/estimate_of.h"

namespace corridor {
namespace {

/// One to four barges for at most 40 h: none of one makes a model, two miss by 1 %, three meet it.
OptimiseReport barges() {
    OptimiseReport report{.title = "A corridor", .hash = "h0", .command = "corridor optimise x", .fresh_seed = 2};
    report.base = {2};
    report.units = {"h"};
    report.plan.variables = {{.path = "service.s.fleet", .low = 1, .high = 4}};
    report.plan.requirements = {{.text = "wait demand.d <= 40", .measure = "wait", .subject = "demand.d", .bound = 40}};
    report.result.points = 4;
    report.result.asked = {{.point = {1}, .price = 1, .verdict = Feasibility::undefined, .refusal = "fleet: too few"},
                           {.point = {2},
                            .price = 2,
                            .verdict = Feasibility::infeasible,
                            .replications = 3,
                            .means = {estimate_of({40, 40.4, 40.8})},
                            .excess = 0.01},
                           {.point = {3},
                            .price = 3,
                            .verdict = Feasibility::feasible,
                            .replications = 3,
                            .means = {estimate_of({30, 30, 30})},
                            .excess = -0.25}};
    return report;
}

std::string cells_of(const Estimate& estimate) {
    const Interval interval = estimate.interval95().value();
    return format_number(estimate.mean()) + ',' + format_number(interval.low) + ',' + format_number(interval.high);
}

}  // namespace

TEST_CASE("The answer is followed by a fresh confirmation, and by what was asked on the way") {
    OptimiseReport report = barges();
    report.result.chosen = 2;
    const Confirmed wait{.base = estimate_of({40, 41}),
                         .chosen = estimate_of({30, 31}),
                         .change = estimate_of({-10, -10}),
                         .met = estimate_of({1, 1})};
    report.result.fingerprint = combined_fingerprint(0, 0xab);
    report.confirmation = {
        .replications = 2, .fingerprint = 0xcd, .requirements = {wait}, .all_met = estimate_of({1, 1})};
    CHECK(optimise_text(report, Detail::headlines) ==
          "A corridor\n"
          "scenario h0, seed 1, 4 points, corridor 0.1.0, trajectories f73d263ee7cf8f74\n"
          "\n"
          "  service.s.fleet = 3 is the cheapest point that meets the target, of 4 in all; price 3; as it\n"
          "    stands: service.s.fleet = 2\n"
          "\n"
          "Confirmed on 2 fresh replications (seed 2), paired with the scenario as it stands\n"
          "                     unit  as it stands      result  change                   met in\n"
          "wait demand.d <= 40  h       40.5 ± 6.4  30.5 ± 6.4     -10  100.0 % (34.2 to 100.0)\n"
          "  Met in: share of single periods whose own value meets the bound, with its 95 % interval.\n"
          "\n"
          "Points asked, in order: 3 of 4\n"
          "service.s.fleet  price  replications  target                   wait demand.d [h]\n"
          "              1      1             0  no model                                 -\n"
          "              2      2             3  fails, within tolerance       40.40 ± 0.99\n"
          "              3      3             3  meets                                   30\n"
          "  1 of the points asked fails by less than the tolerance of 2 %; a smaller --tolerance tells more\n"
          "    surely\n"
          "  No model, for instance at service.s.fleet = 1: fleet: too few\n");
    const auto json = nlohmann::json::parse(optimise_json(report));
    CHECK(json["chosen"]["values"]["service.s.fleet"] == 3.0);
    CHECK(json["confirmation"]["requirements"][0]["met"]["ci95"][0].get<double>() ==
          doctest::Approx(0.3424).epsilon(0.001));
    CHECK(json["fingerprint"] == "f73d263ee7cf8f74");
    CHECK(json["asked"][0]["refusal"] == "fleet: too few");
}

TEST_CASE("Where no point meets the target, the nearest is named, and the bound that it misses") {
    OptimiseReport report = barges();
    report.result.asked.pop_back();
    report.result.fingerprint = 0xab;
    const std::string text = optimise_text(report, Detail::headlines);
    CHECK(text.find(", trajectories 00000000000000ab\n") != std::string::npos);
    CHECK(text.find("None of the 4 points meets the target. Nearest: service.s.fleet = 2; 'wait demand.d <= 40'") !=
          std::string::npos);
    CHECK(optimise_csv(report) ==
          "service.s.fleet,price,replications,verdict,certain,chosen,wait demand.d <= 40 [h],\"wait demand.d <= 40 "
          "[h], low "
          "95 %\",\"wait demand.d <= 40 [h], high 95 %\",fingerprint\n1,1,0,undefined,yes,no,,,,00000000000000ab\n"
          "2,2,3,fails,yes,no," +
              cells_of(report.result.asked[1].means[0]) + ",00000000000000ab\n");
}

}  // namespace corridor
