// Disruptions: what is refused, and what they leave of the cranes.
#include <doctest/doctest.h>

#include "corridor/model/balance.h"
#include "model/compiled.h"

namespace corridor::model {
namespace {

const std::string kService = R"(
[service.s]
route = ["a", "c"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
cut_off = "3 h"
)";
const std::string kWeek = "windows = [{ from = 2020-01-06, to = 2020-01-08 }]\n";

std::string disrupted(const std::string& of, const std::string& effect, const std::string& when = kWeek) {
    return kRiver + kService + kDemand + "[disruption.d]\nof = [" + of + "]\n" + effect + "\n" + when;
}

std::string with_cranes(std::string text) {
    return text.replace(text.find("a = { quay_cranes = \"unlimited\" }"), 33,
                        "a = { quay_cranes = { count = 2, rate = \"25 moves/h\" }, berths = { count = 3 } }");
}

std::string all_findings_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    return scenario.ok() ? findings_of(text) : text_of(scenario.diagnostics());
}

}  // namespace

TEST_CASE("A disruption is of terminals, services and links") {
    CHECK(all_findings_of(
              disrupted(
                  R"("terminal.a", "terminal.b.quay", "service.s", "service.s.forward", "link.ab", "link.bc.backward")",
                  "closed = true"))
              .empty());
    CHECK(all_findings_of(disrupted("", "closed = true")) ==
          "error: disruption.d.of: nothing is disrupted; for example [\"terminal.ID\"]\n");
    CHECK(all_findings_of(disrupted(R"("demand.d")", "closed = true")) ==
          "error: disruption.d.of[0]: 'demand.d' cannot be disrupted; write \"terminal.ID\", \"terminal.ID.quay\", "
          "\"service.ID\" or \"link.ID\"\n");
    CHECK(all_findings_of(disrupted(R"("terminal.a.berths")", "closed = true")) ==
          "error: disruption.d.of[0]: 'berths' is no part of a terminal; write \"quay\" or \"rail\" behind the id, or "
          "nothing for all of it\n");
    CHECK(all_findings_of(disrupted(R"("service.s.quay")", "closed = true")) ==
          "error: disruption.d.of[0]: 'quay' is no part of a service; write \"forward\" or \"backward\" behind the id, "
          "or nothing for both\n");
    CHECK(all_findings_of(disrupted(R"("link.ab.quay")", "closed = true")) ==
          "error: disruption.d.of[0]: 'quay' is no part of a link; write \"forward\" or \"backward\" behind the id, "
          "or nothing for both\n");
    CHECK(all_findings_of(disrupted(R"("link.ab")", "fewer_berths = 1")) ==
          "error: disruption.d.of[0]: 'link.ab' has neither cranes nor berths; services and links can be 'closed' or "
          "'slowed'\n");
    CHECK(all_findings_of(disrupted(R"("terminal.a.rail")", "closed = true")) ==
          "error: disruption.d.of[0]: terminal 'a' has no train handling\n");
    CHECK(all_findings_of(disrupted(R"("service.s.backward")", "closed = true")) ==
          "error: disruption.d.of: 'service.s.backward' has no departures of its own; write \"service.s\"\n");
}

TEST_CASE("There are as many cranes and berths as a disruption takes away") {
    const std::string quay = R"("terminal.a.quay")";
    CHECK(all_findings_of(with_cranes(disrupted(quay, "fewer_cranes = 2"))).empty());
    CHECK(all_findings_of(with_cranes(disrupted(quay, "fewer_cranes = 3"))) ==
          "error: disruption.d.fewer_cranes: is more than there are at 'terminal.a.quay' (2 cranes); use 'closed' for "
          "all "
          "of them\n");
    CHECK(all_findings_of(with_cranes(disrupted(quay, "fewer_berths = 3"))).empty());
    CHECK(all_findings_of(with_cranes(disrupted(quay, "fewer_berths = 4"))) ==
          "error: disruption.d.fewer_berths: is more than there are at 'terminal.a.quay' (3 berths); use 'closed' for "
          "all "
          "of them\n");
    CHECK(all_findings_of(disrupted(quay, "crane_share = 0.5")) ==
          "error: disruption.d.crane_share: the cranes of 'terminal.a.quay' are unlimited; give their 'count', or use "
          "'closed' or 'slowed'\n");
    CHECK(all_findings_of(disrupted(R"("service.s")", "fewer_cranes = 1")) ==
          "error: disruption.d.of[0]: 'service.s' has neither cranes nor berths; services and links can be "
          "'closed' or 'slowed'\n");
}

