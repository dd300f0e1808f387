// Why containers wait: hours by cause and place, worked out by hand, and adding up to all the time there was.
#include <cmath>

#include "corridor/engine/time_use.h"
#include "simulated.h"

namespace corridor {
namespace {

Simulated explained(const std::string& text) { return Simulated(text, 1, 0, kWithCauses); }

/// A crane of 1 h a move at a, berthing an hour; at b nothing takes time. Ten hours from a to b.
std::string with_crane(const std::string& rest, const std::string& capacity = "100 TEU") {
    std::string text = river(rest, capacity);
    const std::string plain = "[terminal.a]\nquay_cranes = \"unlimited\"";
    text.replace(text.find(plain), plain.size(),
                 "[terminal.a]\nquay_cranes = { count = 1, move_time = \"1 h\" }\n"
                 "berths = { count = 1, berthing_time = \"1 h\" }");
    return text;
}

/// All hours by cause, and that they are those between release and delivery.
double total(const Simulated& run) { return run("waiting_time", "total") + run("journey_time", "total"); }

}  // namespace

TEST_CASE("A container's hours: until the list closes, berthing, the crane, others, the departure, the river") {
    // Departure on the 2nd at 12:00, list closes at 06:00. Two containers are ready at 00:00: they wait 6 h for the
    // vehicle and 1 h while it berths. The crane takes one 07-08, the other 08-09; the first waits an hour for the
    // other, both wait from 09 to 12 on board. Ten hours later they are at b.
    const Simulated run = explained(with_crane(departures("{ times = [2020-01-02T12:00:00] }", "cut_off = \"6 h\"") +
                                               listed("{ time = 2020-01-02T00:00:00, containers = 2 }")));
    CHECK(run("waiting_time", "no-vehicle.service.line.forward") == 12.0);
    CHECK(run("waiting_time", "berthing.terminal.a.quay") == 2.0);
    CHECK(run("waiting_time", "crane.terminal.a.quay") == 1.0);
    CHECK(run("journey_time", "handling.terminal.a.quay") == 2.0);
    CHECK(run("waiting_time", "other-moves.terminal.a.quay") == 1.0);
    CHECK(run("waiting_time", "departure.service.line.forward") == 6.0);
    CHECK(run("journey_time", "running.service.line.forward") == 20.0);
    CHECK(run("waiting_time", "total") == 22.0);
    CHECK(total(run) == 2 * 22.0);
}

TEST_CASE("Who comes when the list has closed waits because of that; who finds the vehicle full, because of that") {
    // Departures on the 2nd and 3rd at 12:00, lists close at 06:00, room for one. A and B are ready on the 2nd at
    // 00:00, C at 08:00, while the first barge lies at the quay. A waits 6 h for it and 1 h while it berths; B is left
    // behind by it at 07:00, and waits
    // for the second barge until it loads at 07:00 on the 3rd. C waits from then on for a third that never comes: from
    // 08:00 until the second barge leaves it behind because the list of the first had closed, then because it is full.
    const Simulated run =
        explained(with_crane(departures("{ times = [2020-01-02T12:00:00, 2020-01-03T12:00:00] }", "cut_off = \"6 h\"") +
                                 listed("{ time = 2020-01-02T00:00:00, containers = 2 }, "
                                        "{ time = 2020-01-02T08:00:00, containers = 1 }"),
                             "1 TEU"));
    CHECK(run("waiting_time", "cut-off-missed.service.line.forward") == 23.0);
    const double until_the_end = 29 * 24.0 - 7.0;  // from the 3rd, 07:00
    CHECK(run("waiting_time", "vehicle-full.service.line.forward") == 24.0 + until_the_end);
    CHECK(run("waiting_time", "no-vehicle.service.line.forward") == 6.0 + 7.0);
    CHECK(run("waiting_time", "berthing.terminal.a.quay") == 1.0);
}

TEST_CASE("Every hour between release and delivery has a cause, in each way of serving") {
    const std::string timetable = departures("{ per_week = 5 }", "cut_off = \"5 h\"");
    std::string fleet = departures("{ when_ready = true }", "fleet = 2");
    fleet.replace(fleet.find("one-way"), 7, "round-trip");
    std::string formed =
        departures("{ per_week = 7 }", "minimum_load = \"40 TEU\"\nlongest_wait = \"30 h\"\nfleet = 3");
    formed.replace(formed.find("one-way"), 7, "round-trip");
    const std::string continuous = departures("{ continuous = true }");
    const std::string impatient = "patience = \"20 h\"\nroad_time = \"9 h\"\n";
    const std::string urgent = "priority = 1\nmove_time = \"30 min\"\n";
    for (const std::string& text :
         {timetable, timetable + impatient, timetable + urgent, fleet, fleet + urgent, formed, continuous,
          continuous + impatient, continuous + urgent, departures("{ when_full = true }")}) {
        const auto with_boxes = [](std::string scenario) {
            const std::string boxes = "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"30 containers/d\"\n";
            const std::size_t end_of_service = std::min(scenario.find("patience"), scenario.find("priority"));
            return scenario.insert(std::min(end_of_service, scenario.size()), boxes);
        };
        CAPTURE(text);
        const Simulated run = explained(with_crane(with_boxes(text), "40 TEU"));  // the audit compares the sums
        const double in_system = run("containers_in_system", "total") * 31 * 24;
        CHECK(total(run) == doctest::Approx(in_system).epsilon(1e-9));
    }
}

/// Two months of a port: barges bring containers, of which some go on by train, and trains take those that come in at
/// the gate. `port` is its terminal, `trains` says when they leave.
std::string busy_port(const std::string& port, const std::string& more, const std::string& trains) {
    return R"(
period = { start = 2020-01-01, end = 2020-03-01 }
[terminal.up]
quay_cranes = "unlimited"
rail_cranes = "unlimited"
[terminal.port]
)" + port + R"(
[terminal.inland]
rail_cranes = "unlimited"
[link.river]
mode = "waterway"
from = "up"
to = "port"
length = "100 km"
running_time = "10 h"
[link.rail]
mode = "railway"
from = "port"
to = "inland"
length = "300 km"
running_time = "8 h"
[vehicle.barge]
mode = "waterway"
capacity = "60 TEU"
[vehicle.train]
mode = "railway"
capacity = "50 TEU"
[service.river]
route = ["up", "port"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "12 h" }
[service.rail]
route = ["port", "inland"]
directions = "one-way"
vehicle = "train"
)" + trains +
           R"(
[demand.import]
from = "up"
to = "port"
rate = "60 containers/d"
[demand.through]
from = "up"
to = "inland"
rate = "30 containers/d"
box_share = { ft20 = 0.7, ft40 = 0.3 }
[demand.export]
from = "port"
to = "inland"
rate = "50 containers/d"
)" + more;
}

