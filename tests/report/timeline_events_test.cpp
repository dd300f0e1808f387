// What a timeline says happens to containers and vehicles, event by event.
#include <boost/algorithm/string.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "corridor/report/timeline_report.h"
#include "engine/support.h"

namespace corridor {
namespace {

/// The rows about one container or trip, "service.line.forward#1": day, time, event and place.
std::string rows_of(const std::string& scenario, const std::string& id, const std::string& event = "") {
    const Simulated run(scenario);
    std::istringstream lines(timeline_text(run.model(), record_timeline(run.model(), 1, 0), TimelineFormat::csv));
    std::string rows;
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        boost::split(cells, line, boost::is_any_of(","));
        const bool is_asked_for = cells[2] == id && (event.empty() || cells[3] == event);
        if (is_asked_for) rows += cells[0].substr(8, 8) + ' ' + cells[3] + ' ' + cells[4] + cells[5] + '\n';
    }
    return rows;
}

std::string with_port(const std::string& text, const std::string& keys) { return with_terminal_of(text, "a", keys); }

/// The names in the rows of a table of the documentation that begin like this.
std::vector<std::string> documented(const std::string& head) {
    std::ifstream file(CORRIDOR_SOURCE_DIR "/docs/model.md");
    std::vector<std::string> names;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(head)) continue;
        names.push_back(line.substr(head.size(), line.find('`', head.size()) - head.size()));
    }
    return names;
}

}  // namespace

// Two hours of headway; five to the lock, whose chamber takes four hours down and four back.
TEST_CASE("A timeline has a row for each step on the way: sections and locks") {
    const std::string text =
        with_link_of(river("[lock.dam]\nlink = \"a-b\"\nplaces = 1\noperation = \"one-way\"\ncycle_time = \"8 h\"\n" +
                           departures("{ times = [2020-01-01T00:00:00, 2020-01-01T01:00:00] }")),
                     "headway = \"3 h\"");
    CHECK(rows_of(text, "service.line.forward#2") ==
          "01T01:00 called a\n"
          "01T01:00 arrives a\n"
          "01T01:00 has_berth a\n"
          "01T01:00 has_berthed a\n"
          "01T01:00 loads a\n"
          "01T01:00 departs a\n"
          "01T01:00 awaits_section link.a-b.forward\n"
          "01T03:00 enters_section link.a-b.forward\n"
          "01T08:00 awaits_lock lock.dam.forward\n"
          "01T13:00 enters_lock lock.dam.forward\n"
          "01T17:00 leaves_lock lock.dam.forward\n"
          "01T22:00 leaves_section link.a-b.forward\n"
          "01T22:00 arrives b\n"
          "01T22:00 has_berth b\n"
          "01T22:00 has_berthed b\n"
          "01T22:00 ends_trip b\n");
}

TEST_CASE("A timeline says how long a vessel stands aside for deeper water") {
    std::string text =
        with_port(river("payload = \"3120 t\"\ndraught_empty = \"1.1 m\"\ndraught_loaded = \"3.5 m\"\n" +
                        departures("{ times = [2020-01-01T00:00:00] }") +
                        listed("{ time = 2020-01-01 }", "tonnes_per_teu = \"13 t/TEU\"\nbox_share = { ft20 = 1 }")),
                  "quay_cranes = { count = \"unlimited\", move_time = \"8 h\" }");
    text = with_link_of(text,
                        "depth = [{ from = 2020-01-01, depth = \"3.0 m\" }, { from = 2020-01-01T07:00:00, depth = "
                        "\"1.0 m\" }, { from = 2020-01-03T06:00:00, depth = \"3.0 m\" }]");
    CHECK(rows_of(text, "service.line.forward#1", "awaits_depth") == "01T08:00 awaits_depth link.a-b.forward\n");
    CHECK(rows_of(text, "service.line.forward#1", "floats") == "03T06:00 floats link.a-b.forward\n");
}

// One tug, an hour to dock, two to leave: docked at 01:00, where all that is to be loaded is on board.
TEST_CASE("A vessel departs when it casts off, with all on board, and clears its berth when it has been towed off") {
    const std::string text = with_port(
        river(departures("{ times = [2020-01-02T00:00:00] }") + listed("{ time = 2020-01-02 }")),
        "quay_cranes = \"unlimited\"\nberths = { count = 1 }\n"
        "tugs = { count = 1, docking = { tugs = 1, time = \"1 h\" }, leaving = { tugs = 1, time = \"2 h\" } }");
    CHECK(rows_of(text, "service.line.forward#1")
              .starts_with("02T00:00 called a\n"
                           "02T00:00 arrives a\n"
                           "02T00:00 has_berth a\n"
                           "02T00:00 docks a\n"
                           "02T01:00 has_berthed a\n"
                           "02T01:00 loads a\n"
                           "02T01:00 asks_tugs a\n"
                           "02T01:00 departs a\n"
                           "02T03:00 clears a\n"
                           "02T13:00 arrives b\n"));
    CHECK(rows_of(text, "demand.boxes#1", "departs") == "02T01:00 departs a\n");
}