TEST_CASE("A disruption slows by a factor of 1 at least") {
    CHECK(all_findings_of(disrupted(R"("terminal.a")", "slowed = 1")).empty());
    CHECK(all_findings_of(disrupted(R"("terminal.a")", "slowed = 0.99")) ==
          "error: disruption.d.slowed: must be between 1 and 1000, got 0.99\n");
}

TEST_CASE("The windows of a disruption have a length, and lie within the run") {
    const auto window = [](const std::string& from, const std::string& to) {
        return all_findings_of(
            disrupted(R"("terminal.a")", "closed = true", "windows = [{ from = " + from + ", to = " + to + " }]\n"));
    };
    CHECK(window("2020-01-12T23:59:59", "2020-01-14").empty());
    CHECK(window("2020-01-13", "2020-01-14") ==
          "warning: disruption.d.windows: lie outside the run; leave the disruption out, or change its dates\n");
    CHECK(window("2020-01-08", "2020-01-08") ==
          "error: disruption.d.windows[0]: the window ends before it starts (2020-01-08 to 2020-01-08)\n");
    CHECK(all_findings_of(disrupted(R"("terminal.a")", "closed = true", "windows = []\n")) ==
          "error: disruption.d.windows: the list of windows is empty; leave the disruption out\n");
}

TEST_CASE("A million failures of a disruption in one run are the most") {
    // 168 h of one terminal.
    const auto every = [](const std::string& time) {
        return all_findings_of(
            disrupted(R"("terminal.a")", "closed = true",
                      "breakdowns = { time_to_repair = \"0 h\", time_to_failure = \"" + time + "\" }\n"));
    };
    CHECK(every("0.605 s").empty());
    CHECK(
        every("0.604 s") ==
        "error: disruption.d.breakdowns: more than 1,000,000 failures are expected in one run (they have to be kept); "
        "give a longer 'time_to_failure', or a shorter run\n");
}

TEST_CASE("A continuous service has no departures to close") {
    std::string text = disrupted(R"("service.s")", "closed = true");
    text.replace(text.find("per_week = 7"), 12, "continuous = true");
    CHECK(all_findings_of(text) ==
          "error: disruption.d.closed: service 's' is continuous (it has no departures to close); close a terminal of "
          "its route\n");
}

// Two of seven days, in which one of two cranes is out, both are, or work takes twice as long.
TEST_CASE("The static balance knows what disruptions leave of the crane time") {
    const auto crane_hours = [](const std::string& effect, const std::string& when) {
        for (const Load& load : static_balance(model_of(with_cranes(disrupted(R"("terminal.a")", effect, when))))) {
            if (load.resource == Resource::cranes) return load.capacity;
        }
        return 0.0;
    };
    CHECK(crane_hours("fewer_cranes = 1", kWeek) == doctest::Approx(2 * 168.0 * (1 - 1.0 / 7)));
    CHECK(crane_hours("closed = true", kWeek) == doctest::Approx(2 * 168.0 * (1 - 2.0 / 7)));
    CHECK(crane_hours("slowed = 2", kWeek) == doctest::Approx(2 * 168.0 * (1 - 1.0 / 7)));
    CHECK(crane_hours("closed = true", "breakdowns = { time_to_failure = \"30 h\", time_to_repair = \"10 h\" }\n") ==
          doctest::Approx(2 * 168.0 * 0.75));
}

}  // namespace corridor::model
