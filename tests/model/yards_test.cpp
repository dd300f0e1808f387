// What the inputs ask of yards and yard cranes, and what goes with neither.
#include "compiled.h"
#include "corridor/model/balance.h"

namespace corridor::model {
namespace {

/// The river with `terminal` in place of the plain terminal a, a barge a day, and a demand.
std::string with_a(const std::string& terminal, const std::string& demand = "") {
    std::string text = kRiver + kDemand + demand +
                       "[service]\ns = { vehicle = \"barge\", route = [\"a\", \"c\"], directions = \"one-way\", "
                       "departures = { per_week = 7 }, cut_off = \"6 h\" }\n";
    const std::string plain = "a = { quay_cranes = \"unlimited\" }";
    return text.replace(text.find(plain), plain.size(), "a = { quay_cranes = \"unlimited\", " + terminal + " }");
}

Load load(const std::string& text, Resource resource, const std::string& subject) {
    const Model model = model_of(text);
    for (const Load& load : static_balance(model)) {
        if (load.resource == resource && load.subject == subject) return load;
    }
    FAIL("no load of " << subject);
    return {};
}

}  // namespace

// 70 containers a week that wait 12 h on average, and 6 h of cut-off.
TEST_CASE("The static balance sets the time that containers stand in a yard against its room") {
    const Load yard = load(with_a("yard = { capacity = \"10 TEU\" }"), Resource::yards, "terminal.a");
    CHECK(yard.offered == doctest::Approx(70 * 18 / 24.0));
    CHECK(yard.capacity == 70.0);
    CHECK(yard.unit == "TEU-d/week");
}

TEST_CASE("No queue grows where a yard turns away what finds no room") {
    const auto warning = [](const std::string& when_full) {
        const std::string text = with_a("yard = { capacity = \"5 TEU\"" + when_full + " }");
        return text_of(queue_warnings(scenario_of(text), static_balance(model_of(text))));
    };
    CHECK(warning("") ==
          "warning: terminal.a: yard: offered 52.5 TEU-d/week, capacity 35 (the queue grows by 17.5 TEU-d/week)\n");
    CHECK(warning(", when_full = \"turn-away\"") ==
          "warning: terminal.a: yard: offered 52.5 TEU-d/week, capacity 35 (what finds no room is turned away)\n");
}

TEST_CASE("The static balance counts a move of a yard crane for every container that is loaded") {
    const Load cranes =
        load(with_a("yard_cranes = { count = 2, rate = \"10 moves/h\" }"), Resource::cranes, "terminal.a.yard");
    CHECK(cranes.offered == doctest::Approx(7.0));
    CHECK(cranes.capacity == 336.0);
}

TEST_CASE("A yard without room for a container that comes there is refused") {
    const std::string demand = "box_share = { ft40 = 1 }\n";
    CHECK(findings_of(with_a("yard = { capacity = \"2 TEU\" }", demand)) == "");
    CHECK(findings_of(with_a("yard = { capacity = \"1.75 TEU\" }", demand)) ==
          "error: terminal.a.yard.capacity: 1.75 TEU have no room for a container of 2 TEU of demand 'd' (it would "
          "never come in); give the yard more room, or leave it out\n");
}

TEST_CASE("The largest yard holds 100,000,000 TEU") {
    CHECK(findings_of(with_a("yard = { capacity = \"100000000 TEU\" }")) == "");
    CHECK(findings_of(with_a("yard = { capacity = \"100000001 TEU\" }")) ==
          "error: terminal.a.yard.capacity: must be at most 100000000 TEU\n");
}

TEST_CASE("Patience does not go with a yard or a gate at which containers may have to wait outside") {
    const std::string patience = "patience = \"2 d\"\n";
    CHECK(findings_of(with_a("yard_cranes = \"unlimited\"", patience)) == "");
    for (const std::string limit : {"yard = { capacity = \"100 TEU\" }", "gate = { closed = [\"2020-01-08\"] }"}) {
        CHECK(
            findings_of(with_a(limit, patience)) ==
            "error: demand.d: 'patience' does not go with terminal 'a', which has a limited yard or a gate (who waits "
            "outside cannot be followed by road); leave out 'patience', or the 'yard' and 'gate' of the terminal\n");
    }
}

TEST_CASE("A gate that never opens within the run is refused") {
    CHECK(findings_of(with_a("gate = { closed = [\"2020-01-01/2020-01-12\"] }")) == "");
    CHECK(findings_of(with_a("gate = { closed = [\"2020-01-01/2020-01-13\"] }")) ==
          "error: terminal.a.gate: is never open within the run (2020-01-06 to 2020-01-13); leave out the gate, or "
          "change 'opening' or 'closed'\n");
}

TEST_CASE("A direct transfer is between two modes, and opening hours are not empty") {
    const auto refusal = [](const std::string& terminal) {
        const auto scenario = scenario::parse_scenario(with_a(terminal));
        return text_of(scenario.diagnostics());
    };
    CHECK(refusal("rail_cranes = \"unlimited\", transfer = \"direct\"") == "");
    CHECK(refusal("transfer = \"direct\"") ==
          "error: terminal.a.transfer: a direct transfer needs both quay cranes and rail cranes (one lift takes a "
          "container from a vessel to a train, or back); leave out 'transfer', or say how the other vehicles are "
          "handled\n");
    CHECK(
        refusal("gate = { opening = [] }") ==
        "error: terminal.a.gate.opening: the list of opening hours is empty (never open, or always?); leave `opening` "
        "out for always\n");
    CHECK(refusal("yard = { when_full = \"wait\" }") ==
          "error: terminal.a.yard: 'capacity' is missing; for example capacity = \"6000 TEU\"\n");
}

}  // namespace corridor::model
