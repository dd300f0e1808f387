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

/// The river with a yard crane, a gate and tugs at a, a lock, and a fleet that a service shares.
std::string with_everything(const std::string& of, const std::string& effect) {
    std::string text = disrupted(of, effect);
    text.replace(text.find("a = { quay_cranes = \"unlimited\" }"), 33,
                 "a = { quay_cranes = \"unlimited\", yard_cranes = { count = 2, move_time = \"1 min\" }, gate = {}, "
                 "tugs = { count = 2, leaving = { tugs = 1, time = \"1 h\" } } }");
    return text + R"(
[lock.dam]
link = "ab"
chambers = 2
places = 1
cycle_time = "1 h"
[fleet.pool]
vehicles = { a = 3 }
[service.shared]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
fleet = "pool"
departures = { per_week = 1 }
[service.own]
route = ["a", "b"]
directions = "each"
vehicle = "barge"
fleet = 2
departures = { per_week = 1 }
)";
}

std::string all_findings_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    return scenario.ok() ? findings_of(text) : text_of(scenario.diagnostics());
}

}  // namespace

TEST_CASE("A disruption is of terminals and their parts, locks, fleets, services and links") {
    CHECK(all_findings_of(
              disrupted(
                  R"("terminal.a", "terminal.b.quay", "service.s", "service.s.forward", "link.ab", "link.bc.backward")",
                  "closed = true"))
              .empty());
    CHECK(all_findings_of(disrupted("", "closed = true")) ==
          "error: disruption.d.of: nothing is disrupted; for example [\"terminal.ID\"]\n");
    CHECK(all_findings_of(disrupted(R"("demand.d")", "closed = true")) ==
          "error: disruption.d.of[0]: 'demand.d' cannot be disrupted; write \"terminal.ID\", \"terminal.ID.quay\", "
          "\"lock.ID\", \"fleet.ID\", \"service.ID\" or \"link.ID\"\n");
    CHECK(all_findings_of(disrupted(R"("terminal.a.berths")", "closed = true")) ==
          "error: disruption.d.of[0]: 'berths' is no part of a terminal; write \"quay\", \"rail\", \"yard\", \"gate\" "
          "or \"tugs\" behind the id, or nothing for all but the tugs\n");
    CHECK(all_findings_of(disrupted(R"("service.s.quay")", "closed = true")) ==
          "error: disruption.d.of[0]: 'quay' is no part of a service; write \"forward\" or \"backward\" behind the id, "
          "or nothing for both\n");
    CHECK(all_findings_of(disrupted(R"("link.ab.quay")", "closed = true")) ==
          "error: disruption.d.of[0]: 'quay' is no part of a link; write \"forward\" or \"backward\" behind the id, "
          "or nothing for both\n");
    CHECK(all_findings_of(disrupted(R"("link.ab")", "fewer_berths = 1")) ==
          "error: disruption.d.of[0]: 'link.ab' has no berths; use 'closed' or 'slowed'\n");
    CHECK(all_findings_of(disrupted(R"("terminal.a.rail")", "closed = true")) ==
          "error: disruption.d.of[0]: terminal 'a' has no train handling\n");
    CHECK(all_findings_of(disrupted(R"("service.s.backward")", "closed = true")) ==
          "error: disruption.d.of: 'service.s.backward' has no departures of its own; write \"service.s\"\n");
}

TEST_CASE("Yard cranes, gates and tugs are disrupted where there are some, locks and fleets as a whole") {
    const auto errors = [](const std::string& of, const std::string& effect = "closed = true") {
        return errors_of(with_everything('"' + of + '"', effect));
    };
    for (const std::string of : {"terminal.a.yard", "terminal.a.gate", "terminal.a.tugs", "lock.dam", "fleet.pool"}) {
        CHECK(errors(of).empty());
    }
    CHECK(errors("terminal.b.yard") == "error: disruption.d.of[0]: terminal 'b' has no yard cranes\n");
    CHECK(errors("terminal.b.gate") ==
          "error: disruption.d.of[0]: terminal 'b' has no gate; give it one that is always open: gate = {}\n");
    CHECK(errors("terminal.b.tugs") == "error: disruption.d.of[0]: terminal 'b' has no tugs\n");
    CHECK(errors("terminal.b", "fewer_tugs = 1") == "error: disruption.d.of[0]: terminal 'b' has no tugs\n");
    CHECK(errors("lock.dam.forward") ==
          "error: disruption.d.of[0]: 'forward' is no part of a lock; write nothing behind the id\n");
    CHECK(errors("fleet.pool.a") ==
          "error: disruption.d.of[0]: 'a' is no part of a fleet; write nothing behind the id\n");
    CHECK(errors("lock.dom") == "error: disruption.d.of[0]: unknown lock 'dom'; did you mean 'dam'?\n");
    CHECK(errors("fleet.pol") == "error: disruption.d.of[0]: unknown fleet 'pol'; did you mean 'pool'?\n");
}

