// Breakdowns and outages of cranes: what is refused.
#include <doctest/doctest.h>

#include "model/compiled.h"

namespace corridor::model {
namespace {

std::string cranes(const std::string& text) {
    return R"(period = { start = 2020-01-01, end = 2020-01-08 }
[terminal.a]
quay_cranes = { )" +
           text + " }\n";
}

const std::string kTwoDays =
    "out = [{ from = 2020-01-01, to = 2020-01-03, cranes = 2 }, { from = 2020-01-02, to = "
    "2020-01-04 }]";

}  // namespace

TEST_CASE("Unlimited cranes neither fail nor are taken out") {
    CHECK(findings_of(
              cranes(R"(count = "unlimited", breakdowns = { time_to_failure = "10 h", time_to_repair = "1 h" })")) ==
          "error: terminal.a.quay_cranes.breakdowns: unlimited cranes cannot fail; give 'count'\n");
    CHECK(findings_of(cranes(R"(count = "unlimited", out = [{ from = 2020-01-01, to = 2020-01-02 }])")) ==
          "error: terminal.a.quay_cranes.out: unlimited cranes cannot be taken out; give 'count'\n");
}

TEST_CASE("No more cranes can be out at a time than there are") {
    const std::string pace = R"(rate = "25 moves/h", )";
    CHECK(findings_of(cranes("count = 2, " + pace + "out = [{ from = 2020-01-01, to = 2020-01-03, cranes = 2 }]"))
              .empty());
    CHECK(findings_of(cranes("count = 2, " + pace + kTwoDays)) ==
          "error: terminal.a.quay_cranes.out: 2020-01-02 to 2020-01-04 takes out more cranes than there are (2); count "
          "each crane once; without 'cranes' all of them are out\n");
}

TEST_CASE("A million breakdowns in one run are the most") {
    // 168 h of one crane.
    const auto every = [](const std::string& time) {
        return findings_of(
            cranes(R"(count = 1, rate = "25 moves/h", breakdowns = { time_to_repair = "0 h", time_to_failure = ")" +
                   time + "\" }"));
    };
    CHECK(every("0.605 s").empty());
    CHECK(every("0.604 s") ==
          "error: terminal.a.quay_cranes.breakdowns: more than 1,000,000 breakdowns are expected in one run (they have "
          "to be kept); give a longer 'time_to_failure', or a shorter run\n");
}

}  // namespace corridor::model