TEST_CASE("A timeline tells moves of yard cranes from those of the quay, and who came in at the gate") {
    const std::string text =
        with_port(river(departures("{ continuous = true }") + listed("{ time = 2020-01-02T03:00:00 }")),
                  "quay_cranes = { count = 1, move_time = \"1 h\" }\nyard_cranes = { count = 1, move_time = \"2 h\" }\n"
                  "gate = { opening = [\"Mon-Sun 06:00-22:00\"] }");
    CHECK(rows_of(text, "demand.boxes#1") ==
          "02T03:00 released a\n"
          "02T06:00 comes_in a\n"
          "02T06:00 unstacking_begins a\n"
          "02T08:00 unstacked a\n"
          "02T08:00 loading_begins a\n"
          "02T09:00 on_board a\n"
          "02T09:00 departs a\n"
          "02T19:00 arrives b\n"
          "02T19:00 discharge_begins b\n"
          "02T19:00 ashore b\n"
          "02T19:00 delivered b\n");
}

TEST_CASE("A container whose choice at release is the road chooses it; one that has lost patience gives up") {
    const auto events = [](const std::string& demand) {
        return rows_of(river(departures("{ times = [2020-01-20] }") + listed("{ time = 2020-01-02 }", demand)),
                       "demand.boxes#1");
    };
    CHECK(events("choice = \"timetable\"\nroad_time = \"20 h\"") ==
          "02T00:00 released a\n"
          "02T00:00 chooses_road a\n"
          "02T20:00 road_ends b\n");
    CHECK(events("patience = \"30 h\"") ==
          "02T00:00 released a\n"
          "03T06:00 gives_up a\n");
}

TEST_CASE("Whoever a full yard turns away is shown to be") {
    const std::string text =
        with_port(river(departures("{ times = [2020-01-20] }") + listed("{ time = 2020-01-02, containers = 2 }")),
                  "quay_cranes = \"unlimited\"\nyard = { capacity = \"1 TEU\", when_full = \"turn-away\" }");
    CHECK(rows_of(text, "demand.boxes#1").starts_with("02T00:00 released a\n02T00:00 comes_in a\n"));
    CHECK(rows_of(text, "demand.boxes#2") == "02T00:00 released a\n02T00:00 turned_away a\n");
}

TEST_CASE("Empty runs of a shared fleet are told, and no two trips or runs have one number") {
    const auto service = [](const std::string& id, const std::string& route, const std::string& times) {
        return "[service." + id + "]\nroute = [" + route +
               "]\ndirections = \"one-way\"\nvehicle = \"barge\"\nfleet = \"pool\"\ndepartures = { times = [" + times +
               "] }\n";
    };
    const std::string free = river("[fleet.pool]\nvehicles = { a = 1 }\nrepositioning = \"on-demand\"\n" +
                                   service("there", "\"a\", \"b\"", "2020-01-02, 2020-01-03") +
                                   service("back", "\"b\", \"a\"", "2020-01-20"));
    CHECK(rows_of(free, "service.there.forward#1", "ends_trip") == "02T10:00 ends_trip b\n");
    CHECK(rows_of(free, "fleet.pool.empty#2") ==
          "03T00:00 begins_empty_run b\n"
          "03T10:00 ends_empty_run a\n");
    CHECK(rows_of(free, "service.there.forward#3").starts_with("03T10:00 called a\n"));
    CHECK(rows_of(free, "service.back.forward#4").starts_with("20T00:00 called b\n"));
    // Where it may meet something it has to enter the link.
    CHECK(rows_of(with_link_of(free, "headway = \"1 h\""), "fleet.pool.empty#2") ==
          "03T00:00 begins_empty_run b\n"
          "03T00:00 awaits_section link.a-b.backward\n"
          "03T00:00 enters_section link.a-b.backward\n"
          "03T10:00 leaves_section link.a-b.backward\n"
          "03T10:00 ends_empty_run a\n");
}

TEST_CASE("The documentation has every event of the timeline, in their order, and no other") {
    std::vector<std::string> of_containers;
    for (std::size_t e = 0; e < kContainerEvents; ++e) of_containers.emplace_back(name(static_cast<ContainerEvent>(e)));
    std::vector<std::string> of_vehicles;
    for (std::size_t e = 0; e < kVehicleEvents; ++e) of_vehicles.emplace_back(name(static_cast<VehicleEvent>(e)));
    CHECK(documented("| container | `") == of_containers);
    CHECK(documented("| vehicle | `") == of_vehicles);
}

}  // namespace corridor