TEST_CASE("A disruption has an effect that what it is of can have") {
    const auto errors = [](const std::string& of, const std::string& effect) {
        return errors_of(with_everything('"' + of + '"', effect));
    };
    CHECK(errors("terminal.a.gate", "slowed = 2") ==
          "error: disruption.d.of[0]: 'terminal.a.gate' has no pace; use 'closed'\n");
    CHECK(errors("terminal.a.yard", "fewer_berths = 1") ==
          "error: disruption.d.of[0]: 'terminal.a.yard' has no berths; use 'closed' or 'slowed' or 'fewer_cranes' or "
          "'crane_share'\n");
    CHECK(errors("terminal.a.tugs", "fewer_cranes = 1") ==
          "error: disruption.d.of[0]: 'terminal.a.tugs' has no cranes; use 'closed' or 'slowed' or 'fewer_tugs'\n");
    CHECK(errors("lock.dam", "fewer_vehicles = 1") ==
          "error: disruption.d.of[0]: 'lock.dam' has no vehicles of its own; use 'closed' or 'slowed' or "
          "'fewer_chambers'\n");
    CHECK(errors("fleet.pool", "fewer_chambers = 1") ==
          "error: disruption.d.of[0]: 'fleet.pool' has no chambers; use 'closed' or 'slowed' or 'fewer_vehicles'\n");
    CHECK(errors("service.own.forward", "fewer_vehicles = 1") ==
          "error: disruption.d.of[0]: 'service.own.forward' has no vehicles of its own; use 'closed' or 'slowed'\n");
    CHECK(errors("service.s", "fewer_vehicles = 1") ==
          "error: disruption.d.of: service 's' has no fleet (there is always a vehicle); give it one, or use 'closed' "
          "or 'slowed'\n");
    CHECK(errors("service.shared", "fewer_vehicles = 1") ==
          "error: disruption.d.of: service 'shared' shares its vehicles with others; write \"fleet.pool\"\n");
}

TEST_CASE("There are as many tugs, chambers and vehicles as a disruption takes away") {
    const auto errors = [](const std::string& of, const std::string& effect) {
        return errors_of(with_everything('"' + of + '"', effect));
    };
    CHECK(errors("terminal.a.tugs", "fewer_tugs = 2").empty());
    CHECK(errors("terminal.a.tugs", "fewer_tugs = 3") ==
          "error: disruption.d.fewer_tugs: is more than there are at 'terminal.a.tugs' (2 tugs); use 'closed' for all "
          "of them\n");
    CHECK(errors("lock.dam", "fewer_chambers = 2").empty());
    CHECK(errors("lock.dam", "fewer_chambers = 3") ==
          "error: disruption.d.fewer_chambers: is more than there are at 'lock.dam' (2 chambers); use 'closed' for all "
          "of them\n");
    CHECK(errors("fleet.pool", "fewer_vehicles = 3").empty());
    CHECK(errors("fleet.pool", "fewer_vehicles = 4") ==
          "error: disruption.d.fewer_vehicles: is more than there are at 'fleet.pool' (3 vehicles); use 'closed' for "
          "all of them\n");
    CHECK(errors("service.own", "fewer_vehicles = 2").empty());
    CHECK(errors("service.own", "fewer_vehicles = 3") ==
          "error: disruption.d.fewer_vehicles: is more than there are at 'service.own' (2 vehicles); use 'closed' for "
          "all of them\n");
    CHECK(errors("terminal.a.yard", "fewer_cranes = 2").empty());
    CHECK(errors("terminal.a.yard", "fewer_cranes = 3") ==
          "error: disruption.d.fewer_cranes: is more than there are at 'terminal.a.yard' (2 cranes); use 'closed' for "
          "all of them\n");
    CHECK(errors("lock.dam", "fewer_chambers = 0") ==
          "error: disruption.d.fewer_chambers: must be between 1 and 10000, got 0\n");
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
          "error: disruption.d.of[0]: 'service.s' has no cranes; use 'closed' or 'slowed' or "
          "'fewer_vehicles'\n");
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
