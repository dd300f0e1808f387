// Dates that mean nothing in the run are pointed out, once for each list.
#include <fmt/format.h>

#include "compiled.h"

namespace corridor::model {
namespace {

/// The river, from Monday 6 to Monday 13 January 2020, with a barge a day; a, the first link and the demand have more.
std::string river(const std::string& terminal, const std::string& link = "", const std::string& demand = "") {
    std::string text = kRiver + kDemand + demand +
                       "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"c\"], directions = \"one-way\", "
                       "departures = { per_week = 7 }, cut_off = \"6 h\" }\n";
    const std::string cranes = "a = { quay_cranes = \"unlimited\"";
    text.replace(text.find(cranes), cranes.size(), "a = { " + terminal);
    const std::string length = "to = \"b\", length = \"100 km\"";
    text.insert(text.find(length) + length.size(), link);
    return text;
}

const std::string kCranes = "quay_cranes = { count = 2, rate = \"20 moves/h\" }";
const std::string kRun = " not within the run (2020-01-06 to 2020-01-13)\n";

}  // namespace

TEST_CASE("A closure before or after the run is pointed out, of a terminal, a gate and a link") {
    CHECK(findings_of(river(kCranes + ", closed = [\"2019-01-07\"]")) ==
          "warning: terminal.a: the closure 2019-01-07 to 2019-01-08 is" + kRun);
    CHECK(findings_of(river(kCranes + ", gate = { closed = [\"2020-01-13\"] }")) ==
          "warning: terminal.a.gate: the closure 2020-01-13 to 2020-01-14 is" + kRun);
    CHECK(findings_of(river(kCranes, ", closed = [\"2020-01-04/2020-01-06\"]")) ==
          "warning: link.ab: the closure 2020-01-04 to 2020-01-06 is" + kRun);
    for (const char* inside : {"2020-01-05/2020-01-06T00:01:00", "2020-01-12T23:59:00/2020-02-01"}) {
        const std::string closed = fmt::format(", closed = [\"{}\"]", inside);
        CHECK(findings_of(river(kCranes + closed + ", gate = { " + closed.substr(2) + " }", closed)) == "");
    }
}

TEST_CASE("The warm-up belongs to the run") {
    std::string text = river(kCranes + ", closed = [\"2020-01-05\"]");
    const std::string end = "end = 2020-01-13";
    text.replace(text.find(end), end.size(), end + ", warm_up = \"1 d\"");
    CHECK(findings_of(text) == "");
}

TEST_CASE("Of a list of dates outside the run the first is named, and the others are counted") {
    CHECK(findings_of(river(kCranes + ", closed = [\"2020-01-08\", \"2019-01-07\", \"2021-01-07\"]")) ==
          "warning: terminal.a: the closure 2019-01-07 to 2019-01-08 and 1 more are" + kRun);
    CHECK(
        findings_of(river(kCranes + ", calendar = [{ from = 2022-01-01, to = 2022-01-02, status = \"open\" }, { from = "
                                    "2019-01-01, to = 2019-01-02, status = \"closed\" }]")) ==
        "warning: terminal.a: the opening 2022-01-01 to 2022-01-02 and 1 more are" + kRun);
}

TEST_CASE("Cranes that are out before or after the run are pointed out") {
    const std::string out = ", out = [{ from = 2019-01-10, to = 2019-01-20 }] }";
    const std::string cranes = "cranes = { count = 2, rate = \"20 moves/h\"";
    CHECK(findings_of(river("quay_" + cranes + out)) ==
          "warning: terminal.a.quay_cranes.out: 2019-01-10 to 2019-01-20 is" + kRun);
    CHECK(findings_of(river(kCranes + ", rail_" + cranes + out)) ==
          "warning: terminal.a.rail_cranes.out: 2019-01-10 to 2019-01-20 is" + kRun);
    CHECK(findings_of(river(kCranes + ", yard_" + cranes + out)) ==
          "warning: terminal.a.yard_cranes.out: 2019-01-10 to 2019-01-20 is" + kRun);
    CHECK(findings_of(river("quay_" + cranes + ", out = [{ from = 2020-01-12, to = 2020-02-01 }] }")) == "");
}

TEST_CASE("Depths that never hold in the run are pointed out: over before it, or from after it on") {
    const auto depths = [](const std::string& from) {
        std::string list;
        for (const std::string_view date : {std::string_view(from).substr(0, 10), std::string_view(from).substr(11)}) {
            list += fmt::format("{{ from = {}, depth = \"3 m\" }}, ", date);
        }
        return findings_of(river(kCranes, ", depth = [" + list + "]"));
    };
    CHECK(depths("2020-01-01/2020-01-12") == "");
    CHECK(depths("2020-01-01/2020-01-06") == "warning: link.ab.depth: the depth from 2020-01-01 is" + kRun);
    CHECK(depths("2020-01-01/2020-01-13") == "warning: link.ab.depth: the depth from 2020-01-13 is" + kRun);
    CHECK(depths("2021-01-01/2021-02-01") == "warning: link.ab.depth: the depth from 2021-01-01 and 1 more are" + kRun);
    CHECK(findings_of(river(kCranes, ", depth = \"3 m\"")) == "");
}

TEST_CASE("Months of a profile before or after the run are pointed out") {
    CHECK(findings_of(river(kCranes, "", "profile = { 2019-04 = 0.5 }\n")) ==
          "warning: demand.d.profile: 2019-04 is" + kRun);
    CHECK(findings_of(river(kCranes, "", "profile = { 2019-12 = 0.5, 2020-01 = 2, 2020-02 = 3 }\n")) ==
          "warning: demand.d.profile: 2019-12 and 1 more are" + kRun);
    CHECK(findings_of(river(kCranes, "", "profile = { 2020-01 = 0.5 }\n")) == "");
}

}  // namespace corridor::model
