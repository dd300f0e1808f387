// Cranes at one vehicle and tugs: what is refused, where cranes serve in turn, and what is asked of tugs.
#include <doctest/doctest.h>

#include "corridor/model/balance.h"
#include "model/compiled.h"

namespace corridor::model {
namespace {

std::string port(const std::string& cranes, const std::string& more = "") {
    return "period = { start = 2020-01-06, end = 2020-01-13 }\n[terminal.a]\nquay_cranes = { " + cranes + " }\n" +
           more +
           "[background.ships]\nterminal = \"a\"\nmode = \"waterway\"\nrate = \"4 /d\"\nmoves = 30\nstay = \"2 h\"\n";
}

const std::string kThree = R"(count = 3, rate = "30 moves/h")";

std::string tugs(const std::string& text) { return "tugs = { " + text + " }\n"; }

const Load* load_of(const std::vector<Load>& loads, Resource resource) {
    for (const Load& load : loads) {
        if (load.resource == resource) return &load;
    }
    return nullptr;
}

bool serves_in_turn(const std::string& cranes, const std::string& more = "") {
    return model_of(port(cranes, more)).facilities.items().front().in_turn;
}

}  // namespace

TEST_CASE("Cranes serve in turn only where a limit binds or vehicles share them evenly") {
    CHECK_FALSE(serves_in_turn(kThree));
    CHECK_FALSE(serves_in_turn(kThree + ", cranes_per_vehicle = 3"));
    CHECK(serves_in_turn(kThree + ", cranes_per_vehicle = 2"));
    CHECK(serves_in_turn(kThree + R"(, sharing = "even")"));
    CHECK_FALSE(serves_in_turn(kThree + R"(, sharing = "even")",
                               "berths = { count = 1 }\n"));  // there is never a second vessel
    CHECK_FALSE(serves_in_turn(R"(count = 1, rate = "30 moves/h", sharing = "even")"));
}

TEST_CASE("A vehicle can have one crane at least") {
    CHECK(refusal_of(port(kThree + ", cranes_per_vehicle = 1")).empty());
    CHECK(refusal_of(port(kThree + ", cranes_per_vehicle = 0")) ==
          "error: terminal.a.quay_cranes.cranes_per_vehicle: must be between 1 and 10000, got 0\n");
}

TEST_CASE("Unlimited cranes are not shared") {
    CHECK(findings_of(port(R"(count = "unlimited", sharing = "even")")) ==
          "error: terminal.a.quay_cranes.sharing: unlimited cranes need not be shared; give 'count'\n");
}

TEST_CASE("Tugs need something to do, a quay, and one time for docking") {
    const std::string docking = "docking = { tugs = 1, time = \"1 h\" }";
    CHECK(refusal_of(port(kThree, tugs("count = 1, " + docking))).empty());
    CHECK(refusal_of(port(kThree, tugs("count = 1"))) ==
          "error: terminal.a.tugs: the tugs have nothing to do; give 'docking' or 'leaving'\n");
    CHECK(
        refusal_of(port(kThree, "berths = { count = 2, berthing_time = \"1 h\" }\n" + tugs("count = 1, " + docking))) ==
        "error: terminal.a.tugs: 'docking' and the berths' 'berthing_time' exclude each other; give the whole time of "
        "berthing as that of 'docking'\n");
    CHECK(refusal_of("period = { start = 2020-01-06, end = 2020-01-13 }\n[terminal.a]\nrail_cranes = \"unlimited\"\n" +
                     tugs("count = 1, " + docking)) ==
          "error: terminal.a.tugs: 'tugs' has no use without 'quay_cranes' (no barge calls)\n");
}

TEST_CASE("A vehicle takes no more tugs than there are") {
    const auto leaving = [](int tugs_to_leave) {
        return findings_of(port(
            kThree, tugs("count = 2, leaving = { tugs = " + std::to_string(tugs_to_leave) + ", time = \"1 h\" }")));
    };
    CHECK(leaving(2).empty());
    CHECK(leaving(3) ==
          "error: terminal.a.tugs.leaving.tugs: is more than there are (2 tugs); no vehicle could ever move\n");
}

// Four calls a day: 28 in the week, of 30 moves of two minutes each.
TEST_CASE("Cranes at one vehicle, docking and leaving lengthen the time at the berth; tugs have a load of their own") {
    const std::string berths = "berths = { count = 4 }\n";
    const auto berth_hours = [&](const std::string& cranes, const std::string& more) {
        return load_of(static_balance(model_of(port(cranes, berths + more))), Resource::berths)->offered;
    };
    CHECK(berth_hours(kThree, "") == doctest::Approx(28 * (1.0 / 3.0 + 2.0)));
    CHECK(berth_hours(kThree + ", cranes_per_vehicle = 2", "") == doctest::Approx(28 * (0.5 + 2.0)));
    const std::string both =
        tugs("count = 2, docking = { tugs = 2, time = \"1 h\" }, leaving = { tugs = 1, time = \"30 min\" }");
    CHECK(berth_hours(kThree, both) == doctest::Approx(28 * (1.0 + 1.0 / 3.0 + 2.0 + 0.5)));
    const auto loads = static_balance(model_of(port(kThree, both)));
    REQUIRE(load_of(loads, Resource::tugs) != nullptr);
    CHECK(load_of(loads, Resource::tugs)->offered == doctest::Approx(28 * (2 * 1.0 + 1 * 0.5)));
    CHECK(load_of(loads, Resource::tugs)->capacity == 2 * 168.0);
    CHECK(load_of(static_balance(model_of(port(kThree))), Resource::tugs) == nullptr);
}

}  // namespace corridor::model