// Who is observed is followed step by step; else moves are planned until somebody asks for another one, and who comes
// to a gate is let in when somebody looks.
TEST_CASE("What is planned ahead, or looked at late, is what happens step by step") {
    const std::string cranes = "quay_cranes = { count = 3, move_time = { law = \"exponential\", mean = \"12 min\" }";
    const std::string rail = "rail_cranes = { count = 2, move_time = { law = \"exponential\", mean = \"12 min\" }";
    const std::string open = "gate = { opening = [\"Mon-Fri 06:00-18:00\"] }\n";
    const std::string two = cranes + ", cranes_per_vehicle = 2 }\n" + rail + ", cranes_per_vehicle = 1 }\n";
    const std::string even = cranes + ", sharing = \"even\" }\n" + rail + " }\n";
    const std::string plain = cranes + " }\n" + rail + " }\n";
    const std::string breaking = cranes +
                                 ", cranes_per_vehicle = 2, breakdowns = { time_to_failure = { law = \"exponential\", "
                                 "mean = \"40 h\" }, time_to_repair = \"5 h\", gangs = 1 } }\n" +
                                 rail + " }\n";
    const auto yard = [](const std::string& teu, const std::string& when_full = "wait") {
        return "yard = { capacity = \"" + teu + " TEU\", when_full = \"" + when_full + "\" }\n";
    };
    const std::string urgent =
        "[demand.urgent]\nfrom = \"port\"\nto = \"inland\"\nrate = \"5 containers/d\"\npriority = 1\n";
    const std::string calls =
        "[background.liners]\nterminal = \"port\"\nmode = \"waterway\"\nrate = \"6 /week\"\nmoves = 40\n";
    const std::string closed =
        "[disruption.flood]\nof = [\"terminal.port\"]\nclosed = true\nwindows = [{ from = 2020-01-20, to = 2020-01-22 "
        "}]\n";
    // By river and by rail to one gate: what is drawn for a container there must not hang on when its landing is
    // booked.
    const std::string both = R"(
[link.shore]
mode = "railway"
from = "up"
to = "port"
length = "100 km"
running_time = "10 h"
[service.along]
route = ["up", "port"]
directions = "one-way"
vehicle = "train"
departures = { headway = "7 h" }
[demand.both]
from = "up"
to = "port"
rate = "60 containers/d"
choice = "logit"
logit_scale = "0.1 /h"
collected_after = { law = "uniform", low = "5 h", high = "50 h" }
)";
    const std::vector<std::pair<std::string, std::string>> variants{
        {two, ""},
        {two + "berths = { count = 1 }\n", calls},
        {even + open, urgent},
        {plain + open, ""},
        {plain + open + "opening = [\"Mon-Sat 05:00-23:00\"]\n", urgent + calls},
        {plain + yard("4000"), ""},
        {two + yard("120") + open, ""},
        {two + yard("60", "turn-away"), urgent},
        {two + yard("90") + "transfer = \"direct\"\n", calls},
        {breaking + yard("100") + open, closed + urgent},
        {two + yard("2000") + open + "yard_cranes = { count = 3, move_time = \"5 min\" }\n", ""},
        {breaking + open,
         "[demand.import.collected_after]\nlaw = \"uniform\"\nlow = \"5 h\"\nhigh = \"50 h\"\n" + calls},
        {two, both},
    };
    const std::string formed =
        "departures = { headway = \"10 h\" }\nminimum_load = \"20 TEU\"\nlongest_wait = \"20 h\"\n";
    const std::vector<std::string> trains{"departures = { headway = \"10 h\" }\n", formed,
                                          "departures = { when_full = true }\n"};
    for (std::size_t v = 0; v < variants.size(); ++v) {
        const auto& [port, more] = variants[v];
        const bool is_urgent = more.find("priority") != std::string::npos;  // no priorities where a load is awaited
        const std::string text = busy_port(port, more, trains[is_urgent ? 0 : v % trains.size()]);
        CAPTURE(text);
        const Simulated ahead(text);
        const Simulated stepped = explained(text);
        CHECK(ahead.outcome().fingerprint == stepped.outcome().fingerprint);
        const MeasureCatalog catalog = measure_catalog(ahead.model());
        std::string differ;
        for (const MeasureInfo& info : catalog.infos()) {
            const std::string name{info.name};
            const double one = ahead(name, info.subject);
            const double other = stepped(name, info.subject);
            if (one != other && !(std::isnan(one) && std::isnan(other))) {
                differ += name + " " + info.subject + "; ";
            }
        }
        CHECK(differ == "");
    }
}

TEST_CASE("Explaining changes no result") {
    const std::string text = with_crane(departures("{ per_week = 5 }", "cut_off = \"5 h\"") +
                                        "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"30 containers/d\"\n");
    const Simulated plain(text);
    const Simulated run = explained(text);
    CHECK(run.outcome().fingerprint == plain.outcome().fingerprint);
    CHECK(run("wait_mean", "service.line") == plain("wait_mean", "service.line"));
}

}  // namespace corridor
