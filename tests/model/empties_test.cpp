// What is said of stocks and ways of empties that cannot be meant, and what plain arithmetic says of them.
#include "compiled.h"
#include "corridor/model/balance.h"

namespace corridor::model {
namespace {

/// Every terminal of the river has unlimited cranes and the empties given; barges go down and up every day.
std::string river_of(const std::string& at_a, const std::string& at_c, const std::string& rest) {
    std::string text = kRiver;
    const auto give = [&text](const std::string& id, const std::string& empties) {
        const std::string line = id + " = { quay_cranes = \"unlimited\"";
        text.insert(text.find(line) + line.size(), empties.empty() ? "" : ", empties = " + empties);
    };
    give("a", at_a);
    give("c", at_c);
    return text + "[service.s]\nvehicle = \"barge\"\nroute = [\"a\", \"c\"]\ndirections = \"each\"\n" + rest;
}

const std::string kDaily = "departures = { per_week = 7 }\n";
const std::string kPlan = "[empties]\npolicy = \"plan\"\n";

}  // namespace

TEST_CASE("A low level is not above the high one") {
    const auto with_low = [](const std::string& low) {
        return findings_of(river_of("", "{ stock = { ft20 = 9 }, low = { ft20 = " + low + " }, high = { ft20 = 8 } }",
                                    kDaily + kDemand));
    };
    CHECK(with_low("8") == "");
    CHECK(with_low("9") ==
          "error: terminal.c.empties.low.ft20: is above 'high' (the terminal would ask for what it sends away); give a "
          "'low' of 8 or less, or a 'high' of 9 or more\n");
}

TEST_CASE("A policy needs a terminal that sends empties") {
    const std::string text = river_of("{ low = { ft20 = 5 } }", "{ stock = { ft20 = 9 } }", kDaily + kDemand);
    CHECK(refusal_of(text + "[empties]\npolicy = \"none\"\n") == "");
    CHECK(refusal_of(text + kPlan) ==
          "error: empties.policy: there is nothing to send (no terminal has a 'high' level of empties); for example "
          "[terminal.ID.empties] with high = { ft20 = 60 }\n");
}

TEST_CASE("Stocks are reviewed every hour at most, and hold a million containers of a size at most") {
    const auto with = [](const std::string& stock, const std::string& review) {
        return refusal_of(river_of("", "{ stock = { ft20 = " + stock + " }, high = { ft20 = 1 } }",
                                   kDaily + kDemand + kPlan + "review = \"" + review + "\"\n"));
    };
    CHECK(with("1000000", "1 h") == "");
    CHECK(with("9", "30 min") == "error: empties.review: must be >= 1, got 0.5 h\n");
    CHECK(with("1000001", "1 h") ==
          "error: terminal.c.empties.stock.ft20: must be between 0 and 1000000, got 1000001\n");
}

TEST_CASE("Who takes or brings an empty does not lose patience") {
    const auto with = [](const std::string& more) {
        return refusal_of(river_of("", "", kDaily + kDemand + "patience = \"48 h\"\n" + more));
    };
    CHECK(with("") == "");
    CHECK(with("takes_empties = true\n") ==
          "error: demand.d.patience: 'patience' does not go with 'takes_empties' (such containers wait for their "
          "vehicle); leave one of them out\n");
    CHECK(with("returns_empties = true\n") ==
          "error: demand.d.patience: 'patience' does not go with 'returns_empties' (such containers wait for their "
          "vehicle); leave one of them out\n");
}

TEST_CASE("The time until a container is emptied belongs to demands that return it") {
    CHECK(refusal_of(river_of("", "", kDaily + kDemand + "emptied_after = \"48 h\"\n")) ==
          "error: demand.d.emptied_after: 'emptied_after' has no meaning without 'returns_empties'\n");
    CHECK(refusal_of(river_of("", "", kDaily + kDemand + "returns_empties = false\n")) ==
          "error: demand.d.returns_empties: expected true, got false\n");
}

TEST_CASE("A demand whose empties never come is warned of, and a low level that nobody can fill") {
    const std::string takes = kDaily + kDemand + "takes_empties = true\n";
    CHECK(findings_of(river_of("{ stock = { ft20 = 1 } }", "", takes)) == "");
    CHECK(findings_of(river_of("", "", takes)) ==
          "warning: demand.d: waits for ever for 20 ft empties (there is no stock at 'a', and none come there); give "
          "the terminal a stock, let a demand return empties there, or reposition them\n");
    CHECK(findings_of(river_of("", "{ high = { ft20 = 0 } }", takes + kPlan)) == "");
    // Services that go down only.
    std::string one_way =
        river_of("{ stock = { ft20 = 1 }, low = { ft20 = 1 } }", "{ high = { ft20 = 0 } }", takes + kPlan);
    one_way.replace(one_way.find("\"each\""), 6, "\"one-way\"");
    CHECK(findings_of(one_way) ==
          "warning: terminal.a.empties.low: no empties can be sent here (no services lead here from a terminal with a "
          "'high' level); give another terminal a 'high' level, or add a service\n");
}

TEST_CASE("Empties on services that wait for a load have the priority of those who board there") {
    const auto with = [](const std::string& priority) {
        std::string text = river_of("{ low = { ft20 = 1 } }", "{ stock = { ft20 = 9 }, high = { ft20 = 0 } }",
                                    "departures = { when_full = true }\n" + kDemand + kPlan + priority);
        const std::string d = "from = \"a\"\nto = \"c\"";
        return findings_of(text.replace(text.find(d), d.size(), "from = \"c\"\nto = \"a\""));
    };
    CHECK(with("priority = 0\n") == "");
    CHECK(with("") ==
          "error: terminal.c.empties.high: empties for 'a' have a priority of their own on service 's', whose "
          "departures wait for a load; give the service a timetable, or [empties] the priority of the demands that "
          "board there\n");
}

TEST_CASE("The static balance sets the empties taken against those returned and those at first") {
    // 70 a week leave a, whose stock is 20; 40 a week come back.
    const std::string text = river_of("{ stock = { ft20 = 20 } }", "{ high = { ft20 = 0 } }",
                                      kDaily + kDemand +
                                          "takes_empties = true\nreturns_empties = true\n"
                                          "[demand.back]\nfrom = \"c\"\nto = \"a\"\nvolume = \"40 containers\"\n"
                                          "returns_empties = true\n");
    const auto empties = [](const std::string& of) {
        std::vector<Load> loads = static_balance(model_of(of));
        std::erase_if(loads, [](const Load& load) { return load.resource != Resource::empties; });
        return loads;
    };
    const std::vector<Load> apart = empties(text);
    REQUIRE(apart.size() == 1);
    CHECK(apart[0].subject == "terminal.a");
    CHECK(apart[0].where == "20 ft");
    CHECK(apart[0].offered == doctest::Approx(70));
    CHECK(apart[0].capacity == doctest::Approx(60));
    CHECK(text_of(queue_warnings(scenario_of(text), apart)) ==
          "warning: terminal.a: empties 20 ft: offered 70 containers/week, capacity 60 (the queue grows by 10 "
          "containers/week)\n");
    const std::vector<Load> shared = empties(text + kPlan);
    REQUIRE(shared.size() == 1);
    CHECK(shared[0].subject == "total");
    CHECK(shared[0].capacity == doctest::Approx(130));
    CHECK(queue_warnings(scenario_of(text + kPlan), shared).empty());
}

}  // namespace corridor::model
