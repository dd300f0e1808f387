#include <doctest/doctest.h>

#include <string>

#include "scenario/test_folder.h"

namespace corridor::scenario {
namespace {

/// The two ports with tables beside them.
std::string naming(const std::string& tables) {
    return changed("[period]", fmt::format("[tables]\n{}\n[period]", tables));
}

/// What is said of the two ports with a table of further demands.
std::string complaints_about_demand(std::string_view csv) {
    TestFolder folder("demand-table");
    folder.write("scenario.toml", naming("demand = \"od.csv\"")).write("od.csv", csv);
    return folder.complaints();
}

std::string hash_with_demand(std::string_view csv) {
    TestFolder folder("demand-hash");
    folder.write("scenario.toml", naming("demand = \"od.csv\"")).write("od.csv", csv);
    const Result<Scenario> result = folder.read();
    CHECK_MESSAGE(result.ok(), render(result.diagnostics()));
    return result.ok() ? result.value().hash : "";
}

TEST_CASE("A row of a demand table is a demand") {
    const std::string written = extended(
        "[demand.x]\nfrom = \"a\"\nto = \"b\"\nvolume = \"12 TEU\"\n"
        "[demand.b-a]\nfrom = \"b\"\nto = \"a\"\nvolume = \"1.5 containers\"\n");
    CHECK(hash_with_demand("demand,from,to,volume,unit\nx,a,b,12,TEU\n,b,a,1.5,containers\n") ==
          scenario_of(written).hash);
    CHECK(hash_with_demand("demand,from,to,volume\nx,a,b,12 TEU\n,b,a,1.5 containers\n") == scenario_of(written).hash);
}

TEST_CASE("A70: Semicolons, byte order marks, carriage returns, blank lines and quotes change nothing") {
    const std::string plain = hash_with_demand("demand,from,to,volume,unit\nx,a,b,12,TEU\ny,b,a,1.5,containers\n");
    CHECK(hash_with_demand("demand;from;to;volume;unit\nx;a;b;12;TEU\ny;b;a;1.5;containers\n") == plain);
    CHECK(hash_with_demand("\xef\xbb\xbf"
                           "demand,from,to,volume,unit\r\n\"x\",a,b,12,TEU\r\n\r\ny,b,a,1.5,containers") == plain);
    CHECK(hash_with_demand("\ndemand,from,to,volume,unit\n\nx,a,b,12,TEU\n   \ny,b,a,1.5,containers\n\n") == plain);
    CHECK(hash_with_demand("unit,volume,to,from,demand\ncontainers,1.5,a,b,y\nTEU,12,b,a,x\n") == plain);
    CHECK(complaints_about_demand("demand,from,to,volume,name\nx,a,b,12 TEU,\"two\nlines\"\n") == "");
}

TEST_CASE("A70: Open and stray quotes are shown where they are") {
    CHECK(complaints_about_demand("demand,from,to,volume\nx,\"a,b,12\n") ==
          "od.csv:2:3: error: a quote is not closed; put the whole field in quotes, and write a quote in it twice\n");
    CHECK(complaints_about_demand("demand,from,to,volume\nx,a\"c,b,12\n") ==
          "od.csv:2:4: error: a quote inside of a field; put the whole field in quotes, and write a quote in it "
          "twice\n");
}

TEST_CASE("A68: A column that is missing, doubled or unknown is named") {
    CHECK(complaints_about_demand("demand,from,to,unit\nx,a,b,TEU\n") ==
          "od.csv:1:1: error: the column 'volume' is missing; the columns are demand, name, from, to, volume, unit\n");
    CHECK(complaints_about_demand("demand,from,to,volume,volume\nx,a,b,1 TEU,2 TEU\n") ==
          "od.csv:1:23: error: the column 'volume' is there twice; keep one of the two (see od.csv:1:16)\n");
    CHECK(complaints_about_demand("demand,from,to,volumes,unit\nx,a,b,12,TEU\n") ==
          "od.csv:1:16: error: unknown column 'volumes'; did you mean 'volume'?\n");
    CHECK(complaints_about_demand("demand,from,to,volume,colour\nx,a,b,1 TEU,red\n") ==
          "od.csv:1:23: error: unknown column 'colour'; the columns are demand, name, from, to, volume, unit\n");
    CHECK(complaints_about_demand("") == "od.csv:1:1: error: the table is empty (it has no header)\n");
}

TEST_CASE("A69: A ragged row, text for a number and a negative volume are shown in their file") {
    CHECK(complaints_about_demand("demand,from,to,volume,unit\nx,a,b,12\ny,a,b,-12,TEU\nz,b,a,twelve,TEU\n") ==
          "od.csv:2:1: error: the row has 4 fields, the header has 5\n"
          "od.csv:3:7: error: demand.y.volume: must be >= 0, got -12 TEU\n"
          "od.csv:4:7: error: demand.z.volume: not a number: 'twelve'; write a number first, such as \"275 km\"\n");
    CHECK(complaints_about_demand("demand,from,to,volume\nx,a,b,12\n") ==
          "od.csv:2:7: error: demand.x.volume: expected a number of containers such as \"124 containers\" or a number "
          "of TEU such as \"150 TEU\", got 12 without a unit; use containers or boxes or TEU\n");
    CHECK(complaints_about_demand("demand;from;to;volume;unit\nx;a;b;1,5;TEU\n") ==
          "od.csv:2:7: error: demand.x.volume: not a number: '1,5'; write 1.5\n");
    CHECK(complaints_about_demand("demand,from,to,volume\nx,a,nowhere,1 TEU\n") ==
          "od.csv:2:5: error: demand.x.to: unknown terminal 'nowhere'; define it as [terminal.nowhere]\n");
    CHECK(complaints_about_demand("demand,from,to,volume\nx\xff,a,b,1 TEU\n") ==
          "od.csv:2:2: error: invalid UTF-8 (byte 0xff); save the file as UTF-8\n");
}

TEST_CASE("A71: Two rows with one id are refused; an origin and a destination may have several demands") {
    CHECK(complaints_about_demand("demand,from,to,volume\n,b,a,12 TEU\n,b,a,13 TEU\n") ==
          "od.csv:3:1: error: demand.b-a: two rows with the same id; add them up, or give one another id (see "
          "od.csv:2:1)\n");
    CHECK(complaints_about_demand("demand,from,to,volume\nx,b,a,12 TEU\ny,b,a,13 TEU\n") == "");
}

TEST_CASE("What a row and the scenario both give is refused with both places") {
    CHECK(complaints_about_demand("demand,from,to,volume\na-b,a,,13 TEU\n") ==
          "od.csv:2:5: error: demand.a-b.from: given twice, here and elsewhere; give it in one place (see "
          "scenario.toml:41:1)\n"
          "od.csv:2:8: error: demand.a-b.volume: 'rate' and 'volume' exclude each other; give one of them (see "
          "scenario.toml:43:1)\n");
}

TEST_CASE("Terminals and links may be GMNS tables, and rows may complete what the scenario begins") {
    TestFolder folder("gmns");
    folder
        .write("scenario.toml",
               replaced(naming("terminals = \"node.csv\"\nlinks = \"link.csv\""), "length = \"275 km\"\n", ""))
        .write("node.csv",
               "node_id,name,x_coord,y_coord,z_coord,quay_cranes,quay_crane_rate\n"
               "c,Cee,1.5,2.5,0,unlimited,\n"
               "d,,1.5,2.5,,3,25\n")
        .write("link.csv",
               "link_id,from_node_id,to_node_id,directed,mode,length,free_speed,capacity\n"
               "a-b,,,,,275,,\n"
               "b-c,b,c,false,waterway,12.5,10,2000\n");
    const Result<Scenario> result = folder.read();
    REQUIRE_MESSAGE(result.ok(), render(result.diagnostics()));
    const Scenario& scenario = result.value();
    const auto value = [&](Param param) { return scenario.quantities[param].value; };

    const Terminal& c = scenario.terminals[Id<Terminal>{0}];  // "Cee" comes before "a"
    CHECK(c.name == "Cee");
    CHECK(c.longitude == 1.5);
    CHECK(c.latitude == 2.5);
    CHECK_FALSE(c.cranes[0]->count.has_value());
    const Terminal& d = scenario.terminals[Id<Terminal>{3}];
    CHECK(value(*d.cranes[0]->count) == 3.0);
    CHECK(value(d.cranes[0]->move_time.durations[0]) == 1.0 / 25.0);

    CHECK(value(scenario.links[Id<Link>{0}].length) == 275.0);
    const Link& link = scenario.links[Id<Link>{1}];
    CHECK(value(link.length) == 12.5);
    CHECK(value(*link.speed[0]) == 10.0);
    CHECK(link.speed[0] == link.speed[1]);
    CHECK(scenario.quantities[link.length].place.line == 3);
}

TEST_CASE("A link that GMNS has for one direction only is refused") {
    TestFolder folder("directed");
    folder.write("scenario.toml", naming("links = \"link.csv\""))
        .write("link.csv",
               "link_id,from_node_id,to_node_id,directed,mode,length,free_speed\nx,b,a,1,waterway,12.5,10\n");
    CHECK(folder.complaints() ==
          "link.csv:2:7: error: link.x: 'directed' is '1', but links are used in both directions; give one row for "
          "both directions, with speed_forward and speed_backward, and directed = 0\n");
}

constexpr std::string_view kCalendar =
    "terminal,from,to,status\na,2020-01-24,2020-01-31,closed\na,2020-01-25,2020-01-26,open\n";
constexpr std::string_view kTimetable =
    "service,direction,departure\na-b,forward,2020-01-01T06:00\na-b,backward,2020-01-02T06:00\n";
constexpr std::string_view kReleases = "demand,time,containers\na-b,2020-01-01T05:00,3\na-b,2020-01-01T04:00,\n";

std::string without_departures(const std::string& text) {
    return replaced(text, "departures = { per_week = { use = \"sailings\" } }\n", "");
}

std::string without_rate(const std::string& text) { return replaced(text, "rate = { use = \"boxes\" }\n", ""); }

TEST_CASE("Calendar, timetable and releases may be tables") {
    TestFolder folder("lists");
    folder
        .write("scenario.toml", without_rate(without_departures(naming("calendar = \"calendar.csv\"\n"
                                                                       "timetable = \"timetable.csv\"\n"
                                                                       "releases = \"releases.csv\""))))
        .write("calendar.csv", kCalendar)
        .write("timetable.csv", kTimetable)
        .write("releases.csv", kReleases);
    const Result<Scenario> result = folder.read();
    REQUIRE_MESSAGE(result.ok(), render(result.diagnostics()));
    const Scenario& scenario = result.value();

    const Terminal& a = scenario.terminals[Id<Terminal>{0}];
    REQUIRE(a.calendar.size() == 2);
    CHECK(format_instant(a.calendar[0].from) == "2020-01-24");
    CHECK_FALSE(a.calendar[0].open);
    CHECK(a.calendar[1].open);

    const Service& service = scenario.services[Id<Service>{0}];
    CHECK(format_instant(std::get<Dated>(service.departures.rule).times.at(0)) == "2020-01-01T06:00");
    CHECK(format_instant(std::get<Dated>(service.return_departures->rule).times.at(0)) == "2020-01-02T06:00");

    const Demand& demand = scenario.demands[Id<Demand>{0}];
    CHECK(demand.release == ReleaseProcess::listed);
    REQUIRE(demand.listed.size() == 2);
    CHECK(format_instant(demand.listed[0].time) == "2020-01-01T04:00");
    CHECK(demand.listed[0].containers == 1);
    CHECK(demand.listed[1].containers == 3);
}

TEST_CASE("Rows of a calendar, a timetable or releases are checked like the scenario itself") {
    TestFolder folder("faulty-lists");
    folder
        .write("scenario.toml", without_rate(without_departures(naming("calendar = \"calendar.csv\"\n"
                                                                       "timetable = \"timetable.csv\"\n"
                                                                       "releases = \"releases.csv\""))))
        .write("calendar.csv", "terminal,from,to,status\nz,2020-01-24,2020-01-31,closed\na,2020-01-25,2020-01-26,opn\n")
        .write("timetable.csv",
               "service,direction,departure\na-b,forwards,2020-01-01T06:00\na-b,forward,2020-13-02T06:00\n")
        .write("releases.csv", "demand,time,containers\na-b,2020-01-01T05:00,0\n");
    CHECK(folder.complaints() ==
          "calendar.csv:2:1: error: unknown terminal 'z'; define it as [terminal.z]\n"
          "calendar.csv:3:25: error: terminal.a.calendar[0].status: 'opn' is not one of \"closed\", \"open\"; did you "
          "mean \"open\"?\n"
          "timetable.csv:2:5: error: 'forwards' is not a direction; write forward or backward\n"
          "timetable.csv:3:13: error: service.a-b.departures.times[0]: not a date: 2020-13-02T06:00; write 2020-01-31 "
          "or 2020-01-31T06:30:00\n"
          "releases.csv:2:22: error: demand.a-b.releases[0].containers: must be between 1 and 1000000, got 0\n");
}

TEST_CASE("A service may name its own timetable, and a demand its own releases") {
    TestFolder folder("own-tables");
    folder
        .write("scenario.toml",
               replaced(changed("{ per_week = { use = \"sailings\" } }", "{ timetable = \"timetable.csv\" }"),
                        "rate = { use = \"boxes\" }", "releases = \"releases.csv\""))
        .write("timetable.csv", kTimetable)
        .write("releases.csv", kReleases);
    const Result<Scenario> result = folder.read();
    REQUIRE_MESSAGE(result.ok(), render(result.diagnostics()));
    CHECK(std::get<Dated>(result.value().services[Id<Service>{0}].departures.rule).times.size() == 1);
    CHECK(result.value().demands[Id<Demand>{0}].listed.size() == 2);

    folder.write("timetable.csv", "service,direction,departure\n");
    CHECK(folder.complaints() ==
          "scenario.toml:37:28: error: service.a-b.departures: the list of departures is empty\n");
}

TEST_CASE("A table may be set on the command line; its rows lie over what was read before") {
    TestFolder folder("set-table");
    folder.write("scenario.toml", kTwoPorts).write("od.csv", "demand,from,to,volume\na-b,a,b,13 TEU\n");
    const Result<Scenario> result = folder.read("scenario.toml", {{"tables.demand=od.csv"}});
    REQUIRE_MESSAGE(result.ok(), render(result.diagnostics()));
    const Demand& demand = result.value().demands[Id<Demand>{0}];
    CHECK_FALSE(demand.rate.has_value());
    CHECK(result.value().quantities[*demand.volume].value == 13.0);
}

TEST_CASE("Sources may be a table, their origins separated by semicolons") {
    TestFolder folder("sources");
    folder.write("scenario.toml", "sources = \"sources.csv\"\n" + std::string(kTwoPorts))
        .write("sources.csv",
               "id,title,url,kind,period,derived_from\n"
               "F010,\"Yearbook, 2020\",https://example.org,reported,2020,\n"
               "F011,Divided,,derived,,F010; F003\n");
    const Result<Scenario> result = folder.read();
    REQUIRE_MESSAGE(result.ok(), render(result.diagnostics()));
    const auto& sources = result.value().sources;
    REQUIRE(sources.size() == 4);
    CHECK(sources[Id<Source>{2}].title == "Yearbook, 2020");
    REQUIRE(sources[Id<Source>{3}].derived_from.size() == 2);
    CHECK(sources[sources[Id<Source>{3}].derived_from[0]].id == "F010");
}

}  // namespace
}  // namespace corridor::scenario
